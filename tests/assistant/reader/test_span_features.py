"""What the span reader goes by: the network's score, where search put the passage, and the words."""

import math

import numpy as np
import pytest
from assistant.reader.span_features import CONFIDENCE_FEATURES, SPAN_FEATURES, confidence_features, span_features

from assistant.reader.protocol import ReadablePassage
from assistant.reader.spans import SentenceSpan

TEXT = "A dog sat. It barked."
SENTENCES = ((0, 10), (11, 21))


def column(name: str, passages: list[ReadablePassage], spans: list[list[SentenceSpan]]) -> list[float]:
    return list(span_features("Which dog barked?", passages, spans)[:, SPAN_FEATURES.index(name)])


def test_standing_is_the_log_of_the_share_of_the_best_score() -> None:
    passages = [ReadablePassage("", TEXT, SENTENCES, score) for score in (0.02, 0.04, 0.01)]
    found = column("standing", passages, [[], [], []])
    assert found == pytest.approx([math.log(0.5)] * 2 + [0.0] * 2 + [math.log(0.25)] * 2)


def test_what_search_gives_nothing_stands_lowest() -> None:
    passages = [ReadablePassage("", TEXT, SENTENCES, score) for score in (0.6, 0.02, 0.0)]
    assert column("standing", passages, [[], [], []])[::2] == pytest.approx([0.0, math.log(1 / 30), math.log(0.01)])


def test_two_articles_under_one_headline_are_two() -> None:
    dog = ReadablePassage("Live", "The dog barked.", ((0, 15),), article="a")
    cat = ReadablePassage("Live", "The cat slept.", ((0, 14),), article="b")
    more = ReadablePassage("Live", "It slept well.", ((0, 14),), article="a")
    assert column("context_overlap", [dog, cat, more], [[], [], []]) == [1.0, 0.0, 1.0]


def test_where_nothing_was_searched_all_stand_alike() -> None:
    assert column("standing", [ReadablePassage("", TEXT, SENTENCES)] * 2, [[], []]) == [0.0] * 4


def test_a_sentence_without_a_span_scores_lowest_and_no_score_leaves_the_scale() -> None:
    spans = [[SentenceSpan(1, (0, 2), 1e6)]]
    assert column("span", [ReadablePassage("", TEXT, SENTENCES)], spans) == [-16.0, 16.0]


def test_what_stands_early_in_its_article_is_told_from_what_comes_late() -> None:
    passages = [ReadablePassage("", TEXT, SENTENCES, start=start) for start in (0, 1500)]
    first, second, third, fourth = column("early", passages, [[], []])
    assert first == 1.0
    assert third == pytest.approx(math.exp(-1))
    assert first > second > third > fourth > 0


def test_a_span_that_only_repeats_the_question_is_an_echo() -> None:
    spans = [[SentenceSpan(0, (0, 5), 1.0), SentenceSpan(1, (3, 9), 1.0)]]
    assert column("echo", [ReadablePassage("", TEXT, SENTENCES)], spans) == [1.0, 1.0]  # "A dog", "barked"
    spans = [[SentenceSpan(0, (2, 9), 1.0)]]
    assert column("echo", [ReadablePassage("", TEXT, SENTENCES)], spans) == [0.5, 1.0]  # "dog sat"; no span
    assert column("length", [ReadablePassage("", TEXT, SENTENCES)], spans) == pytest.approx([math.log(3), 0.0])


def test_sentences_whose_spans_say_the_same_agree() -> None:
    spans = [[SentenceSpan(0, (2, 5), 1.0)], [SentenceSpan(0, (0, 5), 1.0), SentenceSpan(1, (3, 9), 1.0)]]
    found = column("agreement", [ReadablePassage("", TEXT, SENTENCES)] * 2, spans)  # "dog", -, "A dog", "barked"
    assert found == pytest.approx([1 / 3, 0, 1 / 3, 0], abs=1e-4)


def test_confidence_goes_by_the_best_sentence_and_how_many_there_were() -> None:
    features = np.arange(7 * len(SPAN_FEATURES), dtype=float).reshape(7, -1)
    found = dict(
        zip(CONFIDENCE_FEATURES, confidence_features(features, np.array([0.0, 3, 1, 9, 2, 8, 7])), strict=True)
    )
    assert found["total"] == 9
    assert found["lead"] == 9 - 2  # the fifth is 2
    assert found["span"] == features[3, SPAN_FEATURES.index("span")]
    assert found["volume"] == math.log(7)
    for name in ("agreement", "standing"):
        assert found[name] == features[3, SPAN_FEATURES.index(name)]
    alone = dict(zip(CONFIDENCE_FEATURES, confidence_features(features[:1], np.array([1.0])), strict=True))
    assert (alone["lead"], alone["volume"]) == (0, 0)


def test_a_paragraph_is_little_and_a_hundred_sentences_are_much() -> None:
    def parts(sentences: int) -> tuple[float, float]:
        found = confidence_features(np.zeros((sentences, len(SPAN_FEATURES))), np.arange(float(sentences)))
        of = dict(zip(CONFIDENCE_FEATURES, found, strict=True))
        return of["little"], of["much"]

    assert parts(20) == (0, 0)
    assert parts(5) == pytest.approx((math.log(12 / 5), 0))
    assert parts(100) == pytest.approx((0, math.log(100 / 40)))
