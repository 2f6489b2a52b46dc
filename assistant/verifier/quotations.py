"""Whether the quotations of a statement stand in its sources, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.text import parsed

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[…\]|\[\.\.\.\]")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "`": "'", "–": "-", "—": "-"}
)


def unsupported_quotations(statement: str, sentences: Sequence[str]) -> list[str]:
    """The quotations of a statement that stand in none of the sentences.

    Quotation marks, spaces and a comma or full stop at the end may differ, and an ellipsis may leave something out in
    the middle; no word may.
    """
    there = [_plain(sentence) for sentence in sentences]
    return [
        quotation for quotation in parsed(statement).quotations if not any(_stands(quotation, each) for each in there)
    ]


def _stands(quotation: str, sentence: str) -> bool:
    at = 0
    for piece in _ELLIPSIS.split(quotation):
        wanted = _plain(piece).strip(" .,;:!?\"'-")
        if not wanted:
            continue
        match = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(sentence, at)
        if match is None and at == 0:  # the first letter may become a capital
            match = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)", re.I).search(sentence)
            if match is not None and match[0][1:] != wanted[1:]:
                return False
        if match is None:
            return False
        at = match.end()
    return True


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())
