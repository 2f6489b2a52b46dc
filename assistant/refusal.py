"""Why a question is refused, in a sentence that helps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Reason
from assistant.verifier.names import names
from index import Hit, Searcher
from index.language.detect import language_of
from index.words import STOP_WORDS

__all__ = ["refusal", "unread_language"]

_FAR = 0.25
"""The cosine of question and passage below which nothing is about it: of RealTimeQA's 305 unanswerable questions over
2,743 articles 3 are below, of 100 questions of SQuAD 2.0 asked of the seed article 71 (median .19).
"""
_NAMED = 3  # names that a reason lists
_LONG = 4  # letters of a word that is worth naming
_LATIN = re.compile(r"[a-z][a-z'’-]+")


def unread_language(question: str) -> Reason | None:
    """The reason where a question is in a language that the network does not read; None for English."""
    found = language_of(question)
    if found in (None, "en"):
        return None
    return Reason("language", "Only questions in English are answered so far.")


def refusal(question: str, hits: Sequence[Hit], searcher: Searcher, *, filtered: bool) -> Reason:
    """The reason for a question that the passages do not answer.

    Args:
        question: as it was searched for.
        hits: the passages that were read, best first.
        searcher: the store, which is asked for names that no article has.
        filtered: whether only some of its articles were asked.
    """
    if not hits and filtered:
        return Reason("filtered", "No article is left by the days, outlets or articles that you chose.")
    missing = _missing(question, searcher)
    if missing:
        where = "No article that you chose mentions" if filtered else "No article mentions"
        return Reason("missing", f"{where} {_listed(missing)}.", missing)
    if not hits or max(hit.cosine or 0.0 for hit in hits) < _FAR:
        where = "articles that you chose" if filtered else "articles"
        return Reason("nothing_close", f"Nothing in the {where} is about this.")
    return Reason("not_answered", "The articles that come closest do not say.")


def _missing(question: str, searcher: Searcher) -> tuple[str, ...]:
    """The names of a question that stand in no article; of a question all in lower case, its words."""
    named = [name for name, _ in names(question)]
    if not named and question == question.lower():
        named = [word for word in _LATIN.findall(question) if len(word) >= _LONG and word not in STOP_WORDS]
    absent = [name for name in dict.fromkeys(named) if not searcher.has_words(name)]
    return tuple(absent[:_NAMED])


def _listed(found: Sequence[str]) -> str:
    *first, last = found
    return f"{', '.join(first)} or {last}" if first else last
