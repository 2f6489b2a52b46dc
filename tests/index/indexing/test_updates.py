"""Updates: only what changed is read again, nothing of the old is left, and readers meanwhile see whole articles."""

import os
import shutil
import sqlite3
import threading
import time

import pytest

from index import Searcher, index_paths, remove
from index.errors import NoIndexError
from index.files.access import stamp_of
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.store.state import Unfinished
from tests.index.articles import FLOOD, STRIKE, VOTE, lines, write
from tests.index.indexing.test_indexer import assert_sound, current, stored


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def index(home, embedding):
    def run(*paths):
        return index_paths(home, list(paths), embedding, passage_tokens=160)

    return run


def vectors(home):
    db = sqlite3.connect(home / RECORD_NAME)
    try:
        return {row[0] for row in db.execute("SELECT text_hash FROM embedding")}
    finally:
        db.close()


def hashes(home):
    with RecordReader(home / RECORD_NAME) as record:
        return set(record.passage_hashes().values())


def test_the_stamp_of_a_file_changes_with_it_and_is_none_at_first(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one")
    assert stamp_of(path) is None  # it may change again within the same tick
    time.sleep(2.1)
    before = stamp_of(path)
    assert before is not None
    assert stamp_of(path) == before
    status = path.stat()
    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    time.sleep(2.1)
    assert stamp_of(path) not in (before, None)
    assert stamp_of(tmp_path / "gone") is None


def test_a_file_is_known_by_its_stamp_once_it_is_old_enough(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD)
    time.sleep(2.1)
    index(news)
    path = str((news / "flood.txt").resolve())
    with Record(home / RECORD_NAME) as record:
        _, recipe, stamp = record.file_state(path) or ("", "", None)
        assert stamp == stamp_of(news / "flood.txt")
        record.put_file(path, "another hash", recipe, stamp)
    assert index(news).unchanged == 1
    with RecordReader(home / RECORD_NAME) as record:
        assert (record.file_state(path) or ("",))[0] == "another hash"  # it was not even opened
    (news / "flood.txt").write_text(FLOOD.replace("Four", "Nine"))
    assert index(news).updated == 1


def test_an_edit_leaves_no_vector_of_the_old_text(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    before = vectors(home)
    write(news, flood=FLOOD.replace("Four people", "Nine people"))
    index(news)
    assert vectors(home) == hashes(home)
    assert vectors(home) != before


def test_a_removed_article_leaves_nothing(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    remove(home, ["flood"], embedding)
    assert vectors(home) == hashes(home)
    searcher = Searcher(home, embedding)
    try:
        assert {hit.article.id for hit in searcher.find("river Soll sirens")} <= {"strike"}
        assert (
            searcher.vectors.query(embedding.encode(["the river Soll"])[0], 10)[0][0]
            in searcher.record.passage_hashes()
        )
    finally:
        searcher.close()
    for path in home.rglob("*"):
        assert b"Four people died" not in (path.read_bytes() if path.is_file() else b"")


def test_a_text_that_moves_to_another_article_in_one_run_keeps_its_vector(tmp_path, home, index):
    body = "Dockers in Harle stopped work on Tuesday."
    path = lines(tmp_path / "x.jsonl", {"id": "1", "title": "T", "text": body})
    index(path)
    lines(path, {"id": "1", "title": "T", "text": "Nothing."}, {"id": "2", "title": "T", "text": body})
    index(path)
    assert vectors(home) == hashes(home)
    assert_sound(home)


def test_a_line_taken_out_beside_a_broken_one_is_removed(tmp_path, home, index):
    path = lines(tmp_path / "x.jsonl", *({"id": i, "text": t} for i, t in (("1", FLOOD), ("2", STRIKE), ("3", VOTE))))
    index(path)
    kept = path.read_text().splitlines()
    path.write_text("\n".join([kept[0], kept[2][:-1]]))  # the line of 2 is gone, that of 3 has lost its brace
    summary = index(path)
    assert (summary.removed, summary.kept, len(summary.errors)) == (1, 1, 1)
    assert set(stored(home)) == {"1", "3"}


def test_a_small_change_builds_no_generation(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    before = current(home)
    write(news, vote=VOTE)
    (news / "strike.txt").unlink()
    index(news)
    assert current(home) == before
    searcher = Searcher(home, embedding)
    assert searcher.find("Mara Ellin lead in the polls")[0].article.id == "vote"
    assert searcher.find("Mara Ellin lead in the polls")[0].cosine is not None
    searcher.close()


def test_an_interrupted_run_is_named_and_finished_by_the_next_one(tmp_path, home, index, embedding):
    index(write(tmp_path / "a", flood=FLOOD))
    write(tmp_path / "a", strike=STRIKE)
    with Record(home / RECORD_NAME) as record:
        record.begin_run(
            Unfinished("index", (str(tmp_path / "a"),), embedding.fingerprint, "2031-03-04T10:00:00+00:00")
        )
    summary = index(write(tmp_path / "b", vote=VOTE))
    assert summary.finished == f"indexing {tmp_path / 'a'}, begun 2031-03-04T10:00:00+00:00"
    assert set(stored(home)) == {"flood", "strike", "vote"}
    assert index(tmp_path / "b").finished is None


def test_a_rebuild_that_was_killed_between_two_models_is_mended(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    with Record(home / RECORD_NAME) as record:
        record.begin_run(Unfinished("rebuild", (), "another", "2031-03-04T10:00:00+00:00"))
        record.drop_unused_vectors("another")
    assert (index(news).finished or "").startswith("rebuilding, begun")
    assert vectors(home) == hashes(home)
    assert_sound(home)


def test_an_open_searcher_goes_on_with_a_store_that_was_deleted_and_made_anew(tmp_path, home, index, embedding):
    index(write(tmp_path / "a", flood=FLOOD))
    searcher = Searcher(home, embedding)
    assert searcher.find("river Soll")[0].article.id == "flood"
    shutil.rmtree(home)
    index(write(tmp_path / "b", vote=VOTE))
    assert {hit.article.id for hit in searcher.find("river Soll")} == {"vote"}
    searcher.close()


def test_a_reader_that_meets_the_gap_between_two_stores_goes_on_with_the_second(tmp_path, home, index, monkeypatch):
    index(write(tmp_path / "a", flood=FLOOD))
    with RecordReader(home / RECORD_NAME) as record:
        same = record.article_ids() and (1, 1)  # a file system may give the new file the place of the old one
        shutil.rmtree(home)
        with pytest.raises(NoIndexError):
            record.article_ids()
        monkeypatch.setattr("index.store.connections._identity", lambda _path: same)
        index(write(tmp_path / "b", vote=VOTE))
        assert record.article_ids() == ["vote"]


def test_a_folder_that_is_suddenly_empty_keeps_its_articles_beside_others(tmp_path, home, index):
    news, share = write(tmp_path / "news", flood=FLOOD), write(tmp_path / "share", vote=VOTE)
    index(news, share)
    (share / "vote.txt").unlink()
    summary = index(news, share)
    assert summary.removed == 0
    assert [error.where for error in summary.errors] == [str(share)]
    assert "what is stored of it stays" in summary.errors[0].reason
    assert set(stored(home)) == {"flood", "vote"}


@pytest.mark.parametrize("name", ["linked", "linked/vote.txt", "strike.txt"])
def test_what_came_by_way_of_a_link_is_removed_by_the_link(tmp_path, home, index, embedding, monkeypatch, name):
    news, away = write(tmp_path / "news", flood=FLOOD), write(tmp_path / "away", vote=VOTE)
    (news / "linked").symlink_to(away)
    (news / "strike.txt").symlink_to(write(tmp_path / "third", b=STRIKE) / "b.txt")
    index(news)
    monkeypatch.chdir(news)
    remove(home, [name], embedding)
    assert set(stored(home)) == {"flood", "linked/vote", "strike"} - {
        "strike" if name == "strike.txt" else "linked/vote"
    }


def test_readers_see_whole_articles_while_they_are_edited(tmp_path, home, index, embedding):
    """Every hit and its sentences are of one version of its article, of one that was stored."""

    def version(n):
        extra = "The mayor spoke. " * (n % 3)  # sentences move from version to version
        return f"Flood in Varn\n{extra}The river Soll rose by {n} metres on Monday. The sirens failed {n} times."

    news = write(tmp_path / "news", flood=version(0), strike=STRIKE)
    index(news)
    versions = {version(n) for n in range(6)}
    searcher = Searcher(home, embedding)
    faults: list[object] = []
    seen, done = 0, threading.Event()

    def read():
        nonlocal seen
        while not done.is_set():
            with searcher.snapshot():
                hits = {hit.article.id: hit for hit in searcher.find("how far did the river Soll rise")}
                hit = hits.get("flood")
                if hit is None or hit.article.text not in versions:
                    faults.append(hit)
                    continue
                spans = hit.sentences
            text = hit.article.text
            if text[spans[0].start : spans[-1].end] != hit.passage.text:
                faults.append(spans)
            seen += 1

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(1, 6):
        write(news, flood=version(n))
        index(news)
    done.set()
    for thread in threads:
        thread.join()
    searcher.close()
    assert faults == []
    assert seen > 5
