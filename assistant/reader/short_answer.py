"""The words of a sentence that answer by themselves: whole words and whole quantities, without signs at their ends."""

from __future__ import annotations

import re

__all__ = ["whole_answer"]

_NUMBER = (
    r"(?:(?:[$€£¥]\s?)?\d[\d.,]*|(?:a\s)?(?:hundred|thousand|million|billion|dozen)s?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)"
)
_FRACTION = (
    r"(?:half|(?:a|one)\s(?:third|quarter|fifth|tenth)|(?:two|three|four)[\s-](?:thirds|quarters|fifths|tenths))"
)
_BOUND = (
    r"(?:about|around|approximately|roughly|nearly|almost|over|under|some|only|just|at\s(?:least|most)|up\sto"
    r"|an\sestimated|(?:no|not)\s(?:fewer|less|more)\sthan|(?:more|fewer|less)\sthan|as\s(?:many|few|much)\sas|between"
    r"|from)"
)
_PART = rf"(?:all\sbut\s{_NUMBER}|all\sbut|none|most|many|few|not\s(?:a\s(?:single\s)?one|one)|{_FRACTION}|{_NUMBER})"
# What may stand before a number and belongs to it: "half of the", "no fewer than", "all but two of its".
_BEFORE = re.compile(
    rf"(?<!\w)(?:{_BOUND}\s(?:the\s)?|not\sa\ssingle\s|(?:between\s{_NUMBER}\sand|{_NUMBER}\s(?:to|or))\s"
    rf"|{_PART}\s(?:of\s)?(?:(?:the|its|their|his|her|these|those|[\w-]+['’]s?)\s)?(?:more\sthan\s)?)$",
    re.I,
)
_HAS_NUMBER = re.compile(rf"(?<!\w){_NUMBER}(?!\w)", re.I)
_OF = re.compile(rf"\sof\s(?:the|its|their|his|her|these|those)\s{_NUMBER}(?:\s[a-z]+)?(?!\w)", re.I)
_COUNTED = re.compile(r"\s(?:per\scent|percent|million|billion|thousand|hundred|(?!\w+(?:ed|ing)\b)[a-z]{3,})(?!\w)")
_NOT_COUNTED = frozenset(
    "and are but for from had has have his her its nor not the that their they was were who with when".split()
)
_SIGNS = " \t\r\n.,;:!?()[]{}<>\"'“”‘’«»–—-…*_|/"
_LOOKED_BACK = 48


def whole_answer(sentence: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The span as it can stand by itself, `[start, end)` in code points of the sentence; None where nothing is left.

    Words that it cuts are taken whole. What limits a number is part of it: of "half of the 300 houses" never "300
    houses", of "no fewer than 12" never "12". A number alone takes the word along that says what it counts.
    """
    start, end = span
    while start > 0 and sentence[start - 1].isalnum() and sentence[start].isalnum():
        start -= 1
    while 0 < end < len(sentence) and sentence[end - 1].isalnum() and sentence[end].isalnum():
        end += 1
    start, end = _stripped(sentence, start, end)
    if start >= end:
        return None
    if _HAS_NUMBER.search(sentence, start, end):
        start, end = _quantity(sentence, start, end)
    return start, end


def _stripped(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Without signs at the ends, but for what closes a bracket or quotation inside, and units as % and $."""
    while start < end and sentence[start] in _SIGNS:
        start += 1
    while start < end and sentence[end - 1] in _SIGNS:
        end -= 1
    if start > 0 and sentence[start - 1] in "$€£¥" and sentence[start].isdigit():
        start -= 1
    if end < len(sentence) and sentence[end] == "%" and sentence[end - 1].isdigit():
        end += 1
    for opened, closed in ("()", "“”", '""'):
        inside = sentence[start:end]
        if inside.count(opened) > inside.count(closed) - (opened == closed) and sentence[end : end + 1] == closed:
            end += opened != closed or inside.count(opened) % 2
    return start, end


def _quantity(sentence: str, start: int, end: int) -> tuple[int, int]:
    while before := _BEFORE.search(sentence, max(0, start - _LOOKED_BACK), start):
        start = before.start()
    if _HAS_NUMBER.fullmatch(sentence[start:end].split()[-1]):
        counted = _COUNTED.match(sentence, end)
        if counted and counted[0].strip() not in _NOT_COUNTED:
            end = counted.end()
    rest = _OF.match(sentence, end)
    return start, rest.end() if rest else end
