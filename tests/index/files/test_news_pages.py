"""A corpus of pages, feeds and folders against its manifest: no wrong title, day or foreign text, and lasting ids."""

import datetime as dt
import random
import shutil

import pytest

from index import index_paths
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.files.news_pages import Case, cases
from tests.index.files.reading import read

CASES = cases()


def test_there_are_enough_and_a_third_is_broken_or_odd():
    assert 140 <= len(CASES) <= 200
    assert sum(case.odd for case in CASES) >= len(CASES) / 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_file_is_what_its_manifest_says(case: Case) -> None:
    content = read(case.data, case.name)
    assert [article.title for article in content.articles] == [story.title for story in case.stories]
    assert [article.date for article in content.articles] == [
        None if story.day == dt.date.min else story.day for story in case.stories
    ]
    assert bool(content.errors) == (not case.stories)
    for article, story in zip(content.articles, case.stories, strict=True):
        assert "zorblax" not in article.text.lower()
        for line in story.lines:
            assert line in article.text
    if case.stories:
        first = content.articles[0]
        allowed = "\n".join([*case.stories[0].lines, *case.extra, first.title])
        assert all(line in first.text for line in case.extra)
        strangers = [line for line in first.text.splitlines() if not _known(line, allowed)]
        assert len(strangers) <= 1, strangers  # a byline, or the day
        assert first.updated == case.updated


def _known(line: str, allowed: str) -> bool:
    return any(line.strip() in part or part in line for part in allowed.splitlines()) or line.startswith("date: ")


def test_the_same_ids_when_files_are_shuffled_and_after_a_move(tmp_path, embedding):
    news = tmp_path / "news"
    for case in CASES[::12] + CASES[-20::2]:
        (news / case.name).parent.mkdir(parents=True, exist_ok=True)
        (news / case.name).write_bytes(case.data)
    summary = index_paths(tmp_path / "one", [news], embedding, passage_tokens=160)
    files = [path for path in news.rglob("*") if path.is_file()]
    random.Random(3).shuffle(files)
    index_paths(tmp_path / "two", [*files, news], embedding, passage_tokens=160)
    assert ids(tmp_path / "one") == ids(tmp_path / "two")
    shutil.move(news, tmp_path / "elsewhere")
    moved = index_paths(tmp_path / "one", [tmp_path / "elsewhere"], embedding, passage_tokens=160)
    assert (moved.added, moved.updated, moved.articles) == (0, 0, summary.articles)
    assert ids(tmp_path / "one") == ids(tmp_path / "two")


def ids(home):
    with RecordReader(home / RECORD_NAME) as record:
        return {article.id: article.title for article in record.articles()}
