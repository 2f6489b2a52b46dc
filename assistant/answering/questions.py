"""Questions that an article may well answer, made from its sentences by a few patterns. Whether it does is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import Article

__all__ = ["candidates"]

_LENGTH = 90
"""Characters of a question that still fits on a button."""

# Bounded, so that what is no name or number is not looked at again and again: no word of an article is longer.
_PART = r"[A-Z][\w'’-]{1,40}"
_NAME = rf"{_PART}(?: (?:al-|bin |de |van |von )?{_PART}){{1,3}}"
_NUMBER = r"\d[\d,.]{0,20}"
_WORD = "[a-z]{1,40}"
_PATTERNS = (
    # 301 people have been killed; at least 12 workers were injured
    (
        re.compile(rf"\b{_NUMBER} ({_WORD}(?: {_WORD})?) ((?:have|had) been|were) ({_WORD}ed)\b"),
        "How many {0} {1} {2}?",
    ),
    # forced approximately 14,000 residents to flee
    (
        re.compile(rf"\b(forced|ordered|allowed|led) (?:{_WORD} ){{0,2}}{_NUMBER} ({_WORD}) to ({_WORD})"),
        "How many {1} were {0} to {2}?",
    ),
    (re.compile(rf"[”\"],? said ({_NAME})"), "What did {0} say?"),
    (re.compile(rf"\b({_NAME}) (?:said|told|announced|warned)\b"), "What did {0} say?"),
    # Rami Abdel Rahman, director of; HTS, which emerged as
    (re.compile(rf"\b({_NAME}), (?:an? |the )?(?:{_WORD} ){{1,4}}of\b"), "Who is {0}?"),
    (re.compile(rf"\b({_NAME}), (?:which|a|an|the) "), "What is {0}?"),
    (re.compile(rf"\b({_NAME}) (?:won|beat|defeated) ((?:the )?{_NAME})"), "Who did {0} beat?"),
    (re.compile(rf"\b([Tt]he {_WORD}(?: {_WORD})?) (?:cost|costs) [$€£]?\d"), "How much does {0} cost?"),
)


def candidates(article: Article) -> Iterator[str]:
    """The questions, each once, in the order of what they were made from."""
    if article.title.endswith("?"):
        yield article.title
    found: list[tuple[int, str]] = []
    for pattern, question in _PATTERNS:
        found += [(m.start(), question.format(*m.groups())) for m in pattern.finditer(article.text, article.body)]
    asked = dict.fromkeys(question for _, question in sorted(found))
    yield from (question for question in asked if len(question) <= _LENGTH)
