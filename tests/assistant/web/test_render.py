"""Text in the chat is exactly the text, whatever it looks like."""

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant import Answer, Citation, Statement
from assistant.web.render import (
    REFUSAL,
    answer_html,
    displayable,
    error_html,
    escape_text,
    question_html,
    source_line,
    welcome_html,
)

MARKUP = st.text(alphabet="<>&;#\"'`$\\{}[]()*_~|!-+=./:@ \n\r\taAxX019é\u202e😀")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | MARKUP


class Reading(HTMLParser):
    """The tags and the text of some HTML, as a browser understands it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert {name for name, _ in attrs} <= {"class", "href"}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def cited(sentence: str, marker: int = 1, article_id: str = "a", title: str = "A title") -> Citation:
    return Citation(marker, article_id, title, "2024-06-02", "The Paper", None, 0, len(sentence), sentence)


@given(TEXT)
def test_what_is_escaped_reads_as_the_text(text: str) -> None:
    escaped = escape_text(text)
    assert html.unescape(escaped) == text
    assert re.fullmatch(r"(?:&#\d+;|[^\t\n\f\r!-/:-@\[-`{-~])*", escaped)  # nothing that Markdown or HTML would act on
    assert "\n" not in escaped


@given(st.text(st.characters()))
def test_what_no_page_can_hold_is_replaced_and_the_rest_kept(text: str) -> None:
    shown = displayable(text)
    shown.encode("utf-8")
    assert "\0" not in shown
    assert not set(shown) - set(text) - set("\ufffd") or any("\ud800" <= c <= "\udfff" for c in text)


@given(TEXT, st.data())
def test_an_answer_says_its_statement_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    statement = Statement(text, (1,), (start, end), verbatim=True)
    message = answer_html(Answer("q", "q", "answered", (statement,), (cited(text),)), turn=7)
    assert "\n" not in message
    reading = Reading(message)
    assert reading.text == f"{text}\N{NO-BREAK SPACE}Source [1]1 A title · The Paper · 2024-06-02"
    assert set(reading.tags) <= {"div", "p", "span", "strong", "a", "ul", "li", "bdi"}
    assert reading.links == ["#cite-7-1", "#cite-7-1"]


@given(TEXT)
def test_questions_and_errors_are_text(text: str) -> None:
    assert Reading(question_html(text)).text == text
    said = " ".join(text.split())
    assert Reading(error_html(text)).text == said[:1].upper() + said[1:]
    assert Reading(question_html(text) + error_html(text)).tags == ["div", "p"] * 2


def test_sources_are_named_once_for_each_article() -> None:
    citations = (cited("One.", 1), cited("Two.", 2, "b", "Other"), cited("Three.", 3))
    statements = tuple(Statement(c.sentence, (c.marker,), None, verbatim=True) for c in citations)
    message = answer_html(Answer("q", "q", "answered", statements, citations), turn=1)
    assert message.count("<li>") == 2
    assert "1, 3</span>" in message
    assert "<strong" not in message


def test_a_refusal_says_so_and_names_what_is_close() -> None:
    closest = (cited("Near.", 1), cited("Nearer.", 2))
    reading = Reading(answer_html(Answer("q", "q", "not_in_corpus", closest=closest), turn=3))
    assert reading.text.startswith(REFUSAL)
    assert "which may not answer it" in reading.text
    assert reading.links == ["#cite-3-1", "#cite-3-2"]
    assert "No sentence comes close." in answer_html(Answer("q", "q", "not_in_corpus"), turn=3)


def test_a_question_that_is_far_too_long_is_cut() -> None:
    assert len(question_html("a" * 10_000)) < 1_000


def test_source_line_is_one_line_of_what_is_known() -> None:
    assert source_line(cited("S.", title=" A\n title ")) == "A title · The Paper · 2024-06-02"
    assert source_line(Citation(1, "a", "T", None, None, None, 0, 1, "S")) == "T"


def test_welcome_counts() -> None:
    assert "1 article is indexed." in welcome_html(1)
    assert "2,743 articles are indexed." in welcome_html(2743)
    assert "dateline index" in welcome_html(0)
