"""Text in pieces: nothing is lost, whatever is marked, and the marks of Markdown are told from text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.inline import displayable, page_safe, pieces

TEXT = st.text(alphabet=st.one_of(st.sampled_from("ab *_`[]()#\\\n"), st.characters()), max_size=60)


@given(TEXT, st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_the_pieces_are_the_text(text: str, one: int, other: int, markdown: bool) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    shown = pieces(text, (start, end), markdown=markdown)
    assert "".join(piece["text"] for piece in shown) == text
    assert "".join(piece["text"] for piece in shown if "mark" in piece["styles"]) == text[start:end]


@given(TEXT)
def test_text_that_is_no_markdown_is_shown_as_it_is(text: str) -> None:
    assert pieces(text) == ([{"text": text, "styles": []}] if text else [])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It cost **$5 million** and *not* less.", "It cost $5 million and not less."),
        ("## The __harbour__", "The harbour"),
        ("Run `make **it**`.", "Run make **it**."),
        ("Read [the report](https://a.example/x_(y)) now.", "Read the report now."),
        ("**Both *of* them**", "Both of them"),
        (r"5 \* 3", "5 * 3"),
        ("2 * 3 * 4 and snake_case_names", "2 * 3 * 4 and snake_case_names"),
        ("A **start without end", "A **start without end"),
    ],
)
def test_marks_of_markdown_are_not_seen(text: str, seen: str) -> None:
    shown = pieces(text, markdown=True)
    assert "".join(piece["text"] for piece in shown if "unseen" not in piece["styles"]) == seen


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_every_document_can_be_sent(text: str) -> None:
    sent = page_safe({"a": [text, {"b": (text, 1, None)}]})
    json.dumps(sent, ensure_ascii=False).encode()
    assert "\0" not in displayable(text)
