"""Days that could be two: settled by the other dates of the file or of the source, or else said once a file."""

import datetime as dt
import json

import pytest

from index import index_paths
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.files.reading import read

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
