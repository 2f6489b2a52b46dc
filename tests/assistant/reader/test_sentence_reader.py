"""The sentence Reader: ranking, marked spans, what it refuses, and a file of weights that is not whole."""

import json

import numpy as np
import pytest
from assistant.reader.sentence_reader import SENTENCE_FEATURES, SentenceReader, sentence_features
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.reader import ReadablePassage
from index import split_sentences
from index.errors import ModelError


def passage(text, title="Flood in Varn"):
    return ReadablePassage(title, text, tuple((s.start, s.end) for s in split_sentences(text)))


FLOOD = passage(
    "The river Soll rose by two metres on Monday. Nine people were killed in Lower Varn. About 1,200 residents fled to "
    "Harle. Mayor Mara Ellin said the sirens had failed."
)
STRIKE = passage("Dockers in Harle stopped work on Tuesday. Their union wants a rise of six percent.", "Dockers strike")


@pytest.fixture(scope="module")
def reader(embedding):
    return SentenceReader(embedding)


def best(reader, question, *passages):
    candidate = reader.read(question, passages).candidates[0]
    where = passages[candidate.passage]
    text = where.text[slice(*where.sentences[candidate.sentence])]
    return text, None if candidate.span is None else text[slice(*candidate.span)]


@pytest.mark.parametrize(
    ("question", "start", "short"),
    [
        ("How many people died in Lower Varn?", "Nine people", "Nine people"),
        ("how many displaced?", "About 1,200", "About 1,200 residents"),
        ("When did the river rise?", "The river Soll", "Monday"),
        ("How much does the union want?", "Their union", "six percent"),
        ("Who said the sirens had failed?", "Mayor Mara Ellin", None),
    ],
)
def test_the_right_sentence_and_the_number_or_time_in_it(reader, question, start, short):
    sentence, marked = best(reader, question, STRIKE, FLOOD)
    assert sentence.startswith(start)
    assert marked == short


def test_another_place_lowers_the_confidence(reader):
    here = reader.read("How many people were killed in Lower Varn?", [FLOOD]).confidence
    elsewhere = reader.read("How many people were killed in Upper Torvenia?", [FLOOD]).confidence
    assert here > reader.threshold > elsewhere


def test_nothing_to_read_or_to_ask(reader):
    assert reader.read("How many died?", []).candidates == ()
    for question in ("", "?", "how?", "the of"):
        reading = reader.read(question, [FLOOD])
        assert (reading.candidates, reading.confidence) == ((), 0.0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=200).filter(str.strip))
def test_candidates_are_places_in_the_passages(reader, question, text):
    read = [passage(text), FLOOD]
    reading = reader.read(question, read)
    assert 0 <= reading.confidence <= 1
    seen = [(candidate.passage, candidate.sentence) for candidate in reading.candidates]
    assert len(seen) == len(set(seen))
    assert [c.score for c in reading.candidates] == sorted((c.score for c in reading.candidates), reverse=True)
    for candidate in reading.candidates:
        start, end = read[candidate.passage].sentences[candidate.sentence]
        assert candidate.span is None or 0 <= candidate.span[0] < candidate.span[1] <= end - start


def test_features_are_numbers_between_minus_one_and_one(embedding):
    features = sentence_features("How many people died?", [FLOOD, STRIKE], embedding)
    assert features.shape == (6, len(SENTENCE_FEATURES))
    assert np.isfinite(features).all()
    assert (np.abs(features) <= 1.0001).all()


@pytest.mark.parametrize("content", [None, "", "{}", "[]", json.dumps({"rank": {}, "confidence": {}})])
def test_weights_that_are_missing_or_damaged(embedding, tmp_path, content):
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelError, match="missing or damaged; install Dateline again"):
        SentenceReader(embedding, path)
