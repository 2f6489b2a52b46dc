"""Names that news reports use for the same country or body. They may take each other's place."""

from __future__ import annotations

import re

from index.language.lists import list_lines

_GROUPS = [[name.strip() for name in line.split(",")] for line in list_lines("aliases")]
_NAME_OF = {name: group for group in _GROUPS for name in group}
_ANY = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_NAME_OF, key=len, reverse=True))})(?!\w)", re.I
)
# As a word of the language rather than a name: "us", "who".
_ONLY_IN_CAPITALS = {"us", "who"}


def aliases(text: str) -> list[str]:
    """The other names of what the list has and the text names."""
    found = []
    for match in _ANY.finditer(text):
        name = match[0].lower()
        if name not in _ONLY_IN_CAPITALS or match[0].isupper():
            found += [other for other in _NAME_OF[name] if other != name]
    return found
