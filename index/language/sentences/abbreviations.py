"""The words that sentence splitting has to know: abbreviations by what may follow them, and sentence starters."""

from __future__ import annotations

import re
from enum import Enum

from index.language.lists import word_groups


class Kind(Enum):
    """What a word that ends in a full stop is, and so what the stop can be."""

    PLAIN = "an ordinary word: the stop ends the sentence"
    TITLE = "stands before what it belongs to (Gen., e.g., vs.): the stop never ends a sentence"
    NUMBERED = "an abbreviation only if a number follows (No. 5, sec. 12)"
    CLOCK = "a.m. and p.m.: ends a sentence unless a day, a time zone or a number follows"
    STATE = "a US state: a proper name seldom follows it within a sentence"
    INITIALS = (
        "one capital, or several with stops (George W., J.K., U.S.): may end a sentence before a sentence starter"
    )
    MAY_END = "any other abbreviation that may end a sentence (Inc., Jr., Sept.), before a sentence starter"


_LISTS = word_groups("sentence_words")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_LISTS["may_end"], Kind.MAY_END),
    **dict.fromkeys(_LISTS["states"], Kind.STATE),
    **dict.fromkeys(_LISTS["numbered"], Kind.NUMBERED),
    **dict.fromkeys(_LISTS["titles"], Kind.TITLE),
    # "Sr." is Spanish for "Mr.", but in English news it is the father of a "Jr.".
    "Sr": Kind.MAY_END,
    **dict.fromkeys(("a.m", "p.m", "A.M", "P.M"), Kind.CLOCK),
}
# In a line of capitals (a headline, a dateline) "ST." and "GEN." are what they are elsewhere; but "NO." and "ME." are
# words far more often than abbreviations there.
_SHOUTED: dict[str, Kind] = {
    word.upper(): kind
    for word, kind in _KINDS.items()
    if kind in (Kind.TITLE, Kind.MAY_END) and len(word) > 1 and word.lower() not in {"al", "co", "sat", "sun", "del"}
}
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]{1,2}")


def kind_of(word: str) -> Kind:
    """What `word` is, given without its last full stop (`U.S`, `Gen`, `a.m`, `ended`)."""
    kind = _KINDS.get(word) or _SHOUTED.get(word)
    if kind is not None:
        return kind
    if len(word) == 1 and word.islower() and "а" <= word <= "я":
        return Kind.MAY_END  # a town, a year, a river in Russian; no sentence ends with such a letter of its own
    if len(word) == 1:
        # One capital is an initial; one letter of a script without case (an Arabic "Dr.") is an abbreviation too.
        return Kind.INITIALS if word.isalpha() and not word.islower() else Kind.PLAIN
    if "." in word and len(word) <= 9 and not word.islower() and _INITIALS.fullmatch(word):
        return Kind.INITIALS
    return Kind.PLAIN


STARTERS = frozenset(_LISTS["starters"] + _LISTS["starters_abroad"])
"""Words that, with a capital, begin a sentence and are hardly ever part of a name."""

NOUN_STARTERS = frozenset(_LISTS["noun_starters"])
"""Words that begin a sentence if what follows is in lower case: "U.S. Officials said", but "U.S. Army Reserve"."""

DAY_OR_ZONE = frozenset(_LISTS["days_and_zones"])
"""What follows a.m. or p.m. within a sentence."""

SPEECH_VERBS = "|".join(_LISTS["speech_verbs"])

BRANDS = frozenset(_LISTS["brands"])
"""Names that end in an exclamation or question mark."""
