"""Turns and conversations as the JSON documents that the page draws. Every text in them is text, never markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assistant.addresses import safe_url
from assistant.answer import Answer, Citation, Statement
from assistant.memory import Conversation, Feedback, Library
from assistant.web.inline import pieces
from assistant.wording import read_as, verdict
from index.store.catalogue import ArticleFilter

__all__ = [
    "IsMarkdown",
    "citation_documents",
    "conversation_document",
    "scope_document",
    "statements_document",
    "turn_document",
]

_REMOVED = "an article that was removed"

IsMarkdown = Callable[[str], bool]
"""Whether the article with an id was read from a Markdown file."""


def turn_document(
    answer: Answer,
    is_markdown: IsMarkdown,
    *,
    number: int | None = None,
    feedback: Sequence[Feedback] = (),
    note: str | None = None,
    among: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A turn that has its answer.

    Args:
        answer: what it came to.
        is_markdown: tells which articles are Markdown.
        number: of the turn in its conversation; None where it is not kept.
        feedback: what the user thought of it.
        note: one line beside it, in place of the answer's own.
        among: which articles were asked, from `scope_document`; None for all.
    """
    return {
        "state": "done",
        "turn": number,
        "question": answer.question,
        "among": among,
        "read_as": read_as(answer),
        "status": answer.status,
        "verdict": verdict(answer),
        "reason": None if answer.reason is None else answer.reason.kind,
        "short": answer.short_answer,
        "statements": statements_document(answer.statements, answer.citations, is_markdown),
        "citations": [_citation(each, is_markdown) for each in (*answer.citations, *answer.closest)],
        "note": note or answer.note,
        "vote": next((each.kind for each in feedback if each.kind != "wrong_citation"), None),
        "wrong": [each.marker for each in feedback if each.kind == "wrong_citation"],
    }


def statements_document(
    statements: Sequence[Statement], citations: Sequence[Citation], is_markdown: IsMarkdown
) -> list[dict[str, Any]]:
    """The statements of an answer, also of one that is not complete."""
    articles = {citation.marker: citation.article_id for citation in citations}

    def is_marked_up(statement: Statement) -> bool:
        cited = [articles[marker] for marker in statement.citations if marker in articles]
        return not statement.verbatim or any(is_markdown(article) for article in cited)

    return [
        {
            "pieces": pieces(each.text, each.span, name="short", markdown=is_marked_up(each)),
            "citations": list(each.citations),
        }
        for each in statements
    ]


def conversation_document(
    conversation: Conversation, feedback: dict[int, list[Feedback]], is_markdown: IsMarkdown, library: Library
) -> dict[str, Any]:
    """A conversation with all its turns."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "turns": [
            turn_document(
                turn.answer,
                is_markdown,
                number=turn.number,
                feedback=feedback.get(turn.number, ()),
                among=scope_document(turn.among, library),
            )
            for turn in conversation.turns
        ],
    }


def scope_document(among: ArticleFilter | None, library: Library) -> dict[str, Any] | None:
    """Which articles a question was asked of, with the `titles` of those that are named by id; None for all."""
    document = None if among is None else among.to_dict() or None
    if document is None or "ids" not in document:
        return document
    articles = [library.article(article_id) for article_id in document["ids"]]
    return {**document, "titles": [_REMOVED if article is None else article.title for article in articles]}


def citation_documents(citations: Sequence[Citation], is_markdown: IsMarkdown) -> list[dict[str, Any]]:
    """Citations by themselves, as those of an answer that is not complete."""
    return [_citation(each, is_markdown) for each in citations]


def _citation(citation: Citation, is_markdown: IsMarkdown) -> dict[str, Any]:
    return {
        **citation.to_dict(),
        "url": safe_url(citation.url),
        "pieces": pieces(citation.sentence, markdown=is_markdown(citation.article_id)),
    }
