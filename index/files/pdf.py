"""PDF files: the text of the pages by pypdf, put together by `pdf_text`; title and day from what the file says."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleError, ArticleWarning
from index.files.fields import ENOUGH_LETTERS, Item, body_start, default_id, letters, make_article
from index.files.pdf_text import Line, largest_heading, paragraphs, without_furniture

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# pypdf's documentation: "broken PDF files might cause other exceptions" than its own.
_FAULTS = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError),
    *(NotImplementedError, OSError, EOFError, MemoryError, struct.error, zlib.error),
)
_NO_TITLE = re.compile(
    r"untitled|(microsoft \w+|powerpoint presentation|document|slide)\b.*|.*\.\w{2,5}", re.IGNORECASE
)
_LIGATURES = {0xFB00 + n: text for n, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_LONGEST_TITLE = 300
_READABLE = 0.5


def read_pdf(path: Path, data: bytes) -> Iterator[Item]:
    """The one article of a PDF file: a line for each paragraph, without running heads, page numbers and hyphens at the
    ends of lines. The title is the file's own, if it has one that is no file name, or else the first of the largest
    lines; the day is that on which the file says it was made.

    Raises:
        ArticleError: it needs a password, holds pictures of pages only, or is broken.
    """
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = _open(path, data)
        pages = [_lines(page, number) for number, page in enumerate(reader.pages)]
        title, day = _title(reader), _day(reader)
    except (DependencyError, FileNotDecryptedError):
        raise ArticleError(str(path), "is encrypted; save it without a password and index it again.") from None
    except (PyPdfError, *_FAULTS) as error:
        reason = f"is not a whole PDF file ({type(error).__name__}); save or copy it again."
        raise ArticleError(str(path), reason) from None
    blocks = paragraphs(without_furniture(pages))
    text = "\n".join(blocks)
    _check(path, text, len(pages))
    empty = sum(1 for lines in pages if not lines)
    if empty:
        yield ArticleWarning(
            str(path), f"has no text on {empty} of {len(pages)} pages; if they are scanned, run OCR on it."
        )
    title = title or largest_heading(pages)
    body = body_start(text, title)
    fields = {"title": title or blocks[0], "date": day}
    yield from make_article(str(path), text, fields, body=body, default_id=default_id(path), path=path)


def _open(path: Path, data: bytes) -> PdfReader:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is of no interest, what it cannot it raises
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError(str(path), "is encrypted; save it without a password and index it again.")
    return reader


def _lines(page: PageObject, number: int) -> list[Line]:
    """The lines of a page in the order of the file, each with the place where it begins and the size of its letters."""
    height = float(page.mediabox.height) or 1.0
    bottom = float(page.mediabox.bottom)
    lines: list[Line] = []
    pieces: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[1]) or 1.0
        for part in text.splitlines(keepends=True):
            if part.strip():
                pieces.append((part.strip("\r\n"), x, y, size * scale))
            if part.endswith(("\n", "\r")) and pieces:
                lines.append(_line(pieces, number, bottom, height))
                pieces.clear()

    page.extract_text(visitor_text=visit)
    if pieces:
        lines.append(_line(pieces, number, bottom, height))
    return lines


def _line(pieces: list[tuple[str, float, float, float]], page: int, bottom: float, height: float) -> Line:
    text = " ".join("".join(piece[0] for piece in pieces).translate(_LIGATURES).split())
    size = max(pieces, key=lambda piece: len(piece[0]))[3]
    return Line(text, page, pieces[0][1], pieces[0][2], size, (pieces[0][2] - bottom) / height)


def _check(path: Path, text: str, pages: int) -> None:
    if letters(text) < ENOUGH_LETTERS:
        raise ArticleError(
            str(path), f"holds next to no text on {pages} page(s), as a scan does; run OCR on it, and index it again."
        )
    shown = sum(1 for letter in text if letter.isalnum() or letter in " \n")
    if shown < _READABLE * len(text):
        raise ArticleError(
            str(path), "does not say which letters its signs stand for; run OCR on it, and index it again."
        )


def _title(reader: PdfReader) -> str:
    given = " ".join((reader.metadata.title or "").split()) if reader.metadata else ""
    sane = 5 <= len(given) <= _LONGEST_TITLE and given.isprintable() and " " in given and not _NO_TITLE.fullmatch(given)
    return given if sane else ""


def _day(reader: PdfReader) -> str | None:
    try:
        made = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None  # nobody wrote it by hand: not worth a warning
    return made.date().isoformat() if made is not None and made.year > 1990 else None
