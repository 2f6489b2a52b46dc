"""A store that an earlier version made: opened, searched and indexed again without losing or renaming anything."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from index import Searcher, index_paths
from index.store.keywords import search_keywords, words_of
from index.store.reading import RECORD_NAME, RecordReader

VERSION_2 = Path(__file__).parent / "version_2.db.gz"  # of /srv/news: storm in two folders, council, ferry, wire
STORM = (
    "Storm hits Selmouth\ndate: 2031-03-01\n\nThe storm killed 3 people in Selmouth on Friday, said mayor Jon Akers.\n"
)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / RECORD_NAME).write_bytes(gzip.decompress(VERSION_2.read_bytes()))
    return folder


def move(home, folder):
    """As if the store's articles had been read from another folder."""
    db = sqlite3.connect(home / RECORD_NAME)
    for table in ("article", "file"):
        db.execute(f"UPDATE {table} SET path = replace(path, '/srv/news', ?)", (str(folder),))
    db.commit()
    db.close()


def test_a_store_of_version_2_has_all_its_articles_and_finds_names_without_their_accents(home):
    with RecordReader(home / RECORD_NAME) as record:
        assert record.article_ids() == ["council", "ferry", "storm", "wire-1"]
        assert [article.updated for article in record.articles()] == [None] * 4
        assert [article.text for article in record.articles()][2] == STORM
        assert record.counts() == {"articles": 4, "sentences": 13, "passages": 4}
        assert [i for i, _ in search_keywords(record._rows, words_of("Häłcyon"), 10)]
        _, stories = record.stories()
        assert sorted(story.id for story in stories) == record.article_ids()  # until it is indexed again
    db = sqlite3.connect(home / RECORD_NAME)
    assert db.execute("PRAGMA user_version").fetchone() == (4,)
    assert db.execute("SELECT count(*) FROM removed").fetchone() == (0,)


def test_a_store_of_version_2_is_indexed_again_without_embedding_anything(tmp_path, home, embedding):
    news = tmp_path / "news"
    (news / "2031-03-01").mkdir(parents=True)
    (news / "2031-03-01" / "storm.txt").write_text(STORM)
    move(home, news)
    before = sqlite3.connect(home / RECORD_NAME).execute("SELECT text_hash, vector FROM embedding").fetchall()
    summary = index_paths(home, [news / "2031-03-01"], embedding, passage_tokens=160)
    assert (summary.added, summary.removed, summary.articles) == (0, 0, 4)
    rows = sqlite3.connect(home / RECORD_NAME).execute("SELECT length(names) FROM story").fetchall()
    assert len(rows) == 4
    assert all(length for (length,) in rows)
    assert sqlite3.connect(home / RECORD_NAME).execute("SELECT text_hash, vector FROM embedding").fetchall() == before
    searcher = Searcher(home, embedding)
    assert searcher.find("who died in the storm in Selmouth?")[0].article.id == "storm"
    searcher.close()
