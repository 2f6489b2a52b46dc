"""`dateline chat` as a user at a terminal has it."""

import sys
import time

import pytest

from assistant.memory import Conversation, Conversations

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.assistant.cli.terminals import COMMAND, CTRL_C, CTRL_D, UP, Terminal
from tests.assistant.cli.test_chat import copy_of
from tests.assistant.memory.samples import answered

DISPLACED = "how many displaced?"
PROMPT = "\n> "

# The first question takes as long as nobody would wait for its answer.
SLOW = """
import time
from assistant import Assistant
stream = Assistant.stream
def slow(*arguments, **more):
    Assistant.stream = stream
    print("searching", flush=True)
    time.sleep(600)
Assistant.stream = slow
"""


@pytest.fixture
def home(seed_home, tmp_path):
    return copy_of(seed_home, tmp_path)


def test_an_evening_at_the_terminal(home):
    with Terminal("chat", "--home", home) as terminal:
        terminal.read_until(PROMPT)
        terminal.type(f"{DISPLACED}\r")
        shown = terminal.read_until(PROMPT)
        assert "\x1b[1mapproximately 14,000 residents\x1b[0m to flee" in shown
        assert "[1] Russian and Syrian Airstrikes" in shown
        # Python's readline sleeps through a Ctrl-C that comes between two keys, before it waits for the next one. So it
        # is given the time that a person takes: the echo, and a moment more on a busy machine.
        terminal.type("half a question")
        terminal.read_until("half a question")
        time.sleep(1)
        terminal.type(CTRL_C)
        assert "Ctrl-D or /quit" in terminal.read_until(PROMPT)
        terminal.type("/sorces\r")
        assert "did you mean /sources?" in terminal.read_until(PROMPT)
        terminal.type("\r")
        terminal.read_until(PROMPT)
        terminal.type(f"{UP}{UP}\r")  # past the command, the question again
        assert "14,000" in terminal.read_until(PROMPT)
        terminal.type("/quit\r")
        assert terminal.read_to_end()[1] == 0
    assert [turn.answer.question for turn in Conversations(home).get(1).turns] == [DISPLACED, DISPLACED]

    # Another day: arrow keys bring the question back, a question that takes too long is stopped, the chat goes on.
    with Terminal("chat", "--continue", "--home", home, code=SLOW + COMMAND) as terminal:
        assert "Going on with 1: how many displaced? (2 questions)" in terminal.read_until(PROMPT)
        assert "14,000" in terminal.read_until(PROMPT)  # the last question was shown like one at a prompt
        terminal.type(UP)
        terminal.read_until(DISPLACED)
        terminal.type("\r")
        terminal.read_until("searching")
        terminal.type(CTRL_C)
        assert "(stopped)" in terminal.read_until(PROMPT)
        terminal.type(f"{DISPLACED}\r")
        assert "14,000" in terminal.read_until(PROMPT)
        terminal.type(CTRL_D)
        assert terminal.read_to_end()[1] == 0
    assert len(Conversations(home).get(1).turns) == 3


def test_deleting_asks_first(tmp_path):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answered())
    for typed, said, code, left in (("\r", "Nothing was deleted.", 1, 1), ("y\r", "Deleted 1 conversation.", 0, 0)):
        with Terminal("conversations", "delete", "1", "--home", tmp_path) as terminal:
            terminal.read_until("Delete “how many displaced?”? This cannot be undone. [y/N]")
            terminal.type(typed)
            shown, exit_code = terminal.read_to_end()
        assert said in shown
        assert exit_code == code
        assert len(kept.overviews()) == left
