"""Numbers: every way of writing one is the same number, and no number stands inside another."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.numbers import mispaired, unsupported_numbers
from index.language.numbers import quantities

SAME = [
    ("two recorders", "both of the recorders"),
    ("one dose", "a single dose"),
    ("14,000 people", "fourteen thousand people"),
    ("14,000 people", "14 thousand people"),
    ("14,000 people", "14\N{NARROW NO-BREAK SPACE}000 people"),
    ("14,000 people", "14000 people"),
    ("14 people", "１４ people"),
    ("1.2 million people", "1,200,000 people"),
    ("half a million people", "500,000 people"),
    ("two and a half million people", "2.5 million people"),
    ("two hundred and five people", "205 people"),
    ("a dozen people", "12 people"),
    ("twenty-one people", "21 people"),
    ("66 percent", "66%"),
    ("66 per cent", "66 pct"),
    ("two-thirds of it", "two thirds of it"),
    ("half of it", "50 percent of it"),
    ("one in five", "20 percent"),
    ("a quarter of it", "25%"),
    ("$5 million", "5 million dollars"),
    ("US$5m", "$5,000,000"),
    ("£1.2bn", "1.2 billion pounds"),
    ("€40", "40 euros"),
    ("the third time", "the 3rd time"),
    ("the twenty-first century", "the 21st century"),
    ("10 to 15 percent", "between 10 and 15 percent"),
    ("10-15 million people", "10 million to 15 million people"),
    ("$10 to $15", "$10-15"),
    ("5 km", "five kilometres"),
    ("a 16-year-old", "16 years old"),
    ("a 10-day truce", "ten days"),
    ("2½ years", "two and a half years"),
    ("two weeks", "a 14-day truce"),
    ("three days", "72 hours"),
    ("four decades", "40 years"),
    ("18 months", "1.5 years"),
    ("twice as many", "two times as many"),
    ("aged 14", "a 14-year-old"),
    ("28 of 301 dead", "28 of the 301 who died"),
    ("won 3-1", "a 3–1 win"),
    ("-5 degrees", "−5 degrees"),
    ("minus five degrees", "−5 degrees"),
    ("it halved", "it fell by half"),
    ("C$5", "C$5.00"),
    ("several hundred people", "hundreds of people"),
    (".5 percent", "0.5 percent"),
    ("5 lakh people", "five lakhs of people"),
    ("2 crore people", "20 million people"),
    ("1/10\N{NO-BREAK SPACE}000 patients", "1/10,000 patients"),
]

OTHER = [
    ("14 people", "14,000 people"),
    ("14,000 people", "14 people"),
    ("4,000 people", "14,000 people"),
    ("14 people", "1.4 people"),
    ("14 people", "A14 and MH14"),
    ("14 people", "14 percent of people"),
    ("14 percent", "14 people"),
    ("14 percent", "14 percentage points"),
    ("$14", "14 people"),
    ("$14", "€14"),
    ("$14 million", "$14 billion"),
    ("14 million", "14"),
    ("two-thirds", "a third"),
    ("two-thirds", "66 percent"),
    ("one in five", "one in six"),
    ("the third time", "three times"),
    ("3 people", "the third time"),
    ("15 percent", "10 to 15 percent"),
    ("10 people", "10-15 people"),
    ("won 1-3", "won 3-1"),
    ("from 15 to 10 percent", "from 10 to 15 percent"),
    ("5 km", "5 miles"),
    ("5 days", "5 weeks"),
    ("two weeks", "10 days"),
    ("1 month", "30 days"),
    ("12 weeks", "3 months"),
    ("dozens of people", "hundreds of people"),
    ("dozens of people", "12 people"),
    ("100 people", "hundreds of people"),
    ("5 degrees", "-5 degrees"),
    ("2 years", "2½ years"),
    ("5 people", "5 March"),
    ("one person", "no one"),
    ("30 people", "at 9:30"),
    ("Ⅻ people", "14 people"),
    ("¹⁴ people", "14 people"),
    ("十四 people", "15 people"),
    ("a score of people", "five people"),
    ("a couple of people", "five people"),
    ("both men", "three men"),
    ("several hundred people", "200 people"),
    ("it quadrupled", "it doubled"),
    ("it halved", "it fell by a third"),
    ("minus 5 degrees", "5 degrees"),
    ("A$5", "US$5"),
    ("5 percent", ".5 percent"),
    (".5 percent", "5 percent"),
    ("an average of .300", "an average of 300"),
    ("5 crore people", "5 lakh people"),
]


@pytest.mark.parametrize(("statement", "source"), SAME)
def test_one_number_in_two_forms(statement, source):
    assert unsupported_numbers(statement, [source]) == []
    assert unsupported_numbers(source, [statement]) == [] or "aged" in statement


@pytest.mark.parametrize(("statement", "source"), OTHER)
def test_another_number(statement, source):
    assert unsupported_numbers(statement, [source]) != []


def test_a_number_may_stand_there_by_itself():
    assert unsupported_numbers("The youngest is eleven years old.", ["They were aged from eleven to 75."]) == []
    assert unsupported_numbers("It cost $11.", ["They were aged from eleven to 75."]) == ["$11"]


def test_words_for_a_group_need_the_number_or_the_word():
    assert unsupported_numbers("Both men died.", ["The two men died."]) == []
    assert unsupported_numbers("A couple of men died.", ["A couple of men died."]) == []
    assert unsupported_numbers("Two men died.", ["Both died."]) == []
    assert unsupported_numbers("Three men died.", ["Both died."]) == ["Three"]


def test_a_change_gives_both_its_numbers():
    source = "Unemployment rose from 10 to 15 percent."
    assert unsupported_numbers("It rose to 15 percent.", [source]) == []
    assert unsupported_numbers("It was 10 percent.", [source]) == []


def test_a_number_may_stand_in_any_cited_sentence():
    assert unsupported_numbers("28 of 301 died", ["There were 301.", "Of them 28 died."]) == []
    assert unsupported_numbers("28 of 302 died", ["There were 301.", "Of them 28 died."]) == ["302"]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_number_stands_in_a_source_only_if_it_is_that_number(one, other):
    missing = unsupported_numbers(f"{one:,} people died", [f"{other:,} people died"])
    assert bool(missing) == (one != other)


@pytest.mark.parametrize(
    "text", ["5/0", "5/0.0", "5/000,000", "5/٠", "1000/001", "3/½", "4/2½", "9" * 5000, f".{'9' * 5000}"]
)
def test_odd_numbers_are_read_without_a_fault(text):
    assert quantities(text)
    assert unsupported_numbers(text, [text]) == []


@given(st.text(max_size=80) | st.text("0123456789./,½% 　\N{NO-BREAK SPACE}٠", max_size=20))
def test_any_text_supports_itself(text):
    assert unsupported_numbers(text, [text]) == []
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert isinstance(quantity.value, Fraction)


def test_a_number_that_counts_what_another_one_counts():
    source = "The strikes killed 301 people, including 28 civilians."
    assert mispaired("301 civilians were killed", [source]) == ["301"]
    assert mispaired("28 civilians were killed", [source]) == []
    assert mispaired("301 people were killed", [source]) == []
    assert mispaired("301 were killed", [source]) == []
