"""Addresses and markup in a statement: one with a link, host or tag that no cited sentence has is not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
