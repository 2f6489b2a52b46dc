"""What users thought of answers, kept beside them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.answer import Answer
from assistant.memory.conversation import moment_of, written
from index.errors import UsageError

__all__ = ["Feedback", "Kind", "feedback_of", "give", "take_back"]

Kind = Literal["up", "down", "wrong_citation"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user thought of an answer, or of one of its citations.

    Attributes:
        kind: "up" or "down" for the answer as a whole, "wrong_citation" for one citation.
        marker: that citation, else None.
        note: what the user wrote.
        given_at: when, in UTC; None before it is kept.
    """

    kind: Kind
    marker: int | None = None
    note: str = ""
    given_at: dt.datetime | None = None

    @property
    def remark(self) -> str:
        """What it says, in words."""
        what = {"up": "thumb up", "down": "thumb down", "wrong_citation": f"citation [{self.marker}] is wrong"}
        return f"{what[self.kind]}: {self.note}" if self.note.strip() else what[self.kind]

    def to_dict(self) -> dict[str, Any]:
        """The feedback as JSON has it."""
        given_at = None if self.given_at is None else written(self.given_at)
        return {"kind": self.kind, "marker": self.marker, "note": self.note, "given_at": given_at}


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
