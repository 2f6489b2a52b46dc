"""The conversations that are kept in the home folder."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, replace
from itertools import islice

from assistant.answer import Answer
from assistant.memory import rows
from assistant.memory.conversation import Conversation, Found, Overview, written
from assistant.memory.file import NoConversationError, OwnedRows, forget_for_good
from assistant.memory.rows import Feedback, Kind
from assistant.visible import one_line
from index.errors import UsageError
from index.store.catalogue import ArticleFilter

NAME_LENGTH = 200
"""Characters that the name of a conversation may have."""

_MINE = "(:owner IS NULL OR conversation.owner = :owner)"  # those that the owner may see
_OVERVIEWS = (
    f"{rows.OVERVIEW} WHERE {_MINE} "
    "GROUP BY conversation.id ORDER BY changed_at DESC, conversation.id DESC LIMIT :limit"
)


class Conversations(OwnedRows):
    """The conversations of one home folder. Safe to share between threads, and used by several processes at once.

    The file is opened for each operation and closed after it; nothing is kept of it in between.

    Args:
        owner: whose conversations these are, such as a hash of a browser session's secret: no other owner's are found,
            listed, changed or deleted. None sees all, as the command line of the folder's owner does.

    Raises (all methods):
        ConversationsError: the file cannot be used.
    """

    def check(self) -> None:
        """Raise what any other method would, if the file cannot be used."""
        with self._reading() as db:
            db.execute("SELECT id FROM conversation LIMIT 1").fetchone()

    # Keeping

    def append(self, conversation: Conversation, answer: Answer, among: ArticleFilter | None = None) -> Conversation:
        """Keep one turn more, in one transaction; with the first one, the conversation and all its turns so far.

        Returns:
            The conversation with the turn, and with its number; for a courtesy, which is no turn, what it was.

        Raises:
            NoConversationError: it was deleted meanwhile. It is not begun again: what was deleted stays so.
        """
        if answer.is_courtesy:
            return conversation
        grown = conversation.with_turn(answer, among)
        first, new = grown.turns[0], grown.turns[-1]
        with self._writing(create=True) as db:
            if conversation.id is None:
                name = rows.storable(conversation.name) if conversation.name else None
                values = (self._owner or "", name, written(first.asked_at), written(new.asked_at))
                key = rows.insert_conversation(db, values)
                for turn in grown.turns:
                    rows.insert_turn(db, key, turn)
                return replace(grown, id=key)
            key = self._existing(db, conversation.id)
            new = replace(new, number=rows.next_number(db, key))  # somebody else may have gone on with it too
            rows.insert_turn(db, key, new)
            db.execute("UPDATE conversation SET changed_at = ? WHERE id = ?", (written(new.asked_at), key))
        return replace(grown, turns=(*conversation.turns, new))

    def rename(self, number: int, name: str) -> None:
        """Give a conversation a name; an empty one makes its first question its title again.

        Raises:
            NoConversationError: there is none with this number.
            UsageError: the name is too long.
        """
        name = rows.storable(one_line(name))
        if len(name) > NAME_LENGTH:
            raise UsageError(f"the name has {len(name):,} characters; give one of at most {NAME_LENGTH:,} characters.")
        with self._writing() as db:
            key = self._existing(db, number)
            db.execute("UPDATE conversation SET name = ? WHERE id = ?", (name or None, key))

    def delete(self, *numbers: int) -> None:
        """Delete conversations, their feedback and every trace of their words in the file: all of them or none.

        Raises:
            NoConversationError: there is none with one of these numbers.
        """
        with self._writing() as db:
            for number in numbers:
                db.execute("DELETE FROM conversation WHERE id = ?", (self._existing(db, number),))
            rows.drop_words(db)
        forget_for_good(self.path)

    def delete_all(self) -> int:
        """Delete all conversations (of the owner, if there is one) as `delete` does; returns how many there were."""
        with self._writing() as db:
            count = db.execute(f"DELETE FROM conversation WHERE {_MINE}", self._me()).rowcount
            rows.drop_words(db)
        forget_for_good(self.path)
        return int(count)

    # Finding

    def get(self, number: int) -> Conversation:
        """A conversation with all its turns.

        Raises:
            NoConversationError: there is none with this number.
        """
        with self._reading() as db:
            key = self._existing(db, number)
            name = db.execute("SELECT name FROM conversation WHERE id = ?", (key,)).fetchone()[0]
            return Conversation(key, name, rows.turns_of(db, key))

    def chosen(self, number: int | None) -> Conversation:
        """The conversation with this number, or the one with the latest question.

        Raises:
            NoConversationError: there is none.
        """
        if number is None:
            latest = self.overviews(limit=1)
            if not latest:
                raise NoConversationError("no conversation is kept yet; `dateline chat` begins one.")
            number = latest[0].id
        return self.get(number)

    def overviews(self, limit: int | None = None) -> list[Overview]:
        """The conversations, the one with the latest question first."""
        with self._reading() as db:
            found = db.execute(_OVERVIEWS, self._me(limit=-1 if limit is None else limit))
            return [rows.overview_of(row) for row in found]

    def search(self, words: str, limit: int = 20) -> list[Found]:
        """The conversations that have all these words in one question with its answer, or in their name; best first.

        A word may be the beginning of one; case and accents make no difference.
        """
        query = rows.query_of(words)
        if query is None:
            return []
        with self._reading() as db:
            found = {key: (turn, text) for key, turn, text in rows.excerpts(db, query, _MINE, self._me(), limit)}
            listed = db.execute(_OVERVIEWS, self._me(limit=-1)).fetchall()
        overviews = {row[0]: rows.overview_of(row) for row in listed}
        named = [row[0] for row in listed if row[1] is not None and rows.fits(words, row[1])]
        order = {**dict.fromkeys(named, (None, "")), **found}
        best = islice(order.items(), limit)
        return [Found(**asdict(overviews[key]), turn=turn, excerpt=text) for key, (turn, text) in best]

    def questions(self, limit: int = 1_000) -> list[str]:
        """The last questions of all conversations, oldest first, each once: what arrow keys bring back."""
        with self._reading() as db:
            found = db.execute(
                "SELECT question FROM turn JOIN conversation ON conversation.id = turn.conversation "
                f"WHERE {_MINE} GROUP BY question ORDER BY max(asked_at) DESC, max(turn.key) DESC LIMIT :limit",
                self._me(limit=limit),
            ).fetchall()
        return [row[0] for row in reversed(found)]

    # What users thought of the answers

    def give_feedback(self, number: int, turn: int, kind: Kind, marker: int | None = None, note: str = "") -> None:
        """Note what a user thought of an answer, in place of what they thought of the same before.

        Raises:
            NoConversationError: there is no such conversation or turn.
            UsageError: the answer has no citation with this marker.
        """
        answer = next((each.answer for each in self.get(number).turns if each.number == turn), None)
        if answer is None:
            raise NoConversationError(f"there is no answer {turn} in conversation {number}.")
        with self._writing() as db:
            rows.give(db, self._existing(db, number), turn, answer, Feedback(kind, marker, rows.storable(note)))

    def take_back(self, number: int, turn: int, marker: int | None = None) -> None:
        """Forget what a user thought of an answer, or with a marker, of that citation. It need not have been said.

        Raises:
            NoConversationError: there is no conversation with this number.
        """
        with self._writing() as db:
            rows.take_back(db, self._existing(db, number), turn, marker)

    def feedback(self, number: int) -> dict[int, list[Feedback]]:
        """What users thought of the answers of a conversation, by turn.

        Raises:
            NoConversationError: there is none with this number.
        """
        with self._reading() as db:
            return rows.feedback_of(db, self._existing(db, number))

    def judged(self) -> list[int]:
        """The numbers of the conversations that have feedback, oldest first."""
        with self._reading() as db:
            found = db.execute(
                f"SELECT id FROM conversation WHERE {_MINE} AND id IN (SELECT conversation FROM feedback) ORDER BY id",
                self._me(),
            )
            return [row[0] for row in found]

    # The file

    def _existing(self, db: sqlite3.Connection, number: int | None) -> int:
        if number is None or not self._has(db, "conversation", number):
            raise NoConversationError(
                f"there is no conversation {number}; `dateline conversations list` names those that there are."
            )
        return number
