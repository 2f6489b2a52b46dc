"""What columns mean, by their usual names or as they are mapped, and ids where none is given."""

import json

import pytest

from index import index_paths
from index.errors import UsageError
from index.files import Columns, read_file
from index.files.parsing import FileLimits
from tests.index.files.reading import fault, only, read

TEXT = "The river rose by two metres on Monday."


def test_columns_are_mapped_where_they_are_named_otherwise(tmp_path):
    data = f"Kopf,Inhalt,When\nRiver rises,{TEXT},2031-03-04\n".encode()
    assert "none" not in fault(data, "a.csv").reason
    content = read_file(tmp_path / "a.csv", data, columns=Columns.parse("text=Inhalt, Title=Kopf,date=When"))
    (article,) = content.articles
    assert (article.title, article.text, str(article.date), content.notes) == ("River rises", TEXT, "2031-03-04", [])


@pytest.mark.parametrize("given", ["text", "body=Body", "text=", "=Body"])
def test_a_map_that_makes_no_sense_says_how_to_write_it(given):
    with pytest.raises(UsageError, match="write FIELD=COLUMN, such as text=Body"):
        Columns.parse(given)


def test_a_file_that_did_not_change_is_read_again_with_a_map(tmp_path, embedding):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "Kopf": "River rises"}))
    index_paths(tmp_path / "home", [tmp_path / "news"], embedding, passage_tokens=160)
    limits = FileLimits(columns=Columns.parse("title=Kopf"))
    summary = index_paths(tmp_path / "home", [tmp_path / "news"], embedding, passage_tokens=160, limits=limits)
    assert summary.updated == 1


def test_of_several_texts_the_first_that_is_filled_is_taken_and_a_summary_last():
    assert only(json.dumps({"summary": "Short.", "content": TEXT, "text": " ", "title": "a"}), "a.jsonl").text == TEXT
    assert only(json.dumps({"summary": TEXT, "content": None, "title": "a"}), "a.jsonl").text == TEXT


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ({"source": {"id": None, "name": "CNN"}}, "CNN"),
        ({"source": ["CNN", "x"]}, "CNN"),
        ({"Source Name": "CNN"}, "CNN"),
    ],
)
def test_the_source_in_the_forms_that_it_has(given, source):
    assert only(json.dumps({"text": TEXT, "title": "a", **given}), "a.jsonl").source == source


def test_an_article_without_id_is_known_by_its_address_or_else_by_what_it_says():
    line = {"title": "River rises", "text": TEXT}
    addressed = {**line, "link": "https://e.org/a"}
    first, second = (only(json.dumps(one), "a.jsonl") for one in (line, addressed))
    assert second.id == second.url == "https://e.org/a"
    assert first.id == only(json.dumps(line), "b.jsonl").id
    assert first.id != only(json.dumps({**line, "text": f"{TEXT} It fell."}), "a.jsonl").id


def test_columns_that_mean_nothing_are_named_once_and_authors_never():
    lines = "\n".join(json.dumps({"id": n, "text": TEXT, "topic": "x", "author": "y"}) for n in range(3))
    (note,) = read(lines, "a.jsonl").notes
    assert note.reason == "columns that are not read: topic; --map text=NAME reads one."


def test_a_text_in_our_own_form_is_kept_to_the_letter_and_html_elsewhere_is_read():
    marked = f"<p>{TEXT}</p>"
    assert only(json.dumps({"id": "a", "text": marked}), "a.jsonl").text == marked
    assert only(json.dumps({"id": "a", "content": marked}), "a.jsonl").text == TEXT
