"""The trash: what is removed by hand can be put back for 30 days, and is then overwritten."""

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import Embedding, index_paths, remove
from index.errors import UsageError
from index.indexing.removing import put_back
from index.store.trash import TRASH_NAME, Trash
from tests.index.articles import FLOOD, STRIKE, write
from tests.index.indexing.test_indexer import assert_sound, stored


@pytest.fixture
def home(tmp_path: Path, embedding: Embedding) -> Path:
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index_paths(tmp_path / "home", [news], embedding, passage_tokens=160)
    return tmp_path / "home"


def bin_them(home: Path, embedding: Embedding, *ids: str, files: dict[str, bytes] | None = None) -> None:
    remove(home, ids, embedding, keep=lambda articles: Trash(home).keep(articles, "maria", files))


def test_what_was_removed_comes_back_as_it_was_without_its_file(home: Path, tmp_path: Path, embedding: Embedding):
    before = stored(home)
    bin_them(home, embedding, "flood", "strike")
    assert stored(home) == {}
    (tmp_path / "news" / "flood.txt").unlink()
    removed = Trash(home).removed()
    assert [(each.id, each.who) for each in removed] == [("strike", "maria"), ("flood", "maria")]
    assert removed[0].until - removed[0].at == dt.timedelta(days=30)
    summary = put_back(home, [each.key for each in removed], embedding, passage_tokens=160)
    assert (summary.added, summary.articles) == (2, 2)
    assert stored(home) == before
    assert_sound(home)
    assert Trash(home).removed() == []


def test_a_file_that_went_with_its_article_comes_back_with_it(home: Path, tmp_path: Path, embedding: Embedding):
    file = tmp_path / "news" / "flood.txt"
    content = file.read_bytes()
    bin_them(home, embedding, "flood", files={str(file): content})
    file.unlink()
    put_back(home, [Trash(home).removed()[0].key], embedding, passage_tokens=160)
    assert file.read_bytes() == content
    assert content not in (home / TRASH_NAME).read_bytes()


def test_an_article_of_the_same_id_is_not_replaced(home: Path, tmp_path: Path, embedding: Embedding):
    bin_them(home, embedding, "flood")
    write(tmp_path / "news", flood="Flood\n\nAnother text.")
    index_paths(home, [tmp_path / "news"], embedding, passage_tokens=160)
    with pytest.raises(UsageError, match="article of this id"):
        put_back(home, [Trash(home).removed()[0].key], embedding, passage_tokens=160)
    assert "Another text" in stored(home)["flood"]
    assert len(Trash(home).removed()) == 1
    with pytest.raises(UsageError, match="nothing 99 in the trash"):
        put_back(home, [99], embedding, passage_tokens=160)


def test_after_30_days_or_when_it_is_said_no_trace_is_left(home: Path, embedding: Embedding):
    words = FLOOD.split("\n")[-1][:40].encode()
    bin_them(home, embedding, "flood")
    assert words in (home / TRASH_NAME).read_bytes()
    assert (home / TRASH_NAME).stat().st_mode & 0o777 == 0o600
    assert Trash(home).forget([Trash(home).removed()[0].key]) == 1
    assert words not in (home / TRASH_NAME).read_bytes()
    bin_them(home, embedding, "strike")
    with closing(sqlite3.connect(home / TRASH_NAME)) as db, db:
        db.execute("UPDATE removed SET at = '2020-01-01T00:00:00Z'")
    assert Trash(home).removed() == []


KILLED = """
import os, pathlib, sys
from index import load_embedding, remove
from index.store.trash import Trash
home = pathlib.Path(sys.argv[1])
def keep(articles):
    Trash(home).keep(articles, "maria")
    os.kill(os.getpid(), 9)
remove(home, ["flood"], load_embedding(threads=1), keep=keep)
"""


def test_a_kill_between_the_trash_and_the_removal_loses_nothing(home: Path, embedding: Embedding):
    before = stored(home)
    assert subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False).returncode == -9
    assert stored(home) == before
    assert [each.id for each in Trash(home).removed()] == ["flood"]
    bin_them(home, embedding, "flood")
    put_back(home, [Trash(home).removed()[0].key], embedding, passage_tokens=160)
    assert stored(home) == before
