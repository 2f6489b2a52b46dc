"""Reads one number with its magnitude and unit where it begins; `numbers` puts ranges, scores and shares together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from index.language.numerals import (
    CURRENCY_SIGNS,
    DOLLARS,
    MAGNITUDES,
    SHARE,
    SHORT_MAGNITUDES,
    TIMES,
    UNITS,
    VAGUE,
    Token,
    cardinal,
    fraction,
    ordinal,
)

_ALL_MAGNITUDES = MAGNITUDES | SHORT_MAGNITUDES | {"dozen": 12}
_MULTIPLES = {
    **dict.fromkeys("twice double doubled doubling doubles twofold".split(), 2),
    **dict.fromkeys("thrice triple tripled tripling triples threefold".split(), 3),
    **dict.fromkeys("quadruple quadrupled quadrupling fourfold".split(), 4),
    **{f"{word}fold": number for number, word in enumerate("five six seven eight nine ten".split(), start=5)},
}
_HALVED = ("halve", "halved", "halves", "halving")
_VULGAR = {sign: Fraction(part) for sign, part in zip("½⅓⅔¼¾⅛", "1/2 1/3 2/3 1/4 3/4 1/8".split(), strict=True)}
_A_FEW = ("several", "few", "many", "some")
_HYPHENS = ("-", "‑")
_DIGITS_READ = 1000  # Python refuses to read a number of more than 4,300


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, its unit ("" for things), the position after it, and the magnitude that it was multiplied by."""

    value: Fraction
    unit: str
    stop: int
    scale: int = 1


def amount_at(pieces: Sequence[Token], at: int) -> Amount | None:
    """The number that begins at `at`, with its magnitude and unit; None if none does."""
    sign = _currency(pieces, at) if at < len(pieces) else None
    start = at + 1 if sign else at
    if start >= len(pieces):
        return None
    negative = pieces[start].text == "minus" or (pieces[start].text in ("-", "−") and _digits_follow(pieces, start))
    if negative:
        start += 1
        if start == len(pieces):
            return None
    read = _in_digits(pieces, start, sign) if pieces[start].kind == "digits" else _in_words(pieces, start)
    if read is None or (sign and read.unit):
        return None
    if read.unit in ("", SHARE):
        read = _scaled(pieces, read, money=bool(sign))
    value = -read.value if negative else read.value
    if read.unit:
        return replace(read, value=value)
    unit, stop = (sign, read.stop) if sign else _unit(pieces, read.stop)
    return Amount(value / 100 if unit == SHARE else value, unit, stop, read.scale)


def _currency(pieces: Sequence[Token], at: int) -> str | None:
    """The currency whose sign stands at `at`, if one does: "$", and "a$" where it is A$5."""
    sign = CURRENCY_SIGNS.get(pieces[at].text)
    if sign and at and pieces[at].glued and pieces[at - 1].text in DOLLARS:
        return pieces[at - 1].text + sign
    return sign


def _digits_follow(pieces: Sequence[Token], at: int) -> bool:
    """Whether a minus stands right before digits and after a space: "-5", but not "10-5"."""
    return at + 1 < len(pieces) and pieces[at + 1].kind == "digits" and pieces[at + 1].glued and not pieces[at].glued


def _in_digits(pieces: Sequence[Token], at: int, sign: str | None) -> Amount:
    value = _value(pieces[at].text)
    if pieces[at].text in _VULGAR:
        return Amount(value, SHARE, at + 1)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is None or not after.glued:
        return Amount(value, "", at + 1)
    if after.text in ("st", "nd", "rd", "th"):
        return Amount(value, "ordinal", at + 2)
    if after.text == "s":  # the 90s, in their 20s
        return Amount(value, "s", at + 2)
    if after.text == "m" and sign:
        return Amount(value * 10**6, "", at + 2, 10**6)
    if after.text == "/" and at + 2 < len(pieces) and pieces[at + 2].kind == "digits":
        below = _value(pieces[at + 2].text)
        if below:
            return Amount(value / below, SHARE, at + 3)
    return Amount(value, "", at + 1)


def _value(digits: str) -> Fraction:
    """The number that a piece of digits is; "2½" is 2.5."""
    part = _VULGAR.get(digits[-1], Fraction(0))
    whole = "".join(c for c in digits if c.isdecimal() or c == ".")[:_DIGITS_READ]
    return Fraction(whole or 0) + part


def _in_words(pieces: Sequence[Token], at: int) -> Amount | None:
    words, stops = _word_run(pieces, at)
    if not words:
        return None
    if words[0] in _MULTIPLES:
        return Amount(Fraction(_MULTIPLES[words[0]]), TIMES, at + 1)
    if words[0] in _HALVED:
        return Amount(Fraction(1, 2), SHARE, at + 1)
    if words[0] in VAGUE:
        return Amount(Fraction(VAGUE[words[0]]), "vague", at + 1)
    if words[0] in _A_FEW and words[1:2] and words[1] in _ALL_MAGNITUDES:  # several hundred
        return Amount(Fraction(_ALL_MAGNITUDES[words[1]]), "vague", stops[1])
    part = fraction(words)
    if part and not _is_part_of_time(pieces, at, words):
        return Amount(part[0], SHARE, stops[part[1] - 1])
    number, nth = cardinal(words), ordinal(words)
    if nth and (number is None or nth[1] > number[1]):
        return None if _is_unit(pieces, at, words) else Amount(Fraction(nth[0]), "ordinal", stops[nth[1] - 1])
    if number is None or _is_pronoun(pieces, at, words):
        return None
    return Amount(Fraction(number[0]), "", stops[number[1] - 1])


def _word_run(pieces: Sequence[Token], at: int) -> tuple[list[str], list[int]]:
    """The words from `at` on, also across hyphens, and the position after each; ten at most."""
    words: list[str] = []
    stops: list[int] = []
    while at < len(pieces) and len(words) < 10:
        if pieces[at].kind == "word":
            words.append(pieces[at].text)
            stops.append(at + 1)
        elif not (words and pieces[at].text in _HYPHENS and pieces[at].glued and _glued(pieces, at + 1)):
            break
        at += 1
    return words, stops


def _glued(pieces: Sequence[Token], at: int) -> bool:
    return at < len(pieces) and pieces[at].glued


def _scaled(pieces: Sequence[Token], read: Amount, *, money: bool) -> Amount:
    """The number with "and a half" and a magnitude taken along: "two and a half million", "half a million"."""
    words, stops = _word_run(pieces, read.stop + _is_hyphen(pieces, read.stop))
    if read.unit == SHARE:
        if words[:1] == ["a"] and words[1:2] and words[1] in MAGNITUDES:
            return Amount(read.value * MAGNITUDES[words[1]], "", stops[1])
        return read
    if words[:3] == ["and", "a", "half"]:
        read = replace(read, value=read.value + Fraction(1, 2), stop=stops[2])
        words, stops = words[3:], stops[3:]
    scale = _ALL_MAGNITUDES.get(words[0], 1) if words else 1
    if words and money and words[0] == "m":
        scale = 10**6
    return Amount(read.value * scale, "", stops[0], scale) if scale > 1 else read


def _is_hyphen(pieces: Sequence[Token], at: int) -> int:
    return int(
        at + 1 < len(pieces) and pieces[at].text in _HYPHENS and pieces[at].glued and pieces[at + 1].kind == "word"
    )


def _unit(pieces: Sequence[Token], stop: int) -> tuple[str, int]:
    """The unit that stands at `stop`, and the position after it."""
    at = stop + _is_hyphen(pieces, stop)
    words = [piece.text for piece in pieces[at : at + 2]]
    if not words:
        return "", stop
    if words[0] == "%" or words[0] in ("percent", "pct"):
        return SHARE, at + 1
    if words == ["per", "cent"]:
        return SHARE, at + 2
    if words[0] == "percentage" and words[1:] and words[1].startswith("point"):
        return "point", at + 2
    if words[0] in ("us", "square", "cubic") and words[1:] and words[1] in UNITS:
        return UNITS[words[1]] if words[0] == "us" else f"{words[0]} {UNITS[words[1]]}", at + 2
    unit = UNITS.get(words[0], "")
    return (unit, at + 1) if unit else ("", stop)


def _is_part_of_time(pieces: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether "half" or "quarter" names a part of a match or a year: "the first half", "second quarter"."""
    before = pieces[at - 1].text if at else ""
    return words[0] == "half" and (ordinal([before]) is not None or before in ("this", "other", "better"))


def _is_pronoun(pieces: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    before = pieces[at - 1].text if at else ""
    return words[0] == "one" and (before == "no" or words[1:2] == ["another"])


def _is_unit(pieces: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether "second" is the unit of time: "a second", "per second"."""
    before = pieces[at - 1].text if at else ""
    return words[0] == "second" and before in ("per", "every", "split")
