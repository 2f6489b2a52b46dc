"""What is said in the chat, as HTML in which no text of an article or of a user is markup.

Gradio's Chatbot reads a message as Markdown with HTML, then removes what could run. Nothing here relies on that: every
message is one HTML block on one line, in which Markdown has no say, and in every text all ASCII punctuation is written
as character references, which neither Markdown, a math renderer nor HTML reads as anything but the character itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation, Statement

__all__ = [
    "REFUSAL",
    "answer_html",
    "displayable",
    "error_html",
    "escape_text",
    "message_html",
    "question_html",
    "source_line",
    "welcome_html",
]

REFUSAL = "The articles do not say."

_CLOSEST = "The closest sentences, which may not answer it:"
_NOTHING_CLOSE = "No sentence comes close."
_SHOWN = 400
"""Characters of a question that was too long to be asked, shown so that the user knows which one it was."""

# The other control characters have no character reference that stands for themselves, and mean nothing as they are.
_ACTIVE = re.compile(r"[\t\n\f\r!-/:-@\[-`{-~]")


def displayable(text: str) -> str:
    """The text without what no page can hold: NUL and lone surrogates become U+FFFD, everything else stays."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escape_text(text: str) -> str:
    """The text as HTML, and as Markdown, that shows exactly this text."""
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", displayable(text))


def source_line(citation: Citation) -> str:
    """Title, source and date of a citation's article, as one line."""
    parts = (citation.title, citation.source, citation.date)
    return " · ".join(" ".join(part.split()) for part in parts if part and part.strip())


def message_html(kind: str, inner: str) -> str:
    """One message: HTML that was made here, as one block that Markdown leaves alone."""
    return f'<div class="dl-message dl-{kind}">{inner}</div>'


def question_html(question: str) -> str:
    """A question, as it was typed; cut where it is far too long to be one."""
    shown = question if len(question) <= 2_000 else question[:_SHOWN] + " …"
    return message_html("question", f'<p class="dl-verbatim">{escape_text(shown)}</p>')


def error_html(message: str) -> str:
    """An error, as one readable line."""
    line = " ".join(message.split())
    return message_html("error", f"<p>{escape_text(line[:1].upper() + line[1:])}</p>")


def welcome_html(articles: int) -> str:
    """What stands in the chat before the first question."""
    if articles == 0:
        held = "No article is indexed yet; add some with <code>dateline index</code>."
    else:
        held = f"{articles:,} {'article is' if articles == 1 else 'articles are'} indexed."
    return message_html(
        "welcome",
        f"<h2>Ask the articles</h2><p>{held} Every answer is a sentence from the articles, with a link to its place in "
        "them. Where they do not say, Dateline says so.</p>",
    )


def answer_html(answer: Answer, turn: int) -> str:
    """An answer with its citations and sources, or a refusal with the closest sentences.

    Args:
        answer: what is shown.
        turn: the number of the turn in its conversation; it makes the links of each turn distinct.
    """
    if answer.status == "not_in_corpus":
        return message_html("refusal", _refusal(answer.closest, turn))
    statements = "".join(_statement(statement, turn) for statement in answer.statements)
    return message_html("answer", statements + _sources(answer.citations, turn))


def _statement(statement: Statement, turn: int) -> str:
    start, end = statement.span or (0, 0)
    text = escape_text(statement.text[:start])
    if end > start:
        text += f'<strong class="dl-short">{escape_text(statement.text[start:end])}</strong>'
    text += escape_text(statement.text[end:])
    links = "".join(_marker(marker, turn) for marker in statement.citations)
    return f'<p class="dl-statement"><span class="dl-verbatim">{text}</span>&nbsp;{links}</p>'


def _refusal(closest: Sequence[Citation], turn: int) -> str:
    said = f'<p class="dl-verdict">{REFUSAL}</p>'
    if not closest:
        return f'{said}<p class="dl-note">{_NOTHING_CLOSE}</p>'
    items = "".join(
        f'<li><p><span class="dl-verbatim">{escape_text(citation.sentence)}</span>&nbsp;'
        f'{_marker(citation.marker, turn)}</p><p class="dl-origin">{escape_text(source_line(citation))}</p></li>'
        for citation in closest
    )
    return f'{said}<p class="dl-note">{_CLOSEST}</p><ul class="dl-closest">{items}</ul>'


def _marker(marker: int, turn: int) -> str:
    return f'<a class="dl-cite" href="#cite-{turn}-{marker}"><span class="dl-unseen">Source </span>[{marker}]</a>'


def _sources(citations: Iterable[Citation], turn: int) -> str:
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    items = "".join(
        f'<li><a class="dl-source" href="#cite-{turn}-{cited[0].marker}"><span class="dl-number">'
        f"{', '.join(str(c.marker) for c in cited)}</span> <bdi>{escape_text(source_line(cited[0]))}</bdi></a></li>"
        for cited in by_article.values()
    )
    return f'<ul class="dl-sources">{items}</ul>' if items else ""
