"""What every Reader keeps to: the one that ships, one that was trained, one of the Hugging Face kind."""

import math
from pathlib import Path

import pytest

from assistant.conversation import Exchange
from assistant.reader import DEFAULT_READER, Reader, Reading, load_reader
from assistant.reader.reader import MOST_SHOWN
from index import Hit
from tests.assistant.reader.hits import hit_of
from tests.assistant.reader.test_reader import make_folder
from tests.assistant.reader.test_transformers_network import make_model

QUESTION = "Where did the zebra run?"
HITS = [
    hit_of("A zebra ran to Paris. A lion slept.", "Zoo", article="a"),
    hit_of("Nobody said anything. The weather was mild on Monday.", "Weather", article="b", start=7),
    hit_of("The bear stayed. " * 60, "Bears", article="c"),
]


@pytest.fixture(scope="module", params=["shipped", "trained", "hf"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder: Path = tmp_path_factory.mktemp("reader")
    if request.param == "trained":
        return load_reader(str(make_folder(folder / "model")), threads=1)
    return load_reader(f"hf:{make_model(folder)}" if request.param == "hf" else DEFAULT_READER, threads=1)


def check(reading: Reading, hits: list[Hit]) -> None:
    scores = [each.score for each in reading.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(map(math.isfinite, scores))
    assert 0 <= reading.confidence <= 1
    assert 1 <= reading.shown <= MOST_SHOWN
    assert len({(each.passage.id, each.sentence) for each in reading.candidates}) == len(reading.candidates)
    for each in reading.candidates:
        assert each.hit in hits
        assert each.sentence in each.hit.sentences
        for span in filter(None, (each.span, each.marked)):
            assert 0 <= span[0] < span[1] <= len(each.text)
        assert each.short_answer is None or each.short_answer in each.text


def test_it_has_a_name_and_two_thresholds(reader: Reader) -> None:
    assert reader.name.strip()
    assert 0 <= reader.tentative <= reader.threshold <= 1


def test_candidates_are_sentences_of_the_passages(reader: Reader) -> None:
    reading = reader.read(QUESTION, HITS)
    assert reading.candidates
    check(reading, HITS)
    assert not reading.follows


def test_without_anything_to_read_or_to_ask_it_is_sure_of_nothing(reader: Reader) -> None:
    for question, hits in ((QUESTION, []), ("how?", HITS), ("", HITS), (QUESTION, [hit_of("")])):
        reading = reader.read(question, hits)
        assert (reading.candidates, reading.confidence) == ((), 0.0)


def test_it_says_the_same_again_and_in_whatever_order_passages_come(reader: Reader) -> None:
    first, again, turned = (reader.read(QUESTION, hits) for hits in (HITS, HITS, HITS[::-1]))
    assert first == again
    assert turned.candidates[0].text == first.candidates[0].text
    assert turned.confidence == pytest.approx(first.confidence, abs=1e-3)


def test_a_conversation_before_it_is_taken(reader: Reader) -> None:
    before = [Exchange("What ran away?", "A zebra ran to Paris."), Exchange("When?", "")]
    check(reader.read("and where to?", HITS, before), HITS)


@pytest.mark.parametrize("odd", ["\ud800", "\0", "洪水 рост", "? ! .", "x" * 5_000, "word " * 5_000])
def test_any_text_is_read(reader: Reader, odd: str) -> None:
    hits = [*HITS[:1], hit_of(f"{odd} The zebra ran to {odd}.", article="odd")]
    check(reader.read(QUESTION, hits), hits)
    check(reader.read(odd, HITS[:1], [Exchange(odd, odd)]), HITS[:1])
