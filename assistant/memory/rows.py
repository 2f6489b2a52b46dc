"""Rows of the file of conversations, from and to values: turns, feedback, and what a search finds."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.answer import Answer
from assistant.memory.conversation import Overview, Turn, moment_of, said, title_of, written
from assistant.memory.file import ConversationsError
from assistant.visible import one_line
from index.document import Document
from index.errors import UsageError
from index.store.catalogue import ArticleFilter

Kind = Literal["up", "down", "wrong_citation"]

_WORD = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[^\W_]+")
_EXCERPT = 16
"""Words of an excerpt."""

OVERVIEW = """
SELECT conversation.id, name, begun_at, changed_at, count(turn.key),
       (SELECT question FROM turn WHERE turn.conversation = conversation.id ORDER BY n LIMIT 1)
FROM conversation LEFT JOIN turn ON turn.conversation = conversation.id
"""


@dataclass(frozen=True, slots=True)
class Feedback(Document):
    """What was thought of an answer (`up`, `down`), or of one of its citations (`wrong_citation`)."""

    kind: Kind
    marker: int | None = None
    """The citation that is wrong."""
    note: str = ""
    given_at: dt.datetime | None = None

    @property
    def remark(self) -> str:
        """What it says, in words."""
        what = {"up": "thumb up", "down": "thumb down", "wrong_citation": f"citation [{self.marker}] is wrong"}
        return f"{what[self.kind]}: {self.note}" if self.note.strip() else what[self.kind]


def insert_conversation(db: sqlite3.Connection, values: tuple[str, str | None, str, str]) -> int:
    """Insert a conversation without turns (owner, name, times of its first and its last turn); returns its number."""
    statement = "INSERT INTO conversation (owner, name, begun_at, changed_at) VALUES (?, ?, ?, ?)"
    return int(db.execute(statement, values).lastrowid or 0)


def insert_turn(db: sqlite3.Connection, conversation: int, turn: Turn) -> None:
    """Insert a turn; its words are found by a search from then on."""
    answer = turn.answer
    db.execute(
        "INSERT INTO turn (conversation, n, asked_at, question, said, answer, among) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (conversation, turn.number, written(turn.asked_at), storable(answer.question), storable(said(answer)),
         as_kept(answer.to_dict()), None if turn.among is None else as_kept(turn.among.to_dict())),
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
            asked_of = None if among is None else ArticleFilter.from_dict(json.loads(among))
            turns.append(Turn(n, moment_of(asked_at), Answer.from_dict(json.loads(answer)), asked_of))
        except (ValueError, TypeError, AttributeError):
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


def as_kept(document: Mapping[str, Any]) -> str:
    """A document as text in ASCII, which holds any text, also lone surrogates."""
    return json.dumps(document, separators=(",", ":"))


def storable(text: str) -> str:
    """The text as SQLite can hold and search it: without NUL and lone surrogates, which become U+FFFD."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def give(db: sqlite3.Connection, conversation: int, turn: int, answer: Answer, feedback: Feedback) -> None:
    """Keep feedback in place of what was said of the same before. Within a transaction.

    Raises:
        UsageError: there is no such kind, or the answer has no citation with this marker.
    """
    if feedback.kind not in get_args(Kind):
        raise UsageError(f"feedback is one of {', '.join(get_args(Kind))}, not {feedback.kind!r}.")
    markers = {citation.marker for citation in (*answer.citations, *answer.closest)}
    if feedback.kind == "wrong_citation":
        if feedback.marker not in markers:
            raise UsageError(f"the answer has no citation [{feedback.marker}].")
    elif feedback.marker is not None:
        raise UsageError(f"feedback {feedback.kind!r} is about the whole answer; leave the marker out.")
    take_back(db, conversation, turn, feedback.marker)
    values = {
        "conversation": conversation,
        "turn": turn,
        "kind": feedback.kind,
        "marker": feedback.marker,
        "note": feedback.note,
        "given_at": written(dt.datetime.now(dt.UTC)),
    }
    db.execute("INSERT INTO feedback VALUES (:conversation, :turn, :kind, :marker, :note, :given_at)", values)


def take_back(db: sqlite3.Connection, conversation: int, turn: int, marker: int | None) -> None:
    """Forget what was said of an answer as a whole (no marker), or of one of its citations. Within a transaction."""
    db.execute(
        # The feedback that is about a whole answer has no marker.
        "DELETE FROM feedback WHERE conversation = ? AND turn = ? AND marker IS ?",
        (conversation, turn, marker),
    )


def feedback_of(db: sqlite3.Connection, conversation: int) -> dict[int, list[Feedback]]:
    """What users thought of the answers of a conversation, by turn, in the order in which it was given."""
    rows = db.execute(
        "SELECT turn, kind, marker, note, given_at FROM feedback WHERE conversation = ? ORDER BY turn, rowid",
        (conversation,),
    )
    found: dict[int, list[Feedback]] = {}
    for turn, kind, marker, note, given_at in rows:
        found.setdefault(turn, []).append(Feedback(kind, marker, note, moment_of(given_at)))
    return found


def query_of(words: str) -> str | None:
    """An FTS5 query for rows that have all these words or beginnings of words; None without words.

    Each word is a quoted string, in which FTS5 knows no operators.
    """
    wanted = [word for word in _words(words) if _WORD.search(word)]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in wanted) or None


def fits(words: str, name: str) -> bool:
    """Whether a name has all these words or beginnings of words in it, as FTS5 compares the words of turns."""
    has = _TOKEN.findall(_folded(name))
    return all(any(one.startswith(word) for one in has) for word in _TOKEN.findall(_folded(words)))


def _folded(text: str) -> str:
    """The text without case and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def excerpts(
    db: sqlite3.Connection, query: str, mine: str, values: Mapping[str, Any], limit: int
) -> Iterator[tuple[int, int, str]]:
    """The conversations that an FTS5 query finds, best first: number, the turn that fits best, and what it says there.

    Args:
        query: from `query_of`.
        mine: the SQL condition on table `conversation`, with its `values`.
    """
    rows = db.execute(
        f"SELECT turn.conversation, turn.n, snippet(words, -1, '', '', '…', {_EXCERPT}) FROM words "
        "JOIN turn ON turn.key = words.rowid JOIN conversation ON conversation.id = turn.conversation "
        f"WHERE words MATCH :query AND {mine} ORDER BY rank",
        {**values, "query": query},
    )
    seen: set[int] = set()
    for number, turn, excerpt in rows:
        if number not in seen:
            seen.add(number)
            yield number, turn, one_line(excerpt)
            if len(seen) == limit:
                return


def _words(text: str) -> list[str]:
    """The words of what a user typed; NUL and lone surrogates cannot be asked for."""
    return re.sub("[\0\ud800-\udfff]", " ", text).split()
