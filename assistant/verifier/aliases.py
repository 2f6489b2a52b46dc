"""Names that news reports use for the same country or body. Each line is one; its names may take each other's place."""

from __future__ import annotations

import re

__all__ = ["aliases"]

_SAME = """
united states, u.s., us, usa, u.s.a., america, american, americans
united kingdom, u.k., uk, britain, great britain, british, briton, britons
united nations, u.n., un
european union, e.u., eu
united arab emirates, u.a.e., uae, emirati
france, french
germany, german, germans
spain, spanish
netherlands, dutch
denmark, danish
sweden, swedish
poland, polish
greece, greek, greeks
turkey, turkish, türkiye
switzerland, swiss
norway, norwegian
finland, finnish
ireland, irish
scotland, scottish
wales, welsh
england, english
china, chinese
japan, japanese
thailand, thai
philippines, filipino, philippine
lebanon, lebanese
argentina, argentine, argentinian
peru, peruvian
north atlantic treaty organization, north atlantic treaty organisation, nato
world health organization, world health organisation, who
international monetary fund, imf
federal bureau of investigation, fbi
central intelligence agency, cia
hayat tahrir al-sham, hts
islamic state, isis, isil, daesh
kyiv, kiev
""".strip()

_GROUPS = [[name.strip() for name in line.split(",")] for line in _SAME.splitlines()]
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
