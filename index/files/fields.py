"""What the file formats share: decoding, dates, and the fields of an Article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path

from index.article import Article
from index.errors import ArticleError

__all__ = ["HEADER_FIELDS", "decode", "make_article", "parse_date"]

HEADER_FIELDS = ("id", "title", "date", "source", "url")
"""The fields that a file can give beside the text."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T\s])")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NEWSWIRE_DAY = re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}(?=$|\s)")


def decode(path: Path, data: bytes) -> str:
    """The text of a UTF-8 file, line ends as they are, without a byte order mark.

    Raises:
        ArticleError: the bytes are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            str(path), f"is not UTF-8 (byte {error.start}); save it as UTF-8 and index it again."
        ) from None


def parse_date(value: str) -> dt.date:
    """A day from ISO 8601 (`2024-11-30`, with or without a time), RFC 2822, or `30-NOV-2024`.

    Days such as 4/7/2017 are refused: they mean one day in London and another in New York.

    Raises:
        ValueError: it is none of these.
    """
    value = value.strip()
    if match := _ISO_DAY.match(value):
        return dt.date.fromisoformat(match[0])
    if match := _NEWSWIRE_DAY.match(value):
        # A month's name in English; the day of a newswire needs no time zone.
        return dt.datetime.strptime(match[0], "%d-%b-%Y").date()  # noqa: DTZ007
    return parsedate_to_datetime(value).date()


def make_article(
    where: str, text: str, fields: Mapping[str, object], *, body: int, default_id: str, path: Path
) -> Article:
    """An Article from what a file gave.

    Args:
        where: how an error names it (file, or file:line).
        text: the whole text.
        fields: what the file says of it (HEADER_FIELDS); empty values count as not given.
        body: offset in `text` at which the body starts: after headline and header lines, if they are part of the text.
        default_id: the id where none is given.
        path: the file.

    Raises:
        ArticleError: nothing below the title, a text that is not Unicode, or a field that is not what it should be.
    """
    if _SURROGATE.search(text):
        raise ArticleError(where, "holds half of a surrogate pair, which is no character; remove it.")
    given = {name: _as_string(where, name, fields.get(name)) for name in HEADER_FIELDS}
    if not text[body:].strip():
        raise ArticleError(where, "has no text below its title; add the text of the article, or remove it.")
    article_id = given["id"] or default_id
    if not article_id.isprintable():
        raise ArticleError(where, "has an id with characters that cannot be printed; give it another `id`.")
    return Article(
        id=article_id,
        title=given["title"] or _first_words(text[body:]),
        text=text,
        body=body,
        date=_date(where, given["date"]),
        source=given["source"],
        url=given["url"],
        path=str(path),
    )


def _as_string(where: str, name: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str | int | dt.date):
        return " ".join(_SURROGATE.sub("\ufffd", str(value)).split())
    raise ArticleError(where, f"`{name}` must be a text, not {type(value).__name__}.")


def _date(where: str, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return parse_date(value)
    except (ValueError, TypeError):
        raise ArticleError(where, f"`date` is {value!r}; write it as YYYY-MM-DD, or leave it out.") from None


def _first_words(text: str, limit: int = 80) -> str:
    """A stand-in for a missing title: the first words of the text."""
    words = " ".join(text[: 4 * limit].split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
