"""A second, plainer look at statements, for measuring: their numbers, dates and quotations as strings.

It shares no code with the Verifier, so that what the Verifier misreads is not misread here in the same way. It knows
far less: a number that is the same but written in another way ("14 thousand" for "14,000") counts as missing here, and
is looked at by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]*)(?:[”\"»]|$)")
_NUMBER_WORDS = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen
    hundreds thousands millions billions dozens half third thirds quarter quarters twice double percent
    """.split()
)
_DAYS = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday yesterday tomorrow today
    """.split()
)


def missing(statement: str, sentences: Sequence[str]) -> dict[str, list[str]]:
    """What of a statement is in none of the sentences, as strings: under "number", "date" and "quotation"."""
    source = " ".join(sentences)
    numbers = {_digits(number) for number in _DIGITS.findall(source)}
    words = set(_WORD.findall(source.lower()))
    said = _WORD.findall(statement.lower())
    plain = _plain(source)
    found = {
        "number": [number for number in _DIGITS.findall(statement) if _digits(number) not in numbers]
        + [word for word in said if word in _NUMBER_WORDS and word not in words],
        "date": [word for word in said if word in _DAYS and not any(word[:3] == other[:3] for other in words)],
        "quotation": [text for text in _QUOTED.findall(statement) if _plain(text) not in plain],
    }
    return {kind: what for kind, what in found.items() if what}


def _digits(number: str) -> str:
    return number.replace(",", "")


def _plain(text: str) -> str:
    """The letters and digits of a text, so that marks and spaces do not matter."""
    return "".join(c for c in text.lower() if c.isalnum())
