"""When a question needs its conversation, and when it is to be left alone."""

import json
from pathlib import Path

import pytest
from assistant.conversation.dependence import dependence

ARCHIVE = Path(__file__).parents[3] / "evals" / "archive" / "questions.jsonl"


@pytest.mark.parametrize(
    "question",
    [
        "why?",
        "And when?",
        "by how many votes?",
        "and civilians?",
        "what about Hama?",
        "who says so?",
        "says who?",
        "How old is she?",
        "What did he say about it?",
        "Which of them taught mathematics?",
        "Where is it?",
        "and the old ones?",
        "how many people live there?",
        "What happened after that?",
        "Who else was there?",
        "did Mara Ellin say that too, and why did she do so?",
    ],
)
def test_these_cannot_be_understood_alone(question):
    assert dependence(question) == "certain"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of France?",
        "How many people died when the Orrick Dam broke?",
        "What did Obama say about his plan?",
        "Why did Nadja Fenwick leave the talks that she had asked for?",
        "Is it true that Haldane resigned?",
        "How long does it take to fly from Varnholt to Elvery?",
        "Which company in Harle announced that it will close?",
        "What happened in Aleppo this week?",
        "When was the last strike in the port of Harle before this one?",
        "Is there a ferry to the Isle of Marrow?",
        "?",
        "\N{ZERO WIDTH SPACE}",
        "🙂",
        "OK, thank you very much!",
    ],
)
def test_these_stand_alone(question):
    assert dependence(question) == "none"


@pytest.mark.parametrize("question", ["Where was the video shot?", "How many people were wounded?", "is there a deal"])
def test_of_these_the_words_do_not_tell(question):
    assert dependence(question) == "open"


def test_of_258_questions_that_stand_alone_one_is_said_to_need_a_conversation():
    entries = [json.loads(line) for line in ARCHIVE.read_text(encoding="utf-8").splitlines()]
    alone = [entry["question"] for entry in entries if not entry["conversation"]]
    follow_ups = [entry["question"] for entry in entries if entry["type"] == "follow_up"]
    assert len(alone) == 258
    taken_wrongly = [question for question in alone if dependence(question) == "certain"]
    assert taken_wrongly == ["Who are the other two members of the flood inquiry?"]
    assert [question for question in follow_ups if dependence(question) == "none"] == []
