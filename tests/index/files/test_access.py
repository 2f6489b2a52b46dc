"""Files that are too large, no plain files, or still being written, and compressed ones that are a trap."""

import gzip
import os
import tracemalloc

import pytest

from index.errors import ArticleError
from index.files import is_gone, load_file, read_file
from index.files.access import unpack


def test_a_file_as_it_is(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a\r\n\xff")
    assert load_file(tmp_path / "a.txt") == b"a\r\n\xff"


def test_a_file_of_500_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)  # sparse: it takes no room on the disk
    tracemalloc.start()
    with pytest.raises(ArticleError) as refused:
        load_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.reason == "has 500.0 MB, which is more than 200 MB; split it, or raise DATELINE_MAX_FILE_MB."
    assert peak < 1_000_000


def test_the_limit_is_a_setting_and_lower_for_what_is_read_into_a_tree(tmp_path):
    for name in ("a.txt", "a.html"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(60_000_000)
    assert len(load_file(tmp_path / "a.txt")) == 60_000_000
    with pytest.raises(ArticleError, match=r"has 60.0 MB, which is more than 50 MB; split it\.$"):
        load_file(tmp_path / "a.html")
    with pytest.raises(ArticleError, match="more than 10 MB; split it, or raise DATELINE_MAX_FILE_MB"):
        load_file(tmp_path / "a.txt", 10)


def test_a_gzip_bomb_is_unpacked_no_further_than_the_limit(tmp_path):
    bomb = gzip.compress(bytes(50_000_000), compresslevel=1)
    tracemalloc.start()
    content = read_file(tmp_path / "bomb.jsonl.gz", bomb, max_mb=5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [error.reason for error in content.errors] == [
        "unpacks to more than 5 MB; split it, or raise DATELINE_MAX_FILE_MB."
    ]
    assert peak < 20_000_000


def test_what_stays_below_the_limit_is_unpacked(tmp_path):
    assert (
        unpack(tmp_path / "a.gz", gzip.compress(b"a" * 4_000_000) + gzip.compress(b"b"), 5) == b"a" * 4_000_000 + b"b"
    )


def written_to(monkeypatch, path, times):
    """Have something appended to a file each time that its reader has read it, before it looks at it again."""
    looks = iter(range(2 * times))
    fstat = os.fstat

    def look(fileno):
        if next(looks, 0) % 2:  # the first look of each reading comes before it
            with path.open("ab") as file:
                file.write(b"It rose. ")
        return fstat(fileno)

    monkeypatch.setattr(os, "fstat", look)


def test_a_file_that_changes_each_time_that_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "growing.txt"
    path.write_text("River rises\n")
    written_to(monkeypatch, path, times=9)
    with pytest.raises(ArticleError, match="changes while it is read; index it again when it is complete"):
        load_file(path)


def test_a_file_that_changes_once_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "growing.txt"
    path.write_text("River rises\n")
    written_to(monkeypatch, path, times=1)
    assert load_file(path) == b"River rises\nIt rose. "


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ArticleError, match="is a pipe, not a file, and was not opened"):
        load_file(tmp_path / "a.txt")


def test_a_file_that_is_gone(tmp_path):
    with pytest.raises(ArticleError, match=r"cannot be read \(No such file or directory\)"):
        load_file(tmp_path / "a.txt")
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    assert is_gone(tmp_path / "a.txt")
    assert is_gone(tmp_path / "file" / "a.txt")
    assert not is_gone(tmp_path / "link")
    assert not is_gone(tmp_path / "link" / "sub" / "a.txt")  # the share that it leads to may come back
    (tmp_path / "nowhere").mkdir()
    assert is_gone(tmp_path / "link" / "sub" / "a.txt")
    assert not is_gone(tmp_path / ("n" * 5000))
