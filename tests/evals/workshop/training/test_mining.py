"""Of several negatives, the one that misleads a network most; the network here looks each word's score up."""

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from assistant.reader.network import OnnxNetwork
from evals.workshop.training.mining import hardest
from evals.workshop.training.windows import Example
from tests.assistant.reader.test_reader import make_folder


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> OnnxNetwork:
    return OnnxNetwork(make_folder(tmp_path_factory.mktemp("judge")), threads=1)


def negative(text: str, *answers: str) -> Example:
    return Example("search", "What did he see?", "", text, (), answers)


def test_the_text_with_the_likeliest_wrong_span_is_taken(judge: OnnxNetwork) -> None:
    weak, strong, nothing = negative("He saw a lion."), negative("He saw a zebra."), negative("He saw it.")
    assert hardest(judge, [[weak, strong, nothing], [nothing, weak]]) == [strong, weak]


def test_a_span_that_may_be_the_answer_in_other_words_is_not(judge: OnnxNetwork) -> None:
    answer, other = negative("He saw a zebra.", "a Zebra of the plains"), negative("He saw a lion.", "a Zebra")
    assert hardest(judge, [[answer, other]]) == [other]
    assert hardest(judge, [[answer]]) == [answer]
