"""What the form of a question says about its answer, by rule: the kind wanted, and where a sentence has that kind."""

from __future__ import annotations

import re
from typing import Literal

from index.words import STOP_WORDS, words

__all__ = [
    "AnswerKind",
    "answer_kind",
    "asks_nothing",
    "capitals",
    "is_open",
    "is_terse",
    "kind_spans",
    "names",
    "numbers",
]

AnswerKind = Literal["number", "time", "name", "other"]

_ASKS = re.X | re.I
_COUNT = re.compile(
    r"""\b(?: how\s(?:many|much|old|long|far|big|large|high|tall|often|fast)
            | (?:what|which)\s(?:percent\w*|number|share|proportion|fraction)
            | (?:number|percentage|share)\sof
            | death\stoll )\b""",
    _ASKS,
)
_TIME = re.compile(r"\b(?: when | (?:what|which)\s(?:year|day|date|month|time|week|decade|century) )\b", _ASKS)
_NAME = re.compile(
    r"""\b(?: who | whom | whose | where
            | (?:what|which)\s(?:country|city|town|person|company|group|state|team|party|province|name) )\b""",
    _ASKS,
)
_OPEN = re.compile(
    r"""^\W*why\b | \bwhat\s(?:happened|happens|is\shappening|caused|reasons?)\b
      | \bhow\s(?:did|do|does|was|were|is|are)\b
      | \bwhat\s(?:did|do|does|has|have|had|was|were|is|are)\b.*\b(?:say|said|saying|think|respond|react|plan|mean)\w*\b
      | ^\W*(?:describe|explain|tell\sme|summari[sz]e)\b""",
    _ASKS,
)
_ASKED = re.compile(
    r"\W*(?:how(?:\s(?:many|much|old|long|far|big|large|high|tall|often|fast))?|what|which|who|whom|whose|when|where|why)\b",
    _ASKS,
)
_COURTESIES = frozenset(
    "ok okay thanks thank hello hi hey please yes yeah no nope fine great good cool nice sorry bye goodbye".split()
)
_FEW = 4  # words of a terse question at most, the question word aside

_NUMBER_WORD = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    "|trillion|dozens?|half|thirds?|quarters?|fifths?)"
)
_NUMBER = rf"(?:(?:[$€£¥]\s?)?\d[\d,]*(?:\.\d+)?%?|{_NUMBER_WORD}\b)"
_HEDGE = (
    "(?:about|around|approximately|roughly|nearly|almost|over|under|at least|at most|up to|more than|fewer than"
    "|less than|some|an estimated)"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,$€£¥])(?:{_HEDGE}\s+)?{_NUMBER}(?:[-\s](?:{_NUMBER}|percent|per cent))*(?:\s+[a-z]+)?", re.I
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MOMENT = re.compile(
    rf"""\b(?: {_MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})? | \d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})? | {_MONTH}\s+\d{{4}}
             | (?:1[5-9]|20)\d\d | (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
             | yesterday | today | tomorrow | (?:last|earlier\sthis|this|next)\s(?:week|month|year|night) )\b""",
    re.X,
)
_CAPITAL = re.compile(r"(?<!\w)[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|al|de|von|bin)\s+)?[A-Z][\w’'&.-]*)*")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def answer_kind(question: str) -> AnswerKind:
    """The kind of answer that a question wants, from its question words."""
    if _COUNT.search(question):
        return "number"
    if _TIME.search(question):
        return "time"
    if _NAME.search(question):
        return "name"
    return "other"


def is_terse(question: str) -> bool:
    """Whether a question is a few key words, as people type them ("how many displaced?"), and no sentence."""
    said = _words_after(_ASKED, question)
    return 0 < len(said) <= _FEW and not STOP_WORDS.intersection(said)


def asks_nothing(question: str) -> bool:
    """Whether a question has no words but such as people say to be polite ("ok", "Thanks!"), or none at all."""
    return all(word in _COURTESIES or word in STOP_WORDS for word in words(question))


def _words_after(start: re.Pattern[str], text: str) -> list[str]:
    match = start.match(text)
    return words(text[match.end() :] if match else text)


def is_open(question: str) -> bool:
    """Whether a question wants more than a few words: why, how something came about, what somebody said."""
    return _OPEN.search(question) is not None


def kind_spans(kind: AnswerKind, sentence: str, question: str) -> list[tuple[int, int]]:
    """Where a sentence has something of this kind that the question does not say itself, as spans of the sentence."""
    pattern = {"number": _QUANTITY, "time": _MOMENT, "name": _CAPITAL}.get(kind)
    if pattern is None:
        return []
    said = set(words(question)) | STOP_WORDS
    found = [match for match in pattern.finditer(sentence) if not set(words(match[0])) <= said]
    return [_without_last_stop_word(match) for match in found]


def _without_last_stop_word(match: re.Match[str]) -> tuple[int, int]:
    """The span of a match; a quantity takes the noun after it along ("two metres"), but not "of"."""
    before, space, last = match[0].rpartition(" ")
    return (match.start(), match.start() + len(before)) if space and last in STOP_WORDS else match.span()


def capitals(text: str) -> list[str]:
    """The runs of words that are written as names. The first word of a text says nothing: it has its capital anyway."""
    found = [match[0] if match.start() > 0 else match[0].partition(" ")[2] for match in _CAPITAL.finditer(text)]
    return [name for name in found if name]


def names(text: str) -> list[str]:
    """The words of `capitals`, in lower case, without stop words.

    A question that is typed all in lower case has none.
    """
    return [word for name in capitals(text) for word in words(name) if word not in STOP_WORDS and not word.isdigit()]


def numbers(text: str) -> list[str]:
    """The numbers of a text that are written in digits, without separators."""
    return [match[0].replace(",", "") for match in _DIGITS.finditer(text)]
