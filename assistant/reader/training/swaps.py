"""Near misses: a question with one thing exchanged, so that its text is about the same and does not answer it.

People who write unanswerable questions exchange a name, a number or a word for one that fits as well, turn a word into
its contrary, or negate (Rajpurkar et al., 2018, table 1). So does this, by rule. Words that fit as well are the
neighbours of a word among the word embeddings of the encoder: "week" has "month", "tallest" has "longest".
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reader.thesaurus import concepts
from index.words import content_words

__all__ = ["NAME", "NUMBER", "Substitutes", "swap_in_question"]

NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w'-]+)*")
"""A name that does not begin a sentence."""

NUMBER = re.compile(r"\b\d[\d,.]*\b")
"""A number in digits."""

_CONTRASTS = (
    ("first", "last"), ("largest", "smallest"), ("biggest", "smallest"), ("most", "least"), ("more", "less"),
    ("highest", "lowest"), ("higher", "lower"), ("before", "after"), ("began", "ended"), ("begin", "end"),
    ("start", "finish"), ("started", "stopped"), ("increase", "decrease"), ("increased", "decreased"),
    ("oldest", "youngest"), ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"),
    ("won", "lost"), ("win", "lose"), ("born", "buried"), ("male", "female"), ("men", "women"),
    ("allowed", "forbidden"), ("best", "worst"), ("early", "late"), ("minimum", "maximum"), ("old", "new"),
    ("rural", "urban"), ("accept", "reject"), ("accepted", "rejected"), ("longest", "shortest"),
    ("always", "never"), ("public", "private"), ("arrive", "leave"), ("arrived", "left"), ("opened", "closed"),
    ("supported", "opposed"), ("support", "oppose"), ("buy", "sell"), ("bought", "sold"), ("import", "export"),
    ("above", "below"), ("inside", "outside"), ("failed", "succeeded"), ("majority", "minority"),
    ("strongest", "weakest"), ("added", "removed"), ("joined", "left"), ("gained", "lost"), ("legal", "illegal"),
    ("richest", "poorest"), ("common", "rare"), ("positive", "negative"), ("heavier", "lighter"), ("hot", "cold"),
)  # fmt: skip
_CONTRAST = {word: other for pair in _CONTRASTS for word, other in (pair, pair[::-1])}
_WORD = re.compile(r"(?<![\w'-])[a-z]{3,}(?![\w'-])")
_NEGATED = re.compile(r"\b(?:was|were|is|are|did|does|has|had|could|would)\b(?! not|n't)", re.IGNORECASE)
_ENDINGS = ("ing", "est", "ed", "er", "ly", "s")
_SHORTEST = 4  # letters of a word that is exchanged
_KIND_WEIGHTS = {"name": 3.0, "number": 3.0, "contrast": 3.0, "word": 3.0, "negation": 0.5}

Swap = tuple[int, int, str]


class Substitutes:
    """Words that could stand in the place of another one and mean something else.

    Args:
        questions: those the words are taken from; a word must stand in `least` of them.
        vectors: the embedding of each word that the encoder has one for.
        least: how often a word must be used, so that only ordinary words are put in.
    """

    _NEAREST, _FARTHEST = 0.5, 0.22  # nearer ones are mostly the same word or a synonym, farther ones do not fit
    _MOST = 12

    def __init__(
        self, questions: Iterable[str], vectors: Mapping[str, NDArray[np.float32]], *, least: int = 25
    ) -> None:
        used = Counter(word for question in questions for word in set(_WORD.findall(question)))
        known = (word for word, times in used.items() if times >= least and word in vectors and len(word) >= _SHORTEST)
        self._words = sorted(word for word in known if content_words(word))
        table = np.array([vectors[word] for word in self._words], dtype=np.float32)
        if len(table):
            table -= table.mean(axis=0)
            table /= np.linalg.norm(table, axis=1, keepdims=True)
        self._table = table
        self._places = {word: place for place, word in enumerate(self._words)}
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """Up to twelve words of the same ending, nearest first; none for a word that is not known."""
        place = self._places.get(word)
        if place is None:
            return ()
        if word not in self._found:
            near = self._table @ self._table[place]
            order = [n for n in np.argsort(-near, kind="stable").tolist() if self._FARTHEST <= near[n] <= self._NEAREST]
            others = [self._words[n] for n in order if _fits(word, self._words[n])]
            self._found[word] = tuple(others[: self._MOST])
        return self._found[word]


def _fits(word: str, other: str) -> bool:
    """Whether a word has the other's ending, and is neither of its family nor said for the same thing."""
    if word[:4] == other[:4] or _ending(word) != _ending(other):
        return False
    return not frozenset().union(*concepts(word)) & frozenset().union(*concepts(other))


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def swap_in_question(
    question: str,
    names: Sequence[str],
    numbers: Sequence[str],
    chance: random.Random,
    substitutes: Substitutes | None = None,
) -> str | None:
    """The question with one thing exchanged, or None where it has nothing to exchange.

    Args:
        question: a question that its text answers.
        names: other names that it could ask about.
        numbers: other numbers.
        chance: what draws.
        substitutes: words for words; without, contrary words and negation are all that is done to them.
    """
    kinds = {
        "name": list(_names(question, names, chance)),
        "number": list(_numbers(question, numbers, chance)),
        "contrast": [(*f.span(), _CONTRAST[f.group()]) for f in _WORD.finditer(question) if f.group() in _CONTRAST],
        "word": list(_words(question, substitutes, chance)),
        "negation": [(f.start(), f.end(), f.group() + "n't") for f in _NEGATED.finditer(question)][:1],
    }
    possible = [kind for kind, swaps in kinds.items() if swaps]
    if not possible:
        return None
    kind = chance.choices(possible, [_KIND_WEIGHTS[kind] for kind in possible])[0]
    start, end, other = chance.choice(kinds[kind])
    return question[:start] + other + question[end:]


def _names(question: str, names: Sequence[str], chance: random.Random) -> Iterable[Swap]:
    for found in NAME.finditer(question):
        others = [name for name in names if name not in question and found.group() not in name]
        if others:
            yield (*found.span(), chance.choice(others))


def _numbers(question: str, numbers: Sequence[str], chance: random.Random) -> Iterable[Swap]:
    for found in NUMBER.finditer(question):
        digits = found.group().rstrip(".,")
        others = [number for number in numbers if number != digits and len(number) == len(digits)]
        yield found.start(), found.start() + len(digits), chance.choice(others or [_other_number(digits, chance)])


def _words(question: str, substitutes: Substitutes | None, chance: random.Random) -> Iterable[Swap]:
    if substitutes is None:
        return
    for found in _WORD.finditer(question):
        others = [other for other in substitutes.of(found.group()) if other not in question]
        if others:
            yield (*found.span(), chance.choice(others))


def _other_number(digits: str, chance: random.Random) -> str:
    """A number that looks like the given one and differs from it."""
    place = chance.choice([position for position, sign in enumerate(digits) if sign.isdigit()])
    other = chance.choice([digit for digit in "123456789" if digit != digits[place]])
    return digits[:place] + other + digits[place + 1 :]
