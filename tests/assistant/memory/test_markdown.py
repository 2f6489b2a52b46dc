"""Text in a Markdown export is text: a real parser sees no markup in it, and shows exactly what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer
from assistant.memory import Conversation, as_markdown
from assistant.memory.export import as_code, as_text
from assistant.visible import one_line, visible
from tests.assistant.memory.samples import answers, any_text, texts

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

MARKUP = [
    "# heading", "1. item", "12) item", "- item", "+ item", "* item", "> quote", "    code", "---", "===", "***",
    "**bold** _em_ `code` ~~gone~~", "[link](javascript:alert(1))", "![](http://evil.example/x.png)", "[^1]",
    "<img src=x onerror=y>", "<script>alert(1)</script>", "<!-- -->", "&lt;b&gt; &amp;#35;", "<http://evil.example>",
    "| a | b |\n|---|---|", "a | b\n- | -", "[1]: http://evil.example", "```\ncode\n```", "line\\", "two  \nlines",
    "\\*not\\*", ": definition", "Title {#id .class}", "$x^2$", "==marked==", ":smile:", "@somebody",
    "https://evil.example", "www.evil.example",
]  # fmt: skip
anything = texts | st.lists(st.sampled_from(MARKUP), max_size=3).map(" ".join) | st.sampled_from(MARKUP)


def inline(markdown):
    """The kinds and the text of the inline tokens of the only paragraph (or whatever else it is)."""
    blocks = PARSER.parse(markdown)
    kinds = [token.type for token in blocks] + [child.type for token in blocks for child in token.children or []]
    return kinds, "".join(child.content for token in blocks for child in token.children or [])


@any_text
@given(anything)
def test_any_text_is_shown_as_it_is(text):
    kinds, shown = inline(as_text(text))
    assert set(kinds) <= {"paragraph_open", "inline", "text", "paragraph_close"}
    assert shown == one_line(text)


@any_text
@given(anything)
def test_any_text_is_shown_as_it_is_within_a_line(text):
    kinds, shown = inline(f"[1] {as_text(text)} · {as_text(text)}")
    assert set(kinds) <= {"paragraph_open", "inline", "text", "paragraph_close"}
    assert shown == f"[1] {one_line(text)} · {one_line(text)}".rstrip()


@pytest.mark.parametrize("text", MARKUP)
def test_known_markup_is_text(text):
    kinds, shown = inline(f"# {as_text(text)}")
    assert set(kinds) <= {"heading_open", "inline", "text", "heading_close"}
    assert shown == one_line(text)


@any_text
@given(anything)
def test_an_article_is_one_block_of_code(text):
    tokens = PARSER.parse(f"before\n\n{as_code(text)}\n\nafter")
    assert [token.type for token in tokens] == [
        "paragraph_open", "inline", "paragraph_close", "fence", "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip
    assert tokens[3].content == visible(text).replace("\r\n", "\n") + "\n"


def test_addresses_are_broken_for_parsers_that_would_make_links_of_them():
    assert as_text("see https://evil.example, www.evil.example at 10:30") == (
        "see https\\://evil.example, www\\.evil.example at 10\\:30"
    )


def test_plain_news_stays_readable():
    sentence = "About 14,000 residents (two-thirds) fled, the U.N. said: “It’s grave.”"
    assert as_text(sentence) == sentence


@any_text
@given(st.lists(answers, max_size=3))
def test_a_whole_export_has_only_the_markup_of_an_export(turns: list[Answer]):
    conversation = Conversation(name=None)
    for answer in turns:
        conversation = conversation.with_turn(answer)
    tokens = PARSER.parse(as_markdown(conversation))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or []}
    assert kinds <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close",
        "inline", "text", "strong_open", "strong_close",
    }  # fmt: skip
    shown = [token.content for token in tokens if token.type == "inline"]
    assert sum(token.type == "heading_open" for token in tokens) == 1 + len(turns)
    assert sum(token.type == "blockquote_open" for token in tokens) == sum(len(a.citations + a.closest) for a in turns)
    assert len(shown) >= 1
