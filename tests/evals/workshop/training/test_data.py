"""Training examples on a small made-up set: every span is its answer, no negative has one, windows are as asked for."""

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from evals.workshop.training.data import examples
from evals.workshop.training.records import TRAINING_SETS

TOWNS = "Varnholt Elvery Kessing Harle Orrick Marrow Solmouth Denby Tarn Ellin".split()
ASKED = "How many metres did the river rise in"


def paragraph(town: str, metres: int) -> str:
    """Some twenty sentences, one of which has the answer."""
    before = " ".join(f"The people of {town} waited for hour {word} of the night." for word in "one two three".split())
    after = " ".join(f"The council met in hall {word} of the old harbour by the sea." for word in "abcdefghijklmno")
    return f"{before} The river rose by {metres} metres in {town}. {after}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    for name in TRAINING_SETS:
        corpus, questions = [], []
        for number, town in enumerate(TOWNS):
            metres = 100 + number
            text = paragraph(town, metres)
            start = text.index(str(metres))
            place = {"doc_id": f"{name}-{town}", "start": start, "end": start + 3, "text": str(metres)}
            corpus.append({"id": place["doc_id"], "title": "Floods of the Soll", "text": text})
            question = {"id": f"q-{place['doc_id']}", "question": f"{ASKED} {town}?", "answers": [str(metres)]}
            questions.append({**question, "answerable": True, "evidence": [place]})
        (made / name).mkdir()
        for kind, items in (("corpus", corpus), ("questions", questions)):
            with gzip.open(made / name / f"{kind}.jsonl.gz", "wt") as file:
                file.writelines(json.dumps(item) + "\n" for item in items)
    return made


def test_a_span_is_its_answer_and_a_negative_has_none(folder: Path) -> None:
    made = examples(folder, 60, seed=1)
    kinds = {example.kind for example in made}
    assert {"answer", "swap", "cut"} <= kinds
    for example in made:
        if example.spans:
            (span,) = example.spans
            assert example.text[slice(*span)].isdigit()
        elif example.kind != "swap":
            assert example.answers[0] not in example.text


def test_the_same_seed_draws_the_same(folder: Path) -> None:
    assert examples(folder, 40, seed=1) == examples(folder, 40, seed=1) != examples(folder, 40, seed=2)


def test_after_the_last_question_it_begins_again_with_other_windows(folder: Path) -> None:
    all_questions = len(TRAINING_SETS) * len(TOWNS)
    made = [example for example in examples(folder, 5 * all_questions, seed=4) if example.kind == "answer"]
    texts_of: dict[tuple[str, ...], set[str]] = {}
    for example in made:
        texts_of.setdefault(example.answers, set()).add(example.text)
    assert len(made) > 2 * all_questions
    assert len(texts_of) == len(TOWNS)  # each set asks the same here
    assert all(len(texts) > 2 for texts in texts_of.values())


@pytest.mark.parametrize(("short", "least", "most"), [(1.0, 1, 420), (0.0, 200, 780)])
def test_windows_are_short_or_long_as_asked_for(folder: Path, short: float, least: int, most: int) -> None:
    lengths = [len(example.text) for example in examples(folder, 60, seed=3, short=short) if example.kind == "answer"]
    assert least <= min(lengths) <= max(lengths) <= most
