"""The tables of the report: outcomes, measures by type of question, reasons of refusals, all measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evals.report import charts
from evals.report.text import escape, tag
from evals.runs.outcome import OUTCOMES
from evals.scorers.measures import BY_TYPE, MEASURES

_GOOD = OUTCOMES[:2]
_FAULTS = {
    "wrong passage": "the search did not bring the evidence",
    "wrong sentence": "the evidence was read, and another sentence cited",
    "wrong span": "the right sentence, but not the answer in it",
    "false refusal": "refused, though the articles say it",
    "tentative answer": "“this may answer it”, though the articles do not say it",
    "false answer": "answered, though the articles do not say it",
    "failed": "asking raised an error",
}
_REASONS = {
    "nothing_close": "nothing in the articles is about it",
    "missing": "no article has a name or a word of it",
    "language": "it is not in English",
    "filtered": "no article is left by the filter",
    "not_answered": "articles are about it, and do not say",
    "courtesy": "nothing was asked",
}


def outcomes(records: Sequence[Mapping[str, Any]]) -> str:
    """What became of the questions, of all and of each type."""
    groups: dict[str, Counter[str]] = {"all": Counter()}
    for record in records:
        for name in ("all", record["type"] or "(no type)"):
            groups.setdefault(name, Counter())[record["outcome"]] += 1
    present = [outcome for outcome in OUTCOMES if groups["all"][outcome]]
    head = "".join(tag("th", escape(o), class_="n", title=_FAULTS.get(o)) for o in present)
    rows = [tag("tr", tag("th", "Type") + tag("th", "Good", class_="n") + tag("th", "") + head)]
    for name, counts in groups.items():
        total = sum(counts.values())
        good = sum(counts[outcome] for outcome in _GOOD)
        cells = "".join(tag("td", str(counts[outcome] or ""), class_="n") for outcome in present)
        rows.append(
            tag(
                "tr",
                tag("td", escape(name)) + tag("td", f"{good} of {total}", class_="n") + _bar(counts, total) + cells,
            )
        )
    legend = "; ".join(f"{tag('b', escape(o))}: {escape(_FAULTS[o])}" for o in present if o in _FAULTS)
    return tag("div", tag("table", "".join(rows)), class_="wide") + tag("p", legend, class_="facts")


def _bar(counts: Mapping[str, int], total: int) -> str:
    good = sum(counts.get(outcome, 0) for outcome in _GOOD) / total
    bar = f'<rect class="rail" width="120" height="10"/><rect class="bar" width="{120 * good:.1f}" height="10"/>'
    return tag("td", f'<svg width="120" height="10" aria-hidden="true">{bar}</svg>')


def by_type(summary: Mapping[str, Any]) -> str:
    """The measures that are given for each type of question; empty where no question has one."""
    given = {name: of["measures"] for name, of in summary["by_type"].items() if of.get("measures")}
    titles = {measure.name: measure.title for measure in MEASURES}
    present = [name for name in BY_TYPE if any(name in found for found in given.values())]
    if not present:
        return ""
    head = "".join(tag("th", escape(titles[name]), class_="n") for name in present)
    rows = [tag("tr", tag("th", "Type") + tag("th", "Questions", class_="n") + head)]
    for name, found in given.items():
        cells = "".join(_value(found.get(measure)) for measure in present)
        rows.append(
            tag("tr", tag("td", escape(name)) + tag("td", str(summary["by_type"][name]["n"]), class_="n") + cells)
        )
    return tag("div", tag("table", "".join(rows)), class_="wide") + tag(
        "p", "In small print: how many of them the measure counts.", class_="facts"
    )


def _value(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return tag("td", "")
    interval = f"95 %: {found['low']:.3f} to {found['high']:.3f}"
    return tag("td", f"{found['value']:.3f} {tag('small', str(found['n']))}", class_="n", title=interval)


def reasons(summary: Mapping[str, Any]) -> str:
    """Why questions were refused, and how often rightly; empty where no refusal has a reason."""
    counts = summary.get("reasons") or {}
    if not counts:
        return ""
    names = ("Refusals", "Without an answer", "With an answer")
    rows = [tag("tr", tag("th", "Reason") + "".join(tag("th", name, class_="n") for name in names))]
    for kind, of in counts.items():
        label = escape(kind.replace("_", " ")) + tag("div", escape(_REASONS.get(kind, "")), class_="says")
        numbers = (of["answerable"] + of["unanswerable"], of["unanswerable"], of["answerable"])
        rows.append(tag("tr", tag("td", label) + "".join(tag("td", str(n), class_="n") for n in numbers)))
    return tag("div", tag("table", "".join(rows)), class_="wide")


def measures(summary: Mapping[str, Any]) -> str:
    """All measures, by family."""
    rows = []
    family = ""
    for measure in MEASURES:
        found = summary["measures"].get(measure.name)
        if found is None:
            continue
        if measure.family != family:
            family = measure.family
            rows.append(tag("tr", tag("th", escape(family), colspan=5)))
        cells = [
            tag("td", escape(measure.title) + tag("div", escape(measure.says), class_="says")),
            tag("td", f"{found['value']:.3f}", class_="n big"),
            tag("td", charts.interval_bar(found["value"], found["low"], found["high"])),
            tag("td", f"{found['low']:.3f} to {found['high']:.3f}", class_="n"),
            tag("td", f"{found['n']:,}", class_="n"),
        ]
        rows.append(tag("tr", "".join(cells)))
    names = ("", "Value", "", "95 % interval", "n")
    head = tag(
        "tr", "".join(tag("th", name, class_="n" if name in names[1::2] or name == "n" else None) for name in names)
    )
    return tag("div", tag("table", head + "".join(rows)), class_="wide")
