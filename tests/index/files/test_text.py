"""Text, Markdown and JSON lines: what is read of them, and what is said of those that cannot be used."""

import datetime as dt
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.files.reading import fault, only, read

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


def test_line_ends_of_old():
    article = only("River rises\rsource: The Ledger\rIt rose.\r")
    assert (article.title, article.source) == ("River rises", "The Ledger")
    assert article.text[article.body :] == "It rose.\r"


def test_a_file_that_is_not_utf8():
    error = fault("Наводнение\nРека поднялась.".encode("cp1251"))
    assert str(error) == (
        "/articles/monday.txt: is not UTF-8 (byte 0), and its bytes do not say what it is; save it as UTF-8."
    )


@pytest.mark.parametrize("text", ["", "   \n\n", "River rises", "River rises\n", "River rises\ndate: 2031-03-04\n  \n"])
def test_a_file_with_only_a_title(text):
    assert "no text below its title" in fault(text).reason


def test_a_date_that_cannot_be_read_is_named_and_the_article_kept_without_it():
    content = read("River rises\ndate: 4/7/2017\nIt rose.")
    (article,), (warning,) = content.articles, content.warnings
    assert content.errors == []
    assert article.date is None
    assert warning.where == "/articles/monday.txt"
    assert "`date` is '4/7/2017', which is one day in London and another in New York" in warning.reason


def test_junk_with_the_ending_of_text():
    for junk in (b"\x00\x01\x02\x03" * 100, b"PK\x03\x04\x14\x00" + b"a" * 100, bytes(range(1, 9)) * 50):
        assert "is not text, whatever its name says" in fault(junk).reason
    assert "is not UTF-8" in fault(b"\x89PNG\r\n\x1a\n\x00").reason


def test_a_name_that_cannot_be_printed_gives_an_id_that_can():
    article = only("River rises\nIt rose.", "mon\nday \U0001f30a.txt")
    assert article.id == "mon_day \U0001f30a"
    assert article.path == "/articles/mon\nday \U0001f30a.txt"


def test_a_text_that_is_too_long_for_an_article():
    assert "5,000,002 characters, which is no article" in fault("a\n" + "b" * 5_000_000).reason


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


def test_front_matter_is_read_as_it_is_written():
    article = only("---\nid: 0012\ntitle: 10:30\nsource: yes\nurl: ~\nx: !!int ''\n---\n# A heading\nIt rose.", "m.md")
    assert (article.id, article.title, article.source, article.url) == ("0012", "10:30", "yes", None)


@pytest.mark.parametrize("block", ["---\n---\n", "---\ntitle:\n---\n", "---\n\n---\n"])
def test_where_front_matter_has_no_title_the_heading_is_it(block):
    article = only(f"{block}# River rises\n\nIt rose.\n", "m.md")
    assert article.title == "River rises"
    assert article.text[article.body :].strip() == "It rose."


@pytest.mark.parametrize("block", ["title: [", "title: a: b", "\tx", "- one\n- two", f"tags: {'[' * 3000}", "? [x]"])
def test_front_matter_that_cannot_be_used(block):
    assert fault(f"---\n{block}\n---\nIt rose.", "m.md").reason


@pytest.mark.parametrize("begun", ["---\ntitle: River rises\n", "---\n\n# by hand\ndate:\n", "--- \r\nid: 7\r\n"])
def test_front_matter_without_an_end(begun):
    assert "its front matter has no end" in fault(f"{begun}It rose.", "m.md").reason


def test_front_matter_that_ends_as_yaml_does():
    article = only("---\ntitle: River rises\n...\nIt rose.\n", "m.md")
    assert (article.title, article.text[article.body :]) == ("River rises", "It rose.\n")


def test_a_line_across_the_page_is_no_front_matter():
    assert only("---\n\nThe river rose: it was high.\n", "m.md").title.startswith("--- The river rose")


@pytest.mark.parametrize("day", ["2031-99-01", "4/7/2017", "12"])
def test_front_matter_with_a_date_that_cannot_be_read(day):
    content = read(f"---\ntitle: River rises\ndate: {day}\n---\nIt rose.", "m.md")
    assert [article.date for article in content.articles] == [None]
    assert f"`date` is '{day}'" in content.warnings[0].reason


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
    line(id="a\x1b[2J"): "cannot be printed",
    line(title=["a", "b"]): "`title` must be a text",
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


@pytest.mark.parametrize("given", [{"source": {"name": {}}}, {"date": 1893456000.5}, {"url": ["a", "b"]}])
def test_a_field_that_is_no_text_and_that_an_article_can_do_without(given):
    content = read(line(**given), "x.jsonl")
    (article,), (warning,) = content.articles, content.warnings
    assert [getattr(article, name) for name in given] == [None]
    assert warning.where == "/articles/x.jsonl:1"
    assert "must be a text, not" in warning.reason
    assert "indexed without it." in warning.reason


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.jsonl", b""), ("x.jsonl", b"\xef\xbb\xbf \n\n"), ("x.jsonl.gz", b""), ("x.jsonl.gz", gzip.compress(b""))],
)
def test_json_lines_without_a_line_are_a_fault(name, data):
    error = fault(data, name)
    assert "is empty" in error.reason
    assert error.ids is None  # it may have held any article


def test_a_line_that_is_not_utf8():
    content = read(line().encode() + b"\n" + b'{"id": "b", "text": "\xff"}', "x.jsonl")
    assert [article.id for article in content.articles] == ["a"]
    assert "not UTF-8" in content.errors[0].reason


@pytest.mark.parametrize("data", [b"plain", gzip.compress(line().encode())[:-6], b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_not_gzip(data):
    assert "not a whole gzip file" in fault(data, "x.jsonl.gz").reason


WHO_MAY_BE_BEHIND_IT = {
    '{"id": "a", "text": 7}': {"a"},
    '{"id": 12, "text": "cut o': {"12"},
    '{"id"  "a", "text": "It rose."}': {"a"},
    '{"id": "a b", "te{"id": "c", "text": "It rose."}': {"a b", "c"},
    r'{"id": "a\u00e9\"", "text': {'aé"'},
    '"text": "It rose."}': None,
    r'{"text": "she said \"id\": \"a\" to me': None,
    '{"id": "a': None,
    "{": None,
}


@pytest.mark.parametrize(("broken", "ids"), WHO_MAY_BE_BEHIND_IT.items())
def test_a_broken_line_says_which_articles_it_may_be(broken, ids):
    error = fault(broken, "x.jsonl")
    assert error.ids == ids


def test_an_id_with_bytes_that_are_no_characters_may_be_any():
    assert fault(b'{"id": "a\xff", "text": "It rose."}', "x.jsonl").ids is None
