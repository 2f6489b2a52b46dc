"""Searching with a conversation: the question as typed and its rewrites, fused, with what was cited before kept in.

What the words of a question leave open, the articles decide: a question that the articles of the last answer fit about
as well as any other is taken to be about them. The limits below were set on conversations made of SQuAD 1.1's training
questions, two on one text or on two; docs/conversation.md says how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set

from assistant.conversation.exchanges import Turn
from assistant.conversation.standalone import Standalone, stand_alone
from index import Hit, Ranking, Searcher

__all__ = ["search"]

_TYPED, _WHOLE, _WITH_CONTEXT = 0.7, 1.0, 0.6  # what the three forms of a dependent question count
_ASIDE = 0.7  # what the form with its context counts where the question stands alone
_FAVOUR, _FAVOUR_ASIDE = 0.4, 0.2  # for the articles that it is about, or may be
_KEYWORD_SHARE = 0.3
_MOST_SHARE = 1.5
_LEAST = -0.1


def search(
    searcher: Searcher,
    question: str,
    conversation: Sequence[Turn],
    *,
    limit: int,
    depth: int,
    near: dt.date | None = None,
) -> tuple[Standalone, list[Hit]]:
    """The question as it is to be read, and the passages to read for it, best first.

    Args:
        searcher: the store.
        question: as it was typed.
        conversation: the earlier turns, oldest first.
        limit, depth, near: as in `Searcher.search`.

    Raises:
        StoreError: the store cannot be read.
    """
    standalone = stand_alone(question, conversation)
    if not standalone.context:
        return standalone, searcher.search(question, limit=limit, depth=depth, near=near)
    in_context = f"{standalone.context} {question}"
    queries = [question, in_context, *([] if standalone.articles else [standalone.context])]
    if standalone.depends:
        queries.append(standalone.question)
    rankings = dict(zip(queries, searcher.rank(queries, depth=depth), strict=True))
    typed, with_context = rankings[question], rankings[in_context]
    articles = set(standalone.articles) or _first_article(searcher, rankings[standalone.context])
    about = standalone.dependence == "certain" or _fit(searcher, typed, articles) > _LEAST
    if not standalone.depends:
        forms = [(typed, 1.0), *([(with_context, _ASIDE)] if about else [])]
        favour = dict.fromkeys(articles if about else (), _FAVOUR_ASIDE)
        return standalone, searcher.fuse(forms, limit=limit, near=near, favour=favour)
    if not about:
        forms = [(typed, 1.0), (with_context, _ASIDE)]
        return standalone.as_typed(), searcher.fuse(forms, limit=limit, near=near)
    forms = [(typed, _TYPED), (rankings[standalone.question], _WHOLE), (with_context, _WITH_CONTEXT)]
    return standalone, searcher.fuse(forms, limit=limit, near=near, favour=dict.fromkeys(articles, _FAVOUR))


def _first_article(searcher: Searcher, ranking: Ranking) -> set[str]:
    """The article that is found first."""
    return {hit.article.id for hit in searcher.fuse([(ranking, 1.0)], limit=1)}


def _fit(searcher: Searcher, typed: Ranking, articles: Set[str]) -> float:
    """How much better some articles fit a question than all others; about 0 where they fit as well.

    The difference of the best cosines, and a share of the quotient of the best keyword scores. -1 where there are no
    others to compare with: then nothing can be said.
    """
    article_of = {i: article for i, (article, _) in searcher.record.articles_of_passages(typed.ids).items()}
    dense_in, dense_out = _best(typed.dense, article_of, articles)
    if dense_out is None or not typed.dense:
        return -1.0
    if dense_in is None:  # not among those found: at most as good as the last of them
        dense_in = typed.dense[-1][1]
    keyword_in, keyword_out = _best(typed.keyword, article_of, articles)
    share = (keyword_in or 0.0) / keyword_out if keyword_out else _MOST_SHARE * bool(keyword_in)
    return dense_in - dense_out + _KEYWORD_SHARE * min(share, _MOST_SHARE)


def _best(
    found: Sequence[tuple[str, float]], article_of: dict[str, str], articles: Set[str]
) -> tuple[float | None, float | None]:
    """The best score of a passage of some articles, and of one of any other."""
    inside = [score for passage, score in found if article_of.get(passage) in articles]
    outside = [score for passage, score in found if passage in article_of and article_of[passage] not in articles]
    return max(inside, default=None), max(outside, default=None)
