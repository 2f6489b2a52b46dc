"""Text of articles, models and users as text only: what a terminal would obey, or nobody could see, is spelled out.

Without it a headline could clear the screen, set the window's title, or show another text than the one that is there.
"""

from __future__ import annotations

import re

# Control codes (they move the cursor, set the title, ...), and characters that turn the reading direction or hide.
_UNSAFE = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff"
)
_HIDDEN = re.compile(f"[{_UNSAFE}]")
_HIDDEN_BUT_LAYOUT = re.compile(f"(?!\r\n|[\n\t])[{_UNSAFE}]")


def one_line(text: str) -> str:
    r"""A text on one line, with what a terminal would obey or hide spelled out as `\x1b` or `\u202e`."""
    return _HIDDEN.sub(_spelled, " ".join(text.split()))


def visible(text: str) -> str:
    """A text with its line breaks and tabs as they are, and the rest spelled out as `one_line` does."""
    return _HIDDEN_BUT_LAYOUT.sub(_spelled, text)


def json_visible(document: str) -> str:
    r"""A JSON document with the same characters written as `\u001b`: to a program it says what it said before."""
    return _HIDDEN_BUT_LAYOUT.sub(_json_spelled, document)


def _spelled(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _json_spelled(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
