"""Passages are runs of whole sentences that cover the body once, in order, within the limit."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Sentence, embedded_text
from index.indexing.batch import group_sentences

counts_and_limit = st.tuples(st.lists(st.integers(1, 60), min_size=1, max_size=60), st.integers(10, 100))


def make(counts, body_sentences=0):
    text = "\n".join("x" * count for count in counts)
    ends = list(itertools.accumulate(count + 1 for count in counts))
    sentences = [Sentence(end - 1 - count, end - 1) for end, count in zip(ends, counts, strict=True)]
    body = sentences[body_sentences].start if body_sentences < len(sentences) else len(text)
    return Article("a", "Title", text, body=body), sentences


@given(counts_and_limit)
def test_every_sentence_is_in_one_passage_in_order(case):
    counts, limit = case
    article, sentences = make(counts)
    passages = group_sentences(article, sentences, counts, limit=limit)
    covered = [n for passage in passages for n in range(passage.first, passage.last + 1)]
    assert covered == list(range(len(sentences)))
    for passage in passages:
        assert passage.text == article.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (sentences[passage.first].start, sentences[passage.last].end)


@given(counts_and_limit)
def test_no_passage_is_over_the_limit_unless_it_is_one_long_sentence(case):
    counts, limit = case
    article, sentences = make(counts)
    for passage in group_sentences(article, sentences, counts, limit=limit):
        assert sum(counts[passage.first : passage.last + 1]) <= limit or passage.first == passage.last


@given(st.lists(st.integers(5, 30), min_size=8, max_size=60))
def test_the_last_passage_is_not_a_scrap(counts):
    article, sentences = make(counts)
    passages = group_sentences(article, sentences, counts, limit=100)
    lengths = [sum(counts[p.first : p.last + 1]) for p in passages]
    assert max(lengths) - min(lengths) <= 100 - min(50, min(lengths))


def test_the_headline_is_in_no_passage():
    article, sentences = make([5, 8, 9], body_sentences=1)
    (passage,) = group_sentences(article, sentences, [5, 8, 9], limit=100)
    assert (passage.first, passage.last) == (1, 2)


def test_ids_stay_with_the_text_and_change_with_it():
    article, sentences = make([5, 8])
    (one,) = group_sentences(article, sentences, [5, 8], limit=100)
    (same,) = group_sentences(article, sentences, [5, 8], limit=100)
    renamed = Article("a", "Other title", article.text)
    (other,) = group_sentences(renamed, sentences, [5, 8], limit=100)
    assert one.id == same.id
    assert one.id != other.id  # the headline is embedded too


def test_no_sentences_no_passages():
    assert group_sentences(Article("a", "T", ""), [], [], limit=100) == []


def test_a_headline_of_any_length_leaves_room_for_the_passage():
    assert embedded_text("t" * 5000, "It rose.") == "t" * 200 + "\nIt rose."
