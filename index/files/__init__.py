"""Reading article files: which formats there are, and which files a path stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.article import Article
from index.errors import ArticleError, UsageError
from index.files.jsonl import read_jsonl
from index.files.markdown import read_markdown
from index.files.plain import read_plain

__all__ = ["SUFFIXES", "FileContent", "find_files", "read_file"]

Item = Article | ArticleError

_FORMATS: dict[str, Callable[[Path, bytes], Iterator[Item]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
}

SUFFIXES = tuple(_FORMATS)
"""The endings of the files that can be read, in lower case."""


@dataclass(slots=True)
class FileContent:
    """What a file held: its articles, and what of it could not be used."""

    articles: list[Article] = field(default_factory=list)
    errors: list[ArticleError] = field(default_factory=list)


def read_file(path: Path, data: bytes) -> FileContent:
    """The articles of one file, whose bytes are `data`; faults are collected, not raised.

    Raises:
        ValueError: the file's ending is none of SUFFIXES.
    """
    content = FileContent()
    suffix = _suffix(path)
    if suffix is None:
        raise ValueError(path)
    reader = _FORMATS[suffix]
    try:
        for item in reader(path, data):
            if isinstance(item, ArticleError):
                content.errors.append(item)
            else:
                content.articles.append(item)
    except ArticleError as error:
        content.errors.append(error)
    return content


def find_files(paths: list[Path]) -> list[Path]:
    """The article files that `paths` (files or folders) stand for, resolved, sorted within a folder, each once.

    Hidden files and folders are passed over, and so are files of other kinds in a folder (a picture, say) and a
    README.md, which describes a folder rather than reporting anything.

    Raises:
        UsageError: a path does not exist, a file named outright has an ending that cannot be read, or there is no
            article file at all.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_in_folder(path.resolve())))
        elif not path.exists():
            raise UsageError(
                f"{path}: there is no such file or folder; name another, or remove its articles with --remove."
            )
        elif _suffix(path) is None:
            raise UsageError(f"{path}: cannot read this kind of file; give one of {', '.join(SUFFIXES)}.")
        else:
            found[path.resolve()] = None
    if not found:
        named = ", ".join(str(path) for path in paths)
        raise UsageError(f"{named}: no articles there; add files that end in {', '.join(SUFFIXES)}.")
    return list(found)


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and _suffix(path) and path.name.lower() != "readme.md" and path.is_file():
            yield path


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)
