"""Whole questions made into what people type."""

import random

from evals.terse import shorten, terse_items, with_other_paragraphs
from index.words import STOP_WORDS


def test_a_question_keeps_its_question_word_and_some_of_its_words_in_order() -> None:
    whole = "How many people were displaced by the flood in Ostrava?"
    for seed in range(30):
        short = shorten(whole, random.Random(seed))
        assert short.startswith("how many ")
        kept = short.removeprefix("how many ").rstrip("?").split()
        assert 1 <= len(kept) <= 3
        places = [whole.rstrip("?").split().index(word) for word in kept]
        assert places == sorted(places)
        assert not STOP_WORDS.intersection(kept)


def test_what_cannot_be_shortened_is_left_out() -> None:
    items = [{"question": "Name the mayor."}, {"question": "Who is the mayor of Ostrava?"}]
    assert [item["question"].split()[0] for item in terse_items(items)] == ["who"]


def test_every_second_item_reads_another_paragraph_of_its_article() -> None:
    corpus = {name: {"title": name[0]} for name in ("a1", "a2", "b1")}
    items = [{"context_doc": doc, "answerable": True} for doc in ("a1", "a1", "b1", "b1")]
    items.append({"context_doc": "a1", "answerable": False})
    made = [(item["context_doc"], item["answerable"]) for item in with_other_paragraphs(items, corpus)]
    # b1 is alone: nothing else can be read there.
    assert made == [("a1", True), ("a2", False), ("b1", True), ("b1", True)]
