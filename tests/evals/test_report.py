"""The report: one file, complete, and nothing in it becomes markup."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from evals.report import charts, render, write_report
from evals.runs.outcome import Bin
from evals.runs.summary import summary_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202e\ud800]]><!--"


class Page(HTMLParser):
    """Notes elements and attributes; complains about what is not closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.open, self.text = [], [], [], []

    def handle_starttag(self, name, attrs):
        self.elements.append(name)
        self.attributes += attrs
        if name not in ("meta", "input"):
            self.open.append(name)

    def handle_startendtag(self, name, attrs):
        self.elements.append(name)
        self.attributes += attrs

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        self.text.append(data)


def parse(html):
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def test_the_report_has_every_question_and_measure(archive_run, tmp_path):
    path = tmp_path / "sub" / "report.html"
    write_report(archive_run, path)
    page = parse(path.read_text(encoding="utf-8"))
    text = " ".join(page.text)
    assert page.elements.count("details") == len(archive_run.records)
    assert page.elements.count("figure") == 4
    for record in archive_run.records:
        assert record["question"] in text
        for citation in record["answer"]["citations"]:
            assert citation["title"] in text
    assert page.elements.count("mark") >= len(archive_run.records)


def test_the_report_fetches_nothing_and_runs_one_script(archive_run):
    html = render(archive_run)
    page = parse(html)
    assert page.elements.count("script") == 1
    assert not {name for name, _ in page.attributes} & {"src", "href", "srcset", "action"}
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def hostile(value):
    """The same structure with every text of articles, questions and models replaced."""
    if isinstance(value, dict):
        keep = ("kind", "outcome", "status", "speaker", "start", "end", "span", "scores", "timings_ms", "cluster")
        return {key: of if key in keep else hostile(of) for key, of in value.items()}
    if isinstance(value, list):
        return [hostile(of) for of in value]
    return HOSTILE if isinstance(value, str) else value


def test_hostile_text_stays_text(archive_run):
    turns = [{"speaker": "user", "text": HOSTILE}]
    records = [{**hostile(record), "conversation": turns} for record in archive_run.records]
    head = {**archive_run.head, "questions": {"name": HOSTILE}}
    types = {HOSTILE: archive_run.summary["by_type"]["fact"]}
    reasons = {HOSTILE: {"answerable": 1, "unanswerable": 1}}
    listed = {"excluded": [HOSTILE], "failed": [HOSTILE], "by_type": types, "reasons": reasons}
    summary = {**archive_run.summary, **listed}
    page = parse(render(replace(archive_run, head=head, records=records, summary=summary)))
    assert page.elements.count("script") == 1
    assert "img" not in page.elements
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert any(HOSTILE[:20] in text for text in page.text)


def test_tentative_answers_types_and_reasons_are_shown(archive_run):
    first, second, *others = archive_run.records
    tentative = {**first, "answer": {**first["answer"], "status": "answered", "tentative": True}}
    reason = {"kind": "missing", "missing": ["Gaza"], "text": "No article mentions Gaza."}
    refused = {**second, "answer": {**second["answer"], "status": "not_in_corpus", "statements": [], "reason": reason}}
    records = [tentative, refused, *others]
    run = replace(archive_run, records=records, summary=summary_of(records))
    text = " ".join(parse(render(run)).text)
    assert "Said that this may answer it, confidence" in text
    assert "No article mentions Gaza." in text
    assert "no article has a name or a word of it" in text
    assert "Types of question" in text
    assert "Why questions were refused" in text
    assert "Refused or tentative" in text


def test_the_report_of_an_older_log_has_no_such_tables(archive_run):
    types = {name: {**of, "measures": {}} for name, of in archive_run.summary["by_type"].items()}
    older = {name: of for name, of in archive_run.summary.items() if name != "reasons"} | {"by_type": types}
    text = " ".join(parse(render(replace(archive_run, summary=older))).text)
    assert "Types of question" not in text
    assert "Why questions were refused" not in text


def test_a_run_of_failures_can_be_reported(archive_run):
    records = [
        {**r, "answer": None, "error": "too long", "outcome": "failed", "context": []} for r in archive_run.records
    ]
    summary = {**archive_run.summary, "measures": {}, "latency_ms": {"total": {}}}
    assert "too long" in render(replace(archive_run, records=records, summary=summary))


@pytest.mark.parametrize(
    "chart",
    [
        charts.coverage_chart([(0.9, 1.0, 1.0)], (0.0, 0.0)),
        charts.coverage_chart([(0.9, 0.5, 1.0), (0.1, 1.0, 0.5)], (0.5, 1.0)),
        charts.calibration_chart([]),
        charts.calibration_chart([Bin(0.0, 1.0, 1), Bin(1.0, 0.0, 500)]),
        charts.latency_chart([0.0], [("p50", 0.0)]),
        charts.latency_chart([3.0, 90_000.0], [("p50", 3.0), ("p95", 90_000.0)]),
        charts.hits_chart([1.0] * 10),
        charts.interval_bar(0.5, -1.0, 2.0),
    ],
)
def test_charts_stay_in_their_frame(chart):
    page = parse(chart)
    width, height = (float(of) for of in dict(page.attributes)["viewbox"].split()[2:])
    for name, value in page.attributes:
        if name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(value) <= width
        if name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(value) <= height
    assert not re.search(r"nan|inf", chart.replace("info", ""), re.IGNORECASE)


def test_a_short_answer_stands_out_in_its_sentence(archive_run):
    html = render(archive_run)
    said = [statement for record in archive_run.records for statement in record["answer"]["statements"]]
    marked = re.findall(r"<blockquote><span class=\"around\">[^<]*</span><mark>[^<]*<b>([^<]+)</b>", html)
    assert marked
    assert set(map(unescape, marked)) <= {each["text"][slice(*each["span"])] for each in said if each["span"]}
