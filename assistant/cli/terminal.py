"""What is written to the terminal: answers, errors, progress. Text of articles never reaches it as control codes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.visible import json_visible, one_line, visible
from assistant.wording import CLOSEST, figure_row, notice_line, period_line, verdict

if TYPE_CHECKING:
    from rich.progress import Task

    from assistant.answer import Answer, Citation, Statement


_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Printer:
    """Writes results to stdout and messages to stderr."""

    def __init__(self) -> None:
        self._styled = sys.stdout.isatty()

    def line(self, text: str, before: str = "") -> None:
        """A line of result; what is to stand `before` it is written as it is, and so is never text of an article."""
        self._write(before + one_line(text))

    def strong(self, text: str, before: str = "") -> None:
        """A line of result, in bold on a terminal."""
        self._write(before + self._style(one_line(text), _BOLD))

    def error(self, text: str) -> None:
        """A line of warning or error."""
        sys.stderr.write(f"dateline: {one_line(text)}\n")

    def note(self, text: str) -> None:
        """A line beside the result, for who reads along: on stderr, so that a program gets the result alone."""
        sys.stderr.write(f"{one_line(text)}\n")

    def json(self, document: dict[str, Any]) -> None:
        """One JSON document, readable where the terminal can show its characters."""
        text = json_visible(json.dumps(document, ensure_ascii=False, indent=2))
        try:
            text.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:
            text = json.dumps(document, indent=2)
        sys.stdout.write(text + "\n")

    def small(self, text: str, before: str = "") -> None:
        """A line beside the result, dimmed on a terminal."""
        self._write(before + self._style(one_line(text), _DIM))

    def text(self, text: str) -> None:
        """A result of several lines, in which what a terminal would obey is spelled out."""
        self._write(visible(text))

    def answer(self, answer: Answer) -> None:
        """An answer with its sources below it, a refusal with its reason and the closest sentences, or a courtesy."""
        line = verdict(answer)
        if answer.status == "not_in_corpus" and not answer.is_courtesy:
            self.strong(line or "")
        elif line is not None:
            self.line(line)
        for statement in answer.statements:
            self.statement(statement)
        self.footnotes(answer)

    def statement(self, statement: Statement) -> None:
        """A statement with its markers, after its day where it has one; its short answer in bold on a terminal."""
        text = one_line(statement.text)
        if statement.span is not None:
            start = len(one_line(statement.text[: statement.span[0]] + "x")) - 1
            end = start + len(one_line(statement.text[slice(*statement.span)]))
            text = text[:start] + self._style(text[start:end], _BOLD) + text[end:]
        day = "" if statement.day is None else self._style(f"{one_line(statement.day)}  ", _DIM)
        self._write(f"{day}{text} {''.join(f'[{marker}]' for marker in statement.citations)}")

    def footnotes(self, answer: Answer) -> None:
        """What follows the statements of an answer, its sources, or the reason of a refusal, the closest sentences."""
        if answer.status == "not_in_corpus":
            if answer.closest:
                self._write(f"\n{CLOSEST}")
            for citation in answer.closest:
                self._write(f"  - {one_line(citation.sentence)}")
                self._write(self._style(f"    {source_line(citation)}", _DIM))
            return
        if answer.period is not None:
            self.small(f"({period_line(answer.period)})")
        if answer.note:
            self.small(f"({answer.note})")
        self._table([figure_row(figure) for figure in answer.figures])
        for notice in answer.notices:
            self._write(one_line(notice_line(notice)))
        self._write("")
        of_source: dict[str, list[Citation]] = {}
        for citation in answer.citations:
            of_source.setdefault(source_line(citation), []).append(citation)
        for line, citations in of_source.items():
            markers = "".join(f"[{citation.marker}]" for citation in citations)
            self._write(self._style(f"{markers} {line}", _DIM))

    def _table(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Rows with their columns one below the other, after an empty line; nothing of none."""
        if not rows:
            return
        self._write("")
        shown = [[one_line(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
        for row in shown:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self._write(f"  {line.rstrip()}")

    def _style(self, text: str, style: str) -> str:
        return f"{style}{text}{_PLAIN}" if self._styled else text

    def _write(self, text: str) -> None:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stdout.flush()


def source_line(citation: Citation) -> str:
    """Title, source, date and address of a citation's article, on one line."""
    parts = [citation.title, citation.source, citation.date, citation.url]
    return " · ".join(one_line(part) for part in parts if part)


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
    """Progress for a file or a pipe: few lines, each whole by itself."""

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
