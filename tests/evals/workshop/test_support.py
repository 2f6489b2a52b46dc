"""The threshold of the support head: what parts claims that are supported from those that are not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.reader.network import OnnxNetwork
from evals.workshop.support import support_threshold
from tests.assistant.reader.test_reader import make_folder

# The network says 1 for a text with a zebra, 2 for one with two, and 0 for any other.
SUPPORTED = "A zebra came, and a zebra left."


def claim(number: int, cited: list[str], *, supported: bool, kind: str) -> dict[str, Any]:
    answers = ["supported" if supported else "not_supported"]
    sentences = [{"text": text} for text in cited]
    return {"question": "It came.", "cited": sentences, "answers": answers, "context_doc": f"d{number}", "type": kind}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> OnnxNetwork:
    return OnnxNetwork(make_folder(tmp_path_factory.mktemp("claims")), threads=1)


def write(path: Path, items: list[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in items)
    return path


def test_it_parts_what_can_be_parted(network: OnnxNetwork, tmp_path: Path) -> None:
    items = [
        one
        for number in range(10)
        for one in (
            claim(number, ["A zebra came.", "Then a zebra left."], supported=True, kind="merge"),
            claim(number, ["A zebra came."], supported=False, kind="num"),
            claim(number, ["A lion came."], supported=False, kind="ent"),
        )
    ]
    threshold, report = support_threshold(write(tmp_path / "claims.jsonl.gz", items), network)
    assert threshold == 2.0
    assert report == {"n": 30, "balanced_accuracy": 1.0, "right": {"ent": 1.0, "merge": 1.0, "num": 1.0}}


def test_supported_and_not_count_alike_whichever_there_are_more_of(network: OnnxNetwork, tmp_path: Path) -> None:
    few = [claim(n, ["A zebra came."], supported=False, kind="num") for n in range(10)]
    many = [claim(n, ["A zebra came."], supported=True, kind="merge") for n in range(10) for _ in range(9)]
    _, report = support_threshold(write(tmp_path / "claims.jsonl.gz", few + many), network)
    assert report["balanced_accuracy"] == 0.5
