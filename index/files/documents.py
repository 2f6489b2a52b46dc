"""Documents of word processors: .docx by python-docx, .rtf by striprtf. A paragraph is a line, as in a text file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ArticleError
from index.files.access import MAX_FILE_MB
from index.files.archives import Budget, open_zip
from index.files.fields import Item
from index.files.plain import articles_of_text

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "footnoteReference", "pPr", "rPr", "instrText")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the text of a box, a second time
}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_HEADLINES = frozenset(("title", "heading 1"))
_HEAD = 10  # paragraphs among which a headline is looked for
_BLANK = re.compile(r"\n{3,}")


def read_docx(path: Path, data: bytes, max_mb: int = MAX_FILE_MB) -> Iterator[Item]:
    """The article of a .docx: what stands in it now, without what was struck out, notes, heads and feet of pages.

    The title is the paragraph in the style of a title or a first heading, else the first line; header lines may follow,
    as in a text file. The day on which the file was made is not taken for the article's.

    Raises:
        ArticleError: it is no .docx, is encrypted, unpacks to more than `max_mb`, or has no text.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ArticleError(str(path), "is encrypted, or of Word 97; save it as .docx without a password.")
    open_zip(path, data, Budget(path, max_mb)).close()
    try:
        document = docx.Document(io.BytesIO(data))
        lines, title = _lines(document)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError, OSError) as error:
        reason = f"is no whole Word document ({type(error).__name__}); save it again."
        raise ArticleError(str(path), reason) from None
    yield from articles_of_text(path, "\n".join(lines), title)


def read_rtf(path: Path, data: bytes) -> Iterator[Item]:
    """The article of an .rtf: its first line is the title, header lines may follow, as in a text file.

    Raises:
        ArticleError: it is no .rtf, or has no text.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise ArticleError(str(path), "is not RTF, whatever its name says; save it again.")
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise ArticleError(str(path), f"cannot be read as RTF ({type(error).__name__}); save it again.") from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # RTF writes an emoji as two halves
    yield from articles_of_text(path, _BLANK.sub("\n\n", text.strip()))


def _lines(document: Document) -> tuple[list[str], str | None]:
    """The paragraphs, a line each; those of a table's row in one line; and the headline, if it is marked as such."""
    lines: list[str] = []
    headline = None
    for block in document.element.body.iterchildren():
        if block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = (" ".join(_text(cell).split()) for cell in row.iterchildren(f"{_W}tc"))
                lines.append(" | ".join(filter(None, cells)))
        else:
            paragraphs = [block] if block.tag == f"{_W}p" else list(block.iter(f"{_W}p"))
            for paragraph in paragraphs:
                text = _text(paragraph).strip()
                if headline is None and text and len(lines) < _HEAD and _style(document, paragraph) in _HEADLINES:
                    headline = " ".join(text.split())
                    text = headline
                lines.append(text)
    return lines, headline


def _style(document: Document, paragraph: Any) -> str:
    name = paragraph.style
    return next((style.name.lower() for style in document.styles if style.style_id == name and style.name), "")


def _text(element: Any) -> str:
    """The text in an element in its order, without what is struck out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _MARKS:
            parts.append(_MARKS[node.tag])
        elif node.tag not in _GONE:
            if node.tag == f"{_W}p" and node is not element:  # a paragraph in a cell or a box
                stack.append("\n")
            stack.extend(reversed(node))
    return "".join(parts)
