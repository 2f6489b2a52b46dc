"""Feedback as a question set: what was approved can be asked again, what was not must be completed first."""

import json
import shutil
from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from assistant import Assistant
from assistant.memory import Conversation, Conversations
from assistant.memory.rows import Kind, storable
from evals.errors import QuestionSetError
from evals.questions.from_feedback import as_lines, as_todo, from_feedback
from evals.questions.question_set import load_questions
from index import remove
from tests.assistant.memory.samples import answered, texts
from tests.evals.test_cli import invoke

DISPLACED = "how many displaced?"
ARTICLE = "000_498ac0c67ef683ba"


@pytest.fixture(scope="module")
def assistant(seed_home):
    with Assistant.open(seed_home) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def answers(assistant):
    """A right answer, and a right refusal."""
    return [assistant.ask(DISPLACED), assistant.ask("Who won the 2022 World Cup?")]


@pytest.fixture
def kept(tmp_path):
    return Conversations(tmp_path / "kept")


def begun(kept, *given):
    """The number of a conversation with these answers."""
    conversation = Conversation()
    for answer in given:
        conversation = kept.append(conversation, answer)
    return conversation.id


def test_what_was_approved_is_complete(kept, assistant, answers):
    number = begun(kept, *answers)
    kept.give_feedback(number, 1, "up")
    kept.give_feedback(number, 2, "up")
    found = from_feedback(kept, assistant)
    first, second = (json.loads(line) for line in as_lines(found).splitlines())
    assert first == {
        "id": "feedback-1-1",
        "question": DISPLACED,
        "answerable": True,
        "evidence": [{"doc_id": ARTICLE, "sentence": answers[0].citations[0].sentence}],
        "type": "approved",
    }
    assert (second["answerable"], second["type"], "evidence" in second) == (False, "approved_refusal", False)
    assert [turn["speaker"] for turn in second["conversation"]] == ["user", "agent"]
    assert found.drafts == ()


@pytest.mark.parametrize(
    ("given_feedback", "reason", "kind"),
    [
        ([("down", None, "it was 41,000")], "the answer, or a citation of it, was called wrong", "rejected"),
        ([("wrong_citation", 1, "")], "the answer, or a citation of it, was called wrong", "wrong_citation"),
        (
            [("up", None, ""), ("wrong_citation", 1, "")],
            "approved, but all its citations were called wrong",
            "approved",
        ),
    ],
)
def test_what_was_called_wrong_must_be_completed(kept, assistant, answers, tmp_path, given_feedback, reason, kind):
    number = begun(kept, answers[0])
    for each in given_feedback:
        kept.give_feedback(number, 1, each[0], marker=each[1], note=each[2])
    found = from_feedback(kept, assistant)
    assert found.questions == ()
    (draft,) = found.drafts
    assert reason in draft.reason
    assert not draft.question.evidence
    assert not draft.question.answers
    todo = as_todo(found)
    assert "# - thumb down: it was 41,000\n" in todo or kind != "rejected"
    assert f"# [1] {ARTICLE}: The United Nations" in todo
    path = tmp_path / "todo.yaml"
    path.write_text(todo, encoding="utf-8")
    with pytest.raises(QuestionSetError, match="'feedback-1-1': `answerable` is neither"):
        load_questions(path)
    path.write_text(todo.replace("answerable: null", "answerable: false"), encoding="utf-8")
    (question,) = load_questions(path)
    assert (question.question, question.type) == (DISPLACED, kind)


def test_one_citation_of_two_is_wrong(kept, assistant, answers):
    first = answers[0].citations[0]
    other = assistant.sentences(ARTICLE)[0]
    text = assistant.article(ARTICLE).text[other.start : other.end]
    second = replace(first, marker=2, start=other.start, end=other.end, sentence=text)
    number = begun(kept, replace(answers[0], citations=(first, second)))
    kept.give_feedback(number, 1, "up")
    kept.give_feedback(number, 1, "wrong_citation", marker=2)
    (question,) = from_feedback(kept, assistant).questions
    assert [evidence.sentence for evidence in question.evidence] == [first.sentence]


def test_the_same_question_twice_is_one_unless_users_disagree(kept, assistant, answers):
    first, second = begun(kept, answers[0]), begun(kept, answers[0])
    kept.give_feedback(first, 1, "up")
    kept.give_feedback(second, 1, "up")
    assert len(from_feedback(kept, assistant).questions) == 1
    kept.give_feedback(second, 1, "down")
    found = from_feedback(kept, assistant)
    assert found.questions == ()
    assert [draft.reason.split()[0] for draft in found.drafts] == ["another", "the"]


def test_an_article_that_changed_since(kept, assistant, answers):
    number = begun(kept, answered(DISPLACED, article_id=ARTICLE), answered(DISPLACED, article_id="gone"))
    kept.give_feedback(number, 1, "up")
    kept.give_feedback(number, 2, "up")
    found = from_feedback(kept, assistant)
    assert found.questions == ()
    assert {draft.reason for draft in found.drafts} == {"an article that it cites has changed or is gone since"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=texts.filter(str.strip), note=texts, title=texts)
def test_any_text_can_be_written_and_read(kept, assistant, tmp_path, question, note, title):
    kept.delete_all()
    number = begun(kept, answered(question, note), answered(question, title))
    kept.give_feedback(number, 1, "down", note=note)
    kept.give_feedback(number, 2, "wrong_citation", marker=1, note=title)
    path = tmp_path / "todo.yaml"
    todo = as_todo(from_feedback(kept, assistant)).replace("answerable: null", "answerable: true")
    path.write_text(todo, encoding="utf-8", newline="\n")
    read = load_questions(path)
    assert [each.question for each in read] == [storable(question)] * 2
    assert read[1].conversation[0].text == storable(question)
    assert len(yaml.safe_load(todo)) == 2


def test_on_the_command_line(seed_home, answers, embedding, tmp_path):
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    out, place = tmp_path / "set.jsonl", ("--home", home)
    nothing = invoke("from-feedback", *place)
    assert "no answer has feedback yet" in str(nothing.exception)
    kept = Conversations(home)
    number = begun(kept, *answers, *answers)
    judged: list[tuple[int, Kind]] = [(1, "up"), (2, "up"), (4, "down")]
    for turn, kind in judged:
        kept.give_feedback(number, turn, kind)
    shown = invoke("from-feedback", *place)
    assert len(shown.stdout.splitlines()) == 2
    assert shown.stderr == "dateline: 1 question more to be completed by a person: --out FILE writes them down.\n"
    written = invoke("from-feedback", "--out", out, *place)
    assert written.stdout.splitlines() == [
        f"wrote {out}: 2 questions, complete.",
        f"wrote {tmp_path / 'set.todo.yaml'}: 1 question for you to complete.",
    ]
    checked = invoke("check", out, *place)
    assert (checked.exit_code, checked.stdout) == (
        0, "2 questions, and all evidence stands in the articles.\n",
    )  # fmt: skip
    assert "`answerable`" in invoke("check", tmp_path / "set.todo.yaml", *place).stdout
    assert "there already" in str(invoke("from-feedback", "--out", out, *place).exception)
    assert "end the name in that" in str(invoke("from-feedback", "--out", tmp_path / "x.csv", *place).exception)
    remove(home, [ARTICLE], embedding)
    assert invoke("from-feedback", "--out", tmp_path / "later.jsonl", *place).exit_code == 0
    later = (tmp_path / "later.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["type"] for line in later] == ["approved_refusal"]
