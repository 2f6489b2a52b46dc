"""Runs over real indexes: what the log holds, and what an interruption or a change of settings does to it."""

import json
from dataclasses import replace

import pytest

from assistant import Assistant
from evals.errors import QuestionSetError, RunLogError, RunMismatchError
from evals.runs.log import LOG_NAME, LogWriter, read_log
from evals.runs.run import Plan, run
from index.errors import QuestionError
from tests.evals.conftest import ARCHIVE, Interruption


def summary_of(log):
    assert log.summary is not None
    return log.summary


def results(log):
    """All of a run but its times."""
    records = []
    for record in log.records:
        answer = {k: v for k, v in record["answer"].items() if k != "timings_ms"} if record["answer"] else None
        records.append({**record, "answer": answer})
    summary = {k: v for k, v in summary_of(log).items() if k != "latency_ms"}
    return records, summary


def test_the_log_holds_all_that_the_run_was(archive_run, some_questions):
    log = archive_run
    assert log.head["questions"]["n"] == len(log.records) == summary_of(log)["n"]
    assert log.head["corpus"]["articles"] == 46
    assert len(log.head["corpus"]["fingerprint"]) == 64
    assert {"dateline", "git_commit", "code", "libraries", "settings", "reader", "embedding"} <= log.head[
        "made_with"
    ].keys()
    assert str(some_questions.parents[1]) not in log.path.read_text(encoding="utf-8")  # no path of this machine
    for record in log.records:
        for citation, context in zip(record["answer"]["citations"], record["context"], strict=False):
            assert context.keys() == {"before", "after"}
            assert citation["sentence"]
    assert summary_of(log)["measures"]["byte_exact"]["value"] == 1
    assert sum(summary_of(log)["outcomes"].values()) == len(log.records)
    assert summary_of(log)["excluded"] == summary_of(log)["failed"] == []
    assert summary_of(log)["latency_ms"]["total"]["p50"] > 0


def test_what_is_expected_of_whole_answers_is_measured_and_kept(eval_settings, tmp_path):
    plan = Plan(ARCHIVE / "news_questions.jsonl", ARCHIVE / "corpus.jsonl", out=tmp_path, limit=2)
    log = run(plan, eval_settings)
    summary = summary_of(log)
    assert summary["measures"]["form_right"]["n"] == summary["by_type"]["figures"]["measures"]["as_expected"]["n"] == 2
    assert [record["expects"]["leads_with"] for record in log.records] == [["38"], ["31"]]


def test_an_interrupted_run_goes_on_and_gives_the_same(archive_run, again, interrupted, eval_settings):
    assert results(again) == results(archive_run)
    with pytest.raises(RunMismatchError, match="a finished run"):
        run(interrupted, eval_settings)


def test_an_unfinished_run_is_no_result(archive_run, tmp_path):
    path = tmp_path / LOG_NAME
    lines = archive_run.path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:4]) + lines[4][:30], encoding="utf-8")
    with pytest.raises(RunLogError, match=r"the run is not finished \(3 of"):
        read_log(tmp_path)
    assert len(read_log(tmp_path, unfinished=True).records) == 3


def test_other_settings_do_not_continue_a_log(archive_plan, eval_settings, tmp_path):
    plan = replace(archive_plan, out=tmp_path, limit=2)
    with pytest.raises(KeyboardInterrupt):
        run(plan, eval_settings, Interruption(after=1))
    with pytest.raises(RunMismatchError, match=r"another made_with\.settings\.passages_read"):
        run(plan, eval_settings.model_copy(update={"passages_read": 3}))
    with pytest.raises(RunMismatchError, match=r"another questions\.fingerprint"):
        run(replace(plan, limit=3), eval_settings)


def test_an_interrupted_run_is_found_again_below_the_home_folder(archive_plan, eval_settings):
    plan = replace(archive_plan, limit=2, workers=1)
    with pytest.raises(KeyboardInterrupt):
        run(plan, eval_settings, Interruption(after=1))
    (interrupted,) = [
        path
        for path in (eval_settings.home / "evals" / "runs").glob(f"*/{LOG_NAME}")
        if path.read_bytes().count(b"\n") == 2
    ]
    stages = []

    def note(stage, done, total):
        stages.append(stage)

    assert run(plan, eval_settings, note).path == interrupted
    assert set(stages) == {"Asking"}  # the index of the corpus was there already


def test_asking_one_article_is_asking_as_who_chose_it(eval_settings, tmp_path, monkeypatch):
    corpus = tmp_path / "corpus.jsonl"
    text = "The dam broke at noon. Four people died in the flood, the mayor said."
    articles = [{"id": "a", "title": "Dam", "text": text}, {"id": "b", "title": "Sea", "text": "Nine died at sea."}]
    corpus.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    evidence = [{"doc_id": "a", "contains": "Four people died"}]
    base = {"question": "How many people died?", "answers": ["Four"], "answerable": True, "evidence": evidence}
    turns = [{"speaker": "user", "text": "When did the dam break?"}, {"speaker": "agent", "text": "At noon. [1]"}]
    third = {"id": "3", **base, "conversation": turns, "asked_on": "2031-03-05"}
    questions = [{"id": "1", **base, "context_doc": "a"}, {"id": "2", **base, "context_doc": "b"}, third]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    asked, ask = [], Assistant.ask

    def noted(self, question, conversation, asked_on, *, among):
        asked.append((conversation, asked_on, among.ids))
        return ask(self, question, conversation, asked_on, among=among)

    monkeypatch.setattr(Assistant, "ask", noted)
    log = run(Plan(path, corpus, tmp_path / "out", given=True), eval_settings)
    assert asked == [
        ([], None, ("a",)),
        ([], None, ("b",)),
        ([{**turn, "articles": []} for turn in turns], "2031-03-05", ("a",)),
    ]
    read = [[c["article_id"] for c in (*r["answer"]["citations"], *r["answer"]["closest"])] for r in log.records]
    assert [set(ids) for ids in read] == [{"a"}, {"b"}, {"a"}]
    assert [{found["article_id"] for found in record["found"]} for record in log.records] == [{"a"}, {"b"}, {"a"}]
    assert summary_of(log)["measures"]["hit@1"]["value"] == pytest.approx(2 / 3)  # the evidence is not in "b"


def test_unresolved_evidence_stops_a_run_or_is_named(archive_plan, eval_settings, tmp_path):
    path = tmp_path / "questions.jsonl"
    good = archive_plan.questions.read_text(encoding="utf-8").splitlines()[0]
    bad = {**json.loads(good), "id": "bad", "evidence": [{"doc_id": "nowhere"}]}
    path.write_text(f"{good}\n{json.dumps(bad)}", encoding="utf-8")
    plan = replace(archive_plan, questions=path, out=tmp_path / "out")
    with pytest.raises(QuestionSetError, match=r"questions\.jsonl:2: question 'bad': evidence names 'nowhere'"):
        run(plan, eval_settings)
    log = run(replace(plan, skip_unresolved=True), eval_settings)
    assert summary_of(log)["n"] == 1
    assert len(summary_of(log)["excluded"]) == 1
    assert "'bad'" in summary_of(log)["excluded"][0]


def test_a_question_that_cannot_be_asked_counts_as_failed(archive_plan, eval_settings, tmp_path, monkeypatch):
    def refuse(self, *args, **options):
        raise QuestionError("the question is too long.")

    monkeypatch.setattr(Assistant, "ask", refuse)
    log = run(replace(archive_plan, out=tmp_path, limit=2), eval_settings)
    assert summary_of(log)["outcomes"] == {"failed": 2}
    assert len(summary_of(log)["failed"]) == 2
    assert summary_of(log)["measures"]["answer_contained"]["value"] == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "not the head"),
        ('{"kind": "question", "n": 0}\n', "not the head"),
        ('{"kind": "run", "version": 0}\n', "has version 0 of the log"),
        ('{"kind": "run", "version": 1}\nno json\n', ":2: is not a line"),
        ('{"kind": "run", "version": 1}\n[]\n', ":2: is not a line"),
        ('{"kind": "run", "version": 1, "questions": {"n": 3}}\n', "not finished .0 of 3"),
    ],
)
def test_a_log_that_cannot_be_used_is_named(tmp_path, content, reason):
    path = tmp_path / LOG_NAME
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RunLogError, match=reason):
        read_log(tmp_path)


def test_a_missing_log(tmp_path):
    with pytest.raises(RunLogError, match="no such log"):
        read_log(tmp_path)


def test_a_log_cut_off_in_its_head_starts_again(tmp_path):
    path = tmp_path / LOG_NAME
    path.write_text('{"kind": "ru', encoding="utf-8")
    with LogWriter(path, {"questions": {"n": 0}}) as writer:
        assert writer.done == {}
    assert path.read_bytes().count(b"\n") == 1
