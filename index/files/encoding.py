"""Which encoding a text is in that does not say so: UTF-8, UTF-16, or windows-1252 where its bytes leave no doubt."""

from __future__ import annotations

import re

from index.language.detect import language_of

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 4096  # bytes at the head of a text, in which UTF-16 of Latin letters shows without a mark
_ZEROS = 0.9  # of every second byte of it
_WESTERN = frozenset(("en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "no", "fi"))
_LETTERS = "àâäáãåæçèéêëìíîïñòóôöõøùúûüßœ"
# What windows-1252 has beyond ASCII, where English and its neighbours have it: within words in small letters or in
# capitals; quotation marks and dashes as they stand in a text. In another encoding the same bytes mean something else,
# and stand elsewhere: the apostrophe of Mac OS Roman is a capital Õ within a word.
_IN_PLACE = re.compile(
    rf"(?<=[a-z{_LETTERS}A-ZÀ-ÖØ-Ü’'])[{_LETTERS}]|[{_LETTERS}](?=[a-z])|(?<=\s)à(?=\s)"
    rf"|(?<![a-z{_LETTERS}])[À-ÏÑ-ÖØ-ÜŒ](?=[A-Za-z{_LETTERS}'’\s])|(?<=[A-Z])[À-ÏÑ-ÖØ-ÜŒ](?![a-z])"
    r"|(?<!\w)[“”„‘’‚]|[“”„‘’‚](?!\w)|(?<=[^\W\d_])’(?=[^\W_])"
    r"|[«»–—…•·\u00a0\u00ad§©®™¡¿]|[£€](?=\s?\d)|(?<=\d)[\u00a0 ]?[€°ªº½¼¾²³]|[½¼¾](?=\s)"
)
_ASCII = re.compile(r"[\x00-\x7f]+")
_MOST = 0.2  # of the characters of a text that may lie beyond ASCII


def decoded(data: bytes) -> str | None:
    """The text that some bytes are, without a byte order mark, line ends as they are; None where that is in doubt.

    UTF-16 is read by its mark, or where nearly every second byte is zero. Of the encodings of one byte a letter
    only windows-1252 is read, and only where all that is beyond ASCII stands where it would in a Western language.
    """
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _strict(data[2:], encoding)
    for half, encoding in enumerate(("utf-16-be", "utf-16-le")):  # the half of the bytes that is zero in Latin letters
        zeros, others = data[half:_SAMPLE:2], data[1 - half : _SAMPLE : 2]
        if others and zeros.count(0) > _ZEROS * len(zeros) and 0 not in others:
            return _strict(data, encoding)
    text = _strict(data, "utf-8-sig")
    if text is None:
        western = _strict(data, "cp1252")
        return western if western is not None and _is_western(western) else None
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_western(text: str) -> bool:
    beyond = len(text) - sum(map(len, _ASCII.findall(text)))
    if beyond > _MOST * len(text):
        return False
    return _IN_PLACE.sub("", text).isascii() and language_of(text) in _WESTERN
