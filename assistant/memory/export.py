"""A conversation as a file to keep or to send: Markdown to read, JSON for programs. Both have the sources in full.

The HTML form is in `assistant.memory.page`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from assistant.answer import Citation
from assistant.memory.conversation import Conversation, Library, SourceNow, Turn, sources_document, sources_now, written
from assistant.memory.rows import Feedback
from assistant.visible import json_visible, one_line, visible
from assistant.wording import CLOSEST, figure_row, notice_line, read_as, verdict
from index import Article

# What CommonMark begins with, and GitHub's tables, strikethrough and formulas, and the attributes, superscripts,
# highlights and mentions of other dialects. A backslash before ASCII punctuation always makes it that character itself
# (CommonMark 0.31, section 2.4). Other punctuation is left alone: it would make an export hard to read as plain text.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$#{}^@]|=(?==)")
# Addresses (https://, www.), which some dialects make links of, and :names: of emoji.
_ADDRESS = re.compile(r":(?=\S)|(?<=\bwww)\.", re.IGNORECASE)
# Items of lists, and lines under headings.
_AT_START = re.compile(r"^(?:[-+:=]|(\d{1,9})([.)])(?!\S))")
_FENCE = re.compile(r"`+")


def as_document(
    conversation: Conversation,
    library: Library | None = None,
    *,
    feedback: dict[int, list[Feedback]] | None = None,
    articles: bool = False,
) -> dict[str, Any]:
    """The conversation as JSON has it.

    Args:
        library: where the sources are looked up as they are now; without one, nothing is said of that.
        articles: whether to add the whole text of every article that is cited, as it is now.

    Returns:
        `id`, `title`, `turns` and `articles`. A turn has its number, `asked_at` (UTC), under `among` which articles
        were asked (None: all), the whole Answer document under `answer`, under `sources` what became of each citation
        by marker (None: not looked up), and `feedback`.

    Raises:
        StoreError: the store cannot be read.
    """
    given = feedback or {}
    cited = cited_articles(conversation, library) if articles and library is not None else []
    return {
        "id": conversation.id,
        "title": conversation.title,
        "turns": [
            {
                "turn": turn.number,
                "asked_at": written(turn.asked_at),
                "among": None if turn.among is None else turn.among.to_dict(),
                "answer": turn.answer.to_dict(),
                "sources": sources_document(turn.answer, library),
                "feedback": [each.to_dict() for each in given.get(turn.number, [])],
            }
            for turn in conversation.turns
        ],
        "articles": [article.to_dict() for article in cited],
    }


def as_json(document: dict[str, Any]) -> str:
    """The document of a conversation as text that a terminal shows but does not obey, and that UTF-8 can hold."""
    return json_visible(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def as_markdown(conversation: Conversation, library: Library | None = None, *, articles: bool = False) -> str:
    """The conversation as Markdown in which no text of an article, a user or a model is markup.

    Arguments and errors as `as_document`.
    """
    blocks = [f"# {as_text(conversation.title)}"]
    for turn in conversation.turns:
        blocks += _turn_blocks(turn, {} if library is None else sources_now(turn.answer, library))
    if articles and library is not None:
        blocks += _article_blocks(cited_articles(conversation, library))
    return "\n\n".join(blocks) + "\n"


def _turn_blocks(turn: Turn, now: dict[int, SourceNow]) -> Iterator[str]:
    answer = turn.answer
    yield f"## {as_text(answer.question)}"
    yield f"{turn.asked_at:%Y-%m-%d %H:%M} UTC"
    if (taken := read_as(answer)) is not None:
        yield f"{taken[0].capitalize()}: {as_text(taken[1])}"
    if turn.among is not None:
        yield f"Asked only of: {as_text(turn.among.in_words)}"
    if (line := verdict(answer)) is not None:
        yield f"**{as_text(line)}**"
    if answer.closest:
        yield CLOSEST
    for statement in answer.statements:
        yield f"{as_text(statement.text)} {''.join(f'[{marker}]' for marker in statement.citations)}"
    for figure in answer.figures:
        yield " · ".join(as_text(cell) for cell in figure_row(figure) if cell)
    for notice in answer.notices:
        yield f"**{as_text(notice_line(notice))}**"
    if answer.note:
        yield f"Note: {as_text(answer.note)}"
    for citation in (*answer.citations, *answer.closest):
        yield from _source_blocks(citation, now.get(citation.marker))


def _source_blocks(citation: Citation, now: SourceNow | None) -> Iterator[str]:
    parts = (citation.title, citation.source, citation.date, citation.url)
    yield f"[{citation.marker}] " + " · ".join(as_text(part) for part in parts if part and part.strip())
    yield f"> {as_text(citation.sentence)}"
    if now is not None and now.remark is not None:
        yield f"*{now.remark}*"


def _article_blocks(articles: list[Article]) -> Iterator[str]:
    for article in articles:
        yield f"## Article: {as_text(article.title)}"
        day = article.date.isoformat() if article.date else None
        origin = [as_text(part) for part in (article.source, day, article.url) if part and part.strip()]
        if origin:
            yield " · ".join(origin)
        yield as_code(article.text)


def cited_articles(conversation: Conversation, library: Library) -> list[Article]:
    """The articles that are cited and still there, in order of first appearance."""
    answers = [turn.answer for turn in conversation.turns]
    ids = dict.fromkeys(c.article_id for answer in answers for c in (*answer.citations, *answer.closest))
    found = [library.article(article_id) for article_id in ids]
    return [article for article in found if article is not None]


def as_text(text: str) -> str:
    """The text on one line, as Markdown that shows it as it is. What a terminal would obey is spelled out.

    It may stand at the beginning of a line or within one.
    """
    line = _ADDRESS.sub(r"\\\g<0>", _ANYWHERE.sub(r"\\\g<0>", one_line(text)))
    return _AT_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", line)


def as_code(text: str) -> str:
    """The text with its line breaks, as a block of code, in which nothing is markup."""
    shown = visible(text)
    fence = "`" * max(3, 1 + max((len(run) for run in _FENCE.findall(shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}"
