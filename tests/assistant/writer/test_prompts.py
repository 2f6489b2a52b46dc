"""What a Writer is told, and how it says that there is no answer."""

import pytest

from assistant.writer.prompts import GRAMMAR, NO_ANSWER, says_no_answer, system_prompt, task_prompt
from assistant.writer.protocol import Failed, Task
from assistant.writer.sources import SOURCES


def test_the_words_for_no_answer_are_told():
    assert NO_ANSWER in system_prompt()


@pytest.mark.parametrize(
    "statement",
    [
        "NO ANSWER",
        "**NO ANSWER** [1]",
        "No answer.",
        "'No Answer'",
        "no answer provided",
        "No answer is given in the sentences. [2]",
    ],
)
def test_these_say_that_there_is_none(statement):
    assert says_no_answer(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "No answer has come from the ministry, the paper said.",
        "No answers were heard.",
        "No.",
        "",
        "Nobody answered.",
    ],
)
def test_these_do_not(statement):
    assert not says_no_answer(statement)


def test_a_task():
    task = Task("how many?", {1: "(2024-11-28, Post) Four died.", 3: "He left."}, "timeline", [("who?", "Nobody.")])
    assert task_prompt(task).splitlines() == [
        "Sentences:",
        "[1] (2024-11-28, Post) Four died.",
        "[3] He left.",
        "",
        "Earlier question: who?",
        "Earlier answer: Nobody.",
        "Question: how many?",
        "Say what happened, one event a line, in the order of the days, the oldest first.",
    ]


def test_a_statement_to_write_anew():
    for words, what in (("five", "these words: five"), ("", "all of it")):
        task = Task("how many?", {1: "Four died."}, failed=Failed("Five died.", words))
        assert task_prompt(task).splitlines()[-3:] == [
            "You wrote: Five died.",
            f"The sentences do not support {what}.",
            "Write that statement again, in one line, as the sentences say it.",
        ]


def test_the_grammar_knows_as_many_numbers_as_sentences_are_given():
    assert f"[1-{SOURCES}]" in GRAMMAR
    assert NO_ANSWER in GRAMMAR
