"""JSON lines: one article a line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.errors import ArticleError
from index.files.columns import Columns
from index.files.encoding import decoded
from index.files.fields import Item
from index.files.records import Record, read_records

# What is left of an `id` in a line that is broken somewhere else. Within a text, the quotes would have a backslash.
_ID = re.compile(r'(?<!\\)"id"\s*+:?\s*+("(?:[^"\\]|\\.)*+"|-?\d++(?=\s*+[,}]))')
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read_jsonl(path: Path, data: bytes, columns: Columns | None = None) -> Iterator[Item]:
    """The articles of a JSON-lines file: `id`, `title`, `text`, and where known `date`, `source`, `url`, or what these
    are called elsewhere (`index.files.columns`).

    A line that cannot be used comes as an ArticleError in its place, with the ids that can still be read in it, and the
    lines after it are read.

    Raises:
        ArticleError: there is no line in it. A copy that failed leaves such a file, whose articles are not gone.
    """
    if data.startswith(_WIDE) and (text := decoded(data)) is not None:
        data = text.encode()
    is_empty = True
    for item in read_records(path, _lines(path, data.removeprefix(b"\xef\xbb\xbf")), columns or Columns()):
        is_empty = False
        yield item
    if is_empty:
        reason = "is empty; write it again, or take its articles out with `dateline index --remove`."
        raise ArticleError(str(path), reason)


def _lines(path: Path, data: bytes) -> Iterator[Record | ArticleError]:
    for number, line in enumerate(io.BytesIO(data), start=1):
        if line.strip():
            where = f"{path}:{number}"
            try:
                yield _record(where, line)
            except ArticleError as error:
                yield ArticleError(where, error.reason, _ids_in(line))


def _record(where: str, line: bytes) -> Record:
    text = decoded(line)
    if text is None:
        raise ArticleError(where, "is not UTF-8; save it as UTF-8 and index it again.")
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        raise ArticleError(where, "is not a line of JSON; correct it.") from None
    if not isinstance(loaded, dict):
        raise ArticleError(where, 'is not a JSON object; write {"id": ..., "title": ..., "text": ...}.')
    return Record(where, loaded)


def _ids_in(line: bytes) -> frozenset[str] | None:
    """The ids of the articles that a broken line may have been; None if not all of them can be read."""
    found = set()
    for quoted in _ID.findall(line.decode("utf-8", "replace")):
        try:
            found.add(" ".join(str(json.loads(quoted)).split()))
        except ValueError:
            return None
    return frozenset(found) if found and not any("\ufffd" in article_id for article_id in found) else None
