"""Letters as people type them: without accents, ligatures, full width and what is not seen, for comparing alone.

What is shown and cited is never folded, and no offset is counted in a folded text.
"""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, as they are typed where there is no key for them.
_LETTERS = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "æ": "ae", "Æ": "AE", "œ": "oe",
    "Œ": "OE", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n",
    "Ŋ": "N", "ĸ": "k", "ə": "e", "Ə": "E", "ƒ": "f", "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "Ƙ": "K",
    "ƴ": "y", "Ƴ": "Y", "ɨ": "i", "ʉ": "u", "ɔ": "o", "Ɔ": "O", "ɛ": "e", "Ɛ": "E", "ʼ": "'", "ʻ": "'", "ʿ": "",
    "ʾ": "", "ـ": "",
}  # fmt: skip
# Seen as nothing, and found within words: soft hyphen, zero-width space, word joiner, byte order mark, marks of
# direction, variation selectors. Not the joiners, which Persian and Indian scripts write with.
_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\u034f")
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"  # accents of Latin, Greek and Cyrillic letters
_ARABIC_MARKS = frozenset(map(chr, range(0x064B, 0x0653))) | {"\u0670"}


class _Table(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


def folded(text: str) -> str:
    """A text whose letters are those that it may be typed with: "Łódź" and "Lodz" are the same, "ﬁre" and "fire".

    Two texts that look alike (composed or decomposed accents, full-width letters, soft hyphens within words) are the
    same when folded. Case stays. Marks that are letters of their own in their script (Devanagari, Thai, Japanese) stay.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_TABLE))


def _folded(letter: str) -> str:
    if letter in _UNSEEN or _FIRST_MARK <= letter <= _LAST_MARK or letter in _ARABIC_MARKS:
        return ""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if not (letter.isalpha() or letter.isdecimal()):
        return letter
    # Taken apart, without the marks; others (dakuten, the parts of Hangul) come together again.
    parts = (part for part in unicodedata.normalize("NFKD", letter) if not _FIRST_MARK <= part <= _LAST_MARK)
    return unicodedata.normalize("NFC", "".join(_LETTERS.get(part, part) for part in parts))


_TABLE = _Table()
