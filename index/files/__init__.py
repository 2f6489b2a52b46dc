"""Reading article files: which formats there are, and which files a path stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.article import Article
from index.errors import ArticleError, ArticleWarning, DatelineError, UsageError
from index.files.access import MAX_FILE_MB, is_gone, is_unicode, read_bytes, unpack
from index.files.fields import Item
from index.files.finding import FoundFiles, look_for_files
from index.files.json_files import read_json
from index.files.jsonl import read_jsonl
from index.files.markdown import read_markdown
from index.files.pdf import read_pdf
from index.files.plain import read_plain
from index.files.settling import settle, warning, what_dates_tell
from index.files.web_page import read_web_page
from index.files.xml_files import read_xml

__all__ = [
    "MAX_FILE_MB",
    "SUFFIXES",
    "FileContent",
    "FoundFiles",
    "find_files",
    "is_article_file",
    "is_gone",
    "is_unicode",
    "load_file",
    "look",
    "none_found",
    "read_file",
]

_FORMATS: dict[str, Callable[[Path, bytes], Iterator[Item]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".json": read_json,
    ".rss": read_xml,
    ".atom": read_xml,
    ".xml": read_xml,
}

SUFFIXES = tuple(_FORMATS)
"""The endings of the files that can be read, in lower case."""

_TREES = (".html", ".htm", ".json", ".rss", ".atom", ".xml")
_TREE_MB = 50
"""The largest file of those that are read into a tree, which takes ten times the memory of the file."""


@dataclass(slots=True)
class FileContent:
    """What a file held: its articles, what of it could not be used, and what its articles are kept without."""

    articles: list[Article] = field(default_factory=list)
    errors: list[ArticleError] = field(default_factory=list)
    warnings: list[ArticleWarning] = field(default_factory=list)


def load_file(path: Path, max_mb: int = MAX_FILE_MB) -> bytes:
    """The bytes of a file, as they are.

    Raises:
        ArticleError: it is too large, no plain file, cannot be read, or changes while it is read.
    """
    if path.name.lower().endswith(_TREES) and max_mb > _TREE_MB:
        return read_bytes(path, _TREE_MB, "split it.")
    return read_bytes(path, max_mb)


def read_file(path: Path, data: bytes, sha256: str | None = None, max_mb: int = MAX_FILE_MB) -> FileContent:
    """The articles of one file; faults are collected, not raised.

    Args:
        path: where it is.
        data: its bytes.
        sha256: their hash, which the articles keep.
        max_mb: the most that it may unpack to, if it is compressed.

    Raises:
        ValueError: the file's ending is none of SUFFIXES.
    """
    content = FileContent()
    suffix = _suffix(path)
    if suffix is None:
        raise ValueError(path)
    try:
        plain = unpack(path, data, max_mb) if suffix.endswith(".gz") else data
        for item in _FORMATS[suffix](path, plain):
            if isinstance(item, ArticleWarning):
                content.warnings.append(item)
            elif isinstance(item, ArticleError):
                content.errors.append(item)
            else:
                content.articles.append(replace(item, file_sha256=sha256))
        content.articles = settle(content.articles, what_dates_tell(content.articles))
        if said := warning(path, content.articles):
            content.warnings.append(said)
    except ArticleError as error:
        content.errors.append(error)
    except Exception as error:  # noqa: BLE001
        # Each format is read by a library of its own, and none lists all that it raises: one file must not end the run.
        content.errors.append(ArticleError(str(path), f"cannot be read ({error!r}); check it, or make it again."))
    return content


def find_files(paths: list[Path]) -> list[Path]:
    """The article files that `paths` (files or folders) stand for, as `look` finds them; at least one.

    Raises:
        UsageError: as `look`, and if there is no article file at all.
        ArticleError: there would be one, but it cannot be used.
    """
    found = look(paths)
    if not found.files:
        raise none_found(found, paths)
    return list(found.files)


def none_found(found: FoundFiles, paths: list[Path]) -> DatelineError:
    """The error that says why some paths stand for no article file."""
    if found.faults:
        return found.faults[0]
    named = ", ".join(str(path) for path in paths)
    return UsageError(f"{named}: no articles there; add files that end in {', '.join(SUFFIXES)}.")


def is_article_file(path: Path) -> bool:
    """Whether a file is of a kind that can be read, by its name."""
    return _suffix(path) is not None


def look(paths: list[Path]) -> FoundFiles:
    """What `paths` (files or folders) stand for; see `index.files.finding`.

    Raises:
        UsageError: a path does not exist, or a file named outright has an ending that cannot be read.
    """
    return look_for_files(paths, is_article_file, ", ".join(SUFFIXES))


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)
