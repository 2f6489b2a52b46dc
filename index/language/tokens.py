"""Text in pieces that numbers are read from: digits, words, signs, with what is no number left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
