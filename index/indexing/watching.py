"""Keeping up with folders: what changed in them since it was last indexed, once it holds still.

They are looked at again and again. That works on every file system, network shares among them, needs no more than the
walk that indexing begins with, and misses nothing that happened in between.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from index.files import look

_PAUSE = 1.0  # seconds between two looks
_SHARE = 0.1  # of the time, at most, that is spent looking: on a large archive the pauses grow
_PATIENCE = 30.0  # seconds for which changes are waited out; then what there is is taken


class Change(NamedTuple):
    """What became of a file, or of what cannot be used as one."""

    kind: Literal["added", "changed", "removed"]
    path: Path


class Watch:
    """What happens in some files and folders."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.pause = _PAUSE
        self._paths = list(paths)
        self._indexed: dict[Path, object] = {}
        self._seen: dict[Path, object] = {}
        self._since: float | None = None

    def indexed(self) -> None:
        """Take what was seen last as indexed."""
        self._indexed = self._seen
        self._since = None

    def look(self) -> bool:
        """Look at the paths, and remember what is there; False if there is nothing.

        Raises:
            UsageError: a path does not exist.
        """
        self._seen = self._now()
        return bool(self._seen)

    def changes(self) -> list[Change]:
        """What changed since `indexed`, if nothing changed since the last look; sorted by path.

        A file that is still being written, or a folder that is still being copied, is waited for, but not for ever.

        Raises:
            UsageError: a path does not exist.
        """
        before = self._seen
        self.look()
        if self._seen == self._indexed:
            self._since = None
            return []
        self._since = self._since or time.monotonic()
        if self._seen != before and time.monotonic() - self._since < _PATIENCE:
            return []
        return sorted(self._differences(), key=lambda change: change.path)

    def _differences(self) -> list[Change]:
        added = [Change("added", path) for path in self._seen.keys() - self._indexed.keys()]
        removed = [Change("removed", path) for path in self._indexed.keys() - self._seen.keys()]
        both = self._seen.keys() & self._indexed.keys()
        return added + removed + [Change("changed", path) for path in both if self._seen[path] != self._indexed[path]]

    def _now(self) -> dict[Path, object]:
        started = time.monotonic()
        found = look(self._paths)
        self.pause = max(_PAUSE, (time.monotonic() - started) / _SHARE)
        return {**found.files, **{Path(fault.where): fault.reason for fault in found.faults}}
