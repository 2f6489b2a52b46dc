"""Quotations and links: word for word in a source, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.quotations import unsupported_links, unsupported_quotations
from index.language.text import quotations

SOURCE = ["“We don’t know who did it, and it is a tragedy,” said Rami Abdulrahman of the group.", "It was no joke."]


@pytest.mark.parametrize(
    "statement",
    [
        'He said "it is a tragedy."',
        "He said “It is a tragedy”.",
        "He said: «We don't know who did it».",
        "He called it ‘a tragedy’.",
        "He called it 'a tragedy'.",
        "“We don't know … it is a tragedy,” he said.",
        '"We don\'t know ... it is a tragedy," he said.',
        "It was “no joke”",
        "It's the '90s, the dogs' bowl, and rock 'n' roll.",
    ],
)
def test_supported(statement):
    assert unsupported_quotations(statement, SOURCE) == []


@pytest.mark.parametrize(
    "statement",
    [
        'He said "it is a triumph."',
        'He said "it is a trag".',
        "“We know who did it,” he said.",
        "“It is a tragedy … we don’t know,” he said.",  # in the other order
        "“it is a tragedy, it was no joke”",  # from two sentences
        'He said "it is my fault',
        "‘it is my fault’ he said",
        "„it is my fault“",
        "“WE DON'T KNOW”",
        'He said it is my fault".',
        "It is my fault”, he said.",
        "He said `my fault'.",
        "He said ,,my fault''.",
        "He said ‹my fault›, they say.",
        "He said 「my fault」.",
        'He said ""my fault"".',
        "He said 'my fault",
        "He said ＂my fault＂.",
    ],
)
def test_missing(statement):
    assert len(unsupported_quotations(statement, SOURCE)) == 1


@given(st.text(alphabet="ab “”\"'‘’«».,…", max_size=40))
def test_any_text_supports_itself(text):
    assert unsupported_quotations(text, [text]) == []


@given(st.text(max_size=30).filter(lambda text: any(c.isalnum() for c in text)))
def test_whatever_is_between_marks_is_found(words):
    if not set(words) & set("“”"):
        assert quotations(f"He said “{words}” twice.") == [words]


@pytest.mark.parametrize(
    "statement",
    [
        "See https://evil.example/x.",
        "See www.evil.example for more.",
        "Write to me@evil.example.",
        "Click [here](javascript:alert(1)).",
        "![x](https://evil.example/p.png)",
        "Go to evil.com now.",
        "<b>He</b> said it.",
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "{{7*7}} people",
        "${alert(1)} people",
        "&quot;no joke&quot; they said",
        "&#60;b",
    ],
)
def test_links_and_markup_that_the_source_has_not(statement):
    assert unsupported_links(statement, SOURCE) != []


def test_links_of_the_source():
    assert unsupported_links("It was posted on https://un.example/a.", ["See https://un.example/a for it."]) == []
    assert unsupported_links("The U.S. said 3.5 million, i.e. many.", SOURCE) == []
