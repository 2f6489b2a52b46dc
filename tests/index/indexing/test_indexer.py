"""Indexing: what is read, what is read again, what goes, what is refused, and that nothing stored is lost."""

import json
import os
import subprocess
import sys
import time

import pytest

from index import Searcher, index_paths, rebuild, remove
from index.errors import IncompatibleError, LockedError, NoIndexError, StoreError, UsageError
from index.files import formats
from index.store.home import writer_lock
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.store.state import Unfinished
from index.vectors.local import LocalPlace
from tests.index.articles import FLOOD, STRIKE, VOTE, lines, write


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def index(home, embedding):
    def run(*paths, tokens=160):
        return index_paths(home, list(paths), embedding, passage_tokens=tokens)

    return run


def current(home):
    with RecordReader(home / RECORD_NAME) as record:
        info = record.state().generation
    assert info is not None
    return info


def stored(home):
    with RecordReader(home / RECORD_NAME) as record:
        return {article.id: article.text for article in record.articles()}


def revisions(home):
    """When each article was written last."""
    with RecordReader(home / RECORD_NAME) as record:
        return dict(record._db().execute("SELECT id, revision FROM article"))


def assert_sound(home):
    """Chroma holds the record's passages but the newest, each has a vector, and every sentence is in place."""
    with RecordReader(home / RECORD_NAME) as record:
        assert record.state().unfinished is None
        hashes = record.passage_hashes()
        info = current(home)
        generation = LocalPlace(home).open(info.name)
        recent = record.passage_hashes(after=info.revision)
        assert hashes.keys() - recent.keys() <= set(generation.ids())
        generation.close()
        assert record.vectors(info.model, set(hashes.values())).keys() == set(hashes.values())
        for article in record.articles():
            sentences = record.sentences(article.id)
            rest = article.text
            for sentence in reversed(sentences):
                rest = rest[: sentence.start] + rest[sentence.end :]
            assert rest.strip() == ""


def test_a_folder(tmp_path, home, index):
    summary = index(write(tmp_path / "news", flood=FLOOD, strike=STRIKE))
    assert (summary.added, summary.articles, summary.errors) == (2, 2, [])
    assert stored(home) == {"flood": FLOOD, "strike": STRIKE}
    assert_sound(home)


def test_a_second_run_reads_nothing_again(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    before = current(home)
    summary = index(news)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 0, 2)
    assert current(home) == before


def test_a_changed_article_takes_the_place_of_the_old_one(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    write(news, flood=FLOOD.replace("Four people", "Nine people"))
    summary = index(news)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 1, 1)
    assert_sound(home)
    searcher = Searcher(home, embedding)
    texts = [hit.passage.text for hit in searcher.find("how many people died")]
    searcher.close()
    assert any("Nine people died" in text for text in texts)
    assert not any("Four people died" in text for text in texts)


def test_an_article_whose_file_is_gone_is_gone(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    elsewhere = write(tmp_path / "elsewhere", vote=VOTE)
    index(news, elsewhere)
    (news / "flood.txt").unlink()
    (elsewhere / "vote.txt").unlink()
    summary = index(news)
    assert summary.removed == 1
    assert set(stored(home)) == {"strike", "vote"}  # only the folder that was indexed again is looked at
    assert_sound(home)


def test_a_folder_that_is_suddenly_empty_removes_nothing(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD)
    index(news)
    (news / "flood.txt").unlink()
    with pytest.raises(UsageError, match="no articles there"):
        index(news)
    assert set(stored(home)) == {"flood"}


def test_a_line_that_is_gone_from_its_file(tmp_path, home, index):
    one, two = {"id": "1", "text": FLOOD}, {"id": "2", "text": STRIKE}
    path = lines(tmp_path / "x.jsonl", one, two)
    index(path)
    lines(path, two)
    assert index(path).removed == 1
    assert set(stored(home)) == {"2"}


def test_broken_files_are_named_and_what_was_stored_of_them_stays(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    (news / "flood.txt").write_bytes(b"\xff\xfe\x00")
    write(news, vote=VOTE, empty="Only a title")
    summary = index(news)
    assert sorted(error.where.rsplit("/", 1)[1] for error in summary.errors) == ["empty.txt", "flood.txt"]
    assert summary.added == 1
    assert stored(home) == {"flood": FLOOD, "strike": STRIKE, "vote": VOTE}
    assert len(index(news).errors) == 2  # a fault is named again until it is mended
    assert_sound(home)


def test_removing_by_file_folder_and_id_also_when_they_are_gone(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    path = lines(tmp_path / "x.jsonl", {"id": "1", "text": VOTE}, {"id": "2", "text": VOTE})
    index(news, path)
    assert remove(home, ["1"], embedding).removed == 1
    (news / "flood.txt").unlink()
    assert remove(home, [str(news / "flood.txt")], embedding).removed == 1
    assert set(stored(home)) == {"strike", "2"}
    with pytest.raises(UsageError, match="nowhere: no stored article"):
        remove(home, ["2", "nowhere"], embedding)
    assert set(stored(home)) == {"strike", "2"}
    assert remove(home, [str(news), "2"], embedding).removed == 2
    assert stored(home) == {}
    assert_sound(home)
    assert (index(path).kept_out, stored(home)) == (2, {})


def test_a_broken_line_removes_nothing(tmp_path, home, index):
    one, two = {"id": "1", "text": FLOOD}, {"id": "2", "text": STRIKE}
    path = lines(tmp_path / "x.jsonl", one, two)
    index(path)
    path.write_text(path.read_text().replace('"id": "1"', '"id" "1"'))
    summary = index(path)
    assert (len(summary.errors), summary.removed, summary.kept, summary.unchanged) == (1, 0, 1, 1)
    assert set(stored(home)) == {"1", "2"}


def test_two_articles_with_one_id(tmp_path, home, index):
    write(tmp_path / "news" / "a", one=FLOOD + "\n")
    write(tmp_path / "news" / "b", two=STRIKE.replace("\n", "\nid: a/one\n"))
    summary = index(tmp_path / "news")
    (error,) = summary.errors
    assert error.where.endswith("b/two.txt")
    assert "the id 'a/one' is already that of an article in" in error.reason
    assert "or rename its file" in error.reason
    assert set(stored(home)) == {"a/one"}


def test_one_id_twice_in_a_file(tmp_path, home, index):
    path = lines(
        tmp_path / "x.jsonl", {"id": "1", "text": FLOOD}, {"id": "1", "text": STRIKE}, {"id": "2", "text": VOTE}
    )
    (error,) = index(path).errors
    assert error.where == f"{path}:2"
    assert error.reason == "the id '1' is twice in this file; give one of the two another `id`."
    assert stored(home) == {"1": FLOOD, "2": VOTE}


def test_a_second_file_with_the_id_of_a_stored_article(tmp_path, home, index):
    index(write(tmp_path / "a", same=FLOOD))
    (error,) = index(write(tmp_path / "b", other=STRIKE.replace("\n", "\nid: same\n"))).errors
    assert "give one of the two another `id`" in error.reason
    assert stored(home) == {"same": FLOOD}


def test_a_file_that_moved_keeps_its_article(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD)
    index(news)
    (news / "sub").mkdir()
    (news / "flood.txt").rename(news / "sub" / "flood.txt")
    summary = index(news)
    assert (summary.unchanged, summary.removed, summary.errors) == (1, 0, [])
    assert set(stored(home)) == {"flood"}


def article(name):
    return {"id": name, "title": f"Title of {name}", "text": f"The story of {name} is that the river rose."}


def test_articles_that_move_along_a_row_of_files_only_move(tmp_path, home, index):
    files = [tmp_path / f"00{number}.jsonl" for number in range(3)]
    for path, names in zip(files, ("a1 a2", "b1 b2", "c1 c2"), strict=True):
        lines(path, *map(article, names.split()))
    index(*files)
    before = revisions(home)
    for path, names in zip(files, ("a2 b1", "b2 c1", "c2"), strict=True):
        lines(path, *map(article, names.split()))
    summary = index(*files)
    assert (summary.errors, summary.added, summary.unchanged, summary.removed) == ([], 0, 5, 1)
    assert revisions(home) == {name: number for name, number in before.items() if name != "a1"}  # nothing was rewritten
    assert_sound(home)
    assert index(*files).unchanged == 5


def test_an_article_that_moves_is_there_all_the_time(tmp_path, home, index, monkeypatch):
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    lines(one, article("a"), article("b"))
    lines(two, article("c"))
    index(one, two)
    lines(one, article("a"))
    lines(two, article("b"), article("c"))

    def killed(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.indexing.run.IndexRun.remove_left", killed)
    with pytest.raises(KeyboardInterrupt):
        index(one, two)
    assert stored(home).keys() == {"a", "b", "c"}
    monkeypatch.undo()
    assert index(one, two).removed == 0
    assert stored(home).keys() == {"a", "b", "c"}
    assert_sound(home)


def test_an_article_that_left_its_file_goes_also_after_a_kill(tmp_path, home, index, monkeypatch):
    path = lines(tmp_path / "one.jsonl", article("a"), article("b"))
    index(path)
    lines(path, article("b"))
    monkeypatch.setattr("index.indexing.run.IndexRun.remove_left", lambda _run: None)
    index(path)
    monkeypatch.undo()
    assert index(path).removed == 1
    assert stored(home).keys() == {"b"}


def test_what_its_agency_cancels_goes(tmp_path, home, index):
    item = {
        "uri": "urn:1",
        "headline": "Flood",
        "body_text": "The river rose by two metres.",
        "versioncreated": "2031-03-06",
    }
    path = tmp_path / "item.json"
    path.write_text(json.dumps(item), encoding="utf-8")
    index(path)
    path.write_text(json.dumps({**item, "pubstatus": "canceled"}), encoding="utf-8")
    summary = index(path)
    assert (summary.removed, summary.kept, stored(home)) == (1, 0, {})
    assert "was cancelled or withheld" in summary.errors[0].reason


def test_a_link_is_known_by_its_own_place_however_it_is_named(tmp_path, home, index):
    news = tmp_path / "news"
    news.mkdir()
    (tmp_path / "blob").write_text(FLOOD, encoding="utf-8")
    (news / "story.txt").symlink_to("../blob")
    index(news / "story.txt")
    assert index(news).unchanged == 1
    assert index(news / "story.txt").unchanged == 1
    assert stored(home).keys() == {"story"}


def test_what_an_interrupted_run_cannot_reach_now_is_not_called_finished(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD)
    share = tmp_path / "mount" / "share"
    (tmp_path / "mount").symlink_to(tmp_path / "elsewhere")  # a share that is not there
    with Record.for_writing(home_with(home, index, news) / RECORD_NAME) as record:
        record.begin_run(Unfinished("index", (str(share), str(news)), "m", "2031-04-05T10:00:00+00:00"))
    summary = index(news)
    assert summary.finished is None
    assert str(share) in (summary.unfinished or "")
    write(tmp_path / "elsewhere" / "share", vote=VOTE)
    summary = index(news)
    assert (summary.added, summary.unfinished) == (1, None)
    assert str(share) in (summary.finished or "")


def home_with(home, index, news):
    index(news)
    return home


def test_a_folder_whose_name_is_no_text_stops_nothing(tmp_path, index):
    news = write(tmp_path / "news", flood=FLOOD)
    bad = write(tmp_path / "bad\udcff", vote=VOTE)
    summary = index(news, bad)
    assert (summary.added, len(summary.errors)) == (1, 1)
    assert "not Unicode" in summary.errors[0].reason


def test_a_name_that_is_an_id_and_a_folder_is_not_guessed_at(tmp_path, home, index, embedding, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "other", news=VOTE)
    index(write(tmp_path / "news", flood=FLOOD), tmp_path / "other")
    with pytest.raises(UsageError, match=r"is the id of an article and also .* write \./news"):
        remove(home, ["news"], embedding)
    assert remove(home, ["./news"], embedding).removed == 1
    assert stored(home).keys() == {"news"}
    assert remove(home, ["news"], embedding).removed == 1


def test_one_reader_that_fails_does_not_stop_the_others(tmp_path, home, index, monkeypatch):
    def fails(*_arguments):
        raise ZeroDivisionError("an odd file")

    monkeypatch.setitem(formats._OF_COLUMNS, ".jsonl", fails)
    news = write(tmp_path / "news", flood=FLOOD)
    (news / "odd.jsonl").write_text("{}", encoding="utf-8")
    summary = index(news)
    assert summary.added == 1
    assert "cannot be read (ZeroDivisionError('an odd file')); check it" in summary.errors[0].reason


def test_a_store_without_articles_says_so(tmp_path, home, index, embedding):
    path = tmp_path / "empty.txt"
    path.write_text(" ", encoding="utf-8")
    assert index(path).articles == 0
    searcher = Searcher(home, embedding)
    with pytest.raises(NoIndexError, match="holds no articles; run `dateline index` with some"):
        searcher.find("Who won?")
    searcher.close()


def test_longer_passages_are_made_when_the_setting_changes(tmp_path, home, index):
    news = write(tmp_path / "news", long="Title\n" + " ".join(f"The river rose by {n} metres." for n in range(40)))
    short = index(news, tokens=64)
    long = index(news, tokens=200)
    assert (long.updated, long.unchanged) == (1, 0)
    assert long.passages < short.passages
    assert_sound(home)


def test_another_model_is_refused_with_the_command_that_rebuilds(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD)
    index(news)
    with Record(home / RECORD_NAME) as record:
        record.set_model("another", "some-model")
    message = r"made with the embedding model some-model, not with .*`dateline index --rebuild`"
    with pytest.raises(IncompatibleError, match=message):
        index(news)
    with pytest.raises(IncompatibleError, match=message):
        Searcher(home, embedding)
    summary = rebuild(home, embedding, passage_tokens=160)
    assert summary.articles == 1
    assert_sound(home)
    Searcher(home, embedding).close()


def test_another_version_of_the_store_is_refused(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD)
    index(news)
    import sqlite3

    db = sqlite3.connect(home / RECORD_NAME)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(IncompatibleError, match="another version of Dateline"):
        index(news)
    with pytest.raises(IncompatibleError, match="another version of Dateline"):
        Searcher(home, embedding)


def test_rebuild_restores_a_vector_index_that_is_lost(tmp_path, home, index, embedding):
    index(write(tmp_path / "news", flood=FLOOD, strike=STRIKE))
    for path in sorted((home / "generations").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    searcher = Searcher(home, embedding)
    with pytest.raises(StoreError, match="dateline index --rebuild"):
        searcher.find("river")
    searcher.close()
    rebuild(home, embedding, passage_tokens=160)
    assert_sound(home)


def test_rebuild_without_a_store(home, embedding):
    with pytest.raises(NoIndexError, match="no index here yet"):
        rebuild(home, embedding, passage_tokens=160)
    assert not home.exists()


def test_a_file_that_is_no_store(home, embedding):
    home.mkdir()
    (home / RECORD_NAME).write_bytes(b"this is no database, but it is long enough to be looked at" * 100)
    with pytest.raises(StoreError, match="is no store of Dateline"):
        Searcher(home, embedding)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere; the next test is for it")
def test_a_home_that_cannot_be_written(tmp_path, index, home):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written to"):
        index(write(tmp_path / "news", flood=FLOOD))


def test_a_home_that_cannot_be_made(tmp_path, embedding):
    news = write(tmp_path / "news", flood=FLOOD)
    with pytest.raises(StoreError, match=r"cannot be written to .*--home DIR"):
        index_paths(news / "flood.txt" / "home", [news], embedding, passage_tokens=160)


def test_one_writer_at_a_time(tmp_path, home, index):
    news = write(tmp_path / "news", flood=FLOOD)
    with writer_lock(home), pytest.raises(LockedError, match=rf"process {os.getpid()} \(since .* UTC\) is writing"):
        index(news)
    assert index(news).added == 1


def test_the_lock_of_a_dead_process_is_free(tmp_path, home, index):
    code = "import pathlib, os, sys; from index.store.home import writer_lock\n"
    code += "with writer_lock(pathlib.Path(sys.argv[1])): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, home], check=False).returncode == 9
    assert index(write(tmp_path / "news", flood=FLOOD)).added == 1


def test_a_killed_run_loses_nothing_and_the_next_one_finishes(tmp_path, home, index):
    news = tmp_path / "news"
    write(news, **{f"a{n}": f"Story {n}\n" + f"The river rose by {n} metres. " * 40 for n in range(60)})
    for delay in (1.0, 2.5):
        process = subprocess.Popen(
            [sys.executable, "-c", "from assistant.cli import main; main()", "index", str(news), "--home", str(home)],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.kill()
        process.wait()
    index(news)
    assert len(stored(home)) == 60
    assert_sound(home)
