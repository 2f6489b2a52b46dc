"""JSON lines, plain or gzip-compressed: one article a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.errors import ArticleError
from index.files.fields import make_article

__all__ = ["read_jsonl"]


def read_jsonl(path: Path, data: bytes) -> Iterator[Article | ArticleError]:
    """The articles of a JSON-lines file: `id`, `title`, `text`, and where known `date`, `source`, `url`.

    A line that cannot be used comes as an ArticleError in its place, and the lines after it are read.

    Raises:
        ArticleError: the file claims to be compressed and is not, or is cut off.
    """
    for number, line in enumerate(_plain_bytes(path, data).split(b"\n"), start=1):
        if line.strip():
            try:
                yield _read_line(f"{path}:{number}", path, line)
            except ArticleError as error:
                yield error


def _plain_bytes(path: Path, data: bytes) -> bytes:
    if path.suffix.lower() == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise ArticleError(str(path), "is not a whole gzip file; copy or compress it again.") from None
    return data.removeprefix(b"\xef\xbb\xbf")


def _read_line(where: str, path: Path, line: bytes) -> Article:
    try:
        loaded = json.loads(line)
    except UnicodeDecodeError:
        raise ArticleError(where, "is not UTF-8; save it as UTF-8 and index it again.") from None
    except (ValueError, RecursionError):
        raise ArticleError(where, "is not a line of JSON; correct it.") from None
    if not isinstance(loaded, dict):
        raise ArticleError(where, 'is not a JSON object; write {"id": ..., "title": ..., "text": ...}.')
    text = loaded.get("text")
    if not isinstance(text, str):
        raise ArticleError(where, "has no `text`; every article needs one.")
    if loaded.get("id") in (None, ""):
        raise ArticleError(where, "has no `id`; every article of a JSON-lines file needs one.")
    return make_article(where, text, loaded, body=_body(text, loaded.get("title")), default_id="", path=path)


def _body(text: str, title: object) -> int:
    """Where the body starts: below the title, where the text repeats it as its first line."""
    if isinstance(title, str) and title.strip():
        start = len(text) - len(text.lstrip())
        line, newline, _ = text[start:].partition("\n")
        if newline and " ".join(line.split()) == " ".join(title.split()):
            return start + len(line) + 1
    return 0
