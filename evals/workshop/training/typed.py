"""Questions as people type them: the training sets hold whole sentences only."""

from __future__ import annotations

import random
import re

from index.language.words import STOP_WORDS

_ASKS = re.compile(
    r"\b(?:how (?:many|much|long|old|far|often|big|large|high|tall)|who|whom|whose|when|where|why|what|which)\b", re.I
)
_WORD = re.compile(r"[\w\u2019'-]+")
_MOST = 5
_SHARE_STOP_WORDS = 0.3


def as_typed(question: str, chance: random.Random) -> str:
    """The question word, one to five of the words that matter and some of the small ones, in lower case, with or
    without a question mark; the question as it was where it has no question word.
    """
    asks = _ASKS.search(question)
    if not asks:
        return question
    rest = _WORD.findall(question[asks.end() :])
    matter = [n for n, word in enumerate(rest) if word.lower() not in STOP_WORDS]
    if not matter:
        return question
    kept = set(chance.sample(matter, min(len(matter), chance.randint(1, _MOST))))
    small = {n for n in range(len(rest)) if n not in matter and chance.random() < _SHARE_STOP_WORDS}
    words = [word for n, word in enumerate(rest) if n in kept | small]
    return " ".join([asks[0], *words]).lower() + chance.choice(("?", ""))
