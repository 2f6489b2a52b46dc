"""Question sets: what is read, and what is refused, with file, line and reason."""

import gzip
import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import QuestionSetError
from evals.questions.question_set import IGNORED, fingerprint, load_questions
from evals.scorers.squad import contains_any
from tests.evals.conftest import ARCHIVE

GOOD = {"id": "q1", "question": "Who won?", "answers": ["Lorne"], "answerable": True, "evidence": [{"doc_id": "a"}]}


def write(path, *questions):
    path.write_text("\n".join(q if isinstance(q, str) else json.dumps(q) for q in questions), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("second", "line", "reason"),
    [
        ({**GOOD, "id": ""}, 3, "has no `id`"),
        ({k: v for k, v in GOOD.items() if k != "id"}, 3, "has no `id`"),
        (GOOD, 3, "the id 'q1' is that of line 1 too"),
        ({**GOOD, "id": "q2", "anwsers": []}, 3, "unknown field `anwsers`"),
        ({**GOOD, "id": "q2", "evidence": [{"doc": "a"}]}, 3, "unknown field `evidence.0.doc`"),
        ({**GOOD, "id": "q2", "evidence": [{}]}, 3, "neither `doc_id` nor `contains`"),
        ({**GOOD, "id": "q2", "evidence": [{"doc_id": "a", "start": 3}]}, 3, "only one of `start` and `end`"),
        ({**GOOD, "id": "q2", "evidence": [{"doc_id": "a", "start": 3, "end": 3}]}, 3, "evidence is empty"),
        ({**GOOD, "id": "q2", "evidence": [{"doc_id": "a", "sentence": ""}]}, 3, "`evidence.0.sentence`"),
        ({**GOOD, "id": "q2", "answers": [14]}, 3, "`answers.0` is not text; put it in quotes."),
        ({**GOOD, "id": "q2", "answers": "14"}, 3, "`answers` is not a list"),
        ({**GOOD, "id": "q2", "answerable": "yes"}, 3, "`answerable` is neither true nor false"),
        ({**GOOD, "id": "q2", "asked_on": "last week"}, 3, "`asked_on` is not a day; write it as YYYY-MM-DD."),
        ({**GOOD, "id": "q2", "question": "  "}, 3, "has no words"),
        ({**GOOD, "id": "q2", "conversation": [{"speaker": "bot", "text": ""}]}, 3, "is not 'user' or 'agent'"),
        ({**GOOD, "id": "q2", "evidence": ["a"]}, 3, "`evidence.0` is not an object; write {...}."),
        ({**GOOD, "id": "q2", "evidence": [{"doc_id": "a", "start": -1, "end": 3}]}, 3, "start` is less than 0"),
        ({k: v for k, v in GOOD.items() if k != "answerable"} | {"id": "q2"}, 3, "has no `answerable`"),
        ({**GOOD, "id": "q2", "expects": {"leads": ["a"]}}, 3, "unknown field `expects.leads`"),
        ({**GOOD, "id": "q2", "expects": {"form": "essay"}}, 3, "`expects.form` is not 'sentence', 'figures'"),
        ({**GOOD, "id": "q2", "expects": {"shows": [["a"], []]}}, 3, "`expects.shows` has an empty group"),
        ({**GOOD, "id": "q2", "expects": {"shows": [["a"]], "at_least": 2}}, 3, "`expects.at_least` is 2 of 1 groups"),
        ({**GOOD, "id": "q2", "expects": {"since": "2031-02-31"}}, 3, "`expects.since` is not a day"),
        ({**GOOD, "id": "q2", "expects": {"since": "2031-03-02", "until": "2031-03-01"}}, 3, "is after"),
        ('{"id": "q2", "id": "q3"}', 3, "the field `id` is there twice"),
        ('{"id": "q2", ', 3, "is not a line of JSON"),
        ('["q2"]', 3, "is not a question"),
    ],
)
def test_a_bad_question_is_named_by_file_line_and_reason(tmp_path, second, line, reason):
    path = write(tmp_path / "set.jsonl", GOOD, "", second)
    with pytest.raises(QuestionSetError) as raised:
        load_questions(path)
    assert str(raised.value).startswith(f"{path}:{line}: ")
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 2


def test_all_faults_are_kept(tmp_path):
    path = write(tmp_path / "set.jsonl", {**GOOD, "a": 1}, "{", {**GOOD, "b": 1})
    with pytest.raises(QuestionSetError, match=r"and 2 more") as raised:
        load_questions(path)
    assert [problem.removeprefix(f"{path}:")[0] for problem in raised.value.problems] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["set.jsonl", "set.jsonl.gz", "set.yaml"])
@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_set_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(gzip.compress(content.encode()) if name.endswith("gz") else content.encode())
    with pytest.raises(QuestionSetError, match="no question in it"):
        load_questions(path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("set.jsonl.gz", b"no gzip", "not a whole gzip file"),
        ("set.jsonl.gz", gzip.compress(b"x" * 1000)[:20], "not a whole gzip file"),
        ("set.jsonl", b"\xff\xfe", "not UTF-8"),
        ("set.yaml", b"- id: 'q", "is not YAML"),
        ("set.yaml", b"id: q1", "not a list of questions"),
        ("set.yaml", b"- id: q1\n  id: q2\n", "is there twice"),
        ("set.yaml", b"- just words", "is not a question"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(QuestionSetError, match=reason):
        load_questions(path)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(QuestionSetError, match="no such file"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="is a folder"):
        load_questions(tmp_path)


def test_yaml_names_the_line_and_reads_dates(tmp_path):
    path = tmp_path / "set.yaml"
    head = "# by hand\n- id: q1\n  question: Who?\n  answerable: false\n  asked_on: 2031-03-05\n"
    path.write_text(head, encoding="utf-8")
    (question,) = load_questions(path)
    assert question.asked_on == "2031-03-05"
    assert question.where == f"{path}:2"
    path.write_text(f"{head}- id: q2\n  question: Who?\n  answerable: perhaps\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"set\.yaml:6: question 'q2': `answerable`"):
        load_questions(path)


def test_fields_of_published_sets_are_read_past(tmp_path):
    extra = dict.fromkeys(IGNORED, "anything")
    evidence = [{"doc_id": "a", "sentence": "S.", "how": "matched", "score": 0.9, "alternative": 1}]
    (question,) = load_questions(write(tmp_path / "set.jsonl", {**GOOD, **extra, "evidence": evidence}))
    assert question.evidence[0].sentence == "S."


def test_the_sets_that_ship_can_be_used():
    for path, total, unanswerable in (("archive/questions.jsonl", 299, 86), ("seed/questions.yaml", 153, 56)):
        questions = load_questions(ARCHIVE.parent / path)
        assert len(questions) == total
        assert sum(not question.answerable for question in questions) == unanswerable
        assert all(bool(q.answers) == bool(q.evidence) == q.answerable for q in questions)


def test_every_pair_of_a_set_that_ships_is_a_question_with_an_answer_and_one_without():
    for path in ("archive/questions.jsonl", "seed/questions.yaml"):
        pairs = [question for question in load_questions(ARCHIVE.parent / path) if question.type == "pair"]
        assert len(pairs) >= 12
        assert [question.answerable for question in pairs] == [True, False] * (len(pairs) // 2)


def test_every_evidence_of_a_set_that_ships_has_an_acceptable_answer_as_answers_are_compared():
    for path in ("archive/questions.jsonl", "seed/questions.yaml"):
        for question in load_questions(ARCHIVE.parent / path):
            for evidence in question.evidence:
                assert contains_any(evidence.sentence or "", question.answers), (question.id, evidence.sentence)


def test_the_archives_page_counts_its_questions():
    page = (ARCHIVE / "README.md").read_text(encoding="utf-8")
    counted = Counter[str]()
    for names, numbers in re.findall(r"^\| ([a-z_, ]+) \| ([\d, ]+) \|", page, re.MULTILINE):
        counted.update(dict(zip(names.split(", "), map(int, numbers.split(", ")), strict=True)))
    assert counted == Counter(question.type for question in load_questions(ARCHIVE / "questions.jsonl"))


def test_what_is_expected_changes_the_fingerprint_and_its_absence_does_not(tmp_path):
    (plain,) = load_questions(write(tmp_path / "plain.jsonl", GOOD))
    (more,) = load_questions(write(tmp_path / "more.jsonl", {**GOOD, "expects": {"never": ["Thorne"]}}))
    assert more.expects
    assert more.expects.never == ["Thorne"]
    assert fingerprint([plain]) != fingerprint([more])
    baseline = json.loads((ARCHIVE.parent / "baseline" / "archive.json").read_text(encoding="utf-8"))
    assert fingerprint(load_questions(ARCHIVE / "questions.jsonl")) == baseline["questions"]["fingerprint"]


@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.booleans()), min_size=1, unique_by=lambda t: t[0]))
def test_any_text_survives_and_the_fingerprint_tells_sets_apart(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("sets")
    questions = [{"id": i, "question": f"?{q}", "answers": [q], "answerable": a} for i, q, a in rows]
    loaded = load_questions(write(folder / "a.jsonl", *questions))
    assert [(q.id, q.answers[0], q.answerable) for q in loaded] == [(i, q, a) for i, q, a in rows]
    again = load_questions(write(folder / "b.jsonl", *questions))
    assert fingerprint(loaded) == fingerprint(again)
    assert fingerprint(loaded[1:]) != fingerprint(loaded)
