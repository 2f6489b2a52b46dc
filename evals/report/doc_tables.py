"""The measured tables of the README and the documentation, made of the run summaries that are committed.

A page marks where a table goes, each mark on a line of its own: `<!-- table: NAME -->`, and after it `<!-- /table -->`.
What stands between the two is replaced. A summary is a file that `dateline eval baseline` wrote. A set is called by the
name of that file, and is left out of a table for which it has no measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.errors import PageError
from evals.runs.gate import read_baseline
from evals.scorers.measures import MEASURES

Summaries = Mapping[str, Mapping[str, Any]]
"""What the set is called, to its summary."""

TABLES: dict[str, tuple[str, ...]] = {
    "overview": ("first_citation", "answer_contained", "refused_or_tentative", "byte_exact"),
    "answers": ("answer_contained", "first_citation", "first_citation_answered"),
    "refusals": ("answerable_refused", "refusal_recall", "refused_or_tentative"),
    "search": ("hit@1", "hit@10", "doc_hit@1"),
    "news": ("as_expected", "form_right", "leads_right", "shows_expected", "dispute_right", "withdrawn_shown"),
}
"""The tables that a page may ask for, and the measures of each; besides them there is `sets`."""

_TITLES = {measure.name: measure.title for measure in MEASURES}
_OPENING, _OPENED, _CLOSING = "<!-- table: ", " -->", "<!-- /table -->"
_NONE = "–"


def read_summaries(folder: Path) -> dict[str, dict[str, Any]]:
    """Every summary in a folder, by the name of its file, in the order of the names.

    Raises:
        PageError: there is none.
        RunLogError: one cannot be read.
    """
    summaries = {path.stem: read_baseline(path) for path in sorted(folder.glob("*.json"))}
    if not summaries:
        raise PageError(f"{folder}: holds no summary of a run; make one with `dateline eval baseline`.")
    return summaries


def filled(page: str, summaries: Summaries, where: str) -> str:
    """A page with its tables as the summaries have them.

    Raises:
        PageError: a mark names no table, or has no end.
    """
    lines: list[str] = []
    opened: int | None = None
    for number, line in enumerate(page.splitlines(), start=1):
        if line.startswith(_OPENING) and line.endswith(_OPENED):
            if opened is not None:
                break
            opened = number
            lines += [line, *_table(line.removeprefix(_OPENING).removesuffix(_OPENED), summaries, f"{where}:{number}")]
        elif line == _CLOSING:
            opened = None
            lines.append(line)
        elif opened is None:
            lines.append(line)
    if opened is not None:
        raise PageError(f"{where}:{opened}: the table has no end; write {_CLOSING} on a line below it.")
    return "\n".join(lines) + "\n"


def _table(name: str, summaries: Summaries, where: str) -> list[str]:
    if name == "sets":
        return _sets(summaries)
    if name not in TABLES:
        raise PageError(f"{where}: there is no table {name!r}; name one of: sets, {', '.join(TABLES)}.")
    rows = {
        called: [_cell(summary["measures"].get(measure)) for measure in TABLES[name]]
        for called, summary in summaries.items()
    }
    present = {called: cells for called, cells in rows.items() if set(cells) != {_NONE}}
    head = ["set", *(_TITLES[measure].lower() for measure in TABLES[name])]
    return _markdown(head, [[f"`{called}`", *cells] for called, cells in present.items()])


def _sets(summaries: Summaries) -> list[str]:
    """What was asked, and of how many articles."""
    rows = [
        [f"`{called}`", f"`{of['questions']['name']}`", *(f"{n:,}" for n in (of["questions"]["n"], *_sizes(of)))]
        for called, of in summaries.items()
    ]
    return _markdown(["set", "file", "questions", "articles", "passages"], rows)


def _sizes(summary: Mapping[str, Any]) -> tuple[int, int]:
    return summary["corpus"]["articles"], summary["corpus"]["passages"]


def _cell(measured: Mapping[str, float] | None) -> str:
    """A value, its 95 % interval, and how many questions count for it."""
    if measured is None:
        return _NONE
    value, low, high = (_short(measured[key]) for key in ("value", "low", "high"))
    return f"{value} ({low}–{high}; {measured['n']:,})"


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
