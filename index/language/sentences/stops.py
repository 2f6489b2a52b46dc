"""A stop: one place of a text where a sentence may end, what stands on both sides of it, and words to know there."""

from __future__ import annotations

import re
from enum import Enum

from index.language.words import word_groups


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


_OPENERS = "\"'“‘„‚«‹(\\[{¿¡「『《〈【"
_CLOSERS = "\"'”’»›«‹)\\]}」』】》〉）"
QUOTES = frozenset("\"'“”‘’„«»‹›")
STRONG = "。！？｡．।॥։።፧፨။៖។"  # scripts that use these put no space after them, and use them for nothing else

# What may end a sentence: a run of stops, spaced dots included, with the quotes and brackets closed behind it, then
# space; or, without a space, something that can begin a sentence. "“" closes in German but opens in English; "»" may
# stand off in French. Zero-width characters go with what stands before them. It always matches at a mark (where no
# sentence can end, `lastgroup` is "close") and gives nothing back: a search that fails starts again at every mark.
STOP = re.compile(
    rf"""
    (?P<mark> \.(?:[ \u00a0\u2009\u202f]\.){{2,}}+ | [.!?…‼⁇⁈⁉‽؟۔{STRONG}]++ )
    (?P<close> (?: [{_CLOSERS}] | [\u00a0\u202f\ ]» | [“‘](?=[\s.,;:)]|\Z) | \[\d{{1,3}}\]
                 | [\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff] )*+ )
    (?: (?P<gap>\s++) | (?P<glued> (?<=[{STRONG}{_CLOSERS}]) | (?= [^\sa-z0-9.,;:!?…%&/\\=_@+\-–—)] ) ) )?
    """,
    re.VERBOSE,
)
_AFTER = re.compile(rf"((?:[{_OPENERS}]|(?<=«)[ \u00a0\u202f]){{0,6}})(\w[\w'’]{{0,40}})?")
_PIECE = re.compile(r"[-–—/(\[{<>\"“”‘«,:;]")


class Stop:
    """One place where a sentence may end.

    Attributes:
        text: the whole text.
        start: where the current sentence began.
        limit: where the paragraph ends: no rule looks behind it.
        at: the index of the first stop mark.
        end: the index behind the mark and what it closes: the sentence's end, if it is one.
        next: the index of the next visible character; equal to `end` if no space follows.
        mark: the stop marks themselves.
        close: closing quotes and brackets behind the mark.
        word: the word before the mark, without the mark (`U.S` for `U.S.`); "" if a space is before it.
        kind: what that word is; `Kind.PLAIN` if the mark is not one full stop.
        opener: opening quotes and brackets at `next`.
        after: the word that follows them, "" if there is none.
        after_end: the index behind that word.
    """

    __slots__ = (
        "after",
        "after_end",
        "at",
        "close",
        "end",
        "kind",
        "limit",
        "mark",
        "next",
        "opener",
        "start",
        "text",
        "word",
    )

    def __init__(self, text: str, start: int, limit: int, match: re.Match[str]) -> None:
        self.text = text
        self.start = start
        self.limit = limit
        self.at, self.next = match.span()
        self.mark: str = match["mark"]
        self.close: str = match["close"]
        self.end = match.end("close")
        before = text[max(start, self.at - 24) : self.at]
        self.word = "" if not before or before[-1].isspace() else _PIECE.split(before.split()[-1])[-1].lstrip("'’*_")
        self.kind = kind_of(self.word) if self.mark == "." else Kind.PLAIN
        self._look_ahead()

    def _look_ahead(self) -> None:
        found = _AFTER.match(self.text, self.next, self.limit)
        assert found is not None  # both of its parts may be empty
        self.opener: str = found[1]
        self.after: str = found[2] or ""
        self.after_end = found.end()

    def reopen(self) -> None:
        """Takes the marks in `close` as opening ones, of the next sentence: `ended."She` may be `ended. "She`."""
        self.end = self.next = self.at + len(self.mark)
        self.close = ""
        self._look_ahead()

    @property
    def after_lower(self) -> bool:
        """Whether the word after next is in lower case."""
        rest = self.text[self.after_end : min(self.after_end + 3, self.limit)]
        return len(rest) > 1 and rest[0].isspace() and rest.lstrip()[:1].islower()
