"""What standing questions are answered, as an Atom feed (RFC 4287). Text of articles is text in it and nothing else."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

from assistant.memory import WatchedAnswer, headline
from assistant.memory.conversation import written
from assistant.visible import one_line
from assistant.wording import figure_row, notice_line, verdict

MEDIA_TYPE = "application/atom+xml"
"""The media type."""

_NEVER = "1970-01-01T00:00:00Z"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")  # besides what `one_line` spells out


def atom(news: Sequence[WatchedAnswer], address: str) -> bytes:
    """The feed.

    Args:
        address: of the server, as whoever asks has it, without a slash at its end: `http://127.0.0.1:7860`.
    """
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(feed, "id", f"{address}/api/watches/feed")
    _add(feed, "title", "Dateline: questions that you follow")
    _add(feed, "updated", written(news[0].since) if news else _NEVER)
    _add(ET.SubElement(feed, "author"), "name", "Dateline")
    ET.SubElement(feed, "link", rel="self", href=f"{address}/api/watches/feed", type=MEDIA_TYPE)
    ET.SubElement(feed, "link", rel="alternate", href=f"{address}/", type="text/html")
    for each in news:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", _id(each))
        _add(entry, "title", f"{each.watch.question} {headline(each.answer)}")
        _add(entry, "updated", written(each.since))
        ET.SubElement(entry, "link", rel="alternate", href=f"{address}{_page(each)}", type="text/html")
        _add(entry, "content", *_lines(each)).set("type", "text")
    written_out: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written_out


def _add(parent: ET.Element, tag: str, *lines: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = "\n".join(_NOT_IN_XML.sub("\ufffd", one_line(line)) for line in lines)
    return element


def _id(watched: WatchedAnswer) -> str:
    """The same for the same answer, whatever address the server has, and never another one's."""
    watch = watched.watch
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{watch.id} {written(watch.begun_at)} {watched.number}").urn


def _page(watched: WatchedAnswer) -> str:
    """Where the page shows the sentence that is cited first; of a refusal, the page."""
    for citation in watched.answer.citations:
        return f"/articles/{quote(citation.article_id, safe='', errors='replace')}#{citation.start}-{citation.end}"
    return "/"


def _lines(watched: WatchedAnswer) -> Iterator[str]:
    """What an entry says: the answer, its figures and notices, its sources."""
    answer = watched.answer
    if (line := verdict(answer)) is not None:
        yield line
    for statement in answer.statements:
        yield f"{statement.text} {''.join(f'[{marker}]' for marker in statement.citations)}"
    for figure in answer.figures:
        yield " · ".join(filter(None, figure_row(figure)))
    yield from map(notice_line, answer.notices)
    for citation in answer.citations:
        parts = (citation.title, citation.source, citation.date, citation.url)
        yield f"[{citation.marker}] {' · '.join(filter(None, parts))}"
