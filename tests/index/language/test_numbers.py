"""Numbers as values: what they count, how they are bounded, and that they stand where they say."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numbers import quantities


def only(text):
    """The one number of a text."""
    (quantity,) = quantities(text)
    assert text[quantity.start : quantity.end]
    return quantity


@pytest.mark.parametrize(
    ("text", "said", "value", "unit"),
    [
        ("About 14,000 residents fled.", "14,000", 14_000, ""),
        ("Fourteen thousand fled.", "Fourteen thousand", 14_000, ""),
        ("It cost $5.2 million.", "$5.2 million", 5_200_000, "$"),
        ("A third of the homes burnt.", "A third", Fraction(1, 3), "share"),
        ("Unemployment is 6.75 percent.", "6.75 percent", Fraction(675, 10_000), "share"),
        ("The river rose 3 metres.", "3 metres", 3, "m"),
        ("It was the tenth flood.", "tenth", 10, "ordinal"),
        ("Dozens fled.", "Dozens", 12, "vague"),
    ],
)
def test_value_unit_and_place(text, said, value, unit):
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.value, quantity.unit) == (said, value, unit)


@pytest.mark.parametrize(
    ("text", "noun", "thing"),
    [
        ("38 ships are waiting", "ships", "ship"),
        ("14,000 Syrian residents fled", "Syrian residents", "resid"),
        ("11 people died", "people", "peopl"),
        ("28 of the houses burnt", "houses", "hous"),
        ("40 percent of the voters stayed away", "voters", "voter"),
        ("12 dead were found", "dead", "dead"),
        ("one ship is waiting", "ship", "ship"),
        ("a boy of 14 was found", "", ""),
        ("14 died", "", ""),
        ("$5 was paid", "", ""),
        ("It rose to 310", "", ""),
    ],
)
def test_what_is_counted(text, noun, thing):
    quantity = only(text)
    assert (quantity.noun, quantity.thing) == (noun, thing)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 12 people", "at least"),
        ("no fewer than 12 people", "at least"),
        ("12 or more people", "at least"),
        ("up to 12 people", "at most"),
        ("more than 12 people", "more than"),
        ("over 12 people", "more than"),
        ("fewer than 12 people", "less than"),
        ("nearly 12 people", "nearly"),
        ("approximately 12 people", "about"),
        ("an estimated 12 people", "about"),
        ("exactly 12 people", ""),
    ],
)
def test_bounds(text, bound):
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ten, not eleven, people died", [False, True]),
        ("40 rather than 30 died", [False, True]),
        ("It wasn't 12 people", [True]),
        ("not only 12 people", [False]),
        ("no fewer than 12 people", [False]),
        ("not more than 12 people", [False]),
    ],
)
def test_negated_numbers(text, negated):
    assert [quantity.negated for quantity in quantities(text)] == negated


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("half of the 300 houses", [False, True]),
        ("28 of 301 people", [False, True]),
        ("28 out of the 301 people", [False, True]),
        ("most of the 40 ships", [True]),
        ("all 40 ships", [False]),
        ("a fleet of 40 ships", [False]),
    ],
)
def test_a_whole_of_which_a_part_is_meant(text, wholes):
    assert [quantity.whole for quantity in quantities(text)] == wholes


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [("10 to 15 people", 10, 15), ("between 10 and 15 people", 10, 15), ("10-15 people", 10, 15), ("7 people", 7, 7)],
)
def test_ranges(text, value, upper):
    quantity = only(text)
    assert (quantity.value, quantity.upper) == (value, upper)


def test_numbers_of_dates_are_none_but_those_of_periods_are():
    assert quantities("It began on 5 March 2031 at 9:30.") == []
    assert only("It began three days ago.").value == 3
    assert [quantity.value for quantity in quantities("2031 ships", years=True)] == [2031]


@pytest.mark.parametrize("text", ["F-16 jets", "COVID-19", "an A320 and MH17", "no one", "one another", ""])
def test_what_is_no_number(text):
    assert quantities(text) == []


@given(st.integers(0, 10**12))
def test_digits_with_and_without_separators_are_the_number(number):
    for written in (f"{number}", f"{number:,}"):
        (quantity,) = quantities(f"About {written} people died.", years=True)
        assert quantity.value == number
        assert (quantity.noun, quantity.bound) == ("people", "about")


@given(st.lists(st.sampled_from("12 half of the 300 houses , . not at least one to - $ % million 5½ ships".split())))
def test_numbers_stand_in_order_where_they_say(words):
    text = " ".join(words)
    found = quantities(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
        assert one.noun in text[one.end :]
        assert one.upper >= one.value
