"""Whether the quotations, links and tags of a statement stand in its sources, word for word."""

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


_LINK = re.compile(
    r"""\b[a-z][a-z0-9+.-]{0,40}://\S+ | [a-z0-9+.-]://\S+ | \b(?:javascript|data|vbscript|file|mailto):\S+
      | \bwww\.\S+ | \b[\w.+-]{1,64}@[\w-]++(?:\.[\w-]+)+ | [\w.+-]@[\w-]++(?:\.[\w-]+)+
      | \b(?:[a-z0-9-]{1,63}\.){1,10}(?:com|org|net|io|info|biz|dev|app|example|test|[a-z]{2})/\S*
      | \b(?:[a-z0-9-]{1,63}\.){1,10}(?:com|org|net|io|info|biz|dev|app|example|test)\b
      | !?\[[^\[\]]*+\]\([^()\s]*+ | <[a-z!/][^>]*>?
      | \{\{.* | \$\{.* | &\#?\w{1,12};""",
    re.X | re.I,
)


def unsupported_links(statement: str, sentences: Sequence[str]) -> list[str]:
    """The links, addresses and tags of a statement that stand in none of the sentences."""
    there = "\n".join(sentences).lower()
    return [link for link in _LINK.findall(statement) if link.rstrip(".,;:!?)").lower() not in there]
