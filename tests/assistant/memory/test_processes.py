"""Several programs with one file of conversations, and programs that are killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.memory import Conversation, Conversations
from tests.assistant.memory.samples import answered

# Appends turns to a conversation of its own and to conversation 1, and tells after each two that they are kept.
WRITER = """
import sys
from pathlib import Path
from assistant.memory import Conversation, Conversations, NoConversationError
from tests.assistant.memory.samples import answered
kept, name, number = Conversations(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
own = Conversation(name=name)
for n in range(number):
    own = kept.append(own, answered(f"{name} {n}?"))
    kept.append(kept.get(1), answered(f"shared by {name} {n}?"))
    print(n, flush=True)
"""


def writer(home, name, number):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), name, str(number)], stdout=subprocess.PIPE, text=True
    )


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    home = tmp_path / "home"
    writers = [writer(home, name, 15) for name in ("north", "south")]
    assert [process.wait(120) for process in writers] == [0, 0]
    for process in writers:
        process.stdout.close()
    kept = Conversations(home)
    by_title = {each.title: each for each in kept.overviews()}
    assert set(by_title) == {"north", "south"}
    # Conversation 1 belongs to who was first; both wrote to it all the time.
    first = kept.get(1)
    other = ({"north", "south"} - {first.name}).pop()
    assert [turn.number for turn in first.turns] == list(range(1, 46))
    questions = [turn.answer.question for turn in first.turns]
    assert [q for q in questions if q.startswith(f"{first.name} ")] == [f"{first.name} {n}?" for n in range(15)]
    assert [q for q in questions if f" {other} " in q] == [f"shared by {other} {n}?" for n in range(15)]
    assert by_title[other].questions == 15


def test_threads_share_one_object(tmp_path):
    kept = Conversations(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda n: kept.append(Conversation(), answered(f"question {n}?")), range(24)))
    assert sorted(each.id or 0 for each in begun) == list(range(1, 25))
    assert len(kept.overviews()) == len(kept.search("question")) + 4 == 24


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_killed_program_loses_at_most_the_turn_in_the_making(tmp_path, after):
    process = writer(tmp_path, "killed", 10_000)
    told = [process.stdout.readline() for _ in range(after)]
    time.sleep(0.003 * after)
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    kept = Conversations(tmp_path)
    turns = kept.get(1).turns
    acknowledged = sum(line.endswith("\n") for line in told)
    assert 2 * acknowledged <= len(turns) <= 2 * acknowledged + 2
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    assert all(turn.answer == answered(turn.answer.question) for turn in turns)
    with sqlite3.connect(kept.path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    db.close()
    assert kept.append(kept.get(1), answered("and then?")).turns[-1].number == len(turns) + 1
