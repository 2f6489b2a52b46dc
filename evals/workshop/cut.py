"""Near misses over articles: questions whose answer was taken out of the article that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.scorers.squad import contains_any
from evals.workshop.reader_examples import document_of, is_evidence
from index import split_sentences

_LEAST = 3  # sentences that must be left


def with_answers_cut(
    items: Sequence[dict[str, Any]], corpus: Mapping[str, dict[str, Any]], every: int = 3
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The items and their articles, with every third item asked of its article without the answer.

    Of such an article every sentence is gone that is evidence or contains an accepted answer; the question counts as
    unanswerable. Where next to nothing is left, the item stays as it was. That another sentence answers in other words
    is possible.

    Args:
        items: of a question set, with `evidence` in one article each.
        corpus: the articles by id.
        every: how many items there are to one whose answer is cut.
    """
    asked, articles = [], dict(corpus)
    for number, item in enumerate(items):
        held = corpus[document_of(item)]
        left = list(_left(item, held)) if number % every == every - 1 and item["answerable"] else []
        if len(left) < _LEAST:
            asked.append(item)
            continue
        key = f"{held['id']} without the answer to {item['id']}"
        articles[key] = {**held, "id": key, "text": " ".join(left)}
        # Who judges it goes by the article that it was made from.
        asked.append({**item, "answerable": False, "context_doc": key, "about": held["id"]})
    return asked, articles


def _left(item: dict[str, Any], held: Mapping[str, Any]) -> Iterator[str]:
    for sentence in split_sentences(held["text"]):
        said = held["text"][sentence.start : sentence.end]
        if not is_evidence(item, held["id"], sentence) and not contains_any(said, item["answers"]):
            yield said
