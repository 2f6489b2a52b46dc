"""A stop: one place of a text where a sentence may end, and what stands on both sides of it."""

from __future__ import annotations

import re

from index.language.sentences.abbreviations import Kind, kind_of

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
