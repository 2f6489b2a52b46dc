"""The home folder is nobody's business but its user's, also one that an earlier version left open."""

import os
from pathlib import Path

import pytest

from index import Embedding, index_paths
from index.addresses import without_credentials
from tests.index.articles import FLOOD, write


def test_everything_in_the_home_folder_is_for_its_user_alone(tmp_path: Path, embedding: Embedding):
    home, before = tmp_path / "home", os.umask(0o022)
    try:
        news = write(tmp_path / "news", flood=FLOOD)
        index_paths(home, [news], embedding, passage_tokens=160)
        for path in (home, home / "dateline.db"):  # as an earlier version made them
            path.chmod(0o755)
        write(news, other="Other\n\nThe dam held.")
        index_paths(home, [news], embedding, passage_tokens=160)
    finally:
        os.umask(before)
    open_ones = [path for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_ones == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://maria:secret@news.example/a?b=c@d", "https://news.example/a?b=c@d"),
        ("https://token@news.example", "https://news.example"),
        ("https://a@b:c@news.example/x", "https://news.example/x"),
        ("//maria:secret@news.example/", "//news.example/"),
        ("https://news.example/@maria", "https://news.example/@maria"),
        ("https://news.example/?mail=a@b", "https://news.example/?mail=a@b"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
    ],
)
def test_no_link_carries_a_password(given: str, kept: str):
    assert without_credentials(given) == kept
    assert without_credentials("x" * 100_000 + given[0] + "@") == "x" * 100_000 + given[0] + "@"


def test_an_article_is_read_without_the_password_of_its_address(tmp_path: Path, embedding: Embedding):
    from index.indexer import RECORD_NAME
    from index.store.record import Record

    line = '{"id": "a", "title": "Dam", "text": "The dam held.", "url": "https://maria:secret@news.example/a"}\n'
    (tmp_path / "news.jsonl").write_text(line)
    index_paths(tmp_path / "home", [tmp_path / "news.jsonl"], embedding, passage_tokens=160)
    with Record(tmp_path / "home" / RECORD_NAME) as record:
        article = record.article("a")
    assert article is not None
    assert article.url == "https://news.example/a"
    assert b"secret" not in (tmp_path / "home" / RECORD_NAME).read_bytes()
