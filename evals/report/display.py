"""Tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import Printer
from assistant.visible import one_line
from evals.runs.log import RunLog
from evals.scorers.measures import BY_TYPE, MEASURES
from index.language.numerals import counted

_NAMED = 12  # questions that are listed one by one


line = Printer().line
"""Writes a line of result."""


def show_run(log: RunLog, questions: Path) -> None:
    """The measures of a run, what became of the questions, and where the log is.

    Args:
        questions: the question set as it was named; the log has it shortened, to be the same on every machine.
    """
    summary = log.summary or {}
    _measures(summary["measures"], f"{questions}: {counted(summary['n'], 'question')}")
    line(f"Intervals: 95 %, bootstrap {summary['intervals']}.")
    _by_type(summary["by_type"])
    line("Outcomes: " + ", ".join(f"{n} {name}" for name, n in summary["outcomes"].items()) + ".")
    reasons = summary.get("reasons") or {}
    if reasons:
        counts = (f"{of['answerable'] + of['unanswerable']} {kind}" for kind, of in reasons.items())
        line(f"Why refused: {', '.join(counts)}.")
    times = summary["latency_ms"].get("total") or {}
    if times:
        workers = log.head["run"]["workers"]
        shown = ", ".join(f"{name} {value:,.0f}" for name, value in times.items())
        line(f"Milliseconds an answer, {workers} at a time: {shown}.")
    _exclusions(summary["excluded"], log.head["corpus"]["skipped"], summary["failed"])
    line(f"Log: {log.path}")


def show_retrieval(document: Mapping[str, Any]) -> None:
    """The measures of the search alone."""
    _measures(document["measures"], f"{document['questions']}: {counted(document['n'], 'question')} with evidence")
    if document["without_evidence"]:
        line(f"Without evidence to find, and not counted: {counted(document['without_evidence'], 'question')}.")
    times = document["latency_ms"]["search"]
    line("Milliseconds a search: " + ", ".join(f"{name} {value:,.0f}" for name, value in times.items()) + ".")
    misses = document["misses"]
    if misses:
        more = f" and {len(misses) - _NAMED} more" if len(misses) > _NAMED else ""
        line(f"No evidence in the best 10 for {len(misses)}: {', '.join(misses[:_NAMED])}{more}.")
    _exclusions(document["excluded"], document["corpus"]["skipped"], [])


def show_document(document: Mapping[str, Any], indent: int = 0) -> None:
    """A document as it is, one value a line; shares with their interval."""
    for name, value in document.items():
        label, before = name.replace("_", " "), " " * indent
        if isinstance(value, Mapping) and {"value", "low", "high"} <= set(value) <= {"value", "n", "low", "high"}:
            counted_for = f", n {value['n']:,}" if "n" in value else ""
            line(f"{label}: {value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f}{counted_for})", before)
        elif isinstance(value, Mapping):
            line(f"{label}:", before)
            show_document(value, indent + 2)
        elif isinstance(value, list):
            line(f"{label}: {len(value)}", before)
            for each in value:
                line(str(each), f"{before}  ")
        else:
            line(f"{label}: {value}", before)


def show_comparison(comparison: Mapping[str, Any]) -> None:
    """What changed between two runs."""
    table = _table(counted(comparison["n"], "question"), "Measure", "Before", "After", "Change", "95 %", "p", "")
    for measure in MEASURES:
        found = comparison["measures"].get(measure.name)
        if found is not None:
            numbers = (f"{found['before']:.3f}", f"{found['after']:.3f}", f"{found['difference']:+.3f}")
            direction = "" if found["direction"] == "same" else found["direction"]
            p = "" if found["direction"] == "same" else f"{found['p']:.3f}"
            table.add_row(measure.title, *numbers, f"{found['low']:+.3f} to {found['high']:+.3f}", p, direction)
    _console().print(table)
    line(f"Differs in: {', '.join(comparison['differs']) or 'nothing'}.")
    line("p: McNemar for rates over the same questions, paired bootstrap otherwise; not corrected for their number.")
    for name in ("better", "worse", "other"):
        changes = comparison[name]
        if changes:
            line(f"{name.capitalize() if name != 'other' else 'Wrong in another way'}: {len(changes)}")
            for change in changes:
                line(f"  {change['id']}: {change['before']} -> {change['after']}: {change['question']}")


def show_gate(result: Mapping[str, Any]) -> None:
    """What broke, and what held."""
    for check in result["broken"]:
        line(f"BROKEN {check['measure']}: {check['says']}")
    for name in ("worse", "better"):
        for id_, (was, now) in result[name].items():
            line(f"  {name}: {id_}: {was} -> {now}")
    if result["not_compared"]:
        line(f"Not compared, as this set has no such value: {', '.join(result['not_compared'])}.")
    total = len(result["broken"]) + len(result["held"])
    verdict = "The gate holds" if not result["broken"] else "The gate is BROKEN"
    line(f"{verdict}: {len(result['held'])} of {total} checks passed.")


def _measures(measures: Mapping[str, Any], title: str) -> None:
    table = _table(title, "Measure", "Value", "95 %", "s.e.", "n")
    for measure in MEASURES:
        found = measures.get(measure.name)
        if found is not None:
            interval = f"{found['low']:.3f} to {found['high']:.3f}"
            table.add_row(measure.title, f"{found['value']:.3f}", interval, f"{found['error']:.3f}", f"{found['n']:,}")
    _console().print(table)


def _by_type(types: Mapping[str, Any]) -> None:
    """Some measures of each type of question; n differs from measure to measure, so the report has it."""
    given = {name: of["measures"] for name, of in types.items() if of.get("measures")}
    if given:
        titles = {measure.name: measure.title for measure in MEASURES}
        present = [name for name in BY_TYPE if any(name in found for found in given.values())]
        table = _table("By type", "Type", "n", *(titles[name] for name in present))
        for name, found in given.items():
            cells = (f"{found[one]['value']:.3f}" if one in found else "" for one in present)
            table.add_row(Text(one_line(name)), str(types[name]["n"]), *cells)
        _console().print(table)


def _exclusions(excluded: list[str], skipped: list[str], failed: list[str]) -> None:
    for name, some in (("left out", excluded), ("article skipped", skipped), ("failed", failed)):
        if some:
            line(f"{len(some)} {name}: {'; '.join(some[:_NAMED])}")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(one_line(title)), title_justify="left", box=None, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number == 0 else "right")
    return table


def _console() -> Console:
    # Made for every use: what stdout is can change. Text of articles is never read as markup.
    width = None if sys.stdout.isatty() else 140
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width)
