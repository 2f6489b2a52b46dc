"""Finding kept conversations by the words of their questions and answers (FTS5)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.visible import one_line

__all__ = ["excerpts", "fits", "query_of"]

_WORD = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[^\W_]+")
_EXCERPT = 16
"""Words of an excerpt."""


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
        db: the connection.
        query: from `query_of`.
        mine: the SQL condition on table `conversation`, with its `values`.
        limit: how many conversations.
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
