"""The words of a sentence that answer by themselves: whole words and whole quantities, without signs at their ends."""

from __future__ import annotations

import re
import unicodedata

from index.language.calendar import MONTHS
from index.language.limits import AMOUNT, NUMBER, OF_THE, PART, SIZE, THE, noun_after

_QUANTITY = rf"(?:{PART}|{AMOUNT})"
_BOUND = (
    r"(?:about|around|approximately|roughly|nearly|almost|exactly|over|under|some|only|just|well|up\sto|an\sestimated"
    r"|at\s(?:least|most)|all(?:\sbut)?|(?:no\s|not\s|many\s|far\s)?(?:fewer|less|more)\sthan|as\s(?:many|few|much)\sas"
    r"|hardly|barely|virtually|(?:not\sa\s)?single|not(?:\sa)?|no)"
)
_NOT_IN_WORD = r"(?<![\w.,$€£¥%-])"
# What may stand before a quantity and belongs to it: "no fewer than", "half of the", "between 30 and", "one in".
_BEFORE = re.compile(
    rf"{_NOT_IN_WORD}(?:{_BOUND}\s{THE}|{_QUANTITY}\s(?:out\s)?of\s{THE}"
    rf"|(?:from\s)?{AMOUNT}\s(?:to|or)\s|between\s{AMOUNT}\sand\s|one\sin\s)$",
    re.I,
)
_BEFORE_SIZE = re.compile(
    rf"{_NOT_IN_WORD}(?:(?:[A-Z]{{1,2}})?[$€£¥]?{NUMBER}|(?:{NUMBER}\sand\s)?(?:half\sa|a(?:\shalf)?|half)|(?:a\s)?few|several|many|{SIZE}\sof)\s$",
    re.I,
)
_STARTS = re.compile(rf"(?:{_BOUND}\s)?(?:(?:[A-Z]{{1,2}})?[$€£¥]|{THE}{_QUANTITY}(?!\w))", re.I)
_STARTS_SIZE = re.compile(rf"{SIZE}(?!\w)", re.I)
_MONEY = re.compile(r"(?:(?:(?<![^\W_])[A-Z]{1,2})?[$€£¥]|(?<![\w)])[-−])$")
_HAS = re.compile(rf"(?<!\w){_QUANTITY}(?!\w)", re.I)
_ENDS = re.compile(rf"(?<![^\W_]){_QUANTITY}$", re.I)
_LARGER = re.compile(rf"(?:%|\s{SIZE}|\spercent|\sper\scent)(?!\w)", re.I)
_BETWEEN = re.compile(r"(?<!\w)between\s$", re.I)
_MORE = re.compile(rf"\s(?:to|or|(?:out\s)?{OF_THE})\s{AMOUNT}(?!\w)", re.I)
_AND = re.compile(rf"\sand\s{AMOUNT}(?!\w)", re.I)
_DATE = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]{{0,6}}\.?\s\d\d?|(?:1[5-9]|20)\d\d)$", re.I
)
_SIGNS = " \t\r\n.,;:!?()[]{}<>\"'“”‘’«»–—-…*_|/"
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ('"', '"'))
_JOINED = re.compile(r"(?<=\d)[.,:/–-](?=\d)|(?<=ty)-(?=[a-z])|(?<=[^\W\d_])['’](?=[^\W\d_]{2}|t)")
_NEAR = 48  # code points around a number that are looked at
_STEPS = 4


def whole_answer(sentence: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The span as it can stand by itself, `[start, end)` in code points of the sentence; None where it cannot.

    Words that it cuts are taken whole. What limits a number is part of it: of "half of the 300 houses" never "300
    houses", of "no fewer than 12" never "12". A number alone takes the words along that say what it counts. A bracket
    or quotation is closed where it closes right after the span; with one that stays open nothing can stand by itself.
    """
    start, end = span
    while 0 < start < len(sentence) and _is_inside(sentence, start):
        start -= 1
    while 0 < end < len(sentence) and _is_inside(sentence, end):
        end += 1
    while start < end and sentence[start] in _SIGNS:
        start += 1
    while start < end and sentence[end - 1] in _SIGNS:
        end -= 1
    if start < end and _HAS.search(sentence, start, end):
        start, end = _quantity(sentence, start, end)
    for opened, closed in _PAIRS:
        end += sentence[end : end + 1] == closed and _is_open(sentence[start:end], opened, closed)
    is_whole = start < end and not any(_is_open(sentence[start:end], *pair) for pair in _PAIRS)
    return (start, end) if is_whole else None


def _is_inside(text: str, place: int) -> bool:
    """Whether a place is within a word or number: "14,000" and "20-30" are one, and so is a letter with its accent."""
    before, after = text[place - 1], text[place]
    if _JOINED.match(text, place) or _JOINED.match(text, place - 1) or unicodedata.combining(after):
        return True
    return after.isalnum() and (before.isalnum() or unicodedata.combining(before) > 0)


def _is_open(text: str, opened: str, closed: str) -> bool:
    """Whether there is a bracket or quotation in a text that it does not close, or does not open."""
    return text.count(opened) % 2 == 1 if opened == closed else text.count(opened) != text.count(closed)


def _quantity(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span with all of its first and its last number, what limits them, and what the last one counts."""
    money = _MONEY.search(sentence, max(0, start - 4), start) if sentence[start].isdigit() else None
    start = money.start() if money else start
    for _ in range(_STEPS):
        size = _STARTS_SIZE.match(sentence, start) and _BEFORE_SIZE.search(sentence, max(0, start - _NEAR), start)
        before = size or (_STARTS.match(sentence, start) and _BEFORE.search(sentence, max(0, start - _NEAR), start))
        if not before:
            break
        start = before.start()
    for _ in range(_STEPS):
        if not _ENDS.search(sentence, max(start, end - _NEAR), end):
            break
        more = _LARGER.match(sentence, end) or _MORE.match(sentence, end)
        if not more and (between := _BETWEEN.search(sentence, max(0, start - _NEAR), start)):
            more = _AND.match(sentence, end)
            start = between.start() if more else start
        if not more:
            return start, _counted(sentence, end)
        end = more.end()
    return start, end


def _counted(sentence: str, end: int) -> int:
    """Where what a number counts ends, or the number itself where nothing is counted, as in a date."""
    if not _DATE.search(sentence, max(0, end - 16), end):
        noun = noun_after(sentence, end)
        return noun.end() if noun else end
    return end
