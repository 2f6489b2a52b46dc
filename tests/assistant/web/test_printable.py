"""A conversation as a page to print: all of it is there, and none of it is markup."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Statement
from assistant.memory import REFUSAL, Conversation
from assistant.web.printable import as_html

TAGS = set("html head meta title style body h1 section h2 small p mark a strong ol li blockquote".split())


class Reading(HTMLParser):
    """The tags, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def cited(sentence: str, **more: str | None) -> Citation:
    known: dict[str, str | None] = {"title": "T", "date": "2024-06-02", "source": "The Paper", "url": None, **more}
    return Citation(
        1, "a", str(known["title"]), known["date"], known["source"], known["url"], 0, len(sentence), sentence
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_is_markup(question: str, sentence: str) -> None:
    answer = Answer(
        "q", "q", "answered", (Statement(sentence, (1,), (0, len(sentence) // 2), True),), (cited(sentence),)
    )
    page = as_html(Conversation().with_turn(answer).with_turn(Answer(question, "?", "not_in_corpus")))
    assert set(Reading(page).tags) <= TAGS


def test_everything_is_there_and_markers_lead_to_sentences() -> None:
    sentence = "<b>Two</b> & three."
    citation = cited(sentence, title="A <i>title</i>", url="https://paper.example/1?a=b&c")
    answer = Answer(
        "How many?", "How many ferries?", "answered", (Statement(sentence, (1,), (3, 6), True),), (citation,)
    )
    reading = Reading(as_html(Conversation().with_turn(answer)))
    for part in ("How many?", "How many ferries?", sentence, "A <i>title</i> · The Paper · 2024-06-02"):
        assert part in reading.text
    assert reading.links == ["#s1-1", "https://paper.example/1?a=b&c"]


def test_a_refusal_and_a_dangerous_address() -> None:
    near = cited("Near.", url="javascript:alert(1)")
    reading = Reading(as_html(Conversation().with_turn(Answer("q", "q", "not_in_corpus", closest=(near,)))))
    assert REFUSAL in reading.text
    assert "Near." in reading.text
    assert reading.links == []
