"""Markdown files: optional YAML front matter, then a heading or first line that is the title, then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from index.article import Article
from index.errors import ArticleError
from index.files.fields import decode, make_article

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"\s*#{1,6}[ \t]+([^\r\n]+?)[ \t#]*(?:\r?\n|\Z)")


def read_markdown(path: Path, data: bytes) -> Iterator[Article | ArticleError]:
    """The one article of a Markdown file. Its `text` is the whole file, front matter and marks included.

    Raises:
        ArticleError: it is not UTF-8, its front matter is not YAML, or it has nothing below its title.
    """
    text = decode(path, data)
    fields: dict[str, object] = {}
    body = 0
    if match := _FRONT_MATTER.match(text):
        fields = _front_matter(path, match[1])
        body = match.end()
    if match := _HEADING.match(text, body):
        fields.setdefault("title", match[1])
        body = match.end()
    yield make_article(str(path), text, fields, body=body, default_id=path.stem, path=path)


def _front_matter(path: Path, block: str) -> dict[str, object]:
    try:
        loaded = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise ArticleError(
            f"{path}:{line}", "the front matter between the --- lines is not YAML; correct it."
        ) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ArticleError(str(path), "the front matter must be lines such as `title: ...` and `date: ...`.")
    return {str(name).lower(): value for name, value in loaded.items()}
