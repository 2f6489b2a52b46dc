"""Which files a path stands for: walking folders through links, past loops, pipes and names that cannot be used."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ArticleError, UsageError
from index.files.access import has_ending, is_unicode, kind_of

_ENDINGS = 12  # that a message lists

Wanted = Callable[[Path], bool]
Key = tuple[int, int]


@dataclass(slots=True)
class FoundFiles:
    """What some paths stand for.

    Attributes:
        files: the article files, each with numbers that are others when it has changed. Resolved, sorted within a
            folder, each once.
        named: those of them that were named outright.
        folders: the folders that were given, resolved.
        faults: what would be an article file by its name and cannot be used.
        unread: the files in the folders that are of kinds that are not read. Not hidden ones, nor a README.md.
    """

    files: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    named: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)
    faults: list[ArticleError] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)


def look_for_files(paths: list[Path], wanted: Wanted, endings: str) -> FoundFiles:
    """The article files that `paths` (files or folders) stand for.

    Links are followed. In a folder, hidden files and folders are passed over, and so are files of other kinds (a
    picture, say) and a README.md, which describes a folder rather than reporting anything.

    Args:
        wanted: tells by its name whether a file can be read.

    Raises:
        UsageError: a path does not exist, or a file named outright has an ending that cannot be read.
    """
    walk = _Walk(wanted)
    for path in paths:
        if path.is_dir():
            walk.found.folders.add(path.resolve())
            walk.folders.append((path.resolve(), frozenset()))
        elif not os.path.lexists(path):
            raise UsageError(
                f"{path}: there is no such file or folder; name another, or remove its articles with --remove."
            )
        elif not wanted(path):
            raise UsageError(f"{path}: cannot read this kind of file; give one of {endings}.")
        else:
            walk.take_named(path.parent.resolve() / path.name)
        walk.go()
    walk.follow_links()
    return walk.found


class _Walk:
    """One walk through folders. Links are followed last, so that a file is known by its own place if it has one."""

    def __init__(self, wanted: Wanted) -> None:
        self.found = FoundFiles()
        self.wanted = wanted
        self.folders: list[tuple[Path, frozenset[Key]]] = []  # still to be walked, each with the folders that it is in
        self.links: list[tuple[Path, frozenset[Key]]] = []
        self.seen: set[Key] = set()
        self.targets: set[Path] = set()
        self.named: set[Path] = set()

    def take_named(self, path: Path) -> None:
        """Take a file that was named outright; a link, as in a folder, by its own place."""
        self.named.add(path)
        if path.is_symlink():
            self.links.append((path, frozenset()))
        else:
            self.take(path)

    def go(self) -> None:
        """Walk through the folders that wait, and all in them."""
        while self.folders:
            folder, above = self.folders.pop()
            try:
                status = folder.stat()
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                self._fault(folder, f"this folder cannot be read ({error.strerror}); check its permissions.")
                continue
            key = _key(status)
            if key not in self.seen:
                self.seen.add(key)
                self._enter(folder, entries, above | {key})

    def _enter(self, folder: Path, entries: list[os.DirEntry[str]], above: frozenset[Key]) -> None:
        inner: list[tuple[Path, frozenset[Key]]] = []
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or entry.name.lower() == "readme.md":
                continue
            if entry.is_symlink():
                self.links.append((path, above))
            elif entry.is_dir(follow_symlinks=False):
                inner.append((path, above))
            elif self.wanted(path):
                self.take(path)
            else:
                self.found.unread.append(path)
        self.folders += reversed(inner)

    def follow_links(self) -> None:
        """Take what the links met so far lead to, and what the links in there lead to."""
        while self.links:
            link, above = self.links.pop(0)
            try:
                status = link.stat()
            except OSError as error:
                if self.wanted(link) or not link.suffix:  # without one it may have been a folder of articles
                    self._fault(link, f"is a link that leads nowhere ({error.strerror}); mend or remove it.")
                continue
            if kind_of(status) != "folder":
                target = link.resolve()
                if self.wanted(link) and target not in self.found.files and target not in self.targets:
                    self.targets.add(target)
                    self.take(link)
                elif not self.wanted(link) and kind_of(status) == "file":
                    self.found.unread.append(link)
            elif _key(status) in above:
                self._fault(link, "is a link to a folder that it is in, which has no end; remove it.")
            else:
                self.folders.append((link, above))
                self.go()

    def take(self, path: Path) -> None:
        """Take a file, or say why it cannot be used; a file that is gone by now is passed over."""
        if not is_unicode(path):
            self._fault(path, "has a name that is not Unicode; rename it.")
            return
        try:
            status = path.stat()
        except FileNotFoundError:
            return
        except OSError as error:
            self._fault(path, f"cannot be read ({error.strerror}); check it.")
            return
        if (kind := kind_of(status)) != "file":
            self._fault(path, f"is a {kind}, not a file, and was not opened; remove it, or index another folder.")
            return
        self.found.files[path] = (*_key(status), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if path in self.named:
            self.found.named.add(path)

    def _fault(self, path: Path, reason: str) -> None:
        self.found.faults.append(ArticleError(shown(path), reason))


def unread_summary(paths: Sequence[Path]) -> str:
    """How many files there are of each ending: `2 .png, 1 .xls`; the commonest first."""
    endings = Counter(path.suffix.lower() if has_ending(path.name) else "without an ending" for path in paths)
    named = [f"{count:,} {shown(Path(ending))}" for ending, count in endings.most_common(_ENDINGS)]
    more = sum(endings.values()) - sum(count for _, count in endings.most_common(_ENDINGS))
    return ", ".join([*named, f"{more:,} of other endings"] if more else named)


def _key(status: os.stat_result) -> Key:
    return status.st_dev, status.st_ino


def shown(path: Path) -> str:
    """A path as a text that can be stored and shown, whatever bytes are in its name."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
