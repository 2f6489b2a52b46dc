"""The names of a text: runs of words with a capital that are no dates and no common first words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.moments import Moment, moments
from index.language.sentences import MAX_SENTENCE
from index.language.words import STOP_WORDS, without_possessive, word_list

_PARTICLES = r"(?:of|the|al|el|de|da|di|du|la|le|von|van|der|den|bin|bint|ibn|abu|y)"
_CAPITAL = r"(?:(?:al|el|ul|d|l|o)[-’'])?[A-ZÀ-ÖØ-ÞĀ-ſ][\w]*(?:[.&'’-]+\w+)*"
_RUN = re.compile(rf"(?<![\w]){_CAPITAL}(?:\s+(?:{_PARTICLES}\s+){{0,2}}{_CAPITAL})*|(?<!\w)[a-z]+[A-Z]\w*")
_OPENERS = word_list("openers")


def names(text: str, dates: Sequence[Moment] | None = None) -> list[tuple[str, int]]:
    """The names of a text as they are written, each with where it starts; dates are none.

    Args:
        dates: its moments, where they were read before.
    """
    in_date = bytearray(len(text))
    for moment in moments(text) if dates is None else dates:
        in_date[moment.start : moment.end] = b"\1" * (moment.end - moment.start)
    found = []
    for match in _RUN.finditer(text):
        start = match.start()
        if any(in_date[start : match.end()]):
            continue
        run = match[0]
        if _begins(text, start) and _is_opener(run.split()[0], text, match):
            rest = run.split(maxsplit=1)[1:]
            if not rest or not rest[0][:1].isupper():
                continue
            start, run = match.end() - len(rest[0]), rest[0]
        found.append((run, start))
    return found


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, or a quotation, begins here, where any word has a capital."""
    before = text[max(0, start - MAX_SENTENCE) : start].rstrip()
    return not before or before[-1] in ".!?:“\"‘'«(—" or not any(c.isalnum() for c in before)


def _is_opener(word: str, text: str, match: re.Match[str]) -> bool:
    """Whether the first word of a sentence is no name: it is a common one, or stands elsewhere in small letters."""
    plain = without_possessive(word.lower().replace("’", "'"))
    if word.isupper() and len(word) > 1:
        return False
    return (
        plain in STOP_WORDS
        or plain in _OPENERS
        or re.search(rf"\b{re.escape(plain)}\b", text[match.end() : match.end() + MAX_SENTENCE]) is not None
    )
