"""Which sentences tell a story in short: four to six of them, verbatim, no two saying the same.

The weights were chosen on newsroom_dev's 44 overview questions, each asked of its article: with six sentences .93 have
one of the evidence among them, and .74 of all evidence is. The network's score counts most; with place and likeness
between none and twice these, and any diversity up to 1, it is within .03.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reader import Candidate
from index import Article, Embedding, Sentence
from index.language.words import folded, words

_LEAST, _MOST = 4, 6  # sentences of a briefing
_LEAD, _CENTRAL, _HANGS, _ALIKE = 1.0, 0.5, 0.4, 0.8
_LEADS = 2.0  # over several articles: leads were written to stand by themselves
_ENDING, _OPENING = 2.0, 0.5  # over several days: the lead of the newest article, and that of the oldest
_NEWS = 4.0  # where it is asked what is new: the newest day, and half of it a week before
_WEEK = dt.timedelta(days=7)
_BESIDE = 3.0  # how far below the best score a sentence is beside the point
SAME = 0.85  # the cosine from which on two sentences say the same, or one its newer form
_POOL = 40  # sentences that are embedded: 2 ms each
_SHORTEST = 6  # words of a sentence that tells something
_PER_ARTICLE = 2

_ENDS = re.compile(r"""[.!?…]["'”’»)\]]*+\s*+$""")
# What leans on the sentence before it.
_LEANS = re.compile(
    r"""\W*(?:he|she|they|it|his|her|their|its|this|that|these|those|but|and|or|so|such|both|another|the\s(?:other|former
    |latter|two|three|same)|in\saddition|however|meanwhile|instead|there|then|also|here)\b""",
    re.I | re.X,
)
_SIGNED = re.compile(r"\W*(?:by|photo|picture|image|video|reporting|editing|source|read more|follow us)\b", re.I)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that a briefing or a timeline may show.

    Attributes:
        article, sentence: which one.
        place: its number in its article; the lead has 0.
        score: how well it answers, comparable among the sentences of one question.
        odds: log-odds that it answers, by the network alone.
    """

    article: Article
    sentence: Sentence
    place: int
    score: float = 0.0
    odds: float = 0.0

    @classmethod
    def of(cls, candidate: Candidate) -> Telling:
        """What a Reader found."""
        within = next(n for n, each in enumerate(candidate.hit.sentences) if each.start == candidate.sentence.start)
        place = candidate.passage.first + within
        before = candidate.article.text[candidate.article.body : candidate.sentence.start]
        return cls(
            candidate.article, candidate.sentence, place if before.strip() else 0, candidate.score, candidate.odds
        )

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.sentence.start : self.sentence.end]

    @property
    def leans(self) -> bool:
        """Whether it is understood only with the sentence before it: "He was received with silence"."""
        return self.place > 0 and _LEANS.match(self.text) is not None


def is_prose(text: str) -> bool:
    """Whether a sentence tells something by itself: no heading, byline, caption, question, or scrap."""
    said = words(text)
    return (
        len(said) >= _SHORTEST
        and _ENDS.search(text) is not None
        and not text.rstrip(" \"'”’»)]").endswith("?")
        and not (_SIGNED.match(text) and len(said) < 2 * _SHORTEST)
        and any(word[:1].islower() for word in text.split())
    )


def choose(
    tellings: Sequence[Telling], embedding: Embedding, *, limit: int = _MOST, latest: bool = False
) -> list[Telling]:
    """The sentences of a briefing, in order of time.

    Args:
        tellings: all that there are to choose from.
        embedding: says how alike two of them are.
        limit: how many at most.
        latest: whether it is asked what is new.
    """
    valued, alike = worth(tellings, embedding)
    if latest:
        valued = {each: value + _NEWS * _newness(each, valued) for each, value in valued.items()}
    leaning = [each for each in valued if each.leans]
    while True:
        chosen = _chosen(valued, alike, limit)
        shown = {(each.article.id, each.place) for each in chosen}
        alone = [one for one in chosen if one in leaning and (one.article.id, one.place - 1) not in shown]
        if not alone or len(alone) == len(valued):
            return oldest_first(chosen)
        valued = {each: value for each, value in valued.items() if each not in alone}


def _chosen(valued: Mapping[Telling, float], alike: Callable[[Telling, Telling], float], limit: int) -> list[Telling]:
    """The best of them, one after the other, each for what it adds to those before it."""
    each_may = max(_PER_ARTICLE, -(-limit // max(1, len({one.article.id for one in valued}))))
    chosen: list[Telling] = []
    rest = list(valued)
    while rest and len(chosen) < limit:
        best = max(
            rest, key=lambda one: valued[one] - _ALIKE * max((alike(one, other) for other in chosen), default=0.0)
        )
        same = [one for one in rest if alike(one, best) >= SAME]
        best = max(same, key=lambda one: (one.article.date or dt.date.min, valued[one]))  # in its newest form
        chosen.append(best)
        full = sum(one.article.id == best.article.id for one in chosen) >= each_may
        rest = [one for one in rest if one not in same and not (full and one.article.id == best.article.id)]
    return chosen


def worth(
    tellings: Sequence[Telling], embedding: Embedding
) -> tuple[dict[Telling, float], Callable[[Telling, Telling], float]]:
    """What each sentence that tells something is worth by itself, and how alike two of them are (cosine).

    Of a text that several articles have, the earliest is taken.
    """
    pool = _pool(tellings)
    cosines = _cosines(embedding.encode([folded(each.text) for each in pool]))
    values = _values(pool, cosines) if pool else np.zeros(0)
    at = {each: n for n, each in enumerate(pool)}
    valued = {each: float(values[n]) for each, n in at.items()}
    return valued, lambda one, other: float(cosines[at[one], at[other]])


def oldest_first(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings in order of time, those of one article as it has them; those without a date last."""
    return sorted(tellings, key=lambda each: (each.article.date or dt.date.max, each.article.id, each.place))


def _pool(tellings: Sequence[Telling]) -> list[Telling]:
    """What is worth a look, by its score and place, each text once: from the earliest of its articles."""
    prose = [each for each in tellings if is_prose(each.text)]
    if len(prose) < _LEAST:  # an article of headings and scraps has nothing better
        prose = list(tellings)
    once: dict[str, Telling] = {}
    for each in oldest_first(prose):
        once.setdefault(" ".join(words(each.text)), each)
    return sorted(once.values(), key=lambda each: (each.place > 0, -each.score))[:_POOL]


def _values(pool: Sequence[Telling], alike: NDArray[np.float32]) -> NDArray[np.float64]:
    """What each sentence is worth before others are chosen."""
    several = len({each.article.id for each in pool}) > 1
    network = _standard([each.score for each in pool])
    central = _standard(alike.mean(axis=1))
    early = np.array([1 / (1 + each.place / 2) for each in pool])
    hangs = np.array([_LEANS.match(each.text) is not None for each in pool])
    if several:  # the lead of an article that only mentions what is asked about tells of something else
        top = max(each.score for each in pool)
        early *= _LEADS / _LEAD * np.array([each.score >= top - _BESIDE for each in pool])
    ends = np.array([_end_of(each, pool) if several and early[n] else 0.0 for n, each in enumerate(pool)])
    return np.asarray(network + _LEAD * early + _CENTRAL * central - _HANGS * hangs + ends)


def _newness(each: Telling, others: Iterable[Telling]) -> float:
    """1 for what is of the newest day of these, half for a week before, and so on; 0 for what has no day."""
    newest = max((one.article.date for one in others if one.article.date), default=None)
    if each.article.date is None or newest is None:
        return 0.0
    return float(0.5 ** ((newest - each.article.date) / _WEEK))


def _end_of(each: Telling, pool: Sequence[Telling]) -> float:
    """What it is worth to say how a story began, or how it stands."""
    days = [one.article.date for one in pool if one.article.date and one.place == 0]
    if each.place or not days or each.article.date is None:
        return 0.0
    return _ENDING * (each.article.date == max(days)) + _OPENING * (each.article.date == min(days))


def _standard(values: Sequence[float] | NDArray[np.float32]) -> NDArray[np.float64]:
    """The values with mean 0 and deviation 1."""
    found = np.asarray(values, dtype=np.float64)
    return np.asarray((found - found.mean()) / (found.std() or 1.0))


def _cosines(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return np.asarray(unit @ unit.T)
