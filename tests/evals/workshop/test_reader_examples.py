"""What the weights of the Reader are fitted on: what was read, and what of it is right."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.reader.calibration import RANK_FEATURES, SHORT_FEATURES
from assistant.reader.spans import ReadablePassage, SentenceScore
from evals.workshop.reader_examples import ReaderExample, examples, load, read_lines, save, source
from index import Embedding, Searcher, index_paths

TEXT = "The Soll rose on Monday. Half of the 300 houses were lost. The mayor counted 300 houses."
SECOND, THIRD = TEXT.index("Half"), TEXT.index("The mayor")
ARTICLES = [{"id": "flood", "title": "Flood", "text": TEXT}, {"id": "other", "title": "Rain", "text": "It rained."}]


class Marking:
    """A network that marks `300 houses` wherever it stands, and keeps what it was asked."""

    name = "marking"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceScore]]:
        self.asked.append(question)
        return [[self._score(one, n) for n in range(len(one.sentences))] for one in passages]

    @staticmethod
    def _score(passage: ReadablePassage, number: int) -> SentenceScore:
        at = passage.text[slice(*passage.sentences[number])].find("300 houses")
        return SentenceScore(number, float(number), (at, at + 10) if at >= 0 else (0, 3), -0.1)


def question(**changes: Any) -> dict[str, Any]:
    evidence = [{"doc_id": "flood", "start": SECOND, "end": THIRD - 1}]
    item = {"id": "q", "question": "How many houses were lost?", "answerable": True, "evidence": evidence}
    return {**item, "answers": ["half of the 300 houses"], "context_doc": "flood", **changes}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[Searcher]:
    home = tmp_path_factory.mktemp("examples")
    corpus = home / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(one) + "\n" for one in ARTICLES), encoding="utf-8")
    index_paths(home, [corpus], embedding, passage_tokens=160)
    with closing(Searcher(home, embedding)) as opened:
        yield opened


def read(searcher: Searcher, **changes: Any) -> ReaderExample:
    (example,) = examples([question(**changes)], searcher, Marking(), 10, given=True)
    return example


def test_the_evidence_is_right_and_its_short_answer_is_judged_whole(searcher: Searcher) -> None:
    example = read(searcher)
    assert example.features.shape == (3, len(RANK_FEATURES))
    assert example.short.shape == (3, len(SHORT_FEATURES))
    assert example.right.tolist() == example.holds.tolist() == example.short_right.tolist() == [False, True, False]
    assert (example.key, example.answerable, example.group) == ("q", True, "flood")
    assert example.features[:, RANK_FEATURES.index("score")].tolist() == [0, 1, 2]


def test_a_sentence_that_has_the_words_is_right_but_where_the_set_marks_the_answer(searcher: Searcher) -> None:
    assert read(searcher, answers=["300 houses"]).right.tolist() == [False, True, True]
    marked = read(searcher, answers=["300 houses"], short={"text": "300 houses"})
    assert marked.right.tolist() == [False, True, False]
    assert marked.holds.tolist() == [False, True, True]


def test_where_only_the_sentence_answers_no_short_answer_is_right(searcher: Searcher) -> None:
    assert not read(searcher, short=None).short_right.any()


def test_of_an_unanswerable_question_nothing_is_right(searcher: Searcher) -> None:
    example = read(searcher, answerable=False)
    assert not example.answerable
    assert not any(held.any() for held in (example.right, example.holds, example.short_right))


def test_the_network_is_asked_with_the_conversation(searcher: Searcher) -> None:
    network = Marking()
    said = [{"speaker": "user", "text": "Was there a flood?"}, {"speaker": "agent", "text": "Yes. [1]"}]
    list(examples([question(conversation=said)], searcher, network, 10, given=True))
    assert network.asked == ["Was there a flood? : Yes. | How many houses were lost?"]


def example(key: str, sentences: int) -> ReaderExample:
    chance = np.random.default_rng(sentences)
    features = chance.normal(size=(sentences, len(RANK_FEATURES)))
    short = chance.normal(size=(sentences, len(SHORT_FEATURES)))
    right = np.arange(sentences) == 1
    return ReaderExample(
        key, True, f"article of {key}", features, short, np.arange(sentences) // 2, right, right, ~right
    )


def test_examples_come_back_as_they_were_kept(tmp_path: Path) -> None:
    made = [example("a", 5), example("b", 3)]
    save(tmp_path / "kept.npz", made, "network 1, read 10")
    again = load(tmp_path / "kept.npz")
    assert source(tmp_path / "kept.npz") == "network 1, read 10"
    for one, two in zip(again, made, strict=True):
        assert (one.key, one.group, one.answerable) == (two.key, two.group, two.answerable)
        for name in ("features", "short", "passage", "right", "holds", "short_right"):
            np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_a_set_that_is_not_there_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="give the folder of a question set"):
        read_lines(tmp_path / "questions.jsonl.gz")
