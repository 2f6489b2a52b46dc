"""What can stop a run halfway: a kill at any moment, a cut of the power, a disk that is full. Nothing is lost by it."""

import os
import shutil
import subprocess
import sys

import pytest

from evals.workshop.bench.crash import Crashes
from index import index_paths
from index.doctor import examine
from index.store.reading import RECORD_NAME
from index.store.record import Record
from tests.index.articles import FLOOD, STRIKE, write
from tests.index.indexing.test_indexer import assert_sound, stored


@pytest.mark.timeout(500)
def test_updates_that_are_killed_at_any_moment(tmp_path):
    tally = Crashes(tmp_path / "trials", articles=12, seed=os.getpid(), power_cuts=True).run(10)
    assert tally.faults == []
    assert tally.kills.total() + tally.cuts == 10
    assert tally.cuts > 0


LIMITED = """
import pathlib, resource, signal, sys
from index import index_paths, load_embedding
from index.errors import StoreError
embedding = load_embedding(threads=1)
import chromadb
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    index_paths(pathlib.Path(sys.argv[1]), [pathlib.Path(sys.argv[2])], embedding, passage_tokens=160)
except StoreError as error:
    sys.exit(f"refused: {error}")
print("done")
"""


@pytest.mark.parametrize("kilobytes", [40, 120, 160])
def test_no_room_for_what_is_written(tmp_path, embedding, kilobytes):
    """A limit on the size of any file stands for the full disk: at 40 kB in the record, later in the vector index."""
    home = tmp_path / "home"
    news = write(tmp_path / "news", flood=FLOOD)
    index_paths(home, [news], embedding, passage_tokens=160)
    for n in range(6):
        write(news, **{f"a{n}": f"Story {n}\nThe river {n} rose by {n} metres."})
    shutil.rmtree(home / "generations")  # so that it must be built, too
    command = [sys.executable, "-c", LIMITED, str(home), str(news), str(1000 * kilobytes)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    assert run.stderr.startswith("refused: "), run.stderr
    assert stored(home)["flood"] == FLOOD
    summary = index_paths(home, [news], embedding, passage_tokens=160)
    assert summary.finished is not None
    assert len(stored(home)) == 7
    assert_sound(home)
    assert examine(home).sound


def test_a_disk_that_is_full_before_anything_is_stored(tmp_path, embedding):
    home, news = tmp_path / "home", write(tmp_path / "news", flood=FLOOD)
    command = [sys.executable, "-c", LIMITED, str(home), str(news), "1000"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "free some space" in run.stderr
    index_paths(home, [news], embedding, passage_tokens=160)
    assert_sound(home)


def test_a_copy_of_the_folder_without_the_end_of_the_journal(tmp_path, embedding):
    home, news = tmp_path / "home", write(tmp_path / "news", flood=FLOOD)
    index_paths(home, [news], embedding, passage_tokens=160)
    write(news, strike=STRIKE)
    with Record.for_writing(home / RECORD_NAME) as record:  # open, so that the journal is not folded away
        record.remove_article("flood")
        copy = shutil.copytree(home, tmp_path / "copy")
    journal = copy / f"{RECORD_NAME}-wal"
    os.truncate(journal, journal.stat().st_size - 100)
    assert stored(copy) == {"flood": FLOOD}
    index_paths(copy, [news], embedding, passage_tokens=160)
    assert set(stored(copy)) == {"flood", "strike"}
    assert_sound(copy)
