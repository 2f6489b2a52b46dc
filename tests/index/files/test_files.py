"""Article files: what is read from each format, and what is said of those that cannot be used."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.files import find_files, read_file
from index.files.fields import parse_date

PATH = Path("/articles/monday.txt")


def read(data: bytes | str, name: str = "monday.txt"):
    return read_file(Path("/articles") / name, data.encode() if isinstance(data, str) else data)


def only(data: bytes | str, name: str = "monday.txt"):
    content = read(data, name)
    assert content.errors == []
    (article,) = content.articles
    return article


def fault(data: bytes | str, name: str = "monday.txt"):
    content = read(data, name)
    (error,) = content.errors
    return error


# Text files


def test_text_is_the_whole_file_and_the_title_its_first_line():
    article = only("River rises\nThe river rose on Monday.\n")
    assert article.title == "River rises"
    assert article.text == "River rises\nThe river rose on Monday.\n"
    assert article.text[article.body :] == "The river rose on Monday.\n"
    assert article.id == "monday"
    assert article.path == "/articles/monday.txt"


def test_header_lines_are_read_and_not_part_of_the_body():
    article = only("River rises\nDate: 2031-03-04\nsource: The Ledger\nurl: https://example.org/1\nid: r1\nIt rose.")
    assert (article.id, article.date, article.source) == ("r1", dt.date(2031, 3, 4), "The Ledger")
    assert article.url == "https://example.org/1"
    assert article.text[article.body :] == "It rose."


def test_a_sentence_with_a_colon_is_no_header_line():
    article = only("River rises\nWarning: it rose.")
    assert article.text[article.body :] == "Warning: it rose."


def test_line_ends_stay_and_a_byte_order_mark_goes():
    article = only(b"\xef\xbb\xbfRiver rises\r\n\r\nIt rose.\r\n")
    assert article.text == "River rises\r\n\r\nIt rose.\r\n"
    assert article.title == "River rises"


def test_a_file_that_is_not_utf8():
    error = fault("Überschwemmung\nDer Fluß stieg.".encode("latin-1"))
    assert str(error) == "/articles/monday.txt: is not UTF-8 (byte 0); save it as UTF-8 and index it again."


@pytest.mark.parametrize("text", ["", "   \n\n", "River rises", "River rises\n", "River rises\ndate: 2031-03-04\n  \n"])
def test_a_file_with_only_a_title(text):
    assert "no text below its title" in fault(text).reason


@pytest.mark.parametrize("value", ["soon", "4/7/2017", "2031-02-30", "20310304"])
def test_a_date_that_is_none(value):
    error = fault(f"River rises\ndate: {value}\nIt rose.")
    assert value in error.reason
    assert "YYYY-MM-DD" in error.reason


@pytest.mark.parametrize(
    "value",
    [
        "2031-03-04",
        "2031-03-04T10:00:00Z",
        " 2031-03-04 10:00",
        "4-MAR-2031 10:00:00.00",
        "Tue, 4 Mar 2031 10:00:00 +0000",
    ],
)
def test_dates(value):
    assert parse_date(value) == dt.date(2031, 3, 4)


@given(st.text())
def test_any_text_file_is_an_article_or_a_fault(text):
    content = read(text.encode("utf-8", "surrogatepass"))
    assert len(content.articles) + len(content.errors) == 1
    for article in content.articles:
        assert article.text == text.removeprefix("\ufeff")
        assert article.text[article.body :].strip()


# Markdown


def test_markdown_with_front_matter():
    article = only("---\ntitle: River rises\ndate: 2031-03-04\nsource: The Ledger\n---\n\nIt rose.\n", "m.md")
    assert (article.title, article.date, article.source) == ("River rises", dt.date(2031, 3, 4), "The Ledger")
    assert article.text[article.body :].strip() == "It rose."


def test_markdown_with_a_heading():
    article = only("# River rises\n\nIt rose.\n", "m.md")
    assert article.title == "River rises"
    assert article.text[article.body :].strip() == "It rose."


def test_markdown_without_either_takes_its_first_words():
    article = only("It rose. " * 30, "m.md")
    assert article.title.startswith("It rose. It rose.")
    assert len(article.title) <= 81
    assert article.body == 0


@pytest.mark.parametrize("block", ["title: [", "title: a: b", "\tx", "- one\n- two", "date: 2031-99-01"])
def test_front_matter_that_cannot_be_used(block):
    assert fault(f"---\n{block}\n---\nIt rose.", "m.md").reason


# JSON lines


def line(**fields):
    return json.dumps({"id": "a", "title": "River rises", "text": "It rose.", **fields})


def test_json_lines():
    content = read("\n".join([line(), "", line(id="b", date="2031-03-04", url="https://example.org")]), "x.jsonl")
    assert [article.id for article in content.articles] == ["a", "b"]
    assert content.articles[1].date == dt.date(2031, 3, 4)
    assert content.errors == []


def test_compressed_json_lines():
    assert only(gzip.compress(line().encode()), "x.jsonl.gz").text == "It rose."


def test_a_number_as_id():
    assert only(line(id=7), "x.jsonl").id == "7"


def test_a_title_that_the_text_repeats_is_not_body():
    article = only(line(text="River  rises\nIt rose."), "x.jsonl")
    assert article.text[article.body :] == "It rose."


BROKEN = {
    "{": "not a line of JSON",
    "[1]": "not a JSON object",
    '{"id": "a"}': "no `text`",
    line(text=7): "no `text`",
    line(text=" "): "no text below",
    line(id=""): "no `id`",
    line(id=None): "no `id`",
    line(id="a\x1b[2J"): "cannot be printed",
    line(date="soon"): "YYYY-MM-DD",
    line(source=["a"]): "`source` must be a text",
    line(text="half \ud800"): "surrogate",
    "[" * 100_000: "not a line of JSON",
}


@pytest.mark.parametrize(("broken", "reason"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_line_is_named_and_the_others_are_read(broken, reason):
    content = read("\n".join([line(id="before"), broken, line(id="after")]), "x.jsonl")
    assert [article.id for article in content.articles] == ["before", "after"]
    (error,) = content.errors
    assert error.where == "/articles/x.jsonl:2"
    assert reason in error.reason


def test_a_line_that_is_not_utf8():
    content = read(line().encode() + b"\n" + b'{"id": "b", "text": "\xff"}', "x.jsonl")
    assert [article.id for article in content.articles] == ["a"]
    assert "not UTF-8" in content.errors[0].reason


@pytest.mark.parametrize("data", [b"plain", gzip.compress(line().encode())[:-6], b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_not_gzip(data):
    assert "not a whole gzip file" in fault(data, "x.jsonl.gz").reason


# Which files


def test_a_folder_gives_its_articles_sorted_and_leaves_the_rest(tmp_path):
    for name in ["b.txt", "a.md", "sub/c.jsonl", ".hidden/d.txt", "README.md", "photo.png", "sub/E.TXT"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [str(path.relative_to(tmp_path.resolve())) for path in found] == [
        "a.md",
        "b.txt",
        "sub/E.TXT",
        "sub/c.jsonl",
    ]


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        find_files([tmp_path / "nowhere"])


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(UsageError, match="no articles there"):
        find_files([tmp_path])


def test_a_kind_of_file_that_cannot_be_read(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"")
    with pytest.raises(UsageError, match=r"photo\.png: cannot read this kind of file"):
        find_files([tmp_path / "photo.png"])
