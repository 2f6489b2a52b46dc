"""Which files a path stands for: folders, links, loops, and names that are hard to use."""

import os
import sys

import pytest

from index.errors import ArticleError, UsageError
from index.files import find_files, look, unread_summary


def make(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def names(folder, found):
    return [str(path.relative_to(folder)) for path in found.files]


def test_a_folder_gives_its_articles_sorted_and_leaves_the_rest(tmp_path):
    make(tmp_path, "b.txt", "a.md", "sub/c.jsonl", ".hidden/d.txt", "README.md", "photo.png", "sub/E.TXT")
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [str(path.relative_to(tmp_path.resolve())) for path in found] == [
        "a.md",
        "b.txt",
        "sub/E.TXT",
        "sub/c.jsonl",
    ]


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        find_files([tmp_path / "nowhere"])


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(UsageError, match="no articles there"):
        find_files([tmp_path])


def test_a_kind_of_file_that_cannot_be_read(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"")
    with pytest.raises(UsageError, match=r"photo\.png: cannot read this kind of file"):
        find_files([tmp_path / "photo.png"])


def test_a_folder_with_nothing_but_faults_says_which(tmp_path):
    (tmp_path / "a.txt").symlink_to("nowhere")
    with pytest.raises(ArticleError, match=r"a\.txt: is a link that leads nowhere"):
        find_files([tmp_path])


def test_links_are_followed_and_each_file_is_read_once(tmp_path):
    make(tmp_path, "news/a.txt", "elsewhere/b.txt", "elsewhere/c/d.txt")
    (tmp_path / "news/again.txt").symlink_to("a.txt")
    (tmp_path / "news/more").symlink_to("../elsewhere")
    (tmp_path / "news/most").symlink_to("../elsewhere/c")
    found = look([tmp_path / "news"])
    assert names(tmp_path, found) == ["news/a.txt", "news/more/b.txt", "news/more/c/d.txt"]
    assert found.faults == []


LOOPS = {
    "to its folder": [("self", ".")],
    "to a folder above": [("sub/up", "..")],
    "to each other": [("one", "two"), ("two", "one")],
    "a name of an article": [("one.txt", "one.txt")],
    "through another folder": [("sub/out", "../../other"), ("../other/back", "../news")],
}


@pytest.mark.parametrize("links", LOOPS.values(), ids=LOOPS)
def test_a_loop_of_links_is_named_and_the_rest_read(tmp_path, links):
    make(tmp_path, "news/a.txt", "news/sub/b.txt", "other/c.txt")
    for link, target in links:
        (tmp_path / "news" / link).symlink_to(target)
    found = look([tmp_path / "news"])
    assert names(tmp_path, found)[:2] == ["news/a.txt", "news/sub/b.txt"]
    assert found.faults
    for fault in found.faults:
        assert "is a link to a folder that it is in" in fault.reason or "leads nowhere" in fault.reason


def test_names_with_newlines_emoji_and_spaces(tmp_path):
    odd = ["line\nbreak.txt", "river \U0001f30a.txt", " .txt", "-rf.txt", "a'b\"c.txt", "\u202etxt.txt", "e\u0301.txt"]
    make(tmp_path, *odd)
    assert sorted(names(tmp_path, look([tmp_path]))) == sorted(odd)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_a_name_that_is_no_text_is_named_and_the_rest_read(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / os.fsdecode(b"\xff.txt")).touch()
    found = look([tmp_path])
    assert names(tmp_path, found) == ["a.txt"]
    (fault,) = found.faults
    assert fault.where.endswith("/\\xff.txt")
    assert "has a name that is not Unicode" in fault.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_with_the_name_of_an_article(tmp_path):
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    found = look([tmp_path])
    assert names(tmp_path, found) == ["a.txt"]
    assert "is a pipe, not a file" in found.faults[0].reason


def test_files_of_other_kinds_are_kept_in_mind(tmp_path):
    make(tmp_path, "a.txt", "b.png", "sub/c.PNG", "d.xls", "notes", "README.md", ".hidden.png")
    (tmp_path / "e.png").symlink_to("b.png")
    found = look([tmp_path])
    assert sorted(path.name for path in found.unread) == ["b.png", "c.PNG", "d.xls", "e.png", "notes"]
    assert unread_summary(found.unread) == "3 .png, 1 .xls, 1 without an ending"


def test_a_folder_of_other_kinds_says_of_which(tmp_path):
    make(tmp_path, "b.png")
    with pytest.raises(UsageError, match=r"no articles there \(1 \.png\); add files"):
        find_files([tmp_path])
