"""JSON files that are not lines: one article or a list of them, in our own form or as ninjs, the IPTC's News in JSON.

ninjs is read as of versions 1.0 to 3.0 of its schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import ArticleError, ForeignFileError, WithdrawnError
from index.files.fields import Item, body_start, decode, make_article
from index.files.markup import text_of_html

__all__ = ["read_json"]

_HEAD = 4096
_LOOKS_LIKE_NEWS = re.compile(r"""^\s*[\[{].*"(?:text|headlines?|body_\w+|bodies)"\s*:""", re.DOTALL)


def read_json(path: Path, data: bytes) -> Iterator[Item]:
    """The articles of a JSON file; an item that cannot be used comes as an ArticleError in its place.

    Raises:
        ForeignFileError: it holds something else than articles.
        ArticleError: it is not UTF-8, or it begins as articles do and is no JSON, as one that was cut off.
    """
    text = decode(path, data)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        kind = ArticleError if _LOOKS_LIKE_NEWS.search(text[:_HEAD]) else ForeignFileError
        raise kind(str(path), "is not JSON; correct it (one article a line is `.jsonl`).") from None
    items = loaded if isinstance(loaded, list) else [loaded]
    if not any(isinstance(item, dict) and (_is_ninjs(item) or _is_ours(item)) for item in items):
        raise ForeignFileError(str(path), "holds no article: none with `id` and `text`, and none in ninjs.")
    for number, item in enumerate(items, start=1):
        where = f"{path}, item {number}" if isinstance(loaded, list) else str(path)
        try:
            yield from _read_item(where, path, item)
        except ArticleError as error:
            yield type(error)(where, error.reason, _ids(item))


def _read_item(where: str, path: Path, item: object) -> Iterator[Item]:
    if isinstance(item, dict) and _is_ours(item):
        fields, text = item, item["text"]
    elif isinstance(item, dict) and _is_ninjs(item):
        fields, text = _ninjs_fields(item), _ninjs_text(item)
        if str(item.get("pubstatus", "")).lower() in ("canceled", "cancelled", "withheld"):
            raise WithdrawnError(where, "was cancelled or withheld by its agency; it is no article any more.")
    else:
        raise ArticleError(where, "is no article: it has neither `id` and `text`, nor the fields of ninjs.")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(where, "has no text; every article needs some.")
    body = body_start(text, fields.get("title"))
    yield from make_article(where, text, fields, body=body, default_id="", path=path)


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
