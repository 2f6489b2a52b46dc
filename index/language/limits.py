"""The words around a number that limit it or say what it counts: "no fewer than", "half of the", "houses"."""

from __future__ import annotations

import re
from typing import Literal

from index.language.numerals import ONES, TENS
from index.language.words import STOP_WORDS

Bound = Literal["", "about", "nearly", "at least", "more than", "at most", "less than"]

SIZE = r"(?:(?:hundred|thousand|million|billion|trillion|dozen)s?|tens)"
NUMBER = (
    r"(?:[-−]?\d+(?:[.,:/–-]\d+)*%?"
    rf"|(?:{'|'.join(TENS)})(?:-[a-z]+)?|{'|'.join(reversed(ONES[1:]))}|{SIZE})"
)
AMOUNT = rf"(?:{NUMBER}(?:\s{SIZE})*(?:\s(?:percent|per\scent))?)"
"""Patterns of numbers as they stand in a sentence, without regard to what they are."""
_FRACTION = (
    r"(?:half|(?:a|one)\s(?:third|quarter|fifth|tenth)|(?:two|three|four|nine)[\s-](?:third|quarter|fifth|tenth)s)"
)
PART = rf"(?:{_FRACTION}|all|any|both|each|either|few|many|most|neither|none|single|some)"
"""What may be said of a whole: "half", "most", "a third"."""
THE = r"(?:(?:the|its|their|his|her|these|those|another|[\w-]+['’]s?)\s)?"
OF_THE = r"of(?:\s(?:the|its|their|his|her|these|those))?"

_BEFORE: list[tuple[Bound, str]] = [
    ("at least", r"at (?:the )?(?:least|minimum)|(?:no|not) (?:fewer|less) than|minimum of"),
    ("at most", r"at (?:the )?most|up to|as (?:many|much|high|few|little|low) as|(?:no|not) more than|maximum of"),
    ("more than", r"(?:more|greater|older) than|over|above|upwards of|in excess of|exceed(?:s|ed|ing)?"),
    ("less than", r"(?:less|fewer|lower|younger) than|under|below|short of"),
    ("nearly", r"nearly|almost|close to|just (?:under|below|short of)|approaching"),
    ("about", r"about|around|approximately|approx\.?|roughly|some|circa|estimated(?: at)?|or so|more or less"
     r"|in the region of"),
]  # fmt: skip
_AFTER: list[tuple[Bound, str]] = [
    ("at least", r"or more|or over|at least|at the least|plus|\+"),
    ("at most", r"at (?:the )?most|or (?:less|fewer|under)"),
    ("about", r"or so|approximately"),
]
_FILLERS = (
    r"(?:\s+(?:the|an?|another|us|just|only|other|than|further|additional|of|its|their)\b)*+"
    r"\s*+[(“\"'$€£]*+\s*+$"
)
_BEFORE_FORMS = [(bound, re.compile(rf"(?<![\w-])(?:{words}){_FILLERS}", re.I)) for bound, words in _BEFORE]
_AFTER_FORMS = [(bound, re.compile(rf"\s?(?:{words})(?!\w)", re.I)) for bound, words in _AFTER]
_NEAR = 48  # characters before a number in which its limits stand

_NOT = re.compile(
    r"(?<!\w)(?:not|never|nor|neither|no\slonger|rather\sthan|instead\sof|\w{2,6}n['’]t)"
    r"(?:\s(?:the|a|an|all|been|be|exactly|another)\b)*+\s*+[$€£]?$",
    re.I,
)
_PART_OF = re.compile(
    rf"(?<![\w.,$€£¥%-])(?:{PART}|{AMOUNT})\s(?:out\s)?of\s{THE}(?:(?:about|some|nearly)\s)?[$€£]?$", re.I
)
# "residents", "Syrian residents", "of the residents"
_NOUNS = [
    re.compile(
        rf"(?:\s{OF_THE})?\s(?P<noun>{which}(?:[a-z-]+(?<![isu])s(?:\sold)?|people|men|women"
        r"|children|police|troops|dead|killed|injured|wounded|missing|displaced|homeless))(?!\w)"
    )
    for which in (r"[A-Za-z-]{3,}\s", "")
]
_ONE = re.compile(r"\s(?P<noun>(?:[A-Za-z-]{3,}\s)?[a-z-]{3,})(?![\w-])")
_NO_NOUNS = STOP_WORDS | frozenset(
    "across always besides came comes died fled goes hit left lost means near perhaps plus remains said says us".split()
)


def bound_of(text: str, start: int, end: int) -> Bound:
    """How a number of a text is bounded by the words right before or after it."""
    before = text[max(0, start - _NEAR) : start]
    for bound, form in _BEFORE_FORMS:
        if form.search(before):
            return bound
    for bound, form in _AFTER_FORMS:
        if form.match(text, end):
            return bound
    return ""


def is_negated(text: str, start: int) -> bool:
    """Whether it is said of a number that it is not the one: "not eleven", "rather than 40"."""
    return _NOT.search(text[max(0, start - _NEAR) : start]) is not None


def is_whole(text: str, start: int) -> bool:
    """Whether a number is the whole of which a part is meant: 300 in "half of the 300 houses", 301 in "28 of 301"."""
    return _PART_OF.search(text, max(0, start - _NEAR), start) is not None


def noun_after(text: str, end: int, *, one: bool = False) -> re.Match[str] | None:
    """What a number that ends there counts, as the group `noun` of a match: "Syrian residents", "people"."""
    for form in (*_NOUNS, _ONE) if one else _NOUNS:
        noun = form.match(text, end)
        if noun and _NO_NOUNS.isdisjoint(noun["noun"].removesuffix(" old").lower().split()):
            return noun
    return None
