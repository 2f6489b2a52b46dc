"""The report from top to bottom: what was run, the headline, all measures, the plots, the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evals.report import charts, tables
from evals.report.questions import question_entry
from evals.report.text import escape, percent, tag
from evals.runs.log import RunLog
from evals.runs.outcome import OUTCOMES, calibration, coverage_curve
from evals.scorers.measures import MEASURES

_HEADLINE = (
    "answer_contained",
    "first_citation",
    "refusal_precision",
    "refusal_recall",
    "refused_or_tentative",
    "byte_exact",
)


def body(run: RunLog) -> str:
    """The content of the page."""
    summary = run.summary or {}
    parts = [
        _top(run, summary),
        tag("div", _tiles(summary), class_="tiles"),
        tag("div", _plots(run), class_="plots"),
        tag("h2", "Outcomes"),
        tables.outcomes(run.records),
        *_section("Types of question", tables.by_type(summary)),
        *_section("Why questions were refused", tables.reasons(summary)),
        tag("h2", "Measures"),
        tables.measures(summary),
        tag("h2", "Questions"),
        _filters(run),
        tag("div", "".join(question_entry(record) for record in run.records), id="questions"),
    ]
    return tag("main", "\n".join(parts))


def _section(title: str, content: str) -> list[str]:
    return [tag("h2", escape(title)), content] if content else []


def _top(run: RunLog, summary: Mapping[str, Any]) -> str:
    head = run.head
    made = head["made_with"]
    corpus = head["corpus"]
    commit = (made["git_commit"] or "not under git")[:12]
    facts = [
        f"{summary['n']} questions",
        f"{corpus['articles']:,} article{'' if corpus['articles'] == 1 else 's'}, {corpus['passages']:,} passages",
        f"Reader {made['reader']['name']}, {_thresholds(made['reader'])}",
        f"Dateline {made['dateline']}, commit {commit}",
        str(head["started"]).replace("T", " ").replace("+00:00", " UTC"),
    ]
    left_out = [*summary["excluded"], *(f"failed: {id_}" for id_ in summary["failed"]), *corpus["skipped"]]
    notes = f"95 % intervals: bootstrap {escape(summary['intervals'])}. Nothing is left out."
    if left_out:
        listed = "".join(tag("li", escape(reason)) for reason in left_out)
        notes = f"95 % intervals: bootstrap {escape(summary['intervals'])}." + tag(
            "details", tag("summary", f"{len(left_out)} left out, failed or skipped") + tag("ul", listed)
        )
    return tag(
        "header",
        tag("p", "Dateline evaluation", class_="kicker")
        + tag("h1", escape(head["questions"]["name"]))
        + tag("p", escape(" · ".join(facts)), class_="facts")
        + tag("div", notes, class_="facts"),
    )


def _thresholds(reader: Mapping[str, Any]) -> str:
    answered = f"threshold {reader['threshold']:.2f}"
    return f"{answered}, tentative from {reader['tentative']:.2f}" if "tentative" in reader else answered


def _tiles(summary: Mapping[str, Any]) -> str:
    tiles = []
    for name in _HEADLINE:
        found = summary["measures"].get(name)
        if found is not None:
            measure = next(measure for measure in MEASURES if measure.name == name)
            interval = f"{percent(found['low'])} to {percent(found['high'])}, n {found['n']:,}"
            tiles.append(_tile(measure.title, percent(found["value"]), interval, measure.says))
    total = summary["latency_ms"].get("total") or {}
    if total:
        tiles.append(_tile("Median answer", f"{total['p50']:,.0f} ms", f"95 % within {total['p95']:,.0f} ms", ""))
    return "".join(tiles)


def _tile(title: str, value: str, below: str, says: str) -> str:
    inside = tag("div", escape(title), class_="name") + tag("div", value, class_="value")
    return tag("div", inside + tag("div", escape(below), class_="below"), class_="tile", title=says or None)


def _plots(run: RunLog) -> str:
    answers = [record for record in run.records if record["answer"] is not None]
    if not answers:
        return ""
    confidences = [record["answer"]["confidence"] for record in answers]
    right = [record["would_be_right"] for record in answers]
    answered = [record for record in answers if record["answer"]["status"] == "answered"]
    accuracy = sum(record["would_be_right"] for record in answered) / max(1, len(answered))
    now = (len(answered) / len(answers), accuracy)
    times = [record["answer"]["timings_ms"]["total"] for record in answers]
    marks = [(name, value) for name, value in _latency(run).items() if name in ("p50", "p95")]
    plots = [
        ("What a stricter threshold would buy", charts.coverage_chart(coverage_curve(confidences, right), now)),
        ("Does confidence mean what it says?", charts.calibration_chart(calibration(confidences, right))),
        (f"Latency, {run.head['run']['workers']} questions at a time", charts.latency_chart(times, marks)),
    ]
    shares = _hit_shares(run.records)
    if shares:
        plots.insert(2, ("Does the search bring the evidence?", charts.hits_chart(shares)))
    return "".join(tag("figure", tag("figcaption", escape(title)) + chart) for title, chart in plots)


def _latency(run: RunLog) -> Mapping[str, float]:
    found: Mapping[str, float] = (run.summary or {})["latency_ms"].get("total") or {}
    return found


def _hit_shares(records: Sequence[Mapping[str, Any]], depth: int = 10) -> list[float]:
    """For k from 1, the share of questions with evidence among the best k passages."""
    wanted = [r for r in records if r["found"] is not None and r["answerable"] and r["evidence"]]
    ranks = [next((k for k, f in enumerate(r["found"], start=1) if f["evidence"]), depth + 1) for r in wanted]
    return [sum(rank <= k for rank in ranks) / len(ranks) for k in range(1, depth + 1)] if ranks else []


def _filters(run: RunLog) -> str:
    counts = Counter(record["outcome"] for record in run.records)
    buttons = [tag("button", f"all {len(run.records)}", type="button", data_outcome="", aria_pressed="true")]
    buttons += [
        tag("button", f"{escape(o)} {counts[o]}", type="button", data_outcome=o, aria_pressed="false")
        for o in OUTCOMES
        if counts[o]
    ]
    types = sorted({record["type"] for record in run.records if record["type"]})
    options = "".join(tag("option", escape(name or "every type"), value=name) for name in ("", *types))
    search = '<input type="search" id="words" placeholder="id or words of the question" aria-label="Filter by words">'
    chosen = tag("select", options, id="type", aria_label="Filter by type")
    shown = tag("span", "", id="shown", class_="facts", role="status")
    return tag("div", "".join([*buttons, chosen, search, shown]), class_="filters")
