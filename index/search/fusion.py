"""Ranking after retrieval, as pure functions: fusion of scores, nearness in time, folding of near-duplicates."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.language.numerals import MAGNITUDES, ONES, TENS
from index.search.tuning import DATE_HALF_LIFE, DATE_WEIGHT, DENSE_SHARE, SAME_TEXT, SHINGLE, SIBLING_SHARE

Scored = Sequence[tuple[str, float]]
"""Items with their scores, best first."""

_WORDS = re.compile(r"\w+")
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join([*ONES[2:], *TENS, *MAGNITUDES, 'dozen', 'half'])})s?\b")


def convex_combination(rankings: Sequence[tuple[Scored, Scored]], dense_share: float = DENSE_SHARE) -> dict[str, float]:
    """Scores from 0 to the number of queries: for each the weighted mean of both searches' scores, each over its best.

    The convex combination of Bruch et al. (2023), here over the best score. It keeps what ranks lose: by how much the
    first is better. What a search does not bring counts as its last, for it is no better; but what a keyword search
    does not bring that brings less than the dense one, and so had no more to bring, has none of the words: nothing.

    Args:
        rankings: for each query, items by cosine, and items by BM25.
    """
    items = (item for dense, keyword in rankings for item, _ in (*dense, *keyword))
    scores = dict.fromkeys(items, 0.0)
    for dense, keyword in rankings:
        had_more = len(keyword) >= len(dense)
        for part, share, rest in ((dense, dense_share, True), (keyword, 1 - dense_share, had_more)):
            found = {item: max(0.0, score) for item, score in part}
            best = max(found.values(), default=0.0) or 1.0
            least = min(found.values(), default=0.0) if rest else 0.0
            for item in scores:
                scores[item] += share * found.get(item, least) / best
    return scores


def with_siblings(
    scores: Mapping[str, float], group_of: Mapping[str, str], share: float = SIBLING_SHARE
) -> dict[str, float]:
    """The scores, each with a share of the best other one of its group: passages of one article vouch for each other.

    Between ranking articles by their best passage alone and by the sum of all (Callan 1994).

    Args:
        scores: by item, none below 0.
    """
    best: dict[str, tuple[float, float]] = {}  # of each group the two highest
    for item, score in scores.items():
        first, second = best.get(group_of[item], (0.0, 0.0))
        best[group_of[item]] = (max(first, score), max(min(first, score), second))
    found = {}
    for item, score in scores.items():
        first, second = best[group_of[item]]
        found[item] = score + share * (second if score == first else first)
    return found


def date_prior(
    published: dt.date | None, asked: dt.date, *, half_life: float = DATE_HALF_LIFE, weight: float = DATE_WEIGHT
) -> float:
    """A factor from 1 to 1 + weight that prefers what was published shortly before a question was asked.

    Args:
        published: the article's day; None, and a day after `asked` by more than a day, give 1.
    """
    if published is None:
        return 1.0
    age = (asked - published).days
    if age < -1:
        return 1.0
    return 1.0 + weight * math.exp2(-max(0, age) / half_life)


def fold_duplicates(texts: Sequence[str], limit: int) -> list[list[int]]:
    """Group texts that are (nearly) the same, as copies by syndication are.

    Two texts are the same where the Jaccard similarity of their four-word shingles is at least .8 (Broder 1997), unless
    each has a number that the other has not: a report that was sent again with another figure is another report.

    Args:
        texts: best first.

    Returns:
        Positions in `texts`, grouped; the groups and the positions in each are in the order of `texts`.
    """
    groups: list[list[int]] = []
    sizes: list[int] = []
    figures: list[set[str]] = []
    holders: dict[int, list[int]] = {}  # the groups whose first text has a shingle
    for position, text in enumerate(texts):
        mine = _shingles(text)
        shared = Counter(group for shingle in mine for group in holders.get(shingle, ()))
        near = (g for g in sorted(shared) if shared[g] >= SAME_TEXT * (len(mine) + sizes[g] - shared[g]))
        has = set(_NUMBER.findall(text.lower()))
        twin = next((g for g in near if has <= figures[g] or figures[g] <= has), None)
        if twin is not None:
            groups[twin].append(position)
        elif len(groups) < limit:
            for shingle in mine:
                holders.setdefault(shingle, []).append(len(groups))
            groups.append([position])
            sizes.append(len(mine))
            figures.append(has)
    return groups


def _shingles(text: str) -> set[int]:
    """The hashes of the shingles: as good as the shingles, and nothing for the garbage collector to look at."""
    found = _WORDS.findall(text.lower())
    if len(found) < SHINGLE:
        return {hash(tuple(found))}
    return set(map(hash, zip(*(found[start:] for start in range(SHINGLE)), strict=False)))
