"""Days as people and programs write them."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import index_paths
from index.files.dates import day_first, parse_date
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.files.reading import read

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
        "20310314093000",
        "203103140930",
        "14-Mar-31",
        "14/Mar/31",
        "1931248800",
        "1931248800000",
        "1931248800.25",
        "14 mars 2031",
        "vendredi 14 mars 2031",
        "14. März 2031, 10:00 Uhr",
        "Freitag, 14. März 2031",
        "14 de marzo de 2031",
        "viernes, 14 de marzo de 2031",
        "14 marzo 2031",
        "14 de março de 2031",
        "14 maart 2031",
        "14 marca 2031",
        "14 марта 2031 г.",
        "14 березня 2031",
        "14 Mart 2031",
        "14. března 2031",
        "2031. március 14.",
        "14 mars 2031 kl. 10",
        "14 مارس 2031",
        "14 آذار 2031",
        "2031年3月14日",
        "2031年3月14日 10時",
        "2031년 3월 14일",
        "14 Maret 2031",
    ],
)
def test_a_day_that_can_be_no_other(value):
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    ("value", "day"), [("06.03.2031", 6), ("6.3.2031", 6), ("1er mars 2031", 1), ("1º de março de 2031", 1)]
)
def test_points_have_the_day_first_and_the_first_of_a_month_its_sign(value, day):
    assert parse_date(value) == dt.date(2031, 3, day)


@pytest.mark.parametrize(("first", "day"), [(True, dt.date(2017, 7, 4)), (False, dt.date(2017, 4, 7))])
def test_what_can_be_two_days_is_settled_by_where_it_comes_from(first, day):
    assert parse_date("4/7/2017", day_first=first) == day
    assert parse_date("04-07-2017 10:00", day_first=first) == day
    assert parse_date("25/7/2017", day_first=first) == dt.date(2017, 7, 25)


@pytest.mark.parametrize(
    ("value", "first"), {"25/7/2017": True, "7/25/2017": False, "4/7/2017": None, "25.7.2017": None, "x": None}.items()
)
def test_what_a_date_tells_of_others(value, first):
    assert day_first(value) is first


def test_two_numbers_that_are_the_same():
    assert parse_date("5/5/2031") == dt.date(2031, 5, 5)


@pytest.mark.parametrize(
    ("value", "reason"),
    {
        "4/7/2017": "one day in London and another in New York",
        "04-07-2017": "one day in London and another in New York",
        "2031-02-30": "a day that never was",
        "31 February 2031": "a day that never was",
        "31/31/2031": "a day that never was",
        "soon": "no day that can be read",
        "20311304": "a day that never was",
        "2031030412": "no day that can be read",
        "March 2031": "a month, and no day",
        "2031-03": "a month, and no day",
        "14 mars": "no day that can be read",
        "14 rien 2031": "no day that can be read",
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


JULY_25 = dt.date(2017, 7, 25)
DOUBT = dt.date(2017, 7, 4), dt.date(2017, 4, 7)  # 4/7/2017 in London and in New York


def lines(*pairs):
    return "\n".join(
        json.dumps({"id": str(n), "title": "t", "text": "It rained.", "date": date, "source": source})
        for n, (date, source) in enumerate(pairs)
    )


@pytest.mark.parametrize(
    ("pairs", "days"),
    [
        ([("4/7/2017", None), ("25/7/2017", None)], [DOUBT[0], JULY_25]),
        ([("7/25/2017", None), ("4/7/2017", None)], [JULY_25, DOUBT[1]]),
        ([("4/7/2017", "Post"), ("7/25/2017", "Post"), ("25/7/2017", "Times"), ("4-7-2017 10:00", "Times")],
         [DOUBT[1], JULY_25, JULY_25, DOUBT[0]]),
        ([("4/7/2017", "Wire"), ("25/7/2017", "Times")], [DOUBT[0], JULY_25]),
        ([("4/7/2017", "Post"), ("2017-07-25", "Post"), ("5/5/2017", "Post")], [None, JULY_25, dt.date(2017, 5, 5)]),
        ([("4/7/2017", "Post"), ("25/7/2017", "Post"), ("7/25/2017", "Post")], [None, JULY_25, JULY_25]),
        ([("4/7/2017", "Wire"), ("25/7/2017", "Post"), ("7/25/2017", "Times")], [None, JULY_25, JULY_25]),
    ],
)  # fmt: skip
def test_the_other_dates_of_a_file_settle_it(pairs, days):
    content = read(lines(*pairs), "x.jsonl")
    assert [article.date for article in content.articles] == days
    assert len(content.warnings) == (None in days)


def test_it_is_said_once_a_file():
    (warning,) = read(lines(*[("4/7/2017", None)] * 50), "x.jsonl").warnings
    assert "'4/7/2017' in one of 50 articles, which is one day in London and another in New York" in warning.reason


def dates(home):
    with RecordReader(home / RECORD_NAME) as record:
        return {article.id: article.date for article in record.articles()}


@pytest.mark.parametrize("first", ["a", "z"])
def test_other_files_of_the_source_settle_it_before_and_after_and_in_later_runs(tmp_path, embedding, first):
    news, home = tmp_path / "news", tmp_path / "home"
    news.mkdir()
    text = "Title\ndate: {}\nsource: {}\n\nIt rained."
    (news / f"{first}.txt").write_text(text.format("25/7/2017", "Post"))
    (news / "m.txt").write_text(text.format("4/7/2017", "Post"))
    (news / "n.txt").write_text(text.format("4/7/2017", "Times"))
    summary = index_paths(home, [news], embedding, passage_tokens=160)
    assert [warning.where for warning in summary.warnings] == [str((news / "n.txt").resolve())]
    assert (summary.added, dates(home)) == (3, {first: JULY_25, "m": DOUBT[0], "n": None})
    again = index_paths(home, [news], embedding, passage_tokens=160)
    assert (again.unchanged, again.updated, dates(home)["m"]) == (3, 0, DOUBT[0])
    (news / "o.txt").write_text(text.format("5/7/2017", "Post"))
    assert index_paths(home, [news], embedding, passage_tokens=160).added == 1
    assert dates(home)["o"] == dt.date(2017, 7, 5)
