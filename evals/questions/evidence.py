"""Evidence of a question set, found in the articles: every item becomes a span, or the fault is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.errors import QuestionSetError
from evals.questions.question_set import Evidence, Question
from index import Article

ArticleOf = Callable[[str], Article | None]


@dataclass(frozen=True, slots=True)
class Span:
    """A place that holds the answer: `article.text[start:end] == text`, or a whole article where start is None."""

    doc_id: str
    start: int | None = None
    end: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question whose evidence was found.

    Attributes:
        question: as the set has it.
        evidence: where the answer stands.
        cluster: questions with the same are not independent: one conversation, or one article.
    """

    question: Question
    evidence: tuple[Span, ...]
    cluster: str


def resolve(
    questions: Sequence[Question], article_of: ArticleOf, articles: Callable[[], Iterable[Article]]
) -> list[Item]:
    """All questions with their evidence found.

    Raises:
        QuestionSetError: some evidence names an unknown article or does not stand there.
    """
    items, problems = resolve_valid(questions, article_of, articles)
    if problems:
        raise QuestionSetError(list(problems.values()))
    return items


def resolve_valid(
    questions: Sequence[Question], article_of: ArticleOf, articles: Callable[[], Iterable[Article]]
) -> tuple[list[Item], dict[str, str]]:
    """The questions whose evidence was found, and for the others, by id, why not.

    Args:
        articles: all of them; asked for only where evidence says `contains` without a document.
    """
    openings = {question.conversation[0].text for question in questions if question.conversation}
    items: list[Item] = []
    problems: dict[str, str] = {}
    for question in questions:
        try:
            _check_context(question, article_of)
            spans = [span for evidence in question.evidence for span in _find(evidence, article_of, articles)]
        except _FaultError as fault:
            problems[question.id] = f"{question.where}: question {question.id!r}: {fault}."
        else:
            evidence = tuple(dict.fromkeys(spans))
            items.append(Item(question, evidence, _cluster(question, evidence, openings)))
    return items, problems


class _FaultError(Exception):
    """Why one piece of evidence does not resolve."""


def _check_context(question: Question, article_of: ArticleOf) -> None:
    if question.context_doc is not None and article_of(question.context_doc) is None:
        raise _FaultError(f"`context_doc` names {question.context_doc!r}, which is not in the corpus")


def _find(evidence: Evidence, article_of: ArticleOf, articles: Callable[[], Iterable[Article]]) -> list[Span]:
    if evidence.doc_id is None:
        found = [span for article in articles() for span in _containing(article, evidence.contains or "")]
        if not found:
            raise _FaultError(f"no article contains {_short(evidence.contains)}")
        return found
    article = article_of(evidence.doc_id)
    if article is None:
        raise _FaultError(f"evidence names {evidence.doc_id!r}, which is not in the corpus")
    if evidence.start is not None and evidence.end is not None:
        return [_at(article, evidence, evidence.start, evidence.end)]
    wanted = evidence.sentence or evidence.contains
    if wanted is None:
        return [Span(article.id)]
    found = _containing(article, wanted)
    if not found:
        raise _FaultError(f"{_short(wanted)} does not stand in {article.id!r}")
    return found[:1] if evidence.sentence else found


def _at(article: Article, evidence: Evidence, start: int, end: int) -> Span:
    if end > len(article.text):
        raise _FaultError(f"evidence ends at {end}, but {article.id!r} has {len(article.text)} characters")
    text = article.text[start:end]
    claimed = evidence.sentence or evidence.text
    if claimed is not None and claimed != text:
        raise _FaultError(f"{article.id!r} has {_short(text)} at {start}:{end}, not {_short(claimed)}")
    return Span(article.id, start, end, text)


def _containing(article: Article, wanted: str) -> list[Span]:
    spans = []
    start = article.text.find(wanted)
    while start >= 0:
        spans.append(Span(article.id, start, start + len(wanted), wanted))
        start = article.text.find(wanted, start + len(wanted))
    return spans


def _cluster(question: Question, evidence: Sequence[Span], openings: set[str]) -> str:
    if question.conversation:
        return f"conversation {question.conversation[0].text}"
    if question.question in openings:
        return f"conversation {question.question}"
    document = question.context_doc or (evidence[0].doc_id if evidence else None)
    return f"question {question.id}" if document is None else f"article {document}"


def _short(text: str | None, limit: int = 60) -> str:
    text = " ".join((text or "").split())
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")
