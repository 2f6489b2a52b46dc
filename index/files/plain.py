"""Text and Markdown: the first line or heading is the title; header lines or YAML front matter; then the body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

from index.errors import ArticleError
from index.files.columns import Columns
from index.files.fields import HEADER_FIELDS, Item, decode, default_id, make_article

_LINE_END = re.compile(r"\r\n?|\n")
_HEADER = re.compile(rf"({'|'.join(HEADER_FIELDS)}):[ \t]*([^\r\n]*)", re.IGNORECASE)


def read_plain(path: Path, data: bytes) -> Iterator[Item]:
    """The one article of a text file. Its `text` is the whole file, title and header lines included.

    Raises:
        ArticleError: it is not text in UTF-8, or has nothing below its title.
    """
    yield from articles_of_text(path, decode(path, data))


def articles_of_text(path: Path, text: str, headline: str | None = None) -> Iterator[Item]:
    """The one article of a text: its title is the first line; then optional header lines, then the body.

    Args:
        headline: the line that is the title, where it need not be the first.

    Raises:
        ArticleError: nothing is below the title.
    """
    title, body = _first_line(text)
    if headline and (start := f"\n{text}\n".find(f"\n{headline}\n")) >= 0:
        title, body = headline, _after_line(text, start)
    fields: dict[str, object] = {"title": title}
    while match := _HEADER.match(text, body):
        fields[match[1].lower()] = match[2]
        body = _after_line(text, match.end())
    yield from make_article(str(path), text, fields, body=body, default_id=default_id(path), path=path)


def _first_line(text: str) -> tuple[str, int]:
    """The first line with something on it, and the offset of the line below it."""
    start = len(text) - len(text.lstrip())
    end = _after_line(text, start)
    return text[start:end].strip(), end


def _after_line(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return len(text) if found is None else found.end()


_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:(.*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_BEGUN = re.compile(r"\A---[ \t]*\r?\n(?:[ \t]*+\r?\n|#[^\n]*+\n)*+[A-Za-z_][\w-]*+:(?:\s|\Z)")
_HEADING = re.compile(r"\s*+#{1,6}(?=[ \t])([^\r\n]{2,})(?:\r?\n|\Z)")
_UNDERLINED = re.compile(r"\s*+([^\s>#*-][^\r\n]*)\r?\n(?:=+|-+)[ \t]*(?:\r?\n|\Z)")
_NOTHING = ("", "~", "null", "Null", "NULL")


def read_markdown(path: Path, data: bytes) -> Iterator[Item]:
    """The one article of a Markdown file. Its `text` is the whole file, front matter and marks included.

    Front matter is YAML or, as Hugo has it, TOML; title, date and source may have any of their usual names.

    Raises:
        ArticleError: it is not UTF-8, its front matter has no end or is broken, or it has nothing below its title.
    """
    text = decode(path, data)
    fields: dict[str, object] = {}
    body = 0
    if match := _FRONT_MATTER.match(text):
        fields = _front_matter(path, match[1] or "")
        body = match.end()
    elif match := _TOML.match(text):
        fields = _toml(path, match[1])
        body = match.end()
    elif _BEGUN.match(text):
        raise ArticleError(str(path), "its front matter has no end; put a line of --- below it.")
    usual = Columns().read(fields).fields
    fields |= {name: usual[name] for name in ("title", "date", "source") if name in usual}
    if match := _HEADING.match(text, body) or _UNDERLINED.match(text, body):
        heading = match[1].lstrip(" \t")
        fields["title"] = fields.get("title") or heading.rstrip(" \t#") or heading[:1]
        body = match.end()
    yield from make_article(str(path), text, fields, body=body, default_id=default_id(path), path=path)


def _front_matter(path: Path, block: str) -> dict[str, object]:
    """What the lines say, all of it as it is written: YAML itself would read `0012` as 10 and `10:30` as 630."""
    try:
        loaded = yaml.load(block, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts, lists and mappings
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise ArticleError(
            f"{path}:{line}", "the front matter between the --- lines is not YAML; correct it."
        ) from None
    if loaded in (None, ""):
        return {}
    if not isinstance(loaded, dict):
        raise ArticleError(str(path), "the front matter must be lines such as `title: ...` and `date: ...`.")
    return {str(name).lower(): value for name, value in loaded.items() if value not in _NOTHING}


def _toml(path: Path, block: str) -> dict[str, object]:
    try:
        loaded = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        raise ArticleError(str(path), "the front matter between the +++ lines is not TOML; correct it.") from None
    return {name.lower(): value for name, value in loaded.items()}
