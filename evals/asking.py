"""Asking one question: by search or with a given article, and looking at all that came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from assistant import Answer, Assistant, Citation
from assistant.compose import compose, readable
from evals.evidence import Item
from evals.observation import Found, Observation
from index import Article, Hit
from index.errors import QuestionError
from index.passages import group_sentences

__all__ = ["around", "ask", "found_by", "read_article"]


def ask(assistant: Assistant, item: Item, *, given: bool = False) -> tuple[Observation, str | None]:
    """Ask a question as a user would, and look at the answer.

    Args:
        assistant: is asked.
        item: the question.
        given: read the article of the evidence, where the question does not name one to read itself.

    Returns:
        what is seen, and why asking failed, if it did.
    """
    question = item.question
    context = question.context_doc or (item.evidence[0].doc_id if given and item.evidence else None)
    conversation = [turn.model_dump() for turn in question.conversation]
    article = assistant.article(context) if context is not None else None
    try:
        if article is not None:
            answer = read_article(assistant, question.question, article)
        else:
            answer = assistant.ask(question.question, conversation, question.asked_on)
    except QuestionError as error:
        return Observation(item), str(error)
    found = None
    if article is None:
        limit = max(10, assistant.settings.passages_read)
        found = found_by(assistant.find(question.question, conversation, question.asked_on, limit=limit))
    resolves = tuple(_resolves(assistant, citation) for citation in (*answer.citations, *answer.closest))
    return Observation(item, answer.to_dict(), found, resolves), None


def found_by(hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Hits as scorers see them."""
    return tuple(Found(h.article.id, h.passage.start, h.passage.end, h.passage.text, h.also) for h in hits)


def read_article(assistant: Assistant, question: str, article: Article) -> Answer:
    """Read one whole article, without a search: what reading is worth by itself."""
    started = time.perf_counter()
    all_sentences = assistant.sentences(article.id)
    counts = assistant.searcher.embedding.count_tokens([article.text[s.start : s.end] for s in all_sentences])
    passages = group_sentences(article, all_sentences, counts, limit=assistant.settings.passage_tokens)
    hits = [Hit(passage, article, 0.0, None, None) for passage in passages]
    sentences = [all_sentences[passage.first : passage.last + 1] for passage in passages]
    reading = assistant.reader.read(question, [readable(h, s) for h, s in zip(hits, sentences, strict=True)])
    limits = {"threshold": assistant.threshold, "tentative": assistant.tentative}
    answer = compose(question, question, hits, sentences, reading, **limits)
    milliseconds = 1000 * (time.perf_counter() - started)
    answer.timings_ms.update({"search": 0.0, "read": milliseconds, "total": milliseconds})
    return answer


def _resolves(assistant: Assistant, citation: Citation) -> bool:
    article = assistant.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.sentence


def around(article: Article | None, start: int, end: int, width: int = 240) -> dict[str, Any]:
    """What stands before and after a place, cut at a word, so that a log can be read without the articles."""
    if article is None:
        return {"before": "", "after": ""}
    before, after = article.text[max(0, start - width) : start], article.text[end : end + width]
    if start > width:
        before = f"… {before.partition(' ')[2]}"
    if end + width < len(article.text):
        after = f"{after.rpartition(' ')[0]} …"
    return {"before": before, "after": after}
