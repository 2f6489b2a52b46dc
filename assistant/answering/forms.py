"""What a question wants to look at: the whole of a story rather than one fact of it."""

from __future__ import annotations

import re

__all__ = ["asks_overview"]

_OVERVIEW = re.compile(
    r"""^\W*(?:(?:please|can\syou|could\syou|so|and|ok|now)\W+)*
    (?: what(?:'?s|’s|\sis|\swas|\shas|\sdid)?\s(?:actually\s|just\s)?
          (?:happen(?:ed|ing|s)?|going\son|new|the\s(?:latest|news|story|gist))\b
      | what\s(?:do|does)\s(?:we|the\sarticles?|it)\s(?:know|say)\sabout
      | what(?:'?s|’s|\sis|\sare)\s(?:this|it|the\s(?:article|story|report|news|text)|these|they)\s(?:all\s)?about
      | (?:tell|inform|brief|update|fill|catch)\sme\s(?:more\s)?(?:about|on|in|up)\b
      | (?:give|write|make)\s(?:me\s)?(?:an?\s|the\s)?(?:short\s|brief\s|quick\s)?
          (?:overview|summary|briefing|gist|recap|rundown|key\spoints|main\spoints)
      | (?:summari[sz]e|sum\sup|recap|describe\swhat)\b
      | (?:(?:an?|the|short|brief|quick)\s)*(?:overview|summary|briefing|gist|recap|rundown|key\spoints|main\spoints)\b
      | (?:any|the\slatest|latest|what)\s(?:news|updates?)\b
    )""",
    re.I | re.X,
)


def asks_overview(question: str) -> bool:
    """Whether a question asks what happened, or for a summary, rather than for one thing."""
    return _OVERVIEW.match(question) is not None
