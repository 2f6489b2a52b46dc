"""Articles from records: the rows of a table, the lines of a JSON-lines file, the items of a JSON list."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import ArticleError, ArticleNote
from index.files.columns import Columns, Row
from index.files.encoding import decoded
from index.files.fields import Item, body_start, make_article
from index.language.numerals import counted

_SHOWN = 8  # names of columns that a message lists
_WRAPPERS = ("_source", "doc", "row", "node")
_FEW = 3  # records without text that are named one by one, where no record of the file has any


class Record(NamedTuple):
    """One record: how a message names it, and its values by the names of their columns."""

    where: str
    values: Mapping[str, Any]


def read_records(path: Path, records: Iterable[Record | ArticleError], columns: Columns) -> Iterator[Item]:
    """The articles of some records. One that cannot be used comes as an ArticleError in its place.

    An article without id is known by its address, or else by a hash of title and text; such a one that is there again
    to the letter is counted, not read. Columns that mean nothing to us are named once.

    Args:
        records: what it holds, and what of it cannot be used.
    """
    unknown: dict[str, None] = {}
    bare: list[Record] = []
    made: dict[str, str] = {}
    repeated = cut = read = 0
    for record in records:
        if isinstance(record, ArticleError):
            yield record
            continue
        row = columns.read(record.values)
        if row.text is None:
            bare.append(record)
            if read:
                yield from _without_text(path, bare, read)
            continue
        if not read:
            yield from _without_text(path, bare, 1)
        unknown |= dict.fromkeys(columns.unknown(record.values))
        read += 1
        cut += row.is_cut
        own_id = _id_of(row)
        if made.get(own_id) == (digest := _digest(row)):
            repeated += 1
            continue
        made[own_id] = digest
        yield from _articles(path, record, row, own_id)
    yield from _without_text(path, bare, read)
    if unknown and read:
        yield ArticleNote(str(path), f"columns that are not read: {_listed(unknown)}; --map text=NAME reads one.")
    if repeated:
        yield ArticleNote(str(path), f"{counted(repeated, 'article')} in it a second time, to the letter; read once.")
    if cut:
        yield ArticleNote(
            str(path), f"{counted(cut, 'text')} cut off by the service that gave them; read as far as they go."
        )


def unwrapped(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record without what search servers and other services put around it."""
    for name in _WRAPPERS:
        inner = values.get(name)
        if isinstance(inner, dict) and not {"title", "text", "body", "content"} & values.keys():
            return {"id": values.get("_id"), **inner}
    return values


def _articles(path: Path, record: Record, row: Row, own_id: str) -> Iterator[Item]:
    text = row.text or ""
    body = body_start(text, row.fields.get("title"))
    try:
        yield from make_article(record.where, text, row.fields, body=body, default_id=own_id, path=path)
    except ArticleError as error:
        yield type(error)(record.where, error.reason, frozenset([own_id]) if own_id else None)


def _without_text(path: Path, records: list[Record], read: int) -> Iterator[ArticleError]:
    """The records that have no text; where there is no other and many of them, in one."""
    how = "name its column with --map text=NAME"
    if not read and len(records) > _FEW:
        names = _listed(dict.fromkeys(name for record in records for name in record.values))
        yield ArticleError(
            str(path), f"none of its {len(records):,} records has a text (it has {names}); {how}, or index the pages."
        )
        return
    for record in records:
        names = f" (it has {_listed(record.values)})" if record.values else ""
        own_id = _id_of(Row(None, Columns().read(record.values).fields))
        ids = frozenset([own_id]) if own_id else None
        yield ArticleError(record.where, f"has no `text`{names}; every article needs one: {how}.", ids)
    records.clear()


def _id_of(row: Row) -> str:
    """The id that is given, else the address, else one made of title and text; none without text."""
    for name in ("id", "url"):
        value = row.fields.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and (given := " ".join(str(value).split())):
            return given
    return _digest(row)[:16] if row.text else ""


def _digest(row: Row) -> str:
    said = "\n".join((str(row.fields.get("title") or ""), row.text or ""))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _listed(names: Iterable[str]) -> str:
    shown = [" ".join(name.split())[:40] for name in names]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


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
    return Record(where, unwrapped(loaded))


def _ids_in(line: bytes) -> frozenset[str] | None:
    """The ids of the articles that a broken line may have been; None if not all of them can be read."""
    found = set()
    for quoted in _ID.findall(line.decode("utf-8", "replace")):
        try:
            found.add(" ".join(str(json.loads(quoted)).split()))
        except ValueError:
            return None
    return frozenset(found) if found and not any("\ufffd" in article_id for article_id in found) else None
