"""What changed in a folder: told once, and only when it holds still."""

import os

import pytest

from index.errors import UsageError
from index.indexing.watching import Change, Watch
from tests.index.articles import write


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", flood="a", strike="b")


@pytest.fixture
def watch(news):
    watch = Watch([news])
    assert watch.look()
    watch.indexed()
    return watch


def test_nothing_changed(watch):
    assert watch.changes() == []


def test_changes_are_told_until_they_are_indexed(news, watch):
    write(news, flood="c", vote="d")
    (news / "strike.txt").unlink()
    (news / "photo.png").touch()
    assert watch.changes() == []  # something just happened: perhaps more is to come
    expected = [
        Change("changed", news / "flood.txt"),
        Change("removed", news / "strike.txt"),
        Change("added", news / "vote.txt"),
    ]
    assert watch.changes() == expected
    assert watch.changes() == expected
    watch.indexed()
    assert watch.changes() == []


def test_a_file_that_grows_is_waited_for_but_not_for_ever(news, watch, monkeypatch):
    for n in range(5):
        write(news, flood="grows" * (n + 1))
        assert watch.changes() == []
    monkeypatch.setattr("index.indexing.watching._PATIENCE", 0)
    write(news, flood="still grows")
    assert [change.kind for change in watch.changes()] == ["changed"]


def test_an_edit_that_keeps_size_and_time_is_seen(news, watch):
    path = news / "flood.txt"
    times = path.stat()
    path.write_text("z")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    watch.changes()
    assert watch.changes() == [Change("changed", path)]


def test_what_cannot_be_used_is_a_change_too(news, watch):
    (news / "link.txt").symlink_to("nowhere")
    watch.changes()
    assert watch.changes() == [Change("added", news / "link.txt")]


def test_a_change_that_is_taken_back_is_none(news, watch):
    (news / "vote.txt").touch()
    watch.changes()
    (news / "vote.txt").unlink()
    assert watch.changes() == []
    assert watch.changes() == []


def test_a_folder_that_is_gone_and_comes_back(news, watch, tmp_path):
    news.rename(tmp_path / "away")
    with pytest.raises(UsageError, match="no such file or folder"):
        watch.changes()
    (tmp_path / "away").rename(news)
    assert [change.kind for change in watch.changes()] in ([], ["changed", "changed"])
