"""Numbers as they are written: in digits, in words ("two hundred and five"), and what they are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from index.language.words import word_groups

SHARE = "share"
"""Percentages and fractions: 50 percent, half and one in two are the same."""

TIMES = "times"

CURRENCY_SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "₽": "₽", "₺": "₺", "₴": "₴", "₪": "₪"}

DOLLARS = frozenset("a au aus c ca can hk nz s sg nt r mx".split())
"""What stands right before the sign of a dollar, or another currency of that sign, that is not the American one."""

SHORT_MAGNITUDES = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
SHORT_MAGNITUDES |= {"lakhs": 10**5, "crores": 10**7}
"""Written right after a number or a space later. "m" is not among them: without a currency it is metres as well."""

UNITS = {word: unit for unit, words in word_groups("units").items() for word in words}
"""The name of the unit that a word in lower case stands for."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """How many there are of something: `1 article`, `2,000 articles`. A plural that is not given ends in s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: number for number, word in enumerate(ONES)} | {
    word: 10 * number for number, word in enumerate(TENS, start=2)
}
MAGNITUDES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MAGNITUDES |= {"lakh": 10**5, "crore": 10**7}
VAGUE = {"tens": 10, "dozens": 12, "scores": 20, **{f"{word}s": number for word, number in MAGNITUDES.items()}}
"""Words for an amount of which only the size is known; the number stands for that size."""

GROUPS = {"single": 1, "both": 2, "couple": 2, "pair": 2, "duo": 2, "trio": 3, "quartet": 4, "score": 20}
"""Words that say how many there are without being a number, so that nothing else is held against them."""

READ_SIGNS = frozenset("½⅓⅔¼¾⅛")

_ORDINAL_ONES = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_ONES)} | {
    f"{word.removesuffix('y')}ieth": 10 * number for number, word in enumerate(TENS, start=2)
}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    name: number for word, number in _ORDINALS.items() if number >= 3 for name in (word, f"{word}s")
}


def cardinal(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that `words`, in lower case, begin with, and how many of them it takes; None if there is none.

    "a hundred" and "a dozen" are numbers; "a" alone is not. "and" is taken along only within a number.
    """
    total, current, used, n = 0, None, 0, 0
    below = 10**15  # magnitudes go down: "two million, three thousand"
    while n < len(words):
        word = words[n]
        if word in _SMALL and _fits(current, _SMALL[word]):
            current = (current or 0) + _SMALL[word]
        elif word == "hundred" and current is not None and 0 < current < 100:
            current *= 100
        elif word in MAGNITUDES and word != "hundred" and current is not None and MAGNITUDES[word] < below:
            below = MAGNITUDES[word]
            total, current = total + current * below, None
        elif word in ("a", "an") and n == 0 and len(words) > 1 and words[1] in (*MAGNITUDES, "dozen"):
            current = 1
        elif word == "dozen" and current is not None and current < 100 and not total:
            return current * 12, n + 1
        elif not (word == "and" and used and _goes_on(words, n, current, total)):
            break
        n += 1
        if word != "and":
            used = n
    return None if used == 0 else (total + (current or 0), used)


def ordinal(words: Sequence[str]) -> tuple[int, int] | None:
    """The ordinal that `words` begin with ("third", "twenty first"), and how many of them it takes."""
    if words and words[0] in _ORDINALS:
        return _ORDINALS[words[0]], 1
    tens = _SMALL.get(words[0], 0) if words else 0
    ones = _ORDINALS.get(words[1], 0) if len(words) > 1 else 0
    return (tens + ones, 2) if tens >= 20 and 0 < ones < 10 else None


def fraction(words: Sequence[str]) -> tuple[Fraction, int] | None:
    """The fraction that `words` begin with ("two thirds", "a quarter", "half"), and how many of them it takes.

    "the third" and "third" alone are ordinals; "a third" is a fraction only before "of" or at the end of the words.
    """
    if not words:
        return None
    if words[0] == "half":
        return Fraction(1, 2), 1
    if len(words) < 2 or words[1] not in _PARTS:
        return None
    count = 1 if words[0] in ("a", "an") else _SMALL.get(words[0], 0)
    if not 0 < count < 20:
        return None
    plural = words[1].endswith("s") or words[1] == "half"
    if not plural and (count > 1 or (len(words) > 2 and words[2] not in ("of", "in") and words[1] != "quarter")):
        return None
    return Fraction(count, _PARTS[words[1]]), 2


def _fits(current: int | None, number: int) -> bool:
    """Whether a number below 100 can follow: "twenty" takes "one", "three hundred" takes "twelve", "five" nothing."""
    if current is None:
        return True
    return (current % 100 == 0 and current > 0 and number > 0) or (
        current % 100 >= 20 and current % 10 == 0 and 0 < number < 10
    )


def _goes_on(words: Sequence[str], n: int, current: int | None, total: int) -> bool:
    """Whether the "and" at `n` stands within a number: "two hundred and five", "a thousand and one"."""
    follows = n + 1 < len(words) and words[n + 1] in _SMALL
    return follows and (
        (current is not None and current >= 100 and current % 100 == 0) or (current is None and total > 0)
    )


_TOKEN = re.compile(
    r"""(?P<digits> \d{1,3}(?:[,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]\d{3})+(?!\d)(?:\.\d+)?
                  | \d+(?:\.\d+)?[½⅓⅔¼¾⅛]? | (?<![\w.])\.\d+ | [½⅓⅔¼¾⅛] )
      | (?P<word>[^\W\d_]+) | (?P<sign>[^\w\s]|_)""",
    re.X,
)
# A letter before the digits makes it the name of something: F-16, COVID-19, A320, S-300V4, MH17.
_CODE = re.compile(r"(?<!\w)[A-Z][A-Za-z]*+-?\d[A-Za-z\d]*+(?!\w)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text. `text` is in lower case; `glued` says that no space stands between it and the piece before."""

    kind: Literal["digits", "word", "sign"]
    text: str
    start: int
    end: int
    glued: bool


def tokens(text: str, without: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """The pieces of `text`, in order; those within the spans `without`, and within codes, become a sign that ends
    whatever stands before it.
    """
    masked = sorted([*without, *(match.span() for match in _CODE.finditer(text))])
    found: list[Token] = []
    last, mask = 0, 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while mask < len(masked) and masked[mask][1] <= start:
            mask += 1
        glued = start == last and bool(found)
        last = end
        if mask < len(masked) and masked[mask][0] < end:
            found.append(Token("sign", "", start, end, glued))
            continue
        kind: Literal["digits", "word", "sign"] = "digits" if match["digits"] else "word" if match["word"] else "sign"
        found.append(Token(kind, match[0].lower(), start, end, glued))
    return found
