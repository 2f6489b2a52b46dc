"""Which articles tell one story: a pure function of what they say and when, the same in whatever order they came.

Two articles are alike as their leads are, by the embedding model, and as the names are that they share: a name counts
the more the fewer articles have it. The two groups of articles that are most alike in the mean become one, over and
over, until none are alike enough or too many days lie between them (average linkage). Names count most: one fire reads
like another, in another town.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.names import names
from index.language.words import folded

GROUPING = 1
"""Raise it when stories come out differently: those of a store are then made anew."""

_ALIKE = 0.2  # the mean likeness from which on two groups tell one story
_NAMES = 0.7  # the share of names in it
_QUIET = 14  # days without an article that end a story
_BUCKETS = 1024  # dimensions into which names are cast: articles that share none are alike by chance, within 0.03
_ROWS = 512  # groups that are compared with all others at once
_POSSESSIVE = re.compile(r"['’]s$")

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What is known of an article for grouping.

    Attributes:
        day: when it was published; one without a day may be of any story.
        lead: the vector [dimensions] of its first passage, of any length.
        names: its `name_marks`.
    """

    id: str
    day: dt.date | None
    lead: Floats
    names: NDArray[np.uint32]


def name_marks(text: str) -> NDArray[np.uint32]:
    """A number for each word of the names of a text, each once, in order of size. The word cannot be told from it."""
    said = {
        _POSSESSIVE.sub("", word)
        # Months and weekdays among them: reading the dates takes ten times as long, and too many articles have them.
        for name, _ in names(text, ())
        for word in folded(name).lower().split()
    }
    return np.array(sorted({zlib.crc32(word.encode("utf-8", "replace")) for word in said}), dtype=np.uint32)


def grouped(articles: Sequence[Telling]) -> dict[str, str]:
    """The story of each article, called by the id of its first article, which is its own where no other tells it."""
    ordered = sorted(articles, key=lambda each: (each.day or dt.date.max, each.id))
    if not ordered:
        return {}
    stories = _Stories(_vectors(ordered), [each.day for each in ordered])
    while stories.join():
        pass
    return {each.id: ordered[first].id for each, first in zip(ordered, stories.firsts(), strict=True)}


class _Stories:
    """Groups of articles, of which those that are each other's nearest become one in each round.

    A group stands at the place of its first article.

    Args:
        vectors: [articles, dimensions], of which the product of two says how alike they are. They are overwritten.
    """

    def __init__(self, vectors: Floats, days: Sequence[dt.date | None]) -> None:
        self._sums = vectors
        self._sizes = np.ones(len(vectors), dtype=np.float32)
        self._first = np.array([day.toordinal() if day else np.nan for day in days])
        self._last = self._first.copy()
        self._places = np.arange(len(vectors))
        self._into = self._places.copy()  # the group that each became part of
        self._nearest = np.zeros(len(vectors), dtype=np.intp)
        self._likeness = np.full(len(vectors), -np.inf, dtype=np.float32)
        self._look(self._places)

    def join(self) -> bool:
        """Join the groups that are each other's nearest; False where none are alike enough.

        In average linkage a group is never more alike to a third than both its parts were, so this comes to the same as
        to join the most alike two of all, again and again.
        """
        able = np.flatnonzero(self._likeness >= _ALIKE)
        if not len(able):
            return False
        nearest = self._nearest[able]
        mutual = (self._nearest[nearest] == able) & (able < nearest)
        if mutual.any():
            one, other = able[mutual], nearest[mutual]
        else:  # three that are alike to the last digit but one
            best = int(able[np.argmax(self._likeness[able])])
            one, other = np.sort([best, self._nearest[best]]).reshape(2, 1)
        self._sums[one] += self._sums[other]
        self._sizes[one] += self._sizes[other]
        self._first[one] = np.fmin(self._first[one], self._first[other])
        self._last[one] = np.fmax(self._last[one], self._last[other])
        self._into[other] = one
        self._likeness[other] = -np.inf
        self._look(np.flatnonzero((self._likeness >= _ALIKE) & np.isin(self._nearest, np.concatenate([one, other]))))
        return True

    def firsts(self) -> Places:
        """The place of the first article of each article's story."""
        while not np.array_equal(self._into, self._into[self._into]):
            self._into = self._into[self._into]
        return self._into

    def _look(self, places: Places) -> None:
        """Find what is nearest to each of these groups."""
        alone = np.flatnonzero(self._into == self._places)
        for start in range(0, len(places), _ROWS):
            some = places[start : start + _ROWS]
            first, last = self._first[some, None], self._last[some, None]
            # Whatever is compared with NaN, for no day, is false: it is near to all.
            far = (self._first[alone] - last.max() > _QUIET) | (first.min() - self._last[alone] > _QUIET)
            others = alone[~far]
            alike = (self._sums[some] @ self._sums[others].T) / self._sizes[some, None] / self._sizes[others]
            far = (self._first[others] - last > _QUIET) | (first - self._last[others] > _QUIET)
            alike[far | (some[:, None] == others)] = -np.inf
            best = np.argmax(alike, axis=1)
            self._nearest[some] = others[best]
            self._likeness[some] = alike[np.arange(len(some)), best]
        for place in places:  # which may have come near to what was too many days away
            nearest = self._nearest[place]
            if self._likeness[place] > self._likeness[nearest]:
                self._nearest[nearest], self._likeness[nearest] = place, self._likeness[place]


def _vectors(articles: Sequence[Telling]) -> Floats:
    """Vectors [articles, dimensions] of which the product is the likeness of two articles."""
    leads = _unit(np.array([each.lead for each in articles], dtype=np.float32))
    marks = _unit(_names([each.names for each in articles]))
    return np.hstack([leads * np.float32((1 - _NAMES) ** 0.5), marks * np.float32(_NAMES**0.5)])


def _names(marks: Sequence[NDArray[np.uint32]]) -> Floats:
    """The names of articles as vectors [articles, buckets]: each in a bucket, which it raises or lowers."""
    found, which, often = np.unique(np.concatenate(marks), return_inverse=True, return_counts=True)
    rarity = np.where(often > 1, np.log((len(marks) + 1) / often), 0.0)  # one that no other has joins nothing
    worth = (rarity * np.where(found & 0x80000000, 1.0, -1.0)).astype(np.float32)
    vectors = np.zeros((len(marks), _BUCKETS), dtype=np.float32)
    rows = np.repeat(np.arange(len(marks)), [len(each) for each in marks])
    np.add.at(vectors, (rows, (found % _BUCKETS)[which]), worth[which])
    return vectors


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny))
