"""The measured tables of pages: made of the summaries, and checked against them."""

import json

import pytest

from evals.errors import PageError, RunLogError
from evals.report.doc_tables import TABLES, filled, read_summaries
from evals.scorers.measures import MEASURES
from index.errors import UsageError
from tests.evals.conftest import ARCHIVE
from tests.evals.test_cli import invoke

SHARE = {"value": 0.77, "n": 1213, "error": 0.03, "low": 0.7062, "high": 1.0}


def summary(**measures):
    return {
        "version": 1,
        "questions": {"name": "archive/questions.jsonl", "n": 1299},
        "corpus": {"articles": 46, "passages": 95},
        "measures": measures,
        "outcomes": {},
    }


def page(name="answers", inside="old\n"):
    return f"# Measured\n\n<!-- table: {name} -->\n{inside}<!-- /table -->\n\nBelow.\n"


def test_a_table_has_a_row_for_each_set_that_has_a_measure_of_it():
    summaries = {"archive": summary(first_citation=SHARE), "seed": summary(byte_exact=SHARE)}
    lines = filled(page(), summaries, "page").splitlines()
    assert lines == [
        "# Measured",
        "",
        "<!-- table: answers -->",
        "| set | answer contained | first citation right | first citation, of answered |",
        "| --- | --- | --- | --- |",
        "| `archive` | – | .770 (.706–1.000; 1,213) | – |",
        "<!-- /table -->",
        "",
        "Below.",
    ]


def test_the_sets_and_how_large_they_are():
    assert "| `archive` | `archive/questions.jsonl` | 1,299 | 46 | 95 |" in filled(
        page("sets"), {"archive": summary()}, ""
    )


def test_a_page_that_is_current_stays_byte_for_byte():
    summaries = read_summaries(ARCHIVE.parent / "baseline")
    current = filled(page(), summaries, "page")
    assert filled(current, summaries, "page") == current
    assert filled("No table.\n", summaries, "page") == "No table.\n"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_of_measures_that_there_are(name):
    assert set(TABLES[name]) <= {measure.name for measure in MEASURES}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (page("anwsers"), r"page:3: there is no table 'anwsers'; name one of: sets, overview"),
        ("<!-- table: answers -->\n", r"page:1: the table has no end"),
        ("<!-- table: answers -->\n" + page(), r"page:1: the table has no end"),
    ],
)
def test_a_mark_that_is_wrong(text, message):
    with pytest.raises(PageError, match=message):
        filled(text, {"archive": summary(first_citation=SHARE)}, "page")


def test_the_command_writes_and_checks(tmp_path):
    (tmp_path / "archive.json").write_text(json.dumps(summary(first_citation=SHARE)), encoding="utf-8")
    stale, other = tmp_path / "stale.md", tmp_path / "other.md"
    stale.write_text(page(), encoding="utf-8")
    other.write_text("No table.\n", encoding="utf-8")
    arguments = ("tables", stale, other, "--from", tmp_path)
    result = invoke(*arguments, "--check")
    assert isinstance(result.exception, PageError)
    assert str(result.exception).startswith(f"{stale}: not the tables of {tmp_path}; run")
    assert stale.read_text(encoding="utf-8") == page()
    assert invoke(*arguments).stdout == f"wrote {stale}.\n"
    assert invoke(*arguments, "--check").exit_code == 0


def test_what_cannot_be_read(tmp_path):
    assert isinstance(invoke("tables", tmp_path / "none.md").exception, UsageError)
    assert isinstance(invoke("tables", "--from", tmp_path).exception, PageError)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert isinstance(invoke("tables", "--from", tmp_path).exception, RunLogError)
