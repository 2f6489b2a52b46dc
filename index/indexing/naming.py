"""Which id an article gets whose file gives none: made from where the file lies below what is indexed, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from index.article import Article
from index.files import is_gone
from index.store.reading import RecordReader

Owner = Callable[[str], str | None]
"""Tells which file an id is taken by; None if by none."""


def ids_of_files(files: Iterable[Path], folders: Iterable[Path]) -> dict[Path, str]:
    """An id for each file, all different, whatever the order of the files is and wherever the folders lie.

    It is the path below the folder that is indexed, without its ending: `2031-03-01/storm`; for a file that was named
    outright, its name alone. Where that is the same for several, it goes on with the ending (`a.txt` and `a.md`), and
    where that does not help, with the names of the folders above. An `index` stands for its folder.

    Args:
        files: the files, resolved.
        folders: the folders that were given, resolved; of those that lie in each other the outermost counts.
    """
    roots = sorted(set(folders), key=lambda folder: len(folder.parts))
    waiting = {path: _candidates(path, _root(path, roots)) for path in files}
    ids: dict[Path, str] = {}
    while waiting:
        groups: dict[str, list[Path]] = defaultdict(list)
        for path, candidates in waiting.items():
            groups[next(candidates)].append(path)
        taken = set(ids.values())
        for article_id, paths in groups.items():
            if len(paths) == 1 and article_id not in taken:
                ids[paths[0]] = article_id
                del waiting[paths[0]]
    return ids


class Naming:
    """The ids of the articles that are named by their file, in one run.

    An article that is stored keeps its id: under its path, or, where its file was moved as it is, under the path that
    it had. So does one that was removed by hand.
    """

    def __init__(self, record: RecordReader, ids: Mapping[str, str]) -> None:
        self._record = record
        self._ids = ids
        self._moved: dict[str, list[tuple[str, str]]] | None = None

    def named(self, article: Article, path: str, known: Iterable[str], owner: Owner) -> Article:
        """The article under the id that it is to have.

        Args:
            known: the ids of the articles that are stored of this file.
            owner: which other file has an id already.
        """
        if not article.named_by_file:
            return article
        if article.part:
            return self._part(article, path, known, owner)
        stored = sorted(known) or self._record.removed_ids_of_file(path)
        if len(stored) == 1:
            return replace(article, id=stored[0])
        moved = self._id_before_move(article.file_sha256, owner)
        if moved is not None:
            return replace(article, id=moved)
        first = self._ids.get(path, article.id)
        candidates = chain([first], _longer(Path(path), first))
        return replace(article, id=next(candidate for candidate in candidates if owner(candidate) is None))

    def _part(self, article: Article, path: str, known: Iterable[str], owner: Owner) -> Article:
        """The article, which is one of several in its file: the file's id, and then which of them it is."""
        stored = [article_id for article_id in known if article_id.endswith(article.part)]
        if len(stored) == 1:
            return replace(article, id=stored[0])
        first = self._ids.get(path, Path(path).stem)
        ids = (f"{file_id}{article.part}" for file_id in chain([first], _longer(Path(path), first)))
        return replace(article, id=next(candidate for candidate in ids if owner(candidate) is None))

    def _id_before_move(self, sha256: str | None, owner: Owner) -> str | None:
        """The id of the one stored article of a file with these bytes that is gone."""
        if self._moved is None:
            self._moved = self._record.files_of_one_article()
        gone = [i for i, old in self._moved.get(sha256 or "", ()) if is_gone(Path(old)) and owner(i) is None]
        return gone[0] if gone else None


def _root(path: Path, roots: list[Path]) -> Path:
    """The outermost of the folders that a file lies in, or else the one that it is in."""
    return next((root for root in roots if path.is_relative_to(root)), path.parent)


def _candidates(path: Path, root: Path) -> Iterator[str]:
    """Ids for a file, each longer than the one before, and at last its whole path."""
    inner = path.relative_to(root)
    short = inner.with_suffix("")
    if short.name.lower() == "index":
        short = short.parent if short.parent.name else Path(root.name or short.name)
    yield _printable(short)
    yield from _longer(path, _printable(short), inner)


def _longer(path: Path, shorter: str, inner: Path | None = None) -> Iterator[str]:
    """Ids beyond a short one: with the ending, then with one folder more, up to the whole path."""
    depth = len(inner.parts) if inner is not None else len(Path(shorter).parts) + (path.stem.lower() == "index")
    for parts in range(depth, len(path.parts) + 1):
        yield _printable(Path(*path.parts[-parts:]))
    number = 2
    while True:  # names that differ only in what cannot be printed
        yield f"{_printable(path)} ({number})"
        number += 1


def _printable(path: Path) -> str:
    return "".join(letter if letter.isprintable() else "_" for letter in path.as_posix())
