"""A conversation as one HTML file to read, to send and to print: no script, nothing fetched, all text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation, Figure, Statement
from assistant.memory.conversation import Conversation, Library, SourceNow, Turn, sources_now
from assistant.memory.export import cited_articles
from assistant.visible import visible
from assistant.wording import CLOSEST, figure_row, notice_line, read_as, verdict
from index import Article
from index.files.fields import without_credentials


def safe_url(url: str | None) -> str | None:
    """The address of the original if a browser may be sent there: http or https, with a host, without a password."""
    if url is None:
        return None
    url = without_credentials(url)
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    clean = url.strip()
    usable = parts.scheme.lower() in ("http", "https") and host and clean.isprintable() and " " not in clean
    return clean if usable else None


_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2.5rem auto; padding: 0 1rem; font: 1rem/1.55 Georgia, "Times New Roman", serif; }
h1, h2 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.2rem; margin-top: 2.5rem; break-after: avoid; }
p, blockquote, li { overflow-wrap: anywhere; }
.beside { font: .85rem/1.5 system-ui, sans-serif; color: GrayText; color: color-mix(in srgb, CanvasText 70%, Canvas); }
mark { background: none; color: inherit; font-weight: bold; }
sup { line-height: 0; }
ol { list-style: none; padding: 0; }
li { break-inside: avoid; }
li:target { outline: 2px solid; outline-offset: 4px; }
blockquote { margin: .25rem 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid; }
td { padding-inline-end: 1rem; vertical-align: top; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } a { color: inherit; text-decoration: none; } }
"""
# The policy lets a browser run and fetch nothing, whatever the text may bring.
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>"""
_FOOT = """</main>
</body>
</html>
"""


def as_html(conversation: Conversation, library: Library | None = None, *, articles: bool = False) -> str:
    """The conversation as a whole HTML document; arguments and errors as `assistant.memory.as_document`.

    A marker leads to its source below the answer. What a terminal would obey or nobody could see is spelled out, as in
    the other forms.
    """
    parts = [_HEAD.format(title=_text(conversation.title), style=_STYLE)]
    parts.append(f'<h1 dir="auto">{_text(conversation.title)}</h1>')
    for turn in conversation.turns:
        parts += _turn(turn, {} if library is None else sources_now(turn.answer, library))
    if articles and library is not None:
        parts += map(_article, cited_articles(conversation, library))
    return "\n".join([*parts, _FOOT])


def _turn(turn: Turn, now: dict[int, SourceNow]) -> Iterator[str]:
    answer = turn.answer
    yield f'<section>\n<h2 dir="auto">{_text(answer.question)}</h2>'
    yield f'<p class="beside">{turn.asked_at:%Y-%m-%d %H:%M} UTC</p>'
    if (taken := read_as(answer)) is not None:
        yield f'<p class="beside">{taken[0].capitalize()}: <bdi>{_text(taken[1])}</bdi></p>'
    if turn.among is not None:
        yield f'<p class="beside" dir="auto">Asked only of: {_text(turn.among.in_words)}</p>'
    if (line := verdict(answer)) is not None:
        yield f'<p dir="auto"><strong>{_text(line)}</strong></p>'
    if answer.closest:
        yield f"<p>{CLOSEST}</p>"
    for statement in answer.statements:
        yield f'<p dir="auto">{_statement(statement)}{_markers(statement, turn.number)}</p>'
    if answer.figures:
        yield f"<table>{''.join(map(_figure, answer.figures))}</table>"
    for notice in answer.notices:
        yield f'<p dir="auto"><strong>{_text(notice_line(notice))}</strong></p>'
    if answer.note:
        yield f'<p class="beside">{_text(answer.note)}</p>'
    yield from _sources(answer, turn.number, now)
    yield "</section>"


def _statement(statement: Statement) -> str:
    """The text, with the short answer marked."""
    text = statement.text
    if statement.span is None:
        return _text(text)
    start, end = statement.span
    return f"{_text(text[:start])}<mark>{_text(text[start:end])}</mark>{_text(text[end:])}"


def _figure(figure: Figure) -> str:
    cells = "".join(f'<td dir="auto">{_text(cell)}</td>' for cell in figure_row(figure))
    return f"<tr>{cells}</tr>"


def _markers(statement: Statement, turn: int) -> str:
    return "".join(f'<sup><a href="#{_anchor(turn, marker)}">[{marker}]</a></sup>' for marker in statement.citations)


def _sources(answer: Answer, turn: int, now: dict[int, SourceNow]) -> Iterator[str]:
    cited = (*answer.citations, *answer.closest)
    if not cited:
        return
    yield "<ol>"
    for citation in cited:
        yield f'<li id="{_anchor(turn, citation.marker)}">{_source(citation, now.get(citation.marker))}</li>'
    yield "</ol>"


def _source(citation: Citation, now: SourceNow | None) -> str:
    parts = [_text(part) for part in (citation.title, citation.source, citation.date) if part and part.strip()]
    if citation.url and citation.url.strip():
        parts.append(_address(citation.url))
    remark = f'<p class="beside">{_text(now.remark)}</p>' if now is not None and now.remark is not None else ""
    return (
        f'<span class="beside" dir="auto">[{citation.marker}] {" · ".join(parts)}</span>'
        f'<blockquote dir="auto">{_text(citation.sentence)}</blockquote>{remark}'
    )


def _article(article: Article) -> str:
    day = article.date.isoformat() if article.date else None
    origin = [_text(part) for part in (article.source, day) if part and part.strip()]
    if article.url and article.url.strip():
        origin.append(_address(article.url))
    return (
        f'<section>\n<h2 dir="auto">Article: {_text(article.title)}</h2>\n'
        f'<p class="beside">{" · ".join(origin)}</p>\n'
        # The parser drops a line break that follows <pre> directly.
        f'<pre dir="auto">\n{_text(article.text)}</pre>\n</section>'
    )


def _address(url: str) -> str:
    """An address as it stands, as a link only if a browser may be sent there."""
    safe = safe_url(url)
    return _text(url) if safe is None else f'<a href="{_text(safe)}" rel="noopener noreferrer">{_text(url)}</a>'


def _anchor(turn: int, marker: int) -> str:
    return f"source-{turn}-{marker}"


def _text(text: str) -> str:
    return escape(visible(text), quote=True)
