"""The numbers of a text, with their unit, what they count, and how the words around them limit them.

"14,000", "14 thousand" and "fourteen thousand" are one number; so are "50 percent", "half" and "one in two". A number
is always read whole: 14 does not stand in "14,000", nor in "10 to 14", nor in "14 percent".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from index.language.amounts import Amount, amount_at
from index.language.limits import Bound, bound_of, is_negated, is_whole, noun_after
from index.language.moments import Moment, moments
from index.language.numerals import SHARE, Token, tokens
from index.language.words import STOP_WORDS, stem

_NOUNS = 3  # words after a number that may name what it counts
_DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text.

    Attributes:
        value: the number; of a range, a score or a change ("from 3 to 5") its first.
        second: the other number of those, else None.
        unit: what it is measured in (see `units`), "" for things; also "ordinal", "vague" ("dozens") and "change".
        counted: stems of up to three words after it that may say what it counts, a verb among them.
        start, end: its span in the text.
        noun: what it counts, as it is written: "Syrian residents"; "" where nothing is sure to be that.
        bound: how the words around it bound it.
        negated: whether it is said not to be the number: "not eleven".
        whole: whether only a part of it is meant: 300 in "half of the 300 houses", 301 in "28 of 301".
    """

    value: Fraction
    second: Fraction | None
    unit: str
    counted: frozenset[str]
    start: int
    end: int
    noun: str = ""
    bound: Bound = ""
    negated: bool = False
    whole: bool = False

    @property
    def upper(self) -> Fraction:
        """The largest number that it says: of a range its end."""
        return self.value if self.second is None else max(self.value, self.second)

    @property
    def thing(self) -> str:
        """The stem of the noun alone, without what describes it: that of "residents"; "" where there is none."""
        return stem(self.noun.removesuffix(" old").split()[-1].lower()) if self.noun else ""


def quantities(text: str, *, years: bool = False, dates: Sequence[Moment] | None = None) -> list[Quantity]:
    """The numbers of a text, in order, without those that belong to a date or a time of day.

    Args:
        years: whether a number that looks like a year ("2024") is listed, as it may count something after all.
        dates: its moments, where they were read before.
    """
    dates = moments(text) if dates is None else dates
    without = [one for one in dates if not one.is_counted and not (years and one.is_bare_year)]
    pieces = tokens(text, [(one.start, one.end) for one in without])
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        amount = amount_at(pieces, at)
        if amount is None:
            at += 1
            continue
        read, at = _with_second(pieces, at, amount)
        found += (_in_words(text, replace(each, counted=_counted(pieces, stop))) for each, stop in read)
    return found


def _in_words(text: str, number: Quantity) -> Quantity:
    """A number with what the words around it say of it."""
    noun = None
    if number.unit not in ("ordinal", "change"):
        noun = noun_after(text, number.end, one=number.value == 1 and not number.unit)
    return replace(
        number,
        noun=noun["noun"] if noun else "",
        bound=bound_of(text, number.start, number.end),
        negated=is_negated(text, number.start),
        whole=is_whole(text, number.start),
    )


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
