"""A conversation as one HTML file to read, to send and to print: no script, nothing fetched, all text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from assistant import wording
from assistant.memory.conversation import Conversation, Library, sources_now
from assistant.memory.export import cited_articles
from assistant.visible import visible
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


def as_html(conversation: Conversation, library: Library | None = None, *, articles: bool = False) -> str:
    """The conversation as a whole HTML document; arguments and errors as `assistant.memory.as_document`.

    A marker leads to its source below the answer. What a terminal would obey or nobody could see is spelled out, as in
    the other forms.
    """
    return (
        _environment()
        .get_template("conversation.html")
        .render(
            title=conversation.title,
            turns=[(turn, {} if library is None else sources_now(turn.answer, library)) for turn in conversation.turns],
            articles=cited_articles(conversation, library) if articles and library is not None else [],
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    made.globals |= {"wording": wording, "safe_url": safe_url}
    return made
