"""Days that a text names as seen from the day it was written on: those that are certain, and no others."""

import datetime as dt

import pytest

from index.language.seen_days import seen_days

WEDNESDAY = dt.date(2031, 3, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dockers stopped work on Monday.", "2031-03-17"),
        ("They will stop work on Monday.", "2031-03-24"),
        ("No ferry has come since Sunday night.", "2031-03-16"),
        ("The union rejected it on Wednesday.", "2031-03-19"),
        ("Yesterday the bridge was closed.", "2031-03-18"),
        ("The bank opened two days ago.", "2031-03-17"),
    ],
)
def test_a_day_that_is_certain(text: str, day: str) -> None:
    ((start, end, found),) = seen_days(text, WEDNESDAY)
    assert found.isoformat() == day
    assert text[start:end].strip(". ").lower() in {"monday", "sunday", "wednesday", "yesterday", "two days ago"}


@pytest.mark.parametrize(
    "text",
    [
        "The school is closed for Thursday.",
        "An appeal must be lodged by Friday.",
        "People can vote on Sunday.",
        "Work begins again on Thursday.",
        "The vote will be held on March 30, the commission decided on Monday.",
        "It fell on 20 March 2031.",
        "It rose last week.",
        "Nothing happened.",
    ],
)
def test_where_there_is_doubt_nothing_is_said(text: str) -> None:
    assert seen_days(text, WEDNESDAY) == []
