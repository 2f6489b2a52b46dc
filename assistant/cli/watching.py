"""`dateline index --watch`: index, and go on with whatever changes, until Ctrl-C."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.cli.indexing import Indexing, faults, summary_line
from assistant.cli.terminal import progress_bars
from assistant.cli.watches import ask_watches_again
from index.errors import DatelineError
from index.indexing.summary import Progress
from index.indexing.watching import Change, Watch

_LONGEST_PAUSE = 60.0  # seconds between two attempts at what keeps failing


class Watching:
    """One `dateline index --watch`. The store is locked only while something is indexed."""

    def __init__(self, indexing: Indexing, paths: Sequence[Path]) -> None:
        self._indexing = indexing
        self._printer = indexing.printer
        self._paths = list(paths)
        self._watch = Watch(paths)
        self._named: set[str] = set()  # faults that were named and still stand
        self._failures = 0

    def run(self) -> None:
        """Index, and then watch until Ctrl-C or SIGTERM, whatever fails in between. An empty folder can fill.

        Raises:
            DatelineError: the first run fails.
        """
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            if self._watch.look():
                with progress_bars() as progress:
                    self._take((), progress)
                self._watch.indexed()
            self._printer.line(f"watching {', '.join(map(str, self._paths))}; Ctrl-C ends it.")
            while True:
                time.sleep(min(_LONGEST_PAUSE, self._watch.pause * 2 ** min(self._failures, 10)))
                self._step()
        except KeyboardInterrupt:
            self._printer.line("stopped watching; what was stored stays.")

    def _step(self) -> None:
        """Index what changed. What fails is tried again later, at ever longer intervals."""
        try:
            changes = self._watch.changes()
            if changes:
                self._take(changes)
                self._watch.indexed()
        except (DatelineError, OSError) as error:
            self._fault(str(error))
            self._failures += 1
        else:
            self._failures = 0

    def _take(self, changes: Sequence[Change], progress: Progress | None = None) -> None:
        started = time.perf_counter()
        summary = self._indexing.index(self._paths, progress)
        found = faults(summary)
        unused = {error.where for error in summary.errors}
        for change in changes:
            if str(change.path) not in unused:
                self._printer.line(f"{change.kind} {change.path}")
        self._named &= set(found)
        for fault in found:
            self._fault(fault)
        self._printer.line(summary_line(summary, self._indexing.settings, time.perf_counter() - started))
        ask_watches_again(self._indexing.settings, self._printer)

    def _fault(self, text: str) -> None:
        """Name a fault once, for as long as it stands."""
        if text not in self._named:
            self._named.add(text)
            self._printer.error(text)
