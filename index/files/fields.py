"""What the file formats share: decoding, and making an Article of what a file gives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.article import Article
from index.errors import ArticleError, ArticleWarning
from index.files.dates import AmbiguousDayError, parse_date
from index.files.encoding import decoded

_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]{0,20}:)?(//)[^/?#]*@")


def without_credentials(url: str) -> str:
    """An address without the `user:password@` before its host: it is no part of where something is."""
    return _USERINFO.sub(r"\1\2", url.strip()) if "@" in url else url


Item = Article | ArticleError
"""What a reader yields: articles, and in between what could not be used."""

HEADER_FIELDS = ("id", "title", "date", "source", "url")
"""The fields that a file can give beside the text."""

ENOUGH_LETTERS = 100
"""With fewer (some twenty English words) a page, or an entry of a feed, names an event without reporting it."""

_LONGEST = 5_000_000  # code points; a long novel has one million
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LETTER = re.compile(r"[^\W_]")
_SAMPLE = 4096  # characters at the head of a file that show whether it is text


def decode(path: Path, data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 or windows-1252 without a doubt; line ends as they are, without a byte
    order mark.

    Raises:
        ArticleError: the bytes are in none of these, or are something else than text.
    """
    text = decoded(data)
    if text is None:
        raise ArticleError(
            str(path),
            f"is not UTF-8 (byte {_first_fault(data)}), and its bytes do not say what it is; save it as UTF-8.",
        )
    head = text[:_SAMPLE]
    if "\0" in head or 10 * len(_CONTROL.findall(head)) > len(head):
        raise ArticleError(str(path), "is not text, whatever its name says; remove it, or give it its own ending.")
    return text


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def letters(text: str) -> int:
    """How many letters and digits a text has: its length, in a script with spaces between words or without."""
    return len(_LETTER.findall(text))


def default_id(path: Path) -> str:
    """The id of the one article of a file that gives none: the file's name without its ending, printable.

    Of a saved web site every page may be called `index`: there it is the name of the folder.
    """
    name = path.parent.name if path.stem.lower() == "index" and path.parent.name else path.stem
    return "".join(letter if letter.isprintable() else "_" for letter in name)


_id_of_file = default_id


def body_start(text: str, title: object) -> int:
    """Where the body starts: below the title, where the text repeats it as its first line; else 0."""
    if isinstance(title, str) and title.strip():
        start = len(text) - len(text.lstrip())
        line, newline, _ = text[start:].partition("\n")
        if newline and " ".join(line.split()) == " ".join(title.split()):
            return start + len(line) + 1
    return 0


def make_article(
    where: str, text: str, fields: Mapping[str, object], *, body: int, default_id: str, path: Path, part: str = ""
) -> Iterator[Item]:
    """An Article from what a file gave, and before it warnings of a date, source or address that cannot be used.

    Args:
        text: the whole text.
        fields: what the file says of it (HEADER_FIELDS); empty values count as not given.
        body: offset in `text` at which the body starts: after headline and header lines, if they are part of the text.
        default_id: the id where none is given; where it is that of the file, `naming` makes it different from those of
            other files.
        part: of a file with several, whose articles are named by it, what the id of this one goes on with.

    Raises:
        ArticleError: nothing below the title, a text that is not Unicode or too long for an article, or an id or title
            that is not a text.
    """
    if _SURROGATE.search(text):
        raise ArticleError(where, "holds half of a surrogate pair, which is no character; remove it.")
    if len(text) > _LONGEST:
        raise ArticleError(where, f"has {len(text):,} characters, which is no article; split it into articles.")
    given, unusable = _given(where, fields)
    yield from unusable
    if not text[body:].strip():
        raise ArticleError(where, "has no text below its title; add the text of the article, or remove it.")
    article_id = given["id"] or f"{default_id}{part}"
    named_by_file = given["id"] is None and bool(default_id) and default_id == _id_of_file(path)
    if not article_id:
        raise ArticleError(where, "has no `id`; every article of a file with several needs one.")
    if not article_id.isprintable():
        raise ArticleError(where, "has an id with characters that cannot be printed; give it another `id`.")
    day: dt.date | None = None
    if given["date"] is not None:
        try:
            day = parse_date(given["date"])
        except AmbiguousDayError:
            pass  # the other dates of the file may settle it: index.files.dates
        except ValueError as error:
            reason = f"`date` is {given['date'][:60]!r}, which {error}; indexed without a date. Write it as YYYY-MM-DD."
            yield ArticleWarning(where, reason)
    yield Article(
        id=article_id,
        title=given["title"] or _first_words(text[body:]),
        text=text,
        body=body,
        date=day,
        updated=_maybe_day(given["updated"]),
        written_date=given["date"] or "",
        source=given["source"],
        url=None if given["url"] is None else without_credentials(given["url"]),
        path=str(path),
        where=where,
        named_by_file=named_by_file,
        part=part if named_by_file else "",
    )


def _given(where: str, fields: Mapping[str, object]) -> tuple[dict[str, str | None], list[Item]]:
    """The fields as texts, and warnings of those that an article can do without and that are none."""
    given: dict[str, str | None] = dict.fromkeys((*HEADER_FIELDS, "updated"))
    unusable: list[Item] = []
    for name in given:
        value = fields.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str | int | dt.date) and not isinstance(value, bool):
            given[name] = " ".join(_SURROGATE.sub("\ufffd", str(value)).split())
            continue
        reason = f"`{name}` must be a text, not {type(value).__name__}"
        if name in ("id", "title"):
            raise ArticleError(where, f"{reason}.")
        unusable.append(ArticleWarning(where, f"{reason}; indexed without it."))
    return given, unusable


def _maybe_day(value: str | None) -> dt.date | None:
    try:
        return parse_date(value) if value else None
    except ValueError:
        return None


def _first_words(text: str, limit: int = 80) -> str:
    """A stand-in for a missing title: the first words of the text."""
    words = " ".join(text[: 4 * limit].split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
