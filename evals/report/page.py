"""The report of a run as one HTML document: what its template shows, and how a value is written there."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from evals.report import charts
from evals.report.charts import percent
from evals.runs.log import RunLog
from evals.runs.outcome import OUTCOMES, calibration, coverage_curve
from evals.scorers.measures import BY_TYPE, MEASURES

Record = Mapping[str, Any]

_HERE = Path(__file__).parent
# Besides the escaping: a browser runs this one script and no other, and fetches nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'"
_BLANK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")
_TITLES = {measure.name: measure.title for measure in MEASURES}
_HEADLINE = (
    "answer_contained",
    "first_citation",
    "refusal_precision",
    "refusal_recall",
    "refused_or_tentative",
    "byte_exact",
)
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


def render(run: RunLog) -> str:
    """The report as one HTML document."""
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    summary = run.summary or {}
    counts = _outcomes(run.records)
    return (
        _environment()
        .get_template("report.html")
        .render(
            policy=Markup(_POLICY.format(digest)),  # noqa: S704
            style=Markup((_HERE / "report.css").read_text(encoding="utf-8")),  # noqa: S704  it is ours
            script=Markup(script),  # noqa: S704
            head=run.head,
            summary=summary,
            facts=_facts(run, summary),
            left_out=[
                *summary["excluded"],
                *(f"failed: {i}" for i in summary["failed"]),
                *run.head["corpus"]["skipped"],
            ],
            tiles=list(_tiles(summary)),
            plots=_plots(run),
            outcomes=[(name, of, sum(of[good] for good in OUTCOMES[:2])) for name, of in counts.items()],
            present=[outcome for outcome in OUTCOMES if counts["all"][outcome]],
            faults=defaultdict(str, _FAULTS),
            **_by_type(summary),
            reasons=defaultdict(str, _REASONS),
            measures=[(m, summary["measures"][m.name]) for m in MEASURES if m.name in summary["measures"]],
            names=sorted({record["type"] for record in run.records if record["type"]}),
            records=run.records,
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters["squeezed"] = lambda text: _BLANK.sub("\n", str(text or ""))
    made.globals |= {"bar": charts.interval_bar, "cited": _cited, "origin": _origin, "rank": _rank, "short": _short}
    return made


def _facts(run: RunLog, summary: Mapping[str, Any]) -> list[str]:
    made, corpus = run.head["made_with"], run.head["corpus"]
    reader = made["reader"]
    tentative = f", tentative from {reader['tentative']:.2f}" if "tentative" in reader else ""
    return [
        f"{summary['n']} questions",
        f"{corpus['articles']:,} article{'' if corpus['articles'] == 1 else 's'}, {corpus['passages']:,} passages",
        f"Reader {reader['name']}, threshold {reader['threshold']:.2f}{tentative}",
        f"Dateline {made['dateline']}, commit {(made['git_commit'] or 'not under git')[:12]}",
        str(run.head["started"]).replace("T", " ").replace("+00:00", " UTC"),
    ]


def _tiles(summary: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Title, value, what stands below it, and what it says."""
    says = {measure.name: measure.says for measure in MEASURES}
    for name in _HEADLINE:
        if found := summary["measures"].get(name):
            interval = f"{percent(found['low'])} to {percent(found['high'])}, n {found['n']:,}"
            yield _TITLES[name], percent(found["value"]), interval, says[name]
    if total := summary["latency_ms"].get("total"):
        yield "Median answer", f"{total['p50']:,.0f} ms", f"95 % within {total['p95']:,.0f} ms", ""


def _plots(run: RunLog) -> list[tuple[str, Markup]]:
    answers = [record for record in run.records if record["answer"] is not None]
    if not answers:
        return []
    confidences = [record["answer"]["confidence"] for record in answers]
    right = [record["would_be_right"] for record in answers]
    answered = [record for record in answers if record["answer"]["status"] == "answered"]
    accuracy = sum(record["would_be_right"] for record in answered) / max(1, len(answered))
    now = (len(answered) / len(answers), accuracy)
    times = [record["answer"]["timings_ms"]["total"] for record in answers]
    total = (run.summary or {})["latency_ms"].get("total") or {}
    marks = [(name, value) for name, value in total.items() if name in ("p50", "p95")]
    plots = [
        ("What a stricter threshold would buy", charts.coverage_chart(coverage_curve(confidences, right), now)),
        ("Does confidence mean what it says?", charts.calibration_chart(calibration(confidences, right))),
        (f"Latency, {run.head['run']['workers']} questions at a time", charts.latency_chart(times, marks)),
    ]
    if shares := _hit_shares(run.records):
        plots.insert(2, ("Does the search bring the evidence?", charts.hits_chart(shares)))
    return plots


def _hit_shares(records: Sequence[Record], depth: int = 10) -> list[float]:
    """For k from 1, the share of questions with evidence among the best k passages."""
    wanted = [r for r in records if r["found"] is not None and r["answerable"] and r["evidence"]]
    ranks = [_rank_of(record) or depth + 1 for record in wanted]
    return [sum(rank <= k for rank in ranks) / len(ranks) for k in range(1, depth + 1)] if ranks else []


def _outcomes(records: Sequence[Record]) -> dict[str, Counter[str]]:
    """What became of the questions, of all and of each type."""
    groups: dict[str, Counter[str]] = {"all": Counter()}
    for record in records:
        for name in ("all", record["type"] or "(no type)"):
            groups.setdefault(name, Counter())[record["outcome"]] += 1
    return groups


def _by_type(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The measures that are given for each type of question, and their titles; nothing where no question has one."""
    given = {name: of["measures"] for name, of in summary["by_type"].items() if of.get("measures")}
    present = [name for name in BY_TYPE if any(name in found for found in given.values())]
    types = [(name, summary["by_type"][name]["n"], [of.get(m) for m in present]) for name, of in given.items()]
    return {"by_type": [(_TITLES[name], "") for name in present], "types": types if present else []}


def _cited(record: Record) -> list[tuple[Any, Any]]:
    """What is cited, or named as closest, each with what stands around it."""
    listed = record["answer"]["citations" if record["answer"]["status"] == "answered" else "closest"]
    return list(zip(listed, record["context"], strict=False))


def _origin(citation: Mapping[str, Any]) -> str:
    return " · ".join(str(part) for part in (citation["title"], citation["source"], citation["date"]) if part)


def _short(answer: Mapping[str, Any], citation: Mapping[str, Any]) -> list[int] | None:
    """Where the short answer is in the cited sentence, if the statement is that sentence."""
    spans = (each["span"] for each in answer["statements"] if each["text"] == citation["sentence"])
    return next(filter(None, spans), None)


def _rank_of(record: Record) -> int | None:
    return next((rank for rank, found in enumerate(record["found"], start=1) if found["evidence"]), None)


def _rank(record: Record) -> str:
    if record["found"] is None or not record["evidence"]:
        return ""
    if (rank := _rank_of(record)) is None:
        return f"The search did not bring the evidence among {len(record['found'])} passages."
    return f"The search brought the evidence at rank {rank}."
