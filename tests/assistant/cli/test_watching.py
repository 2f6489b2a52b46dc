"""`dateline index --watch`, as a real process."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from queue import Empty, Queue

import pytest

from index import Searcher
from index.store.home import writer_lock
from tests.assistant.cli.test_commands import dateline
from tests.index.articles import FLOOD, STRIKE, VOTE, write
from tests.index.indexing.test_indexer import stored

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals")


class Watched:
    """A running `dateline index --watch` and what it prints."""

    def __init__(self, *arguments):
        command = [sys.executable, "-c", "from assistant.cli import main; main()", "index", *map(str, arguments)]
        self.process = subprocess.Popen(
            [*command, "--watch"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self.lines: Queue[str] = Queue()
        self.seen = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, text, seconds=60):
        """The lines up to the next one with this text."""
        start, end = len(self.seen), time.monotonic() + seconds
        while True:
            try:
                self.seen.append(self.lines.get(timeout=max(0.1, end - time.monotonic())))
            except Empty:
                raise AssertionError(f"no {text!r} after {self.seen}") from None
            if text in self.seen[-1]:
                return self.seen[start:]

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@contextmanager
def watching(*arguments):
    watched = Watched(*arguments)
    try:
        yield watched
    finally:
        watched.process.kill()
        watched.process.wait()
        assert watched.process.stdout is not None
        watched.process.stdout.close()


def test_it_keeps_up_and_survives_what_cannot_be_read(tmp_path, embedding):
    news, home = write(tmp_path / "news", flood=FLOOD, strike=STRIKE, blank="A title"), tmp_path / "home"
    with watching(news, "--home", home) as watched:
        assert sum("no text below its title" in line for line in watched.until("Ctrl-C ends it")) == 1
        assert watched.seen[-2].startswith("2 added, 0 updated, 0 unchanged")

        write(news, flood=FLOOD.replace("Four people", "Nine people"), vote=VOTE)
        (news / "strike.txt").unlink()
        lines = watched.until("holds 2 articles")
        assert lines[:-1] == [
            f"changed {news / 'flood.txt'}",
            f"removed {news / 'strike.txt'}",
            f"added {news / 'vote.txt'}",
        ]
        assert lines[-1].startswith("1 added, 1 updated, 0 unchanged, 1 removed")

        write(news, empty="Only a title")
        assert "skipped" in watched.until("no text below its title")[-1]
        watched.until("2 skipped")
        write(news, strike=STRIKE)
        lines = watched.until("holds 3 articles")  # a fault is named once, and counted as long as it stands
        assert lines[0] == f"added {news / 'strike.txt'}"
        assert "2 skipped" in lines[1]
        assert len(lines) == 2

        write(news, empty="Mended\nThis has a text now.")
        watched.until("holds 4 articles")
        assert watched.stop() == 0
        watched.until("stopped watching")
    assert set(stored(home)) == {"flood", "strike", "vote", "empty"}
    with writer_lock(home):  # nobody holds it
        pass
    searcher = Searcher(home, embedding)
    try:
        assert "Nine people died" in searcher.find("how many people died")[0].passage.text
    finally:
        searcher.close()


def test_an_empty_folder_fills_another_writer_is_waited_for_and_an_emptied_one_keeps_its_articles(tmp_path):
    news, home = tmp_path / "news", tmp_path / "home"
    news.mkdir()
    with watching(news, "--home", home) as watched:
        watched.until("Ctrl-C ends it")
        with writer_lock(home):
            write(news, flood=FLOOD)
            watched.until(f"process {os.getpid()} ")
        watched.until("holds 1 article")
        (news / "flood.txt").unlink()
        watched.until("no articles there")
        assert watched.stop(signal.SIGTERM) == 0
    assert set(stored(home)) == {"flood"}


def test_it_is_stopped_in_the_middle_of_a_run_and_the_next_one_finishes(tmp_path):
    news, home = tmp_path / "news", tmp_path / "home"
    write(news, **{f"a{n}": f"Story {n}\n" + f"The river rose by {n} metres. " * 60 for n in range(60)})
    with watching(news, "--home", home) as watched:
        watched.until("Reading and embedding")
        assert watched.stop() == 0
    with writer_lock(home):
        pass
    done = dateline("index", news, "--home", home)
    assert done.returncode == 0
    assert "holds 60 articles" in done.stdout
    assert len(stored(home)) == 60


@pytest.mark.parametrize("option", ["--json", "--rebuild", "--remove"])
def test_it_goes_with_no_option_that_needs_an_end(tmp_path, option):
    done = dateline("index", tmp_path, "--watch", option)
    assert done.returncode == 2
    assert "--watch goes on without end" in done.stderr


def test_a_path_that_does_not_exist(tmp_path):
    done = dateline("index", tmp_path / "nowhere", "--watch", "--home", tmp_path / "home")
    assert done.returncode == 2
    assert "there is no such file or folder" in done.stderr
