"""Questions that an article may well answer, made from its sentences by a few patterns. Whether it does is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import Article

__all__ = ["candidates"]

_LENGTH = 90
"""Characters of a question that still fits on a button."""

_NAME = r"[A-Z][\w'’-]+(?: (?:al-|bin |de |van |von )?[A-Z][\w'’-]+){1,3}"
_PATTERNS = (
    # 301 people have been killed; at least 12 workers were injured
    (re.compile(r"\b\d[\d,.]* ([a-z]+(?: [a-z]+)?) ((?:have|had) been|were) ([a-z]+ed)\b"), "How many {0} {1} {2}?"),
    # forced approximately 14,000 residents to flee
    (
        re.compile(r"\b(forced|ordered|allowed|led) (?:[a-z]+ ){0,2}\d[\d,.]* ([a-z]+) to ([a-z]+)"),
        "How many {1} were {0} to {2}?",
    ),
    (re.compile(rf"[”\"],? said ({_NAME})"), "What did {0} say?"),
    (re.compile(rf"\b({_NAME}) (?:said|told|announced|warned)\b"), "What did {0} say?"),
    # Rami Abdel Rahman, director of; HTS, which emerged as
    (re.compile(rf"\b({_NAME}), (?:an? |the )?(?:[a-z]+ ){{1,4}}of\b"), "Who is {0}?"),
    (re.compile(rf"\b({_NAME}), (?:which|a|an|the) "), "What is {0}?"),
    (re.compile(rf"\b({_NAME}) (?:won|beat|defeated) ((?:the )?{_NAME})"), "Who did {0} beat?"),
    (re.compile(r"\b([Tt]he [a-z]+(?: [a-z]+)?) (?:cost|costs) [$€£]?\d"), "How much does {0} cost?"),
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
