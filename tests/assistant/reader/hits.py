"""Passages of made-up articles, as search would find them."""

from __future__ import annotations

import datetime as dt

from index import Article, Hit, Passage, Sentence, split_sentences


def hit_of(
    text: str,
    title: str = "",
    *,
    score: float = 0.0,
    start: int = 0,
    article: str = "a",
    date: dt.date | None = None,
) -> Hit:
    """A text as a passage that starts at `start` of its article."""
    whole = " " * start + text
    sentences = tuple(Sentence(start + one.start, start + one.end) for one in split_sentences(text))
    passage = Passage(f"{article}:{start}", article, 0, len(sentences) - 1, start, len(whole), text)
    return Hit(passage, Article(article, title, whole, date=date), sentences, score)
