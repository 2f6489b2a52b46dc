"""The standing questions of a home folder, each with what it was answered from day to day."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from typing import Any, cast

from assistant.answer import Answer
from assistant.memory import rows
from assistant.memory.conversation import moment_of, written
from assistant.memory.file import ConversationsError, NoWatchError, OwnedRows, forget_for_good
from assistant.memory.watch import Difference, Watch, WatchedAnswer, differences
from index.errors import UsageError
from index.store.catalogue import ArticleFilter
from index.store.state import RecordState

MOST = 200
"""How many standing questions one owner may have: each is asked after every change of the articles."""

_KEPT = 365
"""How many answers are kept of one question, the latest ones."""

_MINE = "(:owner IS NULL OR watch.owner = :owner)"  # those that the owner may see
_WATCH = "watch.id, question, among, begun_at, asked_at, looked"
_ANSWERS = f"SELECT {_WATCH}, n, since, differs, answer FROM watch JOIN watch_answer ON watch = watch.id WHERE {_MINE}"
_LATEST = "n = (SELECT max(n) FROM watch_answer WHERE watch = watch.id)"


class Watches(OwnedRows):
    """Standing questions. Safe to share between threads, and used by several processes at once, as conversations are.

    Args:
        owner: whose these are, as of conversations: no other owner's are found, changed or removed. None sees all, as
            the command line of the folder's owner does.

    Raises (all methods):
        ConversationsError: the file cannot be used.
    """

    # Keeping

    def add(self, answer: Answer, of: RecordState, among: ArticleFilter | None = None) -> WatchedAnswer:
        """Keep a question that was just answered. One that is kept already stays as it is.

        Args:
            of: what the record of articles said of itself before.

        Raises:
            UsageError: nothing was asked, or the owner has too many.
        """
        if answer.is_courtesy:
            raise UsageError("nothing is asked there; give a question.")
        owner, question = self._owner or "", rows.storable(answer.question)
        asked_of = None if among is None or among.or_all() is None else rows.as_kept(among.to_dict())
        with self._writing(create=True) as db:
            same = db.execute(
                "SELECT id FROM watch WHERE owner = ? AND question = ? AND among IS ?", (owner, question, asked_of)
            ).fetchone()
            if same is not None:
                return self._latest(db, same[0])
            (count,) = db.execute("SELECT count(*) FROM watch WHERE owner = ?", (owner,)).fetchone()
            if count >= MOST:
                raise UsageError(f"{MOST} questions are followed already, which is the most; remove one first.")
            now = written(dt.datetime.now(dt.UTC))
            key = db.execute(
                "INSERT INTO watch (owner, question, among, begun_at, asked_at, store, revision, looked) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                (owner, question, asked_of, now, now, of.store, of.revision),
            ).lastrowid
            db.execute("INSERT INTO watch_answer VALUES (?, 1, ?, '', ?)", (key, now, rows.as_kept(answer.to_dict())))
            return self._latest(db, key)

    def record(self, number: int, answer: Answer, of: RecordState) -> bool:
        """Keep what a question was answered now; True if it says something else than before.

        Args:
            of: what the record of articles said of itself before. Where another process asked it of later articles
                meanwhile, nothing is kept.

        Raises:
            NoWatchError: it was removed meanwhile.
        """
        with self._writing() as db:
            before = self._latest(db, number)
            store, revision = db.execute("SELECT store, revision FROM watch WHERE id = ?", (number,)).fetchone()
            if store == of.store and revision > of.revision:
                return False
            now, kept = written(dt.datetime.now(dt.UTC)), rows.as_kept(answer.to_dict())
            differs = differences(before.answer, answer)
            if differs:
                n = before.number + 1
                db.execute("INSERT INTO watch_answer VALUES (?, ?, ?, ?, ?)", (number, n, now, " ".join(differs), kept))
                db.execute("DELETE FROM watch_answer WHERE watch = ? AND n <= ?", (number, n - _KEPT))
            else:  # it says the same, perhaps at another place
                values = (kept, number, before.number)
                db.execute("UPDATE watch_answer SET answer = ? WHERE watch = ? AND n = ?", values)
            db.execute(
                "UPDATE watch SET asked_at = ?, store = ?, revision = ? WHERE id = ?",
                (now, of.store, of.revision, number),
            )
        return bool(differs)

    def look(self, seen: Iterable[WatchedAnswer]) -> None:
        """Note that the owner saw these answers. Who sees all looks for the command line alone."""
        with self._writing() as db:
            db.executemany(
                "UPDATE watch SET looked = max(looked, ?) WHERE id = ? AND owner = ?",
                [(each.number, each.watch.id, self._owner or "") for each in seen],
            )

    def remove(self, *numbers: int) -> None:
        """Remove questions and every trace of them in the file: all of them or none.

        Raises:
            NoWatchError: there is none with one of these numbers.
        """
        with self._writing() as db:
            for number in numbers:
                db.execute("DELETE FROM watch WHERE id = ?", (self._existing(db, number),))
        forget_for_good(self.path)

    # Finding

    def latest(self) -> list[WatchedAnswer]:
        """What each question is answered now, in the order in which they were begun."""
        return self._found(f"{_ANSWERS} AND {_LATEST} ORDER BY watch.id")

    def history(self, number: int) -> list[WatchedAnswer]:
        """What a question was answered, the latest first.

        Raises:
            NoWatchError: there is none with this number.
        """
        with self._reading() as db:
            key = self._existing(db, number)
            return [_answer_of(row) for row in db.execute(f"{_ANSWERS} AND id = :id ORDER BY n DESC", self._me(id=key))]

    def news(self, limit: int) -> list[WatchedAnswer]:
        """What all questions were answered, the latest first."""
        return self._found(f"{_ANSWERS} ORDER BY since DESC, watch.id DESC, n DESC LIMIT :limit", limit=limit)

    def due(self, of: RecordState) -> list[Watch]:
        """The questions that were not asked of the articles as they are now."""
        with self._reading() as db:
            found = db.execute(
                f"SELECT {_WATCH} FROM watch WHERE {_MINE} "
                "AND NOT (store = :store AND revision >= :revision) ORDER BY id",
                self._me(store=of.store, revision=of.revision),
            )
            return [_watch_of(row) for row in found]

    # The file

    def _found(self, query: str, **values: Any) -> list[WatchedAnswer]:
        with self._reading() as db:
            return [_answer_of(row) for row in db.execute(query, self._me(**values))]

    def _latest(self, db: sqlite3.Connection, number: int | None) -> WatchedAnswer:
        key = self._existing(db, number)
        return _answer_of(db.execute(f"{_ANSWERS} AND id = :id AND {_LATEST}", self._me(id=key)).fetchone())

    def _existing(self, db: sqlite3.Connection, number: int | None) -> int:
        if number is None or not self._has(db, "watch", number):
            raise NoWatchError(
                f"there is no standing question {number}; `dateline watch --list` names those that there are."
            )
        return number


def _watch_of(row: tuple[Any, ...]) -> Watch:
    number, question, among, begun_at, asked_at, looked = row
    try:
        asked_of = None if among is None else ArticleFilter.from_dict(json.loads(among))
        return Watch(number, question, asked_of, moment_of(begun_at), moment_of(asked_at), looked)
    except (ValueError, TypeError, AttributeError):
        raise _damaged(number) from None


def _answer_of(row: tuple[Any, ...]) -> WatchedAnswer:
    *watch, n, since, differs, answer = row
    try:
        said = Answer.from_dict(json.loads(answer))
        names = cast("tuple[Difference, ...]", tuple(differs.split()))
        return WatchedAnswer(_watch_of(tuple(watch)), n, moment_of(since), names, said)
    except (ValueError, TypeError, AttributeError):
        raise _damaged(watch[0]) from None


def _damaged(number: int) -> ConversationsError:
    return ConversationsError(
        f"the standing question {number} is damaged; remove it (`dateline watch --remove {number}`), or bring back the "
        "file from a backup."
    )
