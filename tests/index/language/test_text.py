"""A text is read once: what it holds is what the parsers say, and the same object each time."""

from hypothesis import given
from hypothesis import strategies as st

from index.language.moments import moments
from index.language.names import names
from index.language.numbers import quantities
from index.language.sentences import MAX_SENTENCE
from index.language.text import parsed, quotations
from index.language.words import concepts

SENTENCE = "On 5 March 2031 Ingrid Lund said “we may not open” to at least 12 of the 300 workers."


def test_it_is_read_once():
    text = parsed(SENTENCE)
    assert parsed(SENTENCE) is text
    assert text.quantities is text.quantities
    assert [moment.text for moment in text.moments] == ["5 March 2031"]
    assert [name for name, _ in text.names] == ["Ingrid Lund"]
    assert text.quotations == ("we may not open",)


def test_a_long_text_is_not_kept():
    long = "a " * MAX_SENTENCE
    assert parsed(long) is not parsed(long)


@given(st.text(max_size=60))
def test_it_holds_what_the_parsers_say(said):
    text = parsed(f"{said} On Monday 5 ships of Lund {said}")
    assert text.moments == tuple(moments(text.text))
    assert text.names == tuple(names(text.text))
    assert text.quantities == tuple(quantities(text.text))
    assert text.countable == tuple(quantities(text.text, years=True))
    assert text.quotations == tuple(quotations(text.text))
    assert text.concepts == tuple(concepts(text.text))
