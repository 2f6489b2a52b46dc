"""`dateline eval ...` as it is typed."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from evals.cli.commands import app
from evals.errors import QuestionSetError
from index import index_paths
from tests.evals.conftest import ARCHIVE


def invoke(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=True)


@pytest.fixture(scope="module")
def seed_log(eval_settings, seeds, tmp_path_factory):
    """The first questions on the seed article, asked from the command line."""
    out = tmp_path_factory.mktemp("seed-run")
    questions = ARCHIVE.parent / "seed" / "questions.yaml"
    place = ("--corpus", seeds, "--home", eval_settings.home, "--out", out)
    result = invoke("run", questions, "--limit", 4, "--json", *place)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["summary"]["n"] == 4
    assert document["log"] == str(out / "run.jsonl")
    return out


def test_the_seed_set_runs_and_passes_its_own_gate(seed_log, tmp_path):
    baseline = tmp_path / "baseline.json"
    assert invoke("baseline", seed_log, "--to", baseline).exit_code == 0
    result = invoke("gate", seed_log, "--against", baseline)
    assert result.exit_code == 0, result.output
    assert "The gate holds" in result.stdout
    document = json.loads(baseline.read_text(encoding="utf-8"))
    document["measures"]["answer_contained"]["value"] = 2.0
    baseline.write_text(json.dumps(document), encoding="utf-8")
    result = invoke("gate", seed_log, "--against", baseline)
    assert result.exit_code == 1
    assert "BROKEN answer_contained: " in result.stdout


def test_compare_and_report(seed_log, tmp_path):
    result = invoke("compare", seed_log, seed_log)
    assert result.exit_code == 0, result.output
    assert "Differs in: nothing." in result.stdout
    assert json.loads(invoke("compare", seed_log, seed_log, "--json").stdout)["n"] == 4
    assert invoke("report", seed_log).exit_code == 0
    assert (seed_log / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert invoke("report", seed_log, "--out", tmp_path / "r.html").exit_code == 0


def test_retrieval_alone(eval_settings, some_questions):
    place = ("--corpus", ARCHIVE / "corpus.jsonl", "--home", eval_settings.home)
    document = json.loads(invoke("retrieval", some_questions, *place, "--json").stdout)
    assert document["n"] + document["without_evidence"] == len(some_questions.read_text().splitlines())
    assert 0.5 < document["measures"]["hit@10"]["value"] <= 1
    assert set(document["measures"]) == {n for n in document["measures"] if "@" in n}
    shown = invoke("retrieval", some_questions, *place, "--limit", 1)
    assert "Passage hit@10" in shown.stdout


def test_retrieval_of_follow_ups(eval_settings, tmp_path):
    lines = (ARCHIVE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "follow-ups.jsonl"
    path.write_text("\n".join(line for line in lines if json.loads(line)["conversation"]), encoding="utf-8")
    place = ("--corpus", ARCHIVE / "corpus.jsonl", "--home", eval_settings.home)
    found = {
        history: json.loads(invoke("retrieval", path, *place, "--history", history, "--json").stdout)
        for history in ("own", "none", "unrelated")
    }
    ranks = {history: document["measures"]["mrr@10"]["value"] for history, document in found.items()}
    assert ranks["own"] > max(ranks["none"], ranks["unrelated"])
    assert found["own"]["history"] == "own"


def test_checking_a_set(eval_settings, tmp_path):
    place = ("--corpus", ARCHIVE / "corpus.jsonl", "--home", eval_settings.home)
    good = invoke("check", ARCHIVE / "questions.jsonl", *place)
    assert good.exit_code == 0, good.output
    assert good.stdout.startswith("299 questions")
    path = tmp_path / "set.yaml"
    question = "- {id: q1, question: Who, answerable: true, evidence: [{doc_id: nowhere}]}\n"
    path.write_text(question + question.replace("q1", "q2").replace("doc_id: nowhere", "contains: xyzzy"))
    faulty = invoke("check", path, *place)
    assert faulty.exit_code == 1
    assert [line.split(": ")[1] for line in faulty.stdout.splitlines()] == ["question 'q1'", "question 'q2'"]
    path.write_text("- {id: q1}\n- {question: Who}\n")
    assert len(invoke("check", path, *place).stdout.splitlines()) == 2


def test_bad_input_is_an_error_that_the_command_line_prints(tmp_path):
    result = invoke("run", tmp_path / "none.jsonl", "--corpus", ARCHIVE / "corpus.jsonl", "--home", tmp_path / "home")
    assert isinstance(result.exception, QuestionSetError)
    assert invoke("run").exit_code == 2
    assert invoke("run", "x", "--limit", "0").exit_code == 2


def test_help_answers_at_once():
    code = (
        "import sys, evals.cli\nsys.exit(any(m in sys.modules for m in ('chromadb', 'numpy', 'onnxruntime', 'yaml')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_forms_and_stories_are_held_against_labels(tmp_path):
    document = json.loads(invoke("forms", ARCHIVE.parent / "forms" / "questions.jsonl", "--json").stdout)
    assert document["right"]["n"] == 200
    labels = ARCHIVE / "stories.json"
    result = invoke("stories", labels, "--labels", labels)
    assert result.exit_code == 0, result.output
    assert "f1: 1.0" in result.stdout
    one = tmp_path / "one.json"
    one.write_text(json.dumps(dict.fromkeys(json.loads(labels.read_text(encoding="utf-8")), "all")), encoding="utf-8")
    assert json.loads(invoke("stories", one, "--labels", labels, "--json").stdout)["recall"] == 1.0


def test_the_stories_of_a_store_are_those_that_people_labelled(tmp_path, embedding):
    index_paths(tmp_path / "home", [ARCHIVE / "corpus.jsonl"], embedding, passage_tokens=160)
    found = invoke("stories", "--labels", ARCHIVE / "stories.json", "--home", tmp_path / "home", "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["f1"] >= 0.85
