"""Questions that an article may well answer, made from its sentences by a few patterns. Whether it does is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Article
from index.language.names import names
from index.language.words import STOP_WORDS

_LENGTH = 90
"""Characters of a question that still fits on a button."""

_ASKS = re.compile(r"(?:what|who|why|how|when|where|which|is|are|was|were|did|does|do|will|can)\b[^?]{12,}\?$", re.I)

# Bounded, so that what is no name or number is not looked at again and again: no word of an article is longer.
_PART = r"[A-Z][\w'’-]{1,40}"
_NAME = rf"{_PART}(?: (?:al-|bin |de |van |von )?{_PART}){{1,3}}"
_NUMBER = r"\d[\d,.]{0,20}"
_WORD = "[a-z]{2,40}"
_ROLE = (
    r"(?:director|head|chief|minister|mayor|president|chair|chairman|chairwoman|leader|founder|spokesman|spokeswoman"
    r"|professor|governor|secretary|commander|manager|captain|owner|editor)"
)
_PATTERNS = (
    # 301 people have been killed; at least 12 workers were injured
    (
        re.compile(rf"\b{_NUMBER} (?P<counted>{_WORD}(?: {_WORD})?) ((?:have|had) been|were) ({_WORD}ed)\b"),
        "How many {0} {1} {2}?",
    ),
    # forced approximately 14,000 residents to flee
    (
        re.compile(rf"\b(forced|ordered|allowed|led) (?:{_WORD} ){{0,2}}{_NUMBER} (?P<counted>{_WORD}) to ({_WORD})"),
        "How many {1} were {0} to {2}?",
    ),
    (re.compile(rf"[”\"],? said (?:the )?(?P<name>{_NAME})"), "What did {name} say?"),
    (re.compile(rf"\b(?:[Tt]he )?(?P<name>{_NAME}) (?:said|told|announced|warned)\b"), "What did {name} say?"),
    # Rami Abdel Rahman, director of
    (re.compile(rf"\b(?P<name>{_NAME}), (?:an? |the )?(?:{_WORD} ){{0,3}}{_ROLE} of\b"), "Who is {name}?"),
    # the Syrian Observatory, which is
    (re.compile(rf"\b(?:[Tt]he )?(?P<name>{_NAME}), which (?:is|was|runs|leads)\b"), "What is {name}?"),
    (re.compile(rf"\b(?P<name>{_NAME}) (?:beat|defeated) ((?:the )?{_NAME})"), "Who did {name} beat?"),
    (re.compile(rf"\b([Tt]he {_WORD}(?: {_WORD})?) cost [$€£]\d"), "How much did {0} cost?"),
)
_UNCOUNTED = STOP_WORDS | {"per", "percent", "cent", "others", "more", "fewer", "metres", "kilometres", "degrees"}
"""Words with which what was counted neither begins nor ends, or the question would be none."""
_DOES = re.compile(r"\s(?:said|told|announced|warned|beat|defeated)\b")
_OBJECT = re.compile(r"\b(?:of|at|in|for|from|by|near|to|on|with|about|against|behind|under)\s(?:the\s)?$")
_BEFORE = 80  # characters by which a name is told from the first word of a sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked.

    Attributes:
        question: as a user would type it.
        start: where in the text of the article stands what it was made from.
    """

    question: str
    start: int

    @property
    def kind(self) -> str:
        """What it begins with: "How many"."""
        return " ".join(self.question.split(maxsplit=2)[:2])


def candidates(article: Article) -> Iterator[Candidate]:
    """The questions, each once, in the order of what they were made from."""
    found = [Candidate(article.title, 0)] if _ASKS.match(article.title) else []
    for pattern, wording in _PATTERNS:
        for match in pattern.finditer(article.text, article.body):
            given = match.groupdict()
            if "counted" in given and {*given["counted"].split()} & _UNCOUNTED:
                continue
            if "name" in given and not _is_name(match):
                continue
            name = f"the {given['name']}" if match[0][:4].lower() == "the " else given.get("name")
            said = [_in_question(each) for each in match.groups()]
            found.append(Candidate(wording.format(*said, name=name), match.start()))
    asked: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda one: one.start):
        if len(each.question) <= _LENGTH:
            asked.setdefault(each.question, each)
    yield from asked.values()


def _is_name(match: re.Match[str]) -> bool:
    """Whether what looks like a name is a whole one that does what is said, and has no first word of a sentence or day
    in it: in "a spokesman for the Orrick Dam said" it is not the dam that did.
    """
    before = match.string[max(0, match.start() - _BEFORE) : match.start("name")]
    if _OBJECT.search(before) and _DOES.match(match.string, match.end("name")):
        return False
    first = max(0, match.start("name") - _BEFORE)
    return any(
        name == match["name"] and first + place == match.start("name")
        for name, place in names(match.string[first : match.end("name")])
    )


def _in_question(text: str) -> str:
    if text == "had been":
        return "were"
    return f"the {text[4:]}" if text.startswith("The ") else text
