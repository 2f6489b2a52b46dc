"""The order of the catalogue by story."""

import sqlite3
from contextlib import closing
from pathlib import Path

from index import Embedding, index_paths
from index.store.catalogue import ArticleFilter
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.articles import lines

ARTICLES = (
    {"id": "flood", "title": "Flood", "text": "The river rose.", "date": "2024-05-01"},
    {"id": "vote", "title": "Vote", "text": "They voted.", "date": "2024-05-02"},
    {"id": "ebb", "title": "Ebb", "text": "The river fell.", "date": "2024-05-03"},
    {"id": "undated", "title": "Nobody knows when", "text": "It snowed."},
)


def test_by_story_those_of_one_stand_together(tmp_path: Path, embedding: Embedding) -> None:
    home = tmp_path / "home"
    index_paths(home, [lines(tmp_path / "a.jsonl", *ARTICLES)], embedding, passage_tokens=160)
    with closing(sqlite3.connect(home / RECORD_NAME)) as db, db:
        db.execute("UPDATE story SET first = 'flood' WHERE article = (SELECT key FROM article WHERE id = 'ebb')")
        db.execute("DELETE FROM story WHERE article = (SELECT key FROM article WHERE id = 'undated')")
    with RecordReader(home / RECORD_NAME) as record:
        total, entries = record.page(ArticleFilter(), offset=0, limit=9, order="story")
        _, page = record.page(ArticleFilter(), offset=1, limit=2, order="story")
        _, newest = record.page(ArticleFilter(words="fell"), offset=0, limit=9)
    assert [(each.id, each.story, each.told_by) for each in entries] == [
        ("ebb", "flood", 2),
        ("flood", "flood", 2),
        ("vote", "vote", 1),
        ("undated", "undated", 1),
    ]
    assert total == 4
    assert page == entries[1:3]
    assert [(each.id, each.told_by) for each in newest] == [("ebb", 1)]  # of those that fit
