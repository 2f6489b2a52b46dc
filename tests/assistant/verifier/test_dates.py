"""Dates and times: equal in every form; a date that says more than its source is not supported."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.numbers import unsupported_dates

SAME = [
    ("on 5 March", "on March 5"),
    ("on March 5th", "on the 5th of March"),
    ("on 5 March 2024", "on March 5, 2024"),
    ("on 2024-03-05", "on 5 Mar. 2024"),
    ("in March 2024", "on 5 March 2024"),
    ("in 2024", "on 5 March 2024"),
    ("in March", "on 5 March 2024"),
    ("in 2018", "in mid-2018"),
    ("on Monday", "on Monday, 5 March"),
    ("in the 1990s", "in the 1990’s"),
    ("from 2011 to 2018", "in 2011-18"),
    ("at 9:30 p.m.", "at 21:30"),
    ("at 9 am", "at 9 a.m."),
    ("on March 6", "on March 5 and 6"),
    ("last week", "Last week"),
]
OTHER = [
    ("on 5 March", "on 6 March"),
    ("on 5 March", "in March"),
    ("on 5 March 2024", "on 5 March"),
    ("in 2024", "in 2023"),
    ("in March 2024", "in March 2023 and April 2024"),
    ("on Monday", "on Tuesday"),
    ("in the 1990s", "in 1990"),
    ("at 9:30 p.m.", "at 9:30 a.m."),
    ("last week", "this week"),
    ("yesterday", "on Monday"),
    ("in May", "they may come"),
    ("on 3/5/2024", "on 5/3/2024"),
    ("a decade ago", "a century ago"),
]


@pytest.mark.parametrize(("statement", "source"), SAME)
def test_one_date_in_two_forms(statement, source):
    assert unsupported_dates(statement, [source]) == []


@pytest.mark.parametrize(("statement", "source"), OTHER)
def test_another_date(statement, source):
    assert unsupported_dates(statement, [source]) != []


TUESDAY = dt.date(2031, 3, 11)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("on 10 March", "It was yesterday."),
        ("on Monday", "It was yesterday."),
        ("on 10 March 2031", "It was on Monday."),
        ("in March", "It was yesterday."),
        ("in February 2031", "It was last month."),
    ],
)
def test_a_day_that_depends_on_the_day_of_writing_is_that_day(statement, source):
    assert unsupported_dates(statement, ["No day.", source], [None, TUESDAY]) == []
    assert unsupported_dates(statement, ["No day.", source], [TUESDAY]) != []
    assert unsupported_dates(statement, ["No day.", source], [None, TUESDAY + dt.timedelta(days=64)]) != []


def test_the_parts_of_a_date_come_from_one_date():
    assert unsupported_dates("on 5 March 2024", ["on 5 March 2023", "on 6 April 2024"]) == ["5 March 2024"]


@given(st.dates())
def test_every_day_in_every_form(day):
    month = day.strftime("%B")
    forms = [f"{day.day} {month} {day.year:04}", f"{month} {day.day}, {day.year:04}", day.isoformat()]
    if day.year >= 1000 and day.year < 2100:
        for form in forms:
            assert unsupported_dates(f"It was {form}.", [f"On {other}, it was." for other in forms[:1]]) == []


@given(st.text(max_size=80))
def test_any_text_supports_itself(text):
    assert unsupported_dates(text, [text]) == []
