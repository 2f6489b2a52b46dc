"""JSON files that are not lines: an article or several, under the usual names, in what services answer with, or as
ninjs, the IPTC's News in JSON, of versions 1.0 to 3.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import ArticleError, ForeignFileError, WithdrawnError
from index.files.columns import Columns
from index.files.fields import Item, decode
from index.files.markup import text_of_html
from index.files.records import Record, read_jsonl, read_records, unwrapped

_HEAD = 4096
_WHOLE = (b"[", b"{\n", b"{\r\n")  # how JSON that is no lines begins
_LOOKS_LIKE_NEWS = re.compile(
    r"""^\s*[\[{].*"(?:text|body|content|headlines?|body_\w+|bodies|maintext)"\s*:""", re.DOTALL
)
# Where services and programs keep the list of what they found.
_LISTS = (
    "articles items results data docs documents news entries stories hits response value posts rows records objects "
    "edges nodes @graph".split()
)
_DEPTH = 4

Pair = tuple[str, Any]


def read_json(path: Path, data: bytes, columns: Columns | None = None) -> Iterator[Item]:
    """The articles of a JSON file; an item that cannot be used comes as an ArticleError in its place.

    They may be one object, a list, an object of objects by id, or a list somewhere in an object (`articles`, as of
    NewsAPI). A file of JSON lines is read as such, whatever its name.

    Raises:
        ForeignFileError: it holds something else than articles.
        ArticleError: it is no text, or it begins as articles do and is no JSON, as one that was cut off.
    """
    columns = columns or Columns()
    text = decode(path, data)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        if _is_lines(text, columns):
            yield from read_jsonl(path, data, columns)
            return
        kind = ArticleError if _LOOKS_LIKE_NEWS.search(text[:_HEAD]) else ForeignFileError
        raise kind(str(path), "is not JSON; correct it (one article a line is `.jsonl`).") from None
    items = _items(path, loaded, columns)
    if not any(_is_news(item, columns) for _, item in items):
        raise ForeignFileError(str(path), "holds no article: none with a text and a title or an id, and none in ninjs.")
    yield from read_records(path, (_record(where, item) for where, item in items), columns)


def read_lines(path: Path, data: bytes, columns: Columns | None = None) -> Iterator[Item]:
    """The articles of a file of JSON lines; of one that is JSON as a whole, whatever its name, as `read_json`.

    Raises:
        ArticleError: there is no line in it.
    """
    whole = read_json if data[:_HEAD].lstrip().startswith(_WHOLE) and _is_whole(data) else read_jsonl
    yield from whole(path, data, columns)


def _is_whole(data: bytes) -> bool:
    """Whether some bytes are one list or object, and not several in lines."""
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(loaded, dict) or any(isinstance(item, dict) for item in loaded)


def _is_lines(text: str, columns: Columns) -> bool:
    first, _, rest = text.lstrip().partition("\n")
    try:
        return bool(rest.strip()) and _is_news(json.loads(first), columns)
    except (ValueError, RecursionError):
        return False


def _items(path: Path, loaded: object, columns: Columns) -> list[Pair]:
    """What may be articles in it, each with how a message names it."""
    if isinstance(loaded, dict):
        values = list(loaded.values())
        if values and all(isinstance(value, dict) and _is_news(value, columns) for value in values):
            return [(f"{path}, {key[:60]!r}", {"id": key, **value}) for key, value in loaded.items()]
        if (rows := _rows(loaded)) is not None:
            return _numbered(path, rows)
    if isinstance(loaded, dict) and not _is_news(loaded, columns):
        listed = _list_in(loaded, _DEPTH)
        if listed is not None:
            feed = loaded.get("title") if "jsonfeed.org" in str(loaded.get("version")) else None
            return _numbered(path, [_unwrapped(item, feed) for item in listed])
    return _numbered(path, loaded) if isinstance(loaded, list) else [(str(path), loaded)]


def _rows(loaded: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a table that was written column by column, as pandas does; None if it is no such table."""
    names, data = loaded.get("columns"), loaded.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    columns = list(loaded.values())
    if all(isinstance(column, dict) for column in columns):
        columns = [list(column.values()) for column in columns if column.keys() == columns[0].keys()]
    elif not all(isinstance(column, list) for column in columns):
        return None
    if len(columns) < max(2, len(loaded)) or {len(column) for column in columns} != {len(columns[0])}:
        return None
    rows = [dict(zip(loaded, row, strict=True)) for row in zip(*columns, strict=True)]
    return None if any(isinstance(value, dict) for row in rows for value in row.values()) else rows


def _numbered(path: Path, items: list[Any]) -> list[Pair]:
    return [(f"{path}, item {number}", item) for number, item in enumerate(items, start=1)]


def _list_in(value: Mapping[str, Any], depth: int) -> list[Any] | None:
    """The list of objects in an object, or in one that it holds, under a name that such lists have."""
    for name in _LISTS:
        inner = value.get(name)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return inner
        if isinstance(inner, dict) and depth and (found := _list_in(inner, depth - 1)) is not None:
            return found
    return None


def _unwrapped(item: Any, feed: object) -> Any:
    """An item as it is: without what a search server puts around it, with the name of the feed that it is from."""
    if isinstance(item, dict):
        item = unwrapped(item)
    if isinstance(item, dict) and isinstance(item.get("fields"), dict) and "webTitle" in item:  # The Guardian's
        fields = item["fields"]
        item = {**item, "text": fields.get("bodyText") or text_of_html(str(fields.get("body") or "")) or None}
    return {**item, "source": item.get("source") or feed} if isinstance(item, dict) and feed else item


def _is_news(item: object, columns: Columns) -> bool:
    if not isinstance(item, dict):
        return False
    row = columns.read(item)
    listed = all(row.fields.get(name) for name in ("title", "url", "date"))
    return row.looks_like_an_article() or _is_ninjs(item) or _is_ours(item) or listed


def _record(where: str, item: object) -> Record | ArticleError:
    """An item as a record of columns with our names."""
    if not isinstance(item, dict):
        return ArticleError(where, "is no article: it is no object with a text.")
    if _is_ours(item) or not _is_ninjs(item):
        return Record(where, item)
    if str(item.get("pubstatus", "")).lower() in ("canceled", "cancelled", "withheld"):
        return WithdrawnError(where, "was cancelled or withheld by its agency; it is no article any more.", _ids(item))
    text = _ninjs_text(item)
    if text is None:
        return ArticleError(where, "has no text; every article needs some.", _ids(item))
    return Record(where, {**_ninjs_fields(item), "text": text})


def _is_ours(item: Mapping[str, Any]) -> bool:
    return "text" in item and item.get("id") not in (None, "")


def _is_ninjs(item: Mapping[str, Any]) -> bool:
    named = isinstance(item.get("uri"), str) and item["uri"].strip()
    return bool(named) and any(name.startswith(("headline", "body_", "bodies", "versioncreated")) for name in item)


def _ids(item: object) -> frozenset[str] | None:
    """The id of an item that is read no further, as make_article would write it."""
    given = (item.get("id") or item.get("uri")) if isinstance(item, dict) else None
    return frozenset([" ".join(str(given).split())]) if isinstance(given, str | int) else None


def _ninjs_fields(item: Mapping[str, Any]) -> dict[str, object]:
    headline = item.get("headline") or _of_roles(item.get("headlines")) or item.get("title")
    sources = item.get("infosources") or item.get("infosource") or []
    names = [source.get("name") for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    return {
        "id": item["uri"],
        "title": text_of_html(headline) if isinstance(headline, str) else None,
        "date": item.get("contentcreated") or item.get("firstcreated") or item.get("versioncreated"),
        "source": next((name for name in names if name), None) or item.get("source") or item.get("copyrightholder"),
        "url": item.get("url"),
    }


def _ninjs_text(item: Mapping[str, Any]) -> str | None:
    """The body: plain text where there is some, else the text of its HTML."""
    plain = item.get("body_text")
    if isinstance(plain, str) and plain.strip():
        return plain
    listed = item.get("bodies")
    bodies = [body for body in listed if isinstance(body, dict)] if isinstance(listed, list) else []
    for body in sorted(bodies, key=lambda body: body.get("contenttype") != "text/plain"):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            return value if body.get("contenttype") == "text/plain" else text_of_html(value)
    marked = [item[name] for name in sorted(item) if name.startswith("body_") and isinstance(item[name], str)]
    return next((text for text in map(text_of_html, marked) if text), None)


def _of_roles(values: object) -> object:
    """Of several values with roles the one of role `main`, or else the first."""
    given = [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
    ranked = sorted(given, key=lambda one: one.get("role") not in ("main", "headline", None))
    return ranked[0].get("value") if ranked else None
