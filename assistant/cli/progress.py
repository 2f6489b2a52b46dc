"""How far long work is, on stderr: how much is done of how much, how fast that is, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task

_EVERY = 30.0  # seconds between two lines of a stage where nobody looks at a terminal


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress on stderr: a bar for each stage on a terminal, elsewhere a line for each stage and then now and then."""
    if not sys.stderr.isatty():
        yield PlainProgress(sys.stderr.write, time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import ProgressColumn as Column
    from rich.text import Text

    class RateColumn(Column):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            elif done == 0:  # the same stage of another file
                bars.reset(tasks[stage], total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


@dataclass(slots=True)
class _Stage:
    """Where a stage began, and when it was last spoken of."""

    begun: float
    first: int
    said: float


class PlainProgress:
    """Progress for a file or a pipe: few lines, each whole by itself.

    Args:
        write: takes a line.
        clock: seconds.
    """

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock
        self._stages: dict[str, _Stage] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that a stage begins, and half a minute after the last line how far it is."""
        now, known = self._clock(), self._stages.get(stage)
        if known is None:
            if done < total:
                self._stages[stage] = _Stage(now, done, now)
                self._write(f"{stage} ({total:,}) ...\n")
            return
        if done <= known.first:  # it begins again, with another file
            known.begun, known.first = now, done
        elif now - known.said >= _EVERY and done < total:
            known.said = now
            rate = (done - known.first) / (now - known.begun)
            self._write(f"{stage}: {done:,} of {total:,}, {rate:,.1f} a second, {_left((total - done) / rate)} left\n")


def _left(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
