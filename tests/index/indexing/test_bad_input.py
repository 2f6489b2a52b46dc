"""A folder in which much is wrong: everything is named with its reason, and the rest is indexed."""

import gzip
import hashlib
import io
import json
import os

import pytest
from pypdf import PdfReader, PdfWriter

from index import index_paths
from index.store.home import is_locked
from index.store.reading import RECORD_NAME, RecordReader
from tests.assistant.cli.test_commands import dateline
from tests.index.articles import FLOOD, STRIKE, VOTE, write
from tests.index.files.pdfs import column, make_pdf
from tests.index.indexing.test_indexer import assert_sound, stored


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def encrypted():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([column(["The river rose on Monday. " * 3] * 5)]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bad_files(folder):
    """Makes one of each, and returns what must be said of them by name."""
    write(folder, empty="Only a title", **{"two\nlines \U0001f30a": "Only a title"})
    (folder / "locked.pdf").write_bytes(encrypted())
    (folder / "scan.pdf").write_bytes(make_pdf([[]]))
    (folder / "front.html").write_text("<html><body><ul><li>Home<li>Sport</ul></body></html>")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(500_000_000)  # sparse: it takes no room on the disk
    (folder / "bomb.jsonl.gz").write_bytes(gzip.compress(bytes(21_000_000), compresslevel=1))
    (folder / "lines.jsonl").write_text(json.dumps({"id": "good", "text": VOTE}) + '\n{"id": "bad"\n')
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "loop").symlink_to(".")
    (folder / "gone.txt").symlink_to("nowhere")
    return {
        "empty.txt": "no text below its title",
        "two\nlines \U0001f30a.txt": "no text below its title",
        "locked.pdf": "is encrypted",
        "scan.pdf": "run OCR",
        "front.html": "holds no article",
        "huge.txt": "has 500.0 MB, which is more than 20 MB",
        "bomb.jsonl.gz": "unpacks to more than 20 MB",
        "lines.jsonl:2": "is not a line of JSON",
        "picture.txt": "is not UTF-8",
        "loop": "a link to a folder that it is in",
        "gone.txt": "a link that leads nowhere",
    }


@pytest.mark.skipif(os.name == "nt", reason="makes links, and names that Windows does not have")
def test_each_is_named_with_its_reason_and_the_rest_goes_on(tmp_path, home):
    news = write(tmp_path / "news", flood=FLOOD, strike=f"Strike\ndate: 4/7/2017\n{STRIKE}")
    expected = bad_files(news)
    done = dateline("index", news, "--json", "--home", home, env={"DATELINE_MAX_FILE_MB": "20"})
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["added"] == document["articles"] == 3
    assert set(stored(home)) == {"flood", "strike", "good"}
    skipped = {fault["where"].removeprefix(f"{news}/"): fault["reason"] for fault in document["skipped"]}
    assert skipped.keys() == expected.keys()
    for name, reason in expected.items():
        assert reason in skipped[name]
    (incomplete,) = document["incomplete"]
    assert "one day in London and another in New York" in incomplete["reason"]
    assert done.stderr.count("\ndateline: ") == len(expected) + 1  # a line each, whatever is in its name
    assert "Traceback" not in done.stderr
    assert not is_locked(home)


def test_the_summary_counts_what_was_skipped_and_what_is_incomplete(tmp_path, home):
    news = write(tmp_path / "news", flood=FLOOD, strike=f"Strike\ndate: 31/31/2017\n{STRIKE}", empty="Only a title")
    (news / "package.json").write_text('{"name": "x"}')
    done = dateline("index", news, "--home", home)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "2 added, 0 updated, 0 unchanged, 1 skipped, 1 incomplete, 1 other file not read (1 .json) in "
    )
    assert f"dateline: {news}/strike.txt: `date` is '31/31/2017', which is a day that never was" in done.stderr


def test_a_thousand_files_of_which_ten_are_broken(tmp_path, home, embedding):
    news = tmp_path / "news"
    write(news, **{f"a{n:04}": f"Story {n}\nThe river rose by {n} metres." for n in range(1000)})
    broken = {news / f"a{n:04}.txt" for n in range(50, 1000, 100)}
    for path in broken:
        path.write_bytes(b"\xff\xfe\xff")
    first = index_paths(home, [news], embedding, passage_tokens=160)
    assert (first.added, first.articles) == (990, 990)
    assert {error.where for error in first.errors} == set(map(str, broken))
    assert_sound(home)
    mended = broken.pop()
    mended.write_text("Story\nThe river rose.")
    second = index_paths(home, [news], embedding, passage_tokens=160)
    assert (second.added, second.unchanged, len(second.errors)) == (1, 990, 9)


def test_a_file_that_becomes_unreadable_keeps_its_article_until_it_is_gone(tmp_path, home, embedding):
    news = write(tmp_path / "news", flood=FLOOD, vote=VOTE)
    page = news / "page.html"
    page.write_text(f"<html><body><article><h1>Strike</h1><p>{STRIKE * 3}</p></article></body></html>")
    index_paths(home, [news], embedding, passage_tokens=160)
    before = stored(home)
    assert set(before) == {"flood", "vote", "page"}
    page.write_text("<html><body>Sign in to read on.</body></html>")
    summary = index_paths(home, [news], embedding, passage_tokens=160)
    assert (len(summary.errors), summary.kept, stored(home)) == (1, 1, before)
    page.unlink()
    assert index_paths(home, [news], embedding, passage_tokens=160).removed == 1


@pytest.mark.parametrize("data", [b"", gzip.compress(b"")])
def test_a_file_of_many_that_was_emptied_keeps_its_articles(tmp_path, home, embedding, data):
    news = write(tmp_path / "news", vote=VOTE)
    wire = news / "wire.jsonl.gz"
    wire.write_bytes(gzip.compress(json.dumps({"id": "strike", "text": STRIKE}).encode()))
    index_paths(home, [news], embedding, passage_tokens=160)
    wire.write_bytes(data)
    summary = index_paths(home, [news], embedding, passage_tokens=160)
    assert [error.where for error in summary.errors] == [str(wire)]
    assert (summary.removed, summary.kept) == (0, 1)
    assert set(stored(home)) == {"vote", "strike"}


def test_articles_behind_a_link_that_leads_nowhere_for_now_stay(tmp_path, home, embedding):
    news, share = write(tmp_path / "news", flood=FLOOD), write(tmp_path / "share", vote=VOTE)
    (news / "more").symlink_to(share)
    assert index_paths(home, [news], embedding, passage_tokens=160).added == 2
    share.rename(tmp_path / "away")
    summary = index_paths(home, [news], embedding, passage_tokens=160)
    assert [error.where for error in summary.errors] == [str(news / "more")]
    assert set(stored(home)) == {"flood", "more/vote"}
    (tmp_path / "away").rename(share)
    assert index_paths(home, [news], embedding, passage_tokens=160).unchanged == 2


def test_each_article_keeps_its_file_and_the_hash_of_its_bytes(tmp_path, home, embedding):
    news = write(tmp_path / "news", flood=FLOOD)
    (news / "more.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "vote", "text": VOTE}).encode()))
    index_paths(home, [news], embedding, passage_tokens=160)
    for article_id, name in (("flood", "flood.txt"), ("vote", "more.jsonl.gz")):
        with RecordReader(home / RECORD_NAME) as record:
            article = record.article(article_id)
        assert article is not None
        assert article.path == str(news / name)
        assert article.file_sha256 == hashlib.sha256((news / name).read_bytes()).hexdigest()
