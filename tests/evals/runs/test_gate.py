"""The gate and the comparison: a planted regression is named, noise is not, and runs that do not fit are refused."""

import json
from dataclasses import replace

import pytest

from assistant import Assistant, Citation
from evals.errors import GateSettingsError, RunLogError, RunMismatchError
from evals.runs.compare import compare
from evals.runs.gate import DEFAULT_RULES, Rules, gate, load_rules, read_baseline, write_baseline
from evals.runs.run import run


@pytest.fixture(scope="module")
def shifted(archive_plan, eval_settings, tmp_path_factory):
    """The same run by a program with a planted fault: every citation points one sentence too far."""
    ask = Assistant.ask

    def ask_and_shift(self, *args, **options):
        answer = ask(self, *args, **options)
        return replace(answer, citations=tuple(_next_sentence(self, c) for c in answer.citations))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assistant, "ask", ask_and_shift)
        return run(replace(archive_plan, out=tmp_path_factory.mktemp("shifted")), eval_settings)


def _next_sentence(assistant, citation):
    article, sentences = assistant.article(citation.article_id), assistant.sentences(citation.article_id)
    at = next(n for n, sentence in enumerate(sentences) if sentence.start == citation.start)
    return Citation.to(article, sentences[(at + 1) % len(sentences)], citation.marker)


@pytest.fixture(scope="module")
def baseline(archive_run, tmp_path_factory):
    path = tmp_path_factory.mktemp("baseline") / "sub" / "archive.json"
    write_baseline(archive_run, path)
    return path


def test_the_same_run_twice_passes(again, baseline):
    result = gate(again, read_baseline(baseline), load_rules(DEFAULT_RULES))
    assert result["broken"] == []
    assert result["worse"] == result["better"] == {}
    assert {check["measure"] for check in result["held"]} > {"byte_exact", "first_citation", "hit@10"}


def test_citations_shifted_by_a_sentence_break_the_gate(shifted, baseline):
    result = gate(shifted, read_baseline(baseline), load_rules(DEFAULT_RULES))
    broken = {check["measure"] for check in result["broken"]}
    assert {"first_citation", "citation_precision"} <= broken
    assert "byte_exact" not in broken  # they resolve, to the wrong sentence
    assert "answer_contained" not in broken  # what is shown did not change
    assert result["worse"]


def test_a_log_can_be_the_baseline(archive_run, again):
    assert gate(again, read_baseline(archive_run.path.parent), load_rules(DEFAULT_RULES))["broken"] == []


def test_a_measure_without_a_value_any_more_is_broken(archive_run, baseline):
    measures = {k: v for k, v in archive_run.summary["measures"].items() if k != "refusal_precision"}
    result = gate(
        replace(archive_run, summary={**archive_run.summary, "measures": measures}),
        read_baseline(baseline),
        Rules(tolerances={"refusal_precision": 0.5}),
    )
    assert [check["measure"] for check in result["broken"]] == ["refusal_precision"]


def test_floors_hold_whatever_the_baseline_says(archive_run, baseline):
    rules = Rules(floors={"answer_contained": 1.0}, ceilings={"unsupported_numbers": -0.1})
    broken = gate(archive_run, read_baseline(baseline), rules)["broken"]
    assert [check["measure"] for check in broken] == ["answer_contained", "unsupported_numbers"]


@pytest.mark.parametrize("name", ["questions", "corpus"])
def test_another_set_or_corpus_is_no_comparison(archive_run, baseline, name):
    other = {**read_baseline(baseline), name: {"fingerprint": "other"}}
    with pytest.raises(RunMismatchError, match="make a new baseline"):
        gate(archive_run, other, Rules())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("floors: {no_such: 1}", "'no_such' is not a measure"),
        ("floor: {f1: 1}", "`floor`"),
        ("floors: {f1: high}", "`floors.f1`"),
        ("floors: [", "not YAML"),
        ("- f1", "``"),
    ],
)
def test_rules_that_cannot_be_used(tmp_path, text, reason):
    path = tmp_path / "gate.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GateSettingsError) as raised:
        load_rules(path)
    assert reason in str(raised.value)
    with pytest.raises(GateSettingsError, match="no such file"):
        load_rules(tmp_path / "none.yaml")


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"version": 99}', '{"version": 1}'])
def test_a_baseline_that_cannot_be_used(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunLogError, match="is not a baseline"):
        read_baseline(path)
    with pytest.raises(RunLogError, match="no such baseline"):
        read_baseline(tmp_path / "none.json")


def test_comparing_a_run_with_itself_finds_nothing(archive_run, again):
    comparison = compare(archive_run, again)
    assert all(found["direction"] == "same" for found in comparison["measures"].values())
    assert comparison["better"] == comparison["worse"] == comparison["other"] == []
    assert set(comparison["differs"]) <= {"made_with.git_commit"}  # a commit may come between two runs


def test_comparing_names_what_got_worse(archive_run, shifted):
    comparison = compare(archive_run, shifted)
    first = comparison["measures"]["first_citation"]
    assert first["direction"] == "worse"
    assert first["test"] == "McNemar"
    assert first["lost"] > first["gained"] == 0
    assert first["low"] <= first["difference"] <= first["high"]
    assert {change["before"] for change in comparison["worse"]} <= {"right", "right refusal"}
    pairs = zip(archive_run.records, shifted.records, strict=True)
    lost = [old["id"] for old, new in pairs if old["outcome"] == "right" and new["scores"]["first_citation"][0] == 0]
    assert [change["id"] for change in comparison["worse"]] == lost
    back = compare(shifted, archive_run)
    assert back["measures"]["first_citation"]["difference"] == -first["difference"]
    assert len(back["better"]) == len(comparison["worse"])
    json.dumps(comparison)


def test_runs_that_do_not_fit_are_refused(archive_run):
    def other(name):
        return replace(archive_run, head={**archive_run.head, name: {**archive_run.head[name], "fingerprint": "other"}})

    with pytest.raises(RunMismatchError, match="different questions"):
        compare(archive_run, other("questions"))
    with pytest.raises(RunMismatchError, match="--across-corpora"):
        compare(archive_run, other("corpus"))
    assert compare(archive_run, other("corpus"), across_corpora=True)["differs"] == ["corpus.fingerprint"]


def test_the_committed_rules_and_baselines_can_be_read():
    assert load_rules(DEFAULT_RULES).floors["byte_exact"] == 1
    baselines = sorted((DEFAULT_RULES.parent / "baseline").glob("*.json"))
    for path in baselines:
        assert read_baseline(path)["measures"]
