"""Ids that are made from where a file lies: all different, whatever the order, and the same after a move."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import index_paths
from index.indexing.naming import ids_of_files
from index.store.reading import RECORD_NAME, RecordReader

PAGE = "<title>{0}</title><article><h1>{0}</h1><p>" + "The council of Selmouth met on {0} to talk of the toll. " * 4
NEWS = {
    "2031-03-01/storm.txt": "Storm hits\ndate: 2031-03-01\n\nThe storm killed 3 people.",
    "2031-03-02/storm.txt": "Storm toll\ndate: 2031-03-02\n\nThe storm killed 7 people.",
    "2031-03-03/storm.txt": "Storm over\ndate: 2031-03-03\n\nThe storm killed 9 people.",
    "a.txt": "A text\n\nThe river rose.",
    "a.md": "# A page\n\nThe river fell.",
    "site/index.html": PAGE.format("Monday"),
    "site/ferry/index.html": PAGE.format("Tuesday"),
    "site/ferry/old/index.html": PAGE.format("Wednesday"),
    "site/ferry.html": PAGE.format("Thursday"),
    "given.txt": "Given\nid: storm\n\nIt was given.",
}
IDS = {
    "2031-03-01/storm": "2031-03-01/storm.txt",
    "2031-03-02/storm": "2031-03-02/storm.txt",
    "2031-03-03/storm": "2031-03-03/storm.txt",
    "a.txt": "a.txt",
    "a.md": "a.md",
    "site": "site/index.html",
    "site/ferry/index.html": "site/ferry/index.html",
    "site/ferry/old": "site/ferry/old/index.html",
    "site/ferry.html": "site/ferry.html",
    "storm": "given.txt",
}


@pytest.fixture
def index(tmp_path, embedding):
    def run(*paths, home=tmp_path / "home"):
        summary = index_paths(home, list(paths), embedding, passage_tokens=160)
        assert summary.errors == []
        return summary

    return run


def write(folder, names=NEWS):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(NEWS[name])
    return folder


def stored(home, folder):
    """The file below a folder that each article is of, by id."""
    with RecordReader(home / RECORD_NAME) as record:
        return {a.id: Path(a.path or "").relative_to(folder.resolve()).as_posix() for a in record.articles()}


def test_every_file_has_an_id_of_its_own(tmp_path, index):
    news = write(tmp_path / "news")
    assert index(news).added == len(NEWS)
    assert stored(tmp_path / "home", news) == IDS


def test_the_order_and_the_place_of_the_folder_make_no_difference(tmp_path, index):
    elsewhere = write(tmp_path / "far" / "away" / "desk")
    files = sorted(elsewhere.rglob("*.*"), key=lambda path: path.name)
    index(*[path for path in files if path.is_file()][::-1], elsewhere, home=tmp_path / "other")
    assert stored(tmp_path / "other", elsewhere) == IDS


def test_a_folder_that_is_moved_as_a_whole_keeps_its_articles(tmp_path, index):
    news = write(tmp_path / "news")
    index(news)
    moved = tmp_path / "archive" / "2031"
    moved.parent.mkdir()
    shutil.move(news, moved)
    summary = index(moved)
    assert (summary.added, summary.updated, summary.removed, summary.articles) == (0, 0, 0, len(NEWS))
    assert stored(tmp_path / "home", moved) == IDS


def test_ids_stay_when_a_part_of_the_folder_or_more_than_it_is_indexed(tmp_path, index):
    news = write(tmp_path / "desk" / "news")
    index(news)
    for path in (news / "2031-03-01", news / "2031-03-01" / "storm.txt", news.parent):
        summary = index(path)
        assert (summary.added, summary.updated, summary.removed) == (0, 0, 0)
    assert stored(tmp_path / "home", news) == IDS


def test_files_that_come_later_leave_the_ids_of_those_that_are_there(tmp_path, index):
    news = write(tmp_path / "news", ["a.txt", "2031-03-01/storm.txt"])
    index(news)
    write(news)
    index(news)
    ids = stored(tmp_path / "home", news)
    assert ids == {**{i: f for i, f in IDS.items() if i != "a.txt"}, "a": "a.txt"}


def test_a_renamed_file_keeps_its_article_and_a_new_one_of_the_old_name_gets_another_id(tmp_path, index):
    news = write(tmp_path / "news", ["a.txt"])
    index(news)
    (news / "a.txt").rename(news / "b.txt")
    assert index(news).unchanged == 1
    (news / "a.txt").write_text("Another\n\nIt snowed.")
    index(news)
    assert stored(tmp_path / "home", news) == {"a": "b.txt", "a.txt": "a.txt"}


def test_two_folders_with_files_of_one_name(tmp_path, index):
    one, two = write(tmp_path / "one", ["a.txt"]), write(tmp_path / "two", ["a.txt", "a.md"])
    (two / "a.txt").write_text("Two\n\nThe other one.")
    index(one)
    index(two)
    assert stored(tmp_path / "home", tmp_path) == {"a": "one/a.txt", "a.txt": "two/a.txt", "a.md": "two/a.md"}


def test_an_id_that_is_given_counts_whatever_the_file_is_called(tmp_path, index):
    (tmp_path / "wire.jsonl").write_text(json.dumps({"id": "storm", "title": "t", "text": "It rained."}))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "storm.txt").write_text("Storm\nid: storm.1\n\nIt blew.")
    index(tmp_path / "wire.jsonl", tmp_path / "sub")
    assert stored(tmp_path / "home", tmp_path) == {"storm": "wire.jsonl", "storm.1": "sub/storm.txt"}


NAMES = st.lists(st.sampled_from(["a", "b", "index", "x.y", "\u202e", "a\nb", " "]), min_size=1, max_size=4)
FILES = st.sets(st.tuples(NAMES.map("/".join), st.sampled_from([".txt", ".md", ".html", ".TXT", ""])), max_size=12)


@given(FILES, st.sampled_from(["/srv/news", "/home/b/desk"]), st.randoms(use_true_random=False))
def test_ids_are_all_different_and_depend_on_nothing_but_the_names(names, root, random):
    here, there = ([Path(root) / (name + ending) for name, ending in names] for root in (root, "/other/news"))
    ids = ids_of_files(here, [Path(root)])
    assert sorted(ids) == sorted(here)
    assert len(set(ids.values())) == len(ids)
    assert all(article_id and article_id.isprintable() for article_id in ids.values())
    random.shuffle(here)
    assert ids_of_files(here, [Path(root), Path(root) / "a"]) == ids
    short = {
        path: i for path, i in ids.items() if not i.startswith(("/", "news/", "desk/")) and i not in ("news", "desk")
    }
    again = ids_of_files(there, [Path("/other/news")])
    assert all(again[Path("/other/news") / path.relative_to(root)] == i for path, i in short.items())
