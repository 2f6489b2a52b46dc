"""A conversation as one HTML file to print or to send: no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.addresses import safe_url
from assistant.answer import Answer, Citation
from assistant.memory import REFUSAL, Conversation, is_rewritten
from assistant.visible import visible
from assistant.web.inline import displayable

__all__ = ["as_html"]

_STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1f1f1d; }
body { font: 1.0625rem/1.5 Charter, Georgia, serif; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; break-after: avoid; }
p { margin: .5rem 0; overflow-wrap: anywhere; } small { color: #5b5850; }
ol { padding-inline-start: 1.5rem; font-size: .9375rem; } li { break-inside: avoid; margin: .5rem 0; }
blockquote { margin: .25rem 0; padding-inline-start: .75rem; border-inline-start: 3px solid #cdc9be; }
a { color: #0f5e6b; } mark { background: #fff0bf; color: inherit; }
"""


def as_html(conversation: Conversation) -> str:
    """The page. Markers in an answer are links to the sentences that it cites."""
    title = _text(conversation.title)
    turns = "".join(
        f'<section><h2 dir="auto">{_text(turn.answer.question)}</h2>'
        f"<small>{turn.asked_at:%Y-%m-%d %H:%M} UTC</small>{''.join(_answer(turn.answer, turn.number))}</section>"
        for turn in conversation.turns
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f'<body><h1 dir="auto">{title}</h1>{turns}</body></html>\n'
    )


def _answer(answer: Answer, turn: int) -> Iterator[str]:
    if is_rewritten(answer):
        yield f"<p><small>Understood as: {_text(answer.standalone_question)}</small></p>"
    if answer.status == "not_in_corpus":
        closest = " The closest sentences, which may not answer it:" if answer.closest else ""
        yield f"<p><strong>{REFUSAL}</strong>{closest}</p>"
    for statement in answer.statements:
        start, end = statement.span or (0, 0)
        text, markers = statement.text, "".join(f'<a href="#s{turn}-{m}">[{m}]</a>' for m in statement.citations)
        short = f"<mark>{_text(text[start:end])}</mark>" if end > start else ""
        yield f'<p dir="auto">{_text(text[:start])}{short}{_text(text[end:])} {markers}</p>'
    yield f"<ol>{''.join(_source(each, turn) for each in (*answer.citations, *answer.closest))}</ol>"


def _source(citation: Citation, turn: int) -> str:
    parts = [_text(part) for part in (citation.title, citation.source, citation.date) if part and part.strip()]
    url = safe_url(citation.url)
    if url is not None:
        parts.append(f'<a href="{_text(url)}" rel="noreferrer">{_text(url)}</a>')
    return (
        f'<li id="s{turn}-{citation.marker}" value="{citation.marker}"><blockquote dir="auto">'
        f"{_text(citation.sentence)}</blockquote><small>{' · '.join(parts)}</small></li>"
    )


def _text(text: str) -> str:
    return escape(visible(displayable(text)))
