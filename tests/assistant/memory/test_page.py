"""Text in an HTML export is text: a parser sees the markup of an export and no other, and nothing to fetch."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Answer, Statement
from assistant.answer import Reason
from assistant.memory import Conversation, as_html
from assistant.visible import visible
from index import Article
from tests.assistant.memory.samples import (
    DISPLACED,
    NEAR,
    answered,
    answers,
    any_text,
    citation,
    follow_up,
    refused,
    tentative,
    texts,
)
from tests.assistant.memory.test_export import Shelf
from tests.assistant.memory.test_markdown import MARKUP

ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(),
    "style": set(), "body": set(), "main": set(), "section": set(), "h1": {"dir"}, "h2": {"dir"},
    "p": {"class", "dir"}, "bdi": set(), "strong": set(), "mark": set(), "sup": set(), "a": {"href", "rel"},
    "ol": set(), "li": {"id"}, "span": {"class", "dir"}, "blockquote": {"dir"}, "pre": {"dir"},
    "table": set(), "tr": set(), "td": {"dir"},
}  # fmt: skip
EVIL = [
    *MARKUP,
    "</style><script>x</script>",
    "</title>",
    "' onclick='x",
    '" onclick="x',
    "&#60;script&#62;",
    "<!--",
    "]]>",
]
anything = texts | st.sampled_from(EVIL)


class Page(HTMLParser):
    """What a page has: its tags with attributes, and the text by the tag that it stands in."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self._open = [], {}, []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text.setdefault(self._open[-1] if self._open else "", []).append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def texts(self, tag):
        return self.text.get(tag, [])


STYLE = Page(as_html(Conversation())).texts("style")


def check(page):
    page.encode("utf-8")
    parsed = Page(page)
    for tag, attributes in parsed.tags:
        assert set(attributes) <= ALLOWED[tag], (tag, attributes)
        assert re.match(r"#source-|https?://", attributes.get("href", "#source-"))
    assert parsed.texts("style") == STYLE
    return parsed


@any_text
@given(st.lists(answers, max_size=3))
def test_a_whole_export_has_only_the_markup_of_an_export(turns: list[Answer]):
    conversation = Conversation()
    for answer in turns:
        conversation = conversation.with_turn(answer)
    page = check(as_html(conversation))
    assert [tag for tag, _ in page.tags].count("li") == sum(len(answer.citations + answer.closest) for answer in turns)


@any_text
@given(anything)
def test_any_text_is_shown_as_it_is(text):
    statement = Statement(text, (1,), None, verbatim=True)
    answer = Answer(text, text, "answered", (statement,), (citation(text),))
    page = check(as_html(Conversation(name="x").with_turn(answer)))
    shown = [visible(text)] if text else []
    assert page.texts("h2") == page.texts("blockquote") == shown
    assert page.texts("title") == ["x"]


@pytest.mark.parametrize("text", EVIL)
def test_known_markup_is_text_in_a_title_and_in_an_article(text):
    article = Article("aleppo", text, f"{text}\n{text}", source=text, url=text)
    page = check(as_html(Conversation(name=text).with_turn(answered()), Shelf(article), articles=True))
    assert page.texts("pre") == [f"\n{visible(article.text)}"]
    assert page.texts("title") == page.texts("h1")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/1?a=1&b=2", True),
        ("javascript:alert(1)", False),
        (" JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
        ("https://x\u202e.example/", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url, linked):
    article = Article("aleppo", "Aleppo", "Text.", url=url)
    page = check(as_html(Conversation().with_turn(answered()), Shelf(article), articles=True))
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert (url in links) == linked
    assert visible(url) in "".join(page.texts("a") + page.texts("p"))


def test_a_page_to_read():
    conversation = Conversation(7).with_turn(answered()).with_turn(refused())
    article = Article("aleppo", "Aleppo", f"{'.' * 924}{DISPLACED}", source="A paper")
    page = as_html(conversation, Shelf(article))
    parsed = check(page)
    assert parsed.texts("h2") == ["how many displaced?", "who won the cup?"]
    assert parsed.texts("mark") == [DISPLACED[:3]]
    assert parsed.texts("blockquote") == [DISPLACED, NEAR]
    assert parsed.texts("strong") == ["The articles do not say."]
    assert page.count("The article has been removed since.") == 1
    assert 'href="#source-1-1"' in page
    assert 'id="source-1-1"' in page
    assert 'id="source-2-1"' in page
    assert "default-src 'none'" in page


def test_how_sure_it_is_and_why_not_is_said():
    reason = Reason("missing", "No article mentions <b>Gaza</b>.", missing=("<b>Gaza</b>",))
    conversation = Conversation().with_turn(tentative()).with_turn(follow_up(earlier="<i>how many</i> displaced?"))
    page = as_html(conversation.with_turn(refused(reason=reason)))
    parsed = check(page)
    assert parsed.texts("strong") == ["This may answer it:", reason.text]
    assert parsed.texts("bdi") == ["<i>how many</i> displaced?"]
    assert page.count("The closest sentences, which may not answer it:") == 1
