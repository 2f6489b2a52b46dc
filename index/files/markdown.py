"""Markdown files: optional YAML front matter, then a heading or first line that is the title, then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from index.errors import ArticleError
from index.files.fields import Item, decode, default_id, make_article

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:(.*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_BEGUN = re.compile(r"\A---[ \t]*\r?\n(?:[ \t]*+\r?\n|#[^\n]*+\n)*+[A-Za-z_][\w-]*+:(?:\s|\Z)")
_HEADING = re.compile(r"\s*+#{1,6}(?=[ \t])([^\r\n]{2,})(?:\r?\n|\Z)")
_NOTHING = ("", "~", "null", "Null", "NULL")


def read_markdown(path: Path, data: bytes) -> Iterator[Item]:
    """The one article of a Markdown file. Its `text` is the whole file, front matter and marks included.

    Raises:
        ArticleError: it is not UTF-8, its front matter has no end or is not YAML, or it has nothing below its title.
    """
    text = decode(path, data)
    fields: dict[str, object] = {}
    body = 0
    if match := _FRONT_MATTER.match(text):
        fields = _front_matter(path, match[1] or "")
        body = match.end()
    elif _BEGUN.match(text):
        raise ArticleError(str(path), "its front matter has no end; put a line of --- below it.")
    if match := _HEADING.match(text, body):
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
