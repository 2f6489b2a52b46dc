"""What a Writer is told, and how it says that there is no answer."""

import pytest

from assistant.writer.prompts import NO_ANSWER, says_no_answer, system_prompt


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
