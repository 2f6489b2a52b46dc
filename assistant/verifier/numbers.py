"""The numbers of a sentence with their unit and magnitude, and whether those of a statement stand in its sources.

"14,000", "14 thousand" and "fourteen thousand" are one number; so are "50 percent", "half" and "one in two". A number
is always read whole: 14 does not stand in "14,000", nor in "10 to 14", nor in "14 percent".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.verifier._amounts import Amount, amount_at
from assistant.verifier._tokens import Token, tokens
from assistant.verifier.dates import moments
from assistant.verifier.numerals import GROUPS, READ_SIGNS
from assistant.verifier.units import SHARE
from index.language.words import STOP_WORDS, stem

__all__ = ["Quantity", "mispaired", "quantities", "unsupported_numbers"]

_NOUNS = 3  # words after a number that may name what it counts
_DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text.

    Attributes:
        value: the number; of a range, a score or a change ("from 3 to 5") its first.
        second: the other number of those, else None.
        unit: what it is counted in (see `units`), "" for things; also "ordinal", "vague" ("dozens") and "change".
        counted: stems of the words after it that say what it counts.
        start, end: its span in the text.
    """

    value: Fraction
    second: Fraction | None
    unit: str
    counted: frozenset[str]
    start: int
    end: int


def quantities(text: str, *, years: bool = False) -> list[Quantity]:
    """The numbers of a text, in order, without those that belong to a date or a time of day.

    Args:
        text: a sentence.
        years: whether a number that looks like a year ("2024") is listed, as it may count something after all.
    """
    pieces = tokens(text, [moment.span for moment in moments(text) if not (years and moment.is_bare_year)])
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        amount = amount_at(pieces, at)
        if amount is None:
            at += 1
            continue
        read, at = _with_second(pieces, at, amount)
        found += (replace(each, counted=_counted(pieces, amount_end)) for each, amount_end in read)
    return found


def unsupported_numbers(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that stand in none of the sentences, as they are written in the statement."""
    there = _of_sources(sentences)
    missing = [
        statement[number.start : number.end]
        for number in quantities(statement)
        if not any(_same(number, other) for other in there)
    ]
    return [*missing, *_unread(statement, sentences), *_groups(statement, sentences, there)]


def mispaired(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that count what, in the sentences, another number counts: "301 civilians" where the
    source has 301 people killed and 28 civilians.
    """
    there = _of_sources(sentences)
    found = []
    for number in quantities(statement):
        same = [other for other in there if _same(number, other)]
        if not number.counted or not same or any(number.counted & other.counted or not other.counted for other in same):
            continue
        if any(number.counted & other.counted and other.unit == number.unit for other in there):
            found.append(statement[number.start : number.end])
    return found


def _of_sources(sentences: Sequence[str]) -> list[Quantity]:
    """The numbers of the sentences, read both with and without years: "1000/001" is a share or a year and a number, as
    the year is counted or not, and what a statement is read as must be found in its own text.
    """
    return [each for text in sentences for years in (True, False) for each in quantities(text, years=years)]


def _unread(statement: str, sentences: Sequence[str]) -> list[str]:
    """Signs of numbers that are not read as numbers, such as Ⅻ, ⁴ and 四, and that no sentence has as they are."""
    signs = dict.fromkeys(c for c in statement if c.isnumeric() and not c.isdecimal() and c not in READ_SIGNS)
    return [sign for sign in signs if not any(sign in sentence for sentence in sentences)]


def _groups(statement: str, sentences: Sequence[str], there: Sequence[Quantity]) -> list[str]:
    """Words such as "both" and "trio" of a statement, where the sentences have neither the word nor the number."""
    words = {piece.text for sentence in sentences for piece in tokens(sentence)}
    return [
        piece.text
        for piece in tokens(statement)
        if piece.text in GROUPS
        and piece.text not in words
        and not any(other.value == GROUPS[piece.text] and other.second is None and not other.unit for other in there)
    ]


def _same(number: Quantity, other: Quantity) -> bool:
    if (number.value, number.second) != (other.value, other.second):
        return False
    # "aged 14" is "14-year-old"; but a share or a sum of money is never a bare number.
    bare = (
        not number.unit
        and not number.counted
        and other.unit not in (SHARE, "ordinal", "vague", "change", "$", "€", "£")
    )
    return number.unit == other.unit or bare


def _with_second(pieces: Sequence[Token], at: int, first: Amount) -> tuple[list[tuple[Quantity, int]], int]:
    """The quantities that begin at `at`: one; or a range or score; or two numbers and the change from one to the other.

    Each with the position after it; last, where to go on.
    """
    link = _link(pieces, first.stop)
    second = amount_at(pieces, link) if link is not None else None
    if link is None or second is None or "ordinal" in (first.unit, second.unit):
        return [(_quantity(pieces, at, first), first.stop)], first.stop
    before = pieces[at - 1].text if at else ""
    linked_by = pieces[link - 1].text
    alone = first
    first, second = _alike(first, second)
    both = Quantity(first.value, second.value, second.unit, frozenset(), pieces[at].start, pieces[second.stop - 1].end)
    if linked_by == "and" and before != "between":
        return [(_quantity(pieces, at, alone), alone.stop)], alone.stop
    if linked_by in ("in", "of"):
        return _within(pieces, at, alone, second, both, linked_by)
    if linked_by == "to" and before == "from":
        change = replace(both, unit="change" + second.unit)
        singles = [(_quantity(pieces, at, first), second.stop), (_quantity(pieces, link, second), second.stop)]
        return [(change, second.stop), *singles], second.stop
    return [(both, second.stop)], second.stop


def _alike(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """Two numbers that share what is written once: "10 to 15 percent", "10-15 million", "$10 to 15"."""
    if first.scale == 1 < second.scale and first.value < second.value / second.scale:
        first = replace(first, value=first.value * second.scale)
    if second.unit == SHARE and not first.unit:
        first = replace(first, value=first.value / 100)
    unit = first.unit or second.unit
    return replace(first, unit=unit), replace(second, unit=second.unit or unit)


def _within(
    pieces: Sequence[Token], at: int, first: Amount, second: Amount, both: Quantity, linked_by: str
) -> tuple[list[tuple[Quantity, int]], int]:
    """Of "one in five" a share; of "28 of 301" two numbers, and of whatever else is no part of a whole."""
    small = first.value < second.value <= 100 and not first.unit and not second.unit
    if small and linked_by == "in" and first.value < 10:
        share = replace(both, value=first.value / second.value, second=None, unit=SHARE)
        return [(share, second.stop)], second.stop
    return [(_quantity(pieces, at, first), first.stop)], first.stop


def _link(pieces: Sequence[Token], at: int) -> int | None:
    """Where the second number begins, if what stands at `at` links two: 10-15, 10 to 15, one in five, 28 out of 301."""
    if at + 1 >= len(pieces):
        return None
    text = pieces[at].text
    if text in _DASHES:
        # "3-1", but not "in 2019 - 14 of them"
        return at + 1 if pieces[at].glued == pieces[at + 1].glued and pieces[at].glued else None
    if text == "out" and pieces[at + 1].text == "of":
        return at + 2
    return at + 1 if text in ("to", "and", "in", "of") else None


def _quantity(pieces: Sequence[Token], at: int, amount: Amount) -> Quantity:
    return Quantity(amount.value, None, amount.unit, frozenset(), pieces[at].start, pieces[amount.stop - 1].end)


def _counted(pieces: Sequence[Token], at: int) -> frozenset[str]:
    """Stems of the words from `at` on that may name what is counted: up to three, as far as no stop word comes."""
    found: list[str] = []
    for piece in pieces[at : at + _NOUNS]:
        if piece.kind != "word" or piece.text in STOP_WORDS:
            break
        found.append(stem(piece.text))
    return frozenset(found)
