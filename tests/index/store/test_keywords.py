"""The keyword index: what leaves the common words for later finds what BM25 over all of them finds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Passage, Sentence
from index.store.keywords import search_keywords, words_of
from index.store.record import Record

WORDS = [f"w{chr(97 + n)}x" for n in range(12)]  # each half as common as the one before
ALL = 10**9
asked = st.lists(st.sampled_from([*WORDS, "nowhere"]), min_size=1, max_size=6, unique=True)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    chance = random.Random(5)
    record = Record.for_writing(tmp_path_factory.mktemp("home") / "dateline.db", create=True)
    with record.transaction():
        for n in range(400):
            body = [word for place, word in enumerate(WORDS) for _ in range(3) if chance.random() < 0.6 / 1.5**place]
            text = " ".join(body) or "empty"
            passage = Passage(f"p{n}", f"a{n}", 0, 0, 0, len(text), text)
            record.put_article(Article(f"a{n}", "", text), [Sentence(0, len(text))], [passage], recipe="r")
    yield record
    record.close()


def search(record, words, scored, limit=1000):
    return search_keywords(record._rows, words, limit, scored=scored)


@given(asked, st.integers(1, 500))
def test_what_is_found_has_the_score_of_all_words_and_nothing_with_an_essential_word_is_missing(record, words, scored):
    whole, found = dict(search(record, words, ALL)), search(record, words, scored)
    assert all(score == pytest.approx(whole[passage]) for passage, score in found)
    assert len({passage for passage, _ in found}) == len(found)
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
    rarest = min(words, key=lambda word: (not search(record, [word], ALL), len(search(record, [word], ALL))))
    assert {passage for passage, _ in search(record, [rarest], ALL)} <= {passage for passage, _ in found}


def test_a_common_word_finds_nothing_by_itself_beside_a_rare_one_but_counts(record):
    common, rare = WORDS[0], WORDS[6]
    with_rare = {passage for passage, _ in search(record, [rare], ALL)}
    both = {passage for passage, _ in search(record, [common], ALL)} & with_rare
    found = search(record, [common, rare], scored=1)
    assert {passage for passage, _ in found} == with_rare
    assert 0 < len(both) < len(with_rare)
    alone = dict(search(record, [rare], ALL))
    assert all((score > alone[passage]) == (passage in both) for passage, score in found)


def test_a_word_that_is_nowhere_does_not_stand_for_those_that_are_somewhere(record):
    assert search(record, ["nowhere", WORDS[0]], scored=1) == search(record, ["nowhere", WORDS[0]], ALL) != []


@pytest.mark.parametrize("words", [[], ["nowhere"]])
def test_no_word_and_a_word_that_is_nowhere_find_nothing(record, words):
    assert search(record, words, scored=1) == []


def test_no_more_than_the_limit(record):
    whole = search(record, WORDS[:3], ALL)
    assert search(record, WORDS[:3], ALL, limit=7) == whole[:7]


@pytest.mark.parametrize("form", ["İmamoğlu", "imamoglu", "I\u0307mamog\u0306lu", "IMAMOGLU"])
def test_a_name_is_found_in_whatever_way_it_is_written(tmp_path, form):
    text = "Ekrem İmamoğlu is the mayor of İstanbul."
    with Record.for_writing(tmp_path / "dateline.db", create=True) as record:
        record.put_article(
            Article("a", "", text), [Sentence(0, len(text))], [Passage("p", "a", 0, 0, 0, len(text), text)], recipe="r"
        )
        assert [passage for passage, _ in search(record, words_of(f"Who is {form}?"), ALL)] == ["p"]
