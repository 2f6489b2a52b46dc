"""The quotations of a text."""

from __future__ import annotations

import re

# An opening mark without its closing one quotes to the end, and the other way round: what is left open must not escape
# the check. Doubled marks are one.
_MARKED = re.compile(
    r"""^([^“”„«»]*)[”»] | ^([^“”„«»"]*[^\d"])"(?=[^"\w]*$) | “([^”]*)(?:”|$) | [«‹「『《]([^»›」』》]*)(?:[»›」』》]|$)
      | (?:„|,,)((?:(?!'')[^“”])*)(?:[“”]|''|$)
      | (?<!\w)‘((?:[^’]|’(?=\w))*)(?:’(?!\w)|$) | (?:''|``)((?:(?!'').)*)(?:''|$) | `([^`']*)(?:[`']|$)
      | (?<![\w'])'(?!\d\ds|n')((?:[^']|'(?=\w))*)(?:'(?!\w)|$) | ["＂〝]+([^"＂〞]*)(?:["＂〞]+|$)""",
    re.X | re.S,
)


def quotations(text: str) -> list[str]:
    """What stands between quotation marks, as it is written; marks of feet and decades ('90s) are not counted."""
    found = (next((group for group in match.groups() if group is not None), "") for match in _MARKED.finditer(text))
    return [quotation for quotation in found if any(c.isalnum() for c in quotation)]
