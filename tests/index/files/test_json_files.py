"""JSON files: articles in our own form, and ninjs."""

import datetime as dt
import json

import pytest

from index.errors import ForeignFileError
from tests.index.files.reading import fault, only, read

OURS = {"id": "a", "title": "River rises", "text": "It rose.", "date": "2031-03-04"}
NINJS_1 = {
    "uri": "urn:example:1",
    "headline": "River rises",
    "versioncreated": "2031-03-04T06:00:00Z",
    "source": "The Harle Courier",
    "body_xhtml": "<p>The river&nbsp;rose.</p><p>Four <b>people</b> died.</p>",
}
NINJS_3 = {
    "uri": "urn:example:3",
    "headlines": [{"role": "short", "value": "Flood"}, {"role": "main", "value": "River rises"}],
    "contentcreated": "2031-03-04T06:00:00Z",
    "infosources": [{"name": "The Harle Courier"}],
    "bodies": [
        {"contenttype": "text/html", "value": "<p>The river rose.</p>"},
        {"contenttype": "text/plain", "value": "The river rose."},
    ],
}


def dump(value):
    return json.dumps(value)


def test_one_article_or_a_list():
    assert only(dump(OURS), "a.json").date == dt.date(2031, 3, 4)
    assert [article.id for article in read(dump([OURS, {**OURS, "id": 7}]), "a.json").articles] == ["a", "7"]


@pytest.mark.parametrize(
    ("item", "text"), [(NINJS_1, "The river rose.\nFour people died."), (NINJS_3, "The river rose.")], ids=["1", "3"]
)
def test_ninjs(item, text):
    article = only(dump(item), "a.json")
    assert (article.id, article.title, article.text) == (item["uri"], "River rises", text)
    assert (article.date, article.source) == (dt.date(2031, 3, 4), "The Harle Courier")


def test_an_item_that_was_cancelled_is_no_article():
    error = fault(dump({**NINJS_1, "pubstatus": "canceled"}), "a.json")
    assert "cancelled or withheld" in error.reason
    assert error.ids == frozenset({"urn:example:1"})


def test_a_broken_item_is_named_and_the_others_are_read():
    content = read(dump([OURS, {"id": "b", "text": 7}, "c", {**OURS, "id": "d"}]), "a.json")
    assert [article.id for article in content.articles] == ["a", "d"]
    assert [(error.where, error.ids) for error in content.errors] == [
        ("/articles/a.json, item 2", {"b"}),
        ("/articles/a.json, item 3", None),
    ]


@pytest.mark.parametrize("text", ["{", "[]", "{}", "7", "[" * 100_000, dump({"id": "a"}), dump([{"name": "x"}])])
def test_other_json_is_named_as_such(text):
    assert isinstance(fault(text, "package.json"), ForeignFileError)


def test_articles_that_were_cut_off_are_no_other_json():
    whole = dump([OURS, {**OURS, "id": "b"}])
    error = fault(whole[: len(whole) // 2], "wire.json")
    assert not isinstance(error, ForeignFileError)
    assert "is not JSON; correct it" in error.reason


@pytest.mark.parametrize("given", [" ", "\n"])
def test_an_id_of_white_space_is_none(given):
    assert len(only(dump({**OURS, "id": given}), "a.json").id) == 16  # made from title and text


@pytest.mark.parametrize(
    "item",
    [
        {**NINJS_1, "headline": 7, "source": None},
        {**NINJS_1, "infosource": "x", "headlines": {"a": 1}, "headline": ""},
        {**NINJS_3, "bodies": [1], "body_text": "The river rose."},
    ],
)
def test_fields_that_are_not_what_they_should_be(item):
    content = read(dump(item), "a.json")
    assert [article.text.splitlines()[0] for article in content.articles] == ["The river rose."]


def test_ninjs_whose_bodies_are_no_list_is_a_fault():
    assert "has no text" in fault(dump({**NINJS_3, "bodies": 7}), "a.json").reason


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://me:secret@news.example/a?x=1", "https://news.example/a?x=1"),
        ("//me@news.example/a", "//news.example/a"),
        ("https://news.example/@me", "https://news.example/@me"),
        ("https://news.example/?to=me@example.org", "https://news.example/?to=me@example.org"),
    ],
)
def test_an_address_is_kept_without_whose_it_is(written, kept):
    assert only(json.dumps([{**OURS, "url": written}]), "a.json").url == kept
