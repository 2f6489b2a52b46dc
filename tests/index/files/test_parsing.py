"""Files that hold their parser, fill the memory or bring it down: each is named, and the rest goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index import index_paths
from index.files import read_file
from index.files.parsing import FileLimits, Parsing
from tests.assistant.cli.test_commands import dateline
from tests.index.articles import FLOOD, STRIKE, write
from tests.index.files.pdfs import column, endless_pdf, make_pdf
from tests.index.indexing.test_indexer import stored

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
TEXT = "The river rose by two metres on Monday night and flooded the lower streets of Varn. " * 3
FEED = (
    "<rss><channel><title>Courier</title><item><guid>a</guid><pubDate>4/7/2017</pubDate>"
    f"<description>{TEXT}</description></item><item><guid>b</guid><description>Short</description></item>"
    "</channel></rss>"
)
PAGES = {
    "a.txt": FLOOD,
    "a.md": f"---\ntitle: Flood\ndate: 4/7/2017\n---\n{TEXT}",
    "b.md": "---\ntitle: [\n---\n",
    "a.html": f"<html><title>Flood</title><body><article><h1>Flood</h1><p>{TEXT}</p></article></body></html>",
    "a.rss": FEED,
    "a.json": json.dumps([{"uri": "a", "headline": "Flood", "body_text": TEXT}, {"uri": "b", "pubstatus": "canceled"}]),
    "b.json": '{"name": "left-pad"}',
}
FILES = {name: text.encode() for name, text in PAGES.items()} | {"a.pdf": make_pdf([column([TEXT[:80]] * 5)])}


def fault(content):
    assert content.articles == []
    (error,) = content.errors
    return error.reason


def seen(content):
    faults = [(type(error), error.where, error.reason, error.ids) for error in (*content.errors, *content.warnings)]
    return content.articles, faults


def children(pid="self"):
    """The numbers of the processes that one has started."""
    return {int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()}


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def test_what_is_read_is_what_would_be_read_here():
    with Parsing() as parsing:
        for name, data in FILES.items():
            path = Path("/articles") / name
            assert seen(parsing.read_file(path, data, "hash")) == seen(read_file(path, data, "hash")), name
        with pytest.raises(ValueError, match=r"a\.png"):
            parsing.read_file(Path("a.png"), b"")


def test_a_file_that_takes_too_long_is_named_and_the_next_is_read():
    endless, page = endless_pdf(), FILES["a.html"]
    assert len(endless) < 25_000
    with Parsing(FileLimits(seconds=1)) as parsing:
        started = time.monotonic()
        reason = fault(parsing.read_file(Path("endless.pdf"), endless))
        assert reason == "took too long (more than 1 s); split it, or raise DATELINE_FILE_SECONDS."
        assert time.monotonic() - started < 20  # a process is started, too
        assert len(parsing.read_file(Path("a.html"), page).articles) == 1


@ON_LINUX
def test_a_file_that_needs_too_much_memory_is_named_and_the_next_is_read():
    with Parsing(FileLimits(seconds=60, memory_mb=64)) as parsing:
        reason = fault(parsing.read_file(Path("wide.html"), b"<p>a</p>" * 2_000_000))
        assert reason == "needs too much memory (more than 64 MB); split it, or raise DATELINE_FILE_MEMORY_MB."
        assert len(parsing.read_file(Path("a.md"), FILES["a.md"]).articles) == 1


@ON_LINUX
def test_a_parser_that_crashes_is_named_one_process_serves_the_others_and_none_is_left():
    before = children()
    with Parsing(FileLimits(seconds=60)) as parsing:
        parsing.read_file(Path("a.md"), b"# Flood\nIt rose.")
        (first,) = children() - before
        parsing.read_file(Path("a.md"), b"# Flood\nIt rose.")
        assert children() - before == {first}
        threading.Timer(0.5, os.kill, (first, signal.SIGSEGV)).start()
        reason = fault(parsing.read_file(Path("endless.pdf"), endless_pdf()))
        assert reason.startswith("ended the program that read it (exit code -11)")
        assert len(parsing.read_file(Path("a.md"), b"# Flood\nIt rose.").articles) == 1
        assert children() - before not in ({first}, set())
    assert children() == before


def test_a_batch_goes_on_and_what_was_stored_stays(tmp_path, embedding):
    news = write(tmp_path / "news", flood=FLOOD)
    (news / "report.pdf").write_bytes(FILES["a.pdf"])
    index_paths(tmp_path / "home", [news], embedding, passage_tokens=160)
    (news / "report.pdf").write_bytes(endless_pdf())
    write(news, strike=STRIKE)
    (news / "vote.md").write_text("# Vote\nOsterland votes on Sunday.")
    limits = FileLimits(seconds=0.5)
    summary = index_paths(tmp_path / "home", [news], embedding, passage_tokens=160, limits=limits)
    assert (summary.added, summary.kept) == (2, 1)
    assert [error.reason[:13] for error in summary.errors] == ["took too long"]
    assert set(stored(tmp_path / "home")) == {"flood", "report", "strike", "vote"}


def test_the_settings_reach_it(tmp_path):
    (tmp_path / "endless.pdf").write_bytes(endless_pdf())
    env = {"DATELINE_FILE_SECONDS": "0.5"}
    done = dateline("index", tmp_path / "endless.pdf", "--home", tmp_path / "home", env=env)
    assert done.returncode == 1
    assert "endless.pdf: took too long (more than 0.5 s); split it, or raise DATELINE_FILE_SECONDS." in done.stderr


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_when_indexing_is_stopped_the_parser_ends_too(tmp_path, number):
    (tmp_path / "endless.pdf").write_bytes(endless_pdf())
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "index", str(tmp_path / "endless.pdf")]
    with subprocess.Popen(
        [*command, "--home", str(tmp_path / "home")],
        env={**os.environ, "DATELINE_FILE_SECONDS": "3"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as indexing:
        (parser,) = until(lambda: children(indexing.pid))
        time.sleep(1)
        os.killpg(indexing.pid, number)  # as a terminal does at Ctrl-C
        _, said = indexing.communicate(timeout=30)
        until(lambda: not is_alive(parser), seconds=1 if number == signal.SIGINT else 10)
    assert "Traceback" not in said
    assert ("stopped; what was stored stays" in said) == (number == signal.SIGINT)
