"""Dates in words as days: by themselves, and as seen from the day of writing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.moments import moments

WEDNESDAY = dt.date(2031, 3, 19)


def days(text, written_on=WEDNESDAY):
    """What the one date of a text stands for, as "2031-03-17", or "2031-03-01..2031-03-31"; "" where nobody can say."""
    (moment,) = moments(text, written_on)
    assert text[moment.start : moment.end] == moment.text
    if moment.first is None:
        assert moment.last is None
        return ""
    return f"{moment.first}" if moment.first == moment.last else f"{moment.first}..{moment.last}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 20 March 2031.", "2031-03-20"),
        ("It fell on March 20th, 2031.", "2031-03-20"),
        ("It fell on 2031-03-20.", "2031-03-20"),
        ("It fell on Thursday, 20 March 2031.", "2031-03-20"),
        ("It fell on 20/3/2031.", "2031-03-20"),
        ("It fell on 20.3.31.", "2031-03-20"),
        ("It fell in March 2031.", "2031-03-01..2031-03-31"),
        ("It fell in 2031.", "2031-01-01..2031-12-31"),
        ("It fell in the 1990s.", "1990-01-01..1999-12-31"),
        ("It fell in 2011-18.", "2011-01-01..2018-12-31"),
        ("It fell between 3 and 9 March 2031.", "2031-03-03..2031-03-09"),
        ("It fell on March 3-9, 2031.", "2031-03-03..2031-03-09"),
        ("It fell in winter 2031.", "2031-12-01..2032-02-29"),
        ("It fell on 4/7/2031.", ""),
        ("It fell at 9:30.", ""),
    ],
)
def test_dates_that_say_all(text, expected):
    assert days(text, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on 4 March.", "2031-03-04"),
        ("It opened on March 4.", "2031-03-04"),
        ("what happened on march 4?", "2031-03-04"),
        ("what was known as of 4 march?", "2031-03-04"),
        ("It opens on 20 June.", "2031-06-20"),
        ("It opened on 20 December.", "2030-12-20"),
        ("It will open on 20 December.", "2031-12-20"),
        ("It opened on Monday, 17 March.", "2031-03-17"),
        ("It opened on Saturday, 17 March.", "2031-03-17"),
        ("It opened on 29 February.", "2028-02-29"),
        ("It opened in March.", "2031-03-01..2031-03-31"),
        ("It opened in December.", "2030-12-01..2030-12-31"),
        ("It opened last March.", "2030-03-01..2030-03-31"),
        ("It will open next March.", "2032-03-01..2032-03-31"),
        ("It opened between 3 and 9 March.", "2031-03-03..2031-03-09"),
        ("It was shut from December 28 to 31.", "2030-12-28..2030-12-31"),
    ],
)
def test_a_year_that_is_not_said(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on Monday.", "2031-03-17"),
        ("It fell on Wednesday.", "2031-03-19"),
        ("It fell on Thursday.", "2031-03-13"),
        ("It fell last Wednesday.", "2031-03-12"),
        ("It will open on Monday.", "2031-03-24"),
        ("It is due to open on Thursday.", "2031-03-20"),
        ("On Monday the court will rule.", "2031-03-24"),
        ("The court said on Monday that it would rule.", "2031-03-17"),
        ("It opens next Monday.", "2031-03-24"),
        ("It opens this Friday.", "2031-03-21"),
        ("It fell Monday night.", "2031-03-17"),
        ("what happened on monday?", "2031-03-17"),
    ],
)
def test_weekdays(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell yesterday.", "2031-03-18"),
        ("Today it fell.", "2031-03-19"),
        ("It falls tonight.", "2031-03-19"),
        ("It falls tomorrow.", "2031-03-20"),
        ("It fell the day before yesterday.", "2031-03-17"),
        ("It fell the day before.", "2031-03-18"),
        ("It fell three days ago.", "2031-03-16"),
        ("It fell 3 days ago.", "2031-03-16"),
        ("It fell a day ago.", "2031-03-18"),
        ("It fell a week ago.", "2031-03-10..2031-03-16"),
        ("It fell two months ago.", "2031-01-01..2031-01-31"),
        ("It fell ten years ago.", "2021-01-01..2021-12-31"),
        ("It fell last night.", "2031-03-18"),
        ("It fell this morning.", "2031-03-19"),
        ("It fell last week.", "2031-03-10..2031-03-16"),
        ("It fell this week.", "2031-03-17..2031-03-23"),
        ("It falls next week.", "2031-03-24..2031-03-30"),
        ("It fell in the past week.", "2031-03-12..2031-03-19"),
        ("It fell earlier this week.", "2031-03-17..2031-03-19"),
        ("It fell earlier this month.", "2031-03-01..2031-03-19"),
        ("It falls later this month.", "2031-03-19..2031-03-31"),
        ("It fell last month.", "2031-02-01..2031-02-28"),
        ("It fell last year.", "2030-01-01..2030-12-31"),
        ("It fell last quarter.", "2030-10-01..2030-12-31"),
        ("It fell last summer.", "2030-06-01..2030-08-31"),
        ("It fell at the weekend.", "2031-03-15..2031-03-16"),
        ("It fell last weekend.", "2031-03-15..2031-03-16"),
        ("It falls this weekend.", "2031-03-22..2031-03-23"),
        ("It fell in the last three days.", "2031-03-16..2031-03-19"),
        ("It fell an hour ago.", ""),
        ("It fell last century.", ""),
    ],
)
def test_days_seen_from_the_day_of_writing(text, expected):
    assert days(text) == expected
    assert days(text, None) == ""


def test_the_day_before_is_that_before_the_last_one_named():
    found = moments("It was found on 10 March; it had been lost the day before, or two days earlier.", WEDNESDAY)
    assert [moment.first and moment.first.day for moment in found] == [10, 9, 7]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("as of 4 March", "as of"),
        ("since 4 March", "since"),
        ("since the 4th of March", "since"),
        ("by March 4", "until"),
        ("until the end of March", ""),
        ("before last week", "before"),
        ("after 2029", "after"),
        ("on 4 March", ""),
    ],
)
def test_how_the_words_before_put_it(text, relation):
    (moment,) = moments(text, WEDNESDAY)
    assert moment.relation == relation


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("at 9 am", "time"), ("at noon", "time"), ("an hour ago", "time"), ("on Monday", "day"), ("yesterday", "day"),
        ("last night", "day"), ("on 4 March", "day"), ("last week", "week"), ("in March", "month"),
        ("two months ago", "month"), ("in 2030", "year"), ("in the 1990s", "year"), ("last year", "year"),
    ],
)  # fmt: skip
def test_precision(text, precision):
    (moment,) = moments(text, WEDNESDAY)
    assert moment.precision == precision


@pytest.mark.parametrize("text", ["as of 31 February", "on February 30, 2032", "on 2031-02-29", "since June 31"])
def test_a_day_that_the_calendar_does_not_have(text):
    (moment,) = moments(text, WEDNESDAY)
    assert not moment.exists
    assert moment.first is moment.last is None


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "$2024",
        "2,024 people",
        "12.2024.1",
        "4 may have died",
        "some days ago",
        "a few weeks later",
    ],
)
def test_what_is_no_date(text):
    assert moments(text) == []


@given(st.dates(dt.date(1000, 1, 1), dt.date(2099, 12, 31)), st.dates())
def test_every_day_in_every_form(day, written_on):
    month = day.strftime("%B")
    for written in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert days(f"It was {written}.", written_on) == day.isoformat()


@given(st.dates(), st.sampled_from("last this next past previous".split()), st.sampled_from(
    "Monday Sunday March week weekend month quarter year winter night 5\N{SPACE}months 90\N{SPACE}years".split()
))  # fmt: skip
def test_nothing_is_beyond_the_calendar(written_on, side, unit):
    for moment in moments(f"It fell {side} {unit} and two years ago, and will again on 29 February.", written_on):
        assert moment.first is None or (moment.last and moment.first <= moment.last)


@given(st.text(max_size=80), st.dates())
def test_dates_stand_in_order_where_they_say(text, written_on):
    end = 0
    for moment in moments(f"{text} on 5 March {text} yesterday {text}", written_on):
        assert end <= moment.start < moment.end
        end = moment.end
