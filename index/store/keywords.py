"""Searching the keyword index: BM25 in time that does not grow with how common a question's most common words are.

FTS5 scores every passage that has any of the words: in 114,000 passages 34,000 for the median question, 77,000 for one
in twenty, nearly all of them for words that say little. So the passages that have none of the rarer words are left
out: of the first ten that BM25 finds without this, all but three in a thousand are found with it (150 questions of
RealTimeQA), and what is found has the score that it has without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from index.language.words import folded

Rows = Callable[[str, Sequence[object]], list[Any]]
"""Runs a statement with values, and returns the rows."""

_WORD = re.compile(r"[^\W_]+")
_SCORED = 5000
# The sign keeps SQLite from looking up each of those rows in the index, one by one.
_AMONG = "+rowid IN (SELECT passage.key FROM passage JOIN article ON article.key = passage.article WHERE {condition})"
_COUNT = "SELECT count(*) FROM keyword WHERE keyword MATCH ?"
_SEARCH = (
    "SELECT passage.id, -hits.score FROM (SELECT rowid, bm25(keyword, 1.0, 1.0) AS score FROM keyword "
    "WHERE keyword MATCH ? AND {among} ORDER BY score LIMIT ?) AS hits JOIN passage ON passage.key = hits.rowid"
)


def words_of(text: str) -> list[str]:
    """The words to look for, each once, folded as those of the index are, which folds case in its own way."""
    found = _WORD.findall(folded(text))
    return list({word.lower(): word for word in found}.values())


def search_keywords(
    rows: Rows,
    words: Sequence[str],
    limit: int,
    *,
    among: tuple[str, Sequence[object]] | None = None,
    scored: int = _SCORED,
) -> list[tuple[str, float]]:
    """Passage ids with their BM25 scores (higher is better), best first.

    The words are parted as MaxScore does (Turtle and Flood 1995): rarest first, those are essential that about `scored`
    passages have between them, and the others only add to what the essential ones find.

    Args:
        words: without marks; they are stemmed by the index.
        among: an SQL condition on `article`, and its values; what fits is scored as it is among all.
        scored: how many passages may be scored, if the rarest word alone is not in more.
    """
    condition, values = among or ("true", ())
    search = _SEARCH.format(among=_AMONG.format(condition=condition) if among else condition)
    found = [row for query in _queries(*_parted(rows, words, scored)) for row in rows(search, (query, *values, limit))]
    return sorted(((i, float(score)) for i, score in found), key=lambda hit: (-hit[1], hit[0]))[:limit]


def search_both(rows: Rows, cues: Sequence[str], words: Sequence[str], limit: int) -> list[tuple[str, float]]:
    """Passage ids with their BM25 scores, best first, of the passages that have one of the cues and one of the words.

    Args:
        words: without marks.
    """
    if not cues or not words:
        return []
    query = f"({_any_of(cues)}) AND ({_any_of(words)})"
    found = rows(_SEARCH.format(among="true"), (query, limit))
    return sorted(((i, float(score)) for i, score in found), key=lambda hit: (-hit[1], hit[0]))


def _parted(rows: Rows, words: Sequence[str], scored: int) -> tuple[list[str], list[str]]:
    """The essential words, and the others."""
    counts = {word: int(rows(_COUNT, (_any_of([word]),))[0][0]) for word in words}
    essential: list[str] = []
    total = 0
    for word in sorted(counts, key=counts.__getitem__):
        if total and total + counts[word] > scored:
            break
        total += counts[word]
        essential.append(word)
    return essential, [word for word in counts if word not in essential]


def _queries(essential: Sequence[str], others: Sequence[str]) -> list[str]:
    """In the language of FTS5: the passages with one of the essential words, each in one query, and all its words."""
    must = _any_of(essential)
    if not others:
        return [must] if essential else []
    return [f"({must}) AND ({_any_of(others)})", f"({must}) NOT ({_any_of(others)})"]


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)
