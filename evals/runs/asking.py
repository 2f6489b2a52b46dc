"""Asking one question, of all articles or of a given one, as a user does, and looking at all that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant import Assistant, Citation
from evals.questions.evidence import Item
from evals.scorers.observation import Found, Observation
from index import Article, Hit
from index.errors import QuestionError
from index.store.catalogue import ArticleFilter


def ask(assistant: Assistant, item: Item, *, given: bool = False) -> tuple[Observation, str | None]:
    """Ask a question as a user would, and look at the answer.

    Args:
        given: ask the article of the evidence alone, where the question does not name one itself.

    Returns:
        what is seen, and why asking failed, if it did.
    """
    question = item.question
    context = question.context_doc or (item.evidence[0].doc_id if given and item.evidence else None)
    conversation = [turn.model_dump() for turn in question.conversation]
    among = None if context is None else ArticleFilter(ids=(context,))
    try:
        answer = assistant.ask(question.question, conversation, question.asked_on, among=among)
    except QuestionError as error:
        return Observation(item), str(error)
    limit = max(10, assistant.settings.passages_read)
    found = found_by(assistant.find(question.question, conversation, question.asked_on, limit=limit, among=among))
    resolves = tuple(_resolves(assistant, citation) for citation in (*answer.citations, *answer.closest))
    return Observation(item, answer.to_dict(), found, resolves), None


def found_by(hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Hits as scorers see them."""
    return tuple(Found(h.article.id, h.passage.start, h.passage.end, h.passage.text, h.also) for h in hits)


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
