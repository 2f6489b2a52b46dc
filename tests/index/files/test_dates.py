"""Days as people and programs write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.dates import parse_date

DAY = dt.date(2031, 3, 14)


@pytest.mark.parametrize(
    "value",
    [
        "2031-03-14",
        "2031-03-14T10:00:00Z",
        "2031-03-14Z",
        "2031-03-14+01:00",
        "20310314",
        "20310314T100000Z",
        " 2031-03-14 10:00",
        "2031-3-14",
        "2031/03/14",
        "2031.03.14",
        "14 March 2031",
        "14 Mar 2031, 10:00",
        "14th of March, 2031",
        "Friday 14 March 2031",
        "March 14, 2031",
        "Mar. 14 2031",
        "Fri., march 14th, 2031 10:00 AM",
        "14-MAR-2031 10:00:00.00",
        "Fri, 14 Mar 2031 10:00:00 +0000",
        "14/03/2031",
        "3/14/2031",
        "14.3.2031",
    ],
)
def test_a_day_that_can_be_no_other(value):
    assert parse_date(value) == DAY


def test_two_numbers_that_are_the_same():
    assert parse_date("5/5/2031") == dt.date(2031, 5, 5)


@pytest.mark.parametrize(
    ("value", "reason"),
    {
        "4/7/2017": "one day in London and another in New York",
        "04.07.2017": "one day in London and another in New York",
        "2031-02-30": "a day that never was",
        "31 February 2031": "a day that never was",
        "31/31/2031": "a day that never was",
        "soon": "no day that can be read",
        "20311304": "a day that never was",
        "2031030412": "no day that can be read",
        "March 2031": "no day that can be read",
        "4/7/17": "no day that can be read",
        "14 Marchember 2031": "no day that can be read",
        "": "no day that can be read",
    }.items(),
)
def test_what_is_refused(value, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(value)


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%A, %d %b %Y"]),
)
def test_every_day_in_every_unambiguous_form(day, form):
    assert parse_date(day.strftime(form)) == day


@given(st.text())
def test_any_text_is_a_day_or_refused(text):
    try:
        day = parse_date(text)
    except ValueError:
        return
    assert isinstance(day, dt.date)
