"""Exact match and F1 by the rules of the official SQuAD 2.0 evaluation; whether a text contains an answer."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b", re.UNICODE)
_PUNCTUATION = str.maketrans("", "", string.punctuation)
# The official rules know ASCII punctuation only. Newspapers print other quotation marks and dashes.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": " ", "\u00a0": " ", "…": " "})


def normalize(text: str) -> str:
    """Lower case, without ASCII punctuation, without articles, single spaces: in this order, as the official rules."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def tokens(text: str) -> list[str]:
    """The normalised words of a text."""
    return normalize(text).split()


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """1 if the prediction equals an answer after normalisation. No answers: 1 if the prediction is empty."""
    return max(float(normalize(prediction) == normalize(answer)) for answer in _gold(answers))


def f1(prediction: str, answers: Sequence[str]) -> float:
    """Overlap of words, best over the answers. No answers: 1 if the prediction is empty."""
    return max(_f1(tokens(prediction), tokens(answer)) for answer in _gold(answers))


def contains(text: str, answer: str) -> bool:
    """Whether the words of an answer stand in a text one after the other. `10` does not stand in `210`."""
    wanted, there = tokens(answer.translate(_PLAIN)), tokens(text.translate(_PLAIN))
    return bool(wanted) and any(
        there[n : n + len(wanted)] == wanted for n in range(len(there) - len(wanted) + 1) if there[n] == wanted[0]
    )


def contains_any(text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in a text."""
    return any(contains(text, answer) for answer in answers)


def _gold(answers: Sequence[str]) -> list[str]:
    # The official rules drop answers that normalise to nothing, and take the empty string where none is left.
    return [answer for answer in answers if normalize(answer)] or [""]


def _f1(predicted: list[str], wanted: list[str]) -> float:
    if not predicted or not wanted:
        return float(predicted == wanted)
    shared = sum((Counter(predicted) & Counter(wanted)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(predicted), shared / len(wanted)
    return 2 * precision * recall / (precision + recall)
