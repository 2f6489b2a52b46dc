"""Which encoding a text is in that does not say so, or that says so as HTML does: mark, declaration, then UTF-8.

Follows the WHATWG's Encoding and HTML standards in what matters for saved pages.
"""

from __future__ import annotations

import codecs
import re
from html import escape
from pathlib import Path

from index.errors import ArticleError
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
    r"|(?<!\w)[“”„‘’‚]|(?<=\\n)[“„‘]|[“”„‘’‚](?!\w)|(?<=[^\W\d_])’(?=[^\W_])"
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


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(
    rb"""<meta\s(?:(?!<meta\s)[^>])*?charset\s*+=\s*+["']?\s*+([\w:.-]+)
      |\A\s*+<\?xml\s[^>]*?encoding\s*+=\s*+["']([\w:.-]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD = 4096  # bytes in which a page may declare its encoding; browsers look at 1,024, which saved pages exceed
# Labels that mean another encoding than Python's codec of that name.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "utf-16": "utf-8",  # it could not have been read if it were true
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
# By Python's names.
_KNOWN = re.compile(
    r"utf-8|cp(125\d|866|874|932|949)|iso8859-\d{1,2}|koi8-[ru]|gb18030|big5(hkscs)?|euc_jp|mac-(roman|cyrillic)|tis-620"
)
_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*\?>")


def decode_page(path: Path, data: bytes) -> str:
    """The text of a page, without byte order mark and XML declaration.

    A page that declares nothing and is not UTF-8 is read as windows-1252, as the standard has it. Bytes that are no
    character in the page's own encoding become U+FFFD, as in a browser.

    Raises:
        ArticleError: it is in an encoding that is not known, or is not text.
    """
    text = _decoded(path, data)
    if "\0" in text[:_HEAD]:
        raise ArticleError(str(path), "is not text, whatever its name says; remove it, or give it its own ending.")
    return _XML_DECLARATION.sub("", text, count=1).replace("\0", "")


def _decoded(path: Path, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")  # whatever it says: other encodings hardly ever look like UTF-8
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data[:_HEAD])
    label = (match[1] or match[2]).decode("ascii", "replace").lower() if match else "cp1252"
    known = _codec(label)
    if known is None:
        raise ArticleError(str(path), f"is in the encoding {label[:40]!r}, which is not known; save it as UTF-8.")
    return data.decode(known, "replace")


def _codec(label: str) -> str | None:
    """Python's name for the encoding that a browser takes a label for."""
    for name in (label, label.removeprefix("x-"), label.replace("windows-", "cp")):
        try:
            found = codecs.lookup(_MEANT.get(name, name)).name
        except LookupError:
            continue
        meant = _MEANT.get(found, found)
        if _KNOWN.fullmatch(meant):
            return meant
    return None


def with_headers(data: bytes, url: str | None, charset: str | None) -> bytes:
    """A page with what an archive says of it besides, its address and encoding, where the page itself does not."""
    head = data[:_HEAD].lower()
    added = b""
    if charset and not _DECLARED.search(data[:_HEAD]) and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        added += f'<meta charset="{escape(charset)}">'.encode("ascii", "ignore")
    if url and b"canonical" not in data.lower() and b"og:url" not in data.lower():
        added += f'<link rel="canonical" href="{escape(url)}">'.encode("ascii", "ignore")
    match = re.search(rb"<head(?:\s[^>]*)?>", head) or re.search(rb"<html(?:\s[^>]*)?>", head)
    start = match.end() if match else 0
    return data[:start] + added + data[start:]
