"""Reading article files: which formats there are, and which files a path stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from index.article import Article
from index.errors import ArticleError, ArticleNote, ArticleWarning, DatelineError, UsageError
from index.files.access import MAX_FILE_MB, is_gone, is_unicode
from index.files.columns import Columns
from index.files.dates import settle, warning, what_dates_tell
from index.files.finding import FoundFiles, look_for_files, shown, unread_summary
from index.files.formats import SUFFIXES, has_columns, listed_endings, load_file, read_items, suffix_of

__all__ = [
    "MAX_FILE_MB",
    "SUFFIXES",
    "Columns",
    "FileContent",
    "FoundFiles",
    "find_files",
    "has_columns",
    "is_article_file",
    "is_gone",
    "is_unicode",
    "load_file",
    "look",
    "none_found",
    "read_file",
    "shown",
    "unread_summary",
]


@dataclass(slots=True)
class FileContent:
    """What a file held: its articles, what of it could not be used, what its articles are kept without, and what else
    is worth knowing.
    """

    articles: list[Article] = field(default_factory=list)
    errors: list[ArticleError] = field(default_factory=list)
    warnings: list[ArticleWarning] = field(default_factory=list)
    notes: list[ArticleNote] = field(default_factory=list)


def read_file(
    path: Path,
    data: bytes,
    sha256: str | None = None,
    max_mb: int = MAX_FILE_MB,
    columns: Columns | None = None,
) -> FileContent:
    """The articles of one file; faults are collected, not raised.

    Args:
        path: where it is.
        data: its bytes.
        sha256: their hash, which the articles keep.
        max_mb: the most that it may unpack to, if it is compressed.
        columns: what the columns of tables are called that are not named as usual.

    Raises:
        ValueError: the file is of no kind that can be read.
    """
    content = FileContent()
    if suffix_of(path, data) is None:
        raise ValueError(path)
    try:
        for item in read_items(path, data, max_mb, columns or Columns()):
            if isinstance(item, ArticleWarning):
                content.warnings.append(item)
            elif isinstance(item, ArticleNote):
                content.notes.append(item)
            elif isinstance(item, ArticleError):
                content.errors.append(item)
            else:
                content.articles.append(replace(item, file_sha256=sha256))
    except ArticleError as error:
        content.errors.append(error)
    except Exception as error:  # noqa: BLE001
        # Each format is read by a library of its own, and none lists all that it raises: one file must not end the run.
        content.errors.append(ArticleError(str(path), f"cannot be read ({error!r}); check it, or make it again."))
    content.articles = settle(content.articles, what_dates_tell(content.articles))
    if said := warning(path, content.articles):
        content.warnings.append(said)
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
    others = f" ({unread_summary(found.unread)})" if found.unread else ""
    return UsageError(f"{named}: no articles there{others}; add files that end in {listed_endings()}.")


def is_article_file(path: Path) -> bool:
    """Whether a file is of a kind that can be read, by its name; without an ending by how it begins."""
    return suffix_of(path) is not None


def look(paths: list[Path]) -> FoundFiles:
    """What `paths` (files or folders) stand for; see `index.files.finding`.

    Raises:
        UsageError: a path does not exist, or a file named outright has an ending that cannot be read.
    """
    return look_for_files(paths, is_article_file, listed_endings())
