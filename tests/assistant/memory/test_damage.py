"""A file of conversations that cannot be used says so in one line, and is left as it is."""

import sqlite3

import pytest

from assistant.memory import Conversation, Conversations, ConversationsError
from tests.assistant.memory.samples import answered


def no_database(path):
    path.write_bytes(b"these are not conversations, and never were\n" * 200)


def cut_short(path):
    Conversations(path.parent).append(Conversation(), answered())
    path.write_bytes(path.read_bytes()[:5_000])


def overwritten_within(path):
    Conversations(path.parent).append(Conversation(), answered())
    path.write_bytes(path.read_bytes()[:4_096] + b"\xff" * 60_000)


def newer(path):
    Conversations(path.parent).append(Conversation(), answered())
    sql(path, "PRAGMA user_version = 4")


def of_another_program(path):
    sql(path, "CREATE TABLE recipe (name TEXT)")


def of_another_program_with_a_version(path):
    sql(path, "CREATE TABLE recipe (name TEXT)")
    sql(path, "PRAGMA user_version = 1")


def a_folder(path):
    path.mkdir()


def sql(path, statement):
    with sqlite3.connect(path) as db:
        db.execute(statement)
    db.close()


FAULTS = {
    no_database: "is damaged (file is not a database); move it away",
    cut_short: "is damaged (database disk image is malformed); move it away",
    overwritten_within: "is damaged (database disk image is malformed); move it away",
    newer: "made by a newer version of Dateline (conversations version 4, this program's is 3); update Dateline",
    of_another_program: "a database of another program; move it away",
    of_another_program_with_a_version: "cannot be used (no such table: turn)",
    a_folder: "cannot be used (",
}


@pytest.mark.parametrize("break_it", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_named_and_nothing_is_changed(tmp_path, break_it):
    kept = Conversations(tmp_path)
    break_it(kept.path)
    before = kept.path.read_bytes() if kept.path.is_file() else None
    for use in (kept.check, kept.overviews, lambda: kept.append(Conversation(), answered())):
        with pytest.raises(ConversationsError) as caught:
            use()
        message = str(caught.value)
        assert message.startswith(f"{kept.path}: ")
        assert FAULTS[break_it] in message
        assert "\n" not in message
    assert (kept.path.read_bytes() if kept.path.is_file() else None) == before


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(ConversationsError, match="check the folder"):
        Conversations(tmp_path / "home").append(Conversation(), answered())


def test_a_file_that_a_killed_program_had_only_just_made(tmp_path):
    kept = Conversations(tmp_path)
    kept.path.touch()
    assert kept.overviews() == []
    kept.append(Conversation(), answered())
    assert len(kept.overviews()) == 1


def test_another_program_that_reads_keeps_the_log_from_being_emptied(tmp_path):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answered())
    reader = sqlite3.connect(kept.path)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM turn").fetchall()
    try:
        with pytest.raises(ConversationsError, match="deleted, but another program is reading the file"):
            kept.delete(1)
    finally:
        reader.close()
    assert kept.overviews() == []


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "{}", '{"statements": [1], "citations": [], "closest": []}'])
def test_a_turn_that_is_not_what_was_written(tmp_path, text):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answered())
    sql(kept.path, f"UPDATE turn SET answer = '{text}'")
    with pytest.raises(ConversationsError, match="turn 1 of conversation 1 is damaged; delete the conversation"):
        kept.get(1)
    kept.delete(1)
    assert kept.overviews() == []
