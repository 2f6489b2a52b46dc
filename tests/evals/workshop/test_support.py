"""The threshold of the support head: what parts claims that are supported from those that are not."""

import pytest

from assistant.reader.network import OnnxNetwork
from evals.questions.claims import Claim
from evals.workshop.support import support_threshold
from tests.assistant.reader.test_reader import make_folder

# The network says 1 for a text with a zebra, 2 for one with two, and 0 for any other.
SUPPORTED = "A zebra came, and a zebra left."


def claim(number: int, cited: list[str], *, supported: bool, kind: str, text: str = "It came.") -> Claim:
    return Claim(f"c{number}", text, supported, f"d{number}", "", cited=tuple(cited), kind=kind)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> OnnxNetwork:
    return OnnxNetwork(make_folder(tmp_path_factory.mktemp("claims")), threads=1)


def test_it_parts_what_can_be_parted(network: OnnxNetwork) -> None:
    items = [
        one
        for number in range(10)
        for one in (
            claim(number, ["A zebra came.", "Then a zebra left."], supported=True, kind="merge"),
            claim(number, ["A zebra came."], supported=False, kind="num"),
            claim(number, ["A lion came."], supported=False, kind="ent"),
            claim(number, ["A zebra came, then a zebra left."], supported=False, kind="date", text="It came in May."),
        )
    ]
    threshold, report = support_threshold(items, network)
    assert threshold == 2.0
    right = {"date": 1.0, "ent": 1.0, "merge": 1.0, "num": 1.0}  # the date by rule
    assert report == {"n": 40, "balanced_accuracy": 1.0, "supported_that_pass": 1.0, "right": right}


def test_supported_and_not_count_alike_whichever_there_are_more_of(network: OnnxNetwork) -> None:
    few = [claim(n, ["A zebra came."], supported=False, kind="num") for n in range(10)]
    many = [claim(n, ["A zebra came."], supported=True, kind="merge") for n in range(10) for _ in range(9)]
    _, report = support_threshold(few + many, network)
    assert report["balanced_accuracy"] == 0.5
