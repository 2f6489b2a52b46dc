"""Which formats there are, and reading one file of any of them, with the files that it may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article
from index.errors import ArticleError, ArticleNote, ForeignFileError
from index.files.access import HEAD, MAX_FILE_MB, ending_by_content, has_ending, head_of, read_bytes, unpack
from index.files.archives import Budget, Member, tar_members, zip_members
from index.files.columns import Columns
from index.files.documents import read_docx, read_rtf
from index.files.epub import read_epub
from index.files.fields import Item, default_id
from index.files.json_files import read_json, read_lines
from index.files.mail import mbox_members, mhtml_members, read_mail
from index.files.pdf import read_pdf
from index.files.plain import read_markdown, read_plain
from index.files.tables import read_parquet, read_table
from index.files.warc import warc_members
from index.files.web_page import read_web_page
from index.files.xml_files import read_xml
from index.language.numerals import counted

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_READERS: dict[str, Callable[[Path, bytes], Iterator[Item]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    **dict.fromkeys(_PAGES, read_web_page),
    ".pdf": read_pdf,
    ".rtf": read_rtf,
    ".eml": read_mail,
    **dict.fromkeys((".rss", ".atom", ".xml"), read_xml),
}
_OF_COLUMNS: dict[str, Callable[[Path, bytes, Columns], Iterator[Item]]] = {
    **dict.fromkeys((".jsonl", ".ndjson"), read_lines),
    ".json": read_json,
    **dict.fromkeys((".csv", ".tsv"), read_table),
}
_PACKED: dict[str, Callable[[Path, bytes, int], Iterator[Item]]] = {".docx": read_docx, ".epub": read_epub}
_HOLDERS: dict[str, Callable[[Path, bytes, Budget], Iterator[Member | ArticleError]]] = {
    ".zip": zip_members,
    **dict.fromkeys((".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz"), tar_members),
    ".warc": warc_members,
    ".warc.gz": warc_members,
    ".mbox": mbox_members,
    **dict.fromkeys((".mhtml", ".mht"), mhtml_members),
}
_PLAIN = (*_READERS, *_OF_COLUMNS, *_PACKED, ".parquet", *_HOLDERS)
_GZIPPED = tuple(f"{suffix}.gz" for suffix in (".txt", ".html", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".mbox"))

SUFFIXES = (*_PLAIN, *_GZIPPED)
"""The endings of the files that can be read, in lower case."""

CONTAINERS = tuple(_HOLDERS)
"""Those of them that hold other files, of which there may be many."""

_TREES = (*_PAGES, ".json", ".rss", ".atom", ".xml")
_TREE_MB = 50
"""The largest file of those that are read into a tree, which takes ten times the memory of the file."""

_DEEPEST = 3  # archives in archives
_NO_NEWS = ("__macosx", "thumbs.db", "desktop.ini", "readme.md")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file that is in another lies: the outermost file, what it may still unpack to, and how deep it is."""

    file: Path
    budget: Budget
    depth: int
    columns: Columns


def suffix_of(path: Path, data: bytes | None = None) -> str | None:
    """The ending that says how a file is to be read, in lower case; None if it cannot be.

    A file without an ending is looked at: how it begins may say that it is a page or a mail.

    Args:
        data: its bytes, where they are there already.
    """
    name = path.name.lower()
    fitting = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
    if fitting:
        return max(fitting, key=len)
    if has_ending(name):
        return None
    return ending_by_content(head_of(path) if data is None else data[:HEAD])


def has_columns(path: Path) -> bool:
    """Whether there may be columns in a file, or in one that it holds."""
    return path.name.lower().removesuffix(".gz").endswith((*_OF_COLUMNS, ".parquet", ".zip", ".tar", ".tgz"))


def listed_endings() -> str:
    """The endings for a message."""
    return ", ".join(_PLAIN)


def load_file(path: Path, max_mb: int = MAX_FILE_MB) -> bytes:
    """The bytes of a file, as they are.

    Raises:
        ArticleError: it is too large, no plain file, cannot be read, or changes while it is read.
    """
    if path.name.lower().endswith(_TREES) and max_mb > _TREE_MB:
        return read_bytes(path, _TREE_MB, "split it.")
    return read_bytes(path, max_mb)


def read_items(path: Path, data: bytes, max_mb: int, columns: Columns) -> Iterator[Item]:
    """The articles of a file, and in their places what cannot be used of it.

    Args:
        path: where it is.
        data: its bytes.
        max_mb: the most that it may unpack to, with all that is in it.
        columns: what the columns of tables are called that are not named as usual.

    Raises:
        ValueError: it is of no kind that can be read.
        ArticleError: nothing of it, or nothing more, can be used.
    """
    return _read(path, data, _Place(path, Budget(path, max_mb), 0, columns))


def _read(path: Path, data: bytes, place: _Place) -> Iterator[Item]:
    suffix = suffix_of(path, data)
    if suffix is None:
        raise ValueError(path)
    if suffix in _GZIPPED:
        data, suffix = unpack(path, data, place.budget.max_mb), suffix.removesuffix(".gz")
    if suffix in _HOLDERS:
        yield from _members(path, _HOLDERS[suffix](path, data, place.budget), place)
    elif suffix in _OF_COLUMNS:
        yield from _OF_COLUMNS[suffix](path, data, place.columns)
    elif suffix in _PACKED:
        yield from _PACKED[suffix](path, data, place.budget.max_mb)
    elif suffix == ".parquet":
        yield from read_parquet(path, data, place.columns, place.budget.max_mb)
    else:
        if suffix in _PAGES and data.lstrip()[:5] == b"<?php":
            raise ForeignFileError(str(path), "is a program that makes a page; save the page itself.")
        yield from _READERS[suffix](path, data)


def _members(path: Path, members: Iterator[Member | ArticleError], place: _Place) -> Iterator[Item]:
    """The articles of the files in a file."""
    if place.depth >= _DEEPEST:
        raise ArticleError(str(path), f"lies in more than {_DEEPEST} archives; unpack them, and index what is in them.")
    others: Counter[str] = Counter()
    is_empty = True
    for member in members:
        if isinstance(member, ArticleError):
            is_empty = is_empty and isinstance(member, ArticleNote)
            yield member
        elif _is_news(member.name):
            inner = path / member.name
            try:
                yield from _of_member(inner, member, replace(place, depth=place.depth + 1))
                is_empty = False
            except ForeignFileError:
                others[inner.suffix.lower() if has_ending(inner.name) else "without an ending"] += 1
    what = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
    if is_empty:
        raise ArticleError(str(path), f"holds no file that can be read ({what or 'none at all'}); see docs/formats.md.")
    if others:
        yield ArticleNote(str(path), f"holds {counted(others.total(), 'other file')} not read ({what}).")


def _is_news(name: str) -> bool:
    """Whether a file in a file is more than what systems leave there."""
    parts = [part.lower() for part in Path(name).parts]
    return bool(parts) and not any(part.startswith(".") or part in _NO_NEWS for part in parts)


def _of_member(inner: Path, member: Member, place: _Place) -> Iterator[Item]:
    """The articles of a file in a file: known by the file that is there, with ids that say where in it they are."""
    if suffix_of(inner, member.data) is None:
        raise ForeignFileError(str(inner), "is of a kind that is not read.")
    within = inner.relative_to(place.file)
    within = within.parent if within.stem.lower() == "index" and within.parent.name else within.with_suffix("")
    try:
        for item in _read(inner, member.data, place):
            if not isinstance(item, Article) or item.path == str(place.file):
                yield item
                continue
            known = replace(item, path=str(place.file), url=item.url or member.url)
            if item.named_by_file and member.url:
                known = replace(known, id=f"{member.url}{item.part}", named_by_file=False, part="")
            elif item.named_by_file:
                part = f"/{within.as_posix()}{item.part}"
                known = replace(known, id=f"{default_id(place.file)}{part}", part=part)
            yield known
    except ForeignFileError:
        raise
    except ArticleError as error:
        if place.budget.left < 0 or place.budget.files < 0:
            raise
        yield error
