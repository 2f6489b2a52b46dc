"""Rows of the file of conversations, from and to values, and the statements that several operations share."""

from __future__ import annotations

import json
import sqlite3

from assistant.answer import Answer
from assistant.memory.among import among_of, among_text
from assistant.memory.conversation import Overview, Turn, moment_of, said, title_of, written
from assistant.memory.errors import ConversationsError

__all__ = [
    "OVERVIEW",
    "drop_words",
    "insert_conversation",
    "insert_turn",
    "next_number",
    "overview_of",
    "storable",
    "turns_of",
]

OVERVIEW = """
SELECT conversation.id, name, begun_at, changed_at, count(turn.key),
       (SELECT question FROM turn WHERE turn.conversation = conversation.id ORDER BY n LIMIT 1)
FROM conversation LEFT JOIN turn ON turn.conversation = conversation.id
"""


def insert_conversation(db: sqlite3.Connection, values: tuple[str, str | None, str, str]) -> int:
    """Insert a conversation without turns (owner, name, times of its first and its last turn); returns its number."""
    statement = "INSERT INTO conversation (owner, name, begun_at, changed_at) VALUES (?, ?, ?, ?)"
    return int(db.execute(statement, values).lastrowid or 0)


def insert_turn(db: sqlite3.Connection, conversation: int, turn: Turn) -> None:
    """Insert a turn; its words are found by a search from then on."""
    answer = turn.answer  # kept in ASCII, which holds any text, also lone surrogates
    db.execute(
        "INSERT INTO turn (conversation, n, asked_at, question, said, answer, among) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (conversation, turn.number, written(turn.asked_at), storable(answer.question), storable(said(answer)),
         json.dumps(answer.to_dict(), separators=(",", ":")), among_text(turn.among)),
    )  # fmt: skip


def next_number(db: sqlite3.Connection, conversation: int) -> int:
    """The number of the next turn of a conversation."""
    row = db.execute("SELECT max(n) FROM turn WHERE conversation = ?", (conversation,)).fetchone()
    return int(row[0] or 0) + 1


def turns_of(db: sqlite3.Connection, conversation: int) -> tuple[Turn, ...]:
    """The turns of a conversation, oldest first.

    Raises:
        ConversationsError: one of them is not what was written.
    """
    rows = db.execute("SELECT n, asked_at, answer, among FROM turn WHERE conversation = ? ORDER BY n", (conversation,))
    turns = []
    for n, asked_at, answer, among in rows:
        try:
            turns.append(Turn(n, moment_of(asked_at), Answer.from_dict(json.loads(answer)), among_of(among)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ConversationsError(
                f"turn {n} of conversation {conversation} is damaged; delete the conversation "
                f"(`dateline conversations delete {conversation}`), or bring back the file from a backup."
            ) from None
    return tuple(turns)


def overview_of(row: tuple[int, str | None, str, str, int, str | None]) -> Overview:
    """The overview in a row of OVERVIEW."""
    number, name, begun_at, changed_at, questions, question = row
    return Overview(number, title_of(name, question or ""), questions, moment_of(begun_at), moment_of(changed_at))


def drop_words(db: sqlite3.Connection) -> None:
    """Make the word index anew from what is left: a deletion alone leaves the words in the file."""
    db.execute("INSERT INTO words (words) VALUES ('optimize')")


def storable(text: str) -> str:
    """The text as SQLite can hold and search it: without NUL and lone surrogates, which become U+FFFD."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
