"""JSON lines: one article a line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.errors import ArticleError
from index.files.fields import Item, body_start, make_article

__all__ = ["read_jsonl"]

# What is left of an `id` in a line that is broken somewhere else. Within a text, the quotes would have a backslash.
_ID = re.compile(r'(?<!\\)"id"\s*+:?\s*+("(?:[^"\\]|\\.)*+"|-?\d++(?=\s*+[,}]))')


def read_jsonl(path: Path, data: bytes) -> Iterator[Item]:
    """The articles of a JSON-lines file: `id`, `title`, `text`, and where known `date`, `source`, `url`.

    A line that cannot be used comes as an ArticleError in its place, with the ids that can still be read in it, and the
    lines after it are read.

    Raises:
        ArticleError: there is no line in it. A copy that failed leaves such a file, whose articles are not gone.
    """
    is_empty = True
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if line.strip():
            is_empty = False
            where = f"{path}:{number}"
            try:
                yield from _read_line(where, path, line)
            except ArticleError as error:
                yield ArticleError(where, error.reason, _ids_in(line))
    if is_empty:
        reason = "is empty; write it again, or take its articles out with `dateline index --remove`."
        raise ArticleError(str(path), reason)


def _read_line(where: str, path: Path, line: bytes) -> Iterator[Item]:
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
    yield from make_article(where, text, loaded, body=body_start(text, loaded.get("title")), default_id="", path=path)


def _ids_in(line: bytes) -> frozenset[str] | None:
    """The ids of the articles that a broken line may have been; None if not all of them can be read."""
    found = set()
    for quoted in _ID.findall(line.decode("utf-8", "replace")):
        try:
            found.add(" ".join(str(json.loads(quoted)).split()))
        except ValueError:
            return None
    return frozenset(found) if found and not any("\ufffd" in article_id for article_id in found) else None
