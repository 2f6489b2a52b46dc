"""Mails: .eml, the messages of an .mbox, and .mhtml, the pages that browsers save as mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from index.errors import ArticleError, ArticleNote
from index.files.archives import Budget, Member
from index.files.encoding import decode_page, decoded, with_headers
from index.files.fields import ENOUGH_LETTERS, Item, body_start, default_id, letters, make_article
from index.files.newsletters import Section, sections_of_html, sections_of_text

_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]*\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_PART = re.compile(rb"\bboundary=", re.IGNORECASE)
_MOST_PARTS = 100  # that have parts themselves: reading them takes a time that grows with the square of that


def read_mail(path: Path, data: bytes) -> Iterator[Item]:
    """The article of a mail, from its text, or else its HTML; of a newsletter with headings each section.

    Title is the subject (of a section its heading), the day that of `Date` as it is written there, source who it is
    from. Ids are `Message-ID`, of sections with their number. What newsletters say of themselves is left out.

    Raises:
        ArticleError: it is no mail, or has no text.
    """
    message = _parsed(path, data)
    if not any(message.get(name) for name in ("From", "Date", "Subject", "Message-ID")):
        raise ArticleError(
            str(path), "is no e-mail, whatever its name says: it has neither subject nor sender nor date."
        )
    sections = _sections(path, message)
    identity = _header(message, "Message-ID").strip("<> ")
    subject = _header(message, "Subject")
    fields: dict[str, object] = {"date": _header(message, "Date"), "source": _sender(message), "id": identity}
    fields["url"] = _header(message, "Archived-At").strip("<> ") or None
    brief = []
    several = len(sections) > 1
    for number, section in enumerate(sections):
        text = section.text.strip()
        enough = letters(text) - letters(section.heading or "") >= ENOUGH_LETTERS
        if several and not enough:
            brief += [section.heading] if section.heading else []
            continue
        title = section.heading or subject
        part = f"#{number}" if several else ""
        given = {**fields, "title": title, "id": identity and f"{identity}{part}"}
        body = body_start(text, title)
        yield from make_article(str(path), text, given, body=body, default_id=default_id(path), path=path, part=part)
    if brief:
        yield ArticleNote(str(path), f"sections with next to no text are not read: {', '.join(brief)[:200]}.")
    if attached := [name for name in map(_attached, message.walk()) if name]:
        yield ArticleNote(str(path), f"attachments are not read: {', '.join(attached)[:200]}; save them beside it.")


def mbox_members(path: Path, data: bytes, budget: Budget) -> Iterator[Member | ArticleError]:
    """The messages of an mbox, one after the other.

    Raises:
        ArticleError: it does not begin as one does.
    """
    begins = list(_BEGIN.finditer(data))
    if not begins or data[: begins[0].start()].strip():
        raise ArticleError(str(path), "is no mailbox (its first line is not of the form `From ...`); export it again.")
    for number, begin in enumerate(begins, start=1):
        end = begins[number].start() if number < len(begins) else len(data)
        message = _QUOTED.sub(rb"\1", data[begin.end() : end])
        budget.take(len(message))
        yield Member(f"message-{number}.eml", message)


def mhtml_members(path: Path, data: bytes, budget: Budget) -> Iterator[Member | ArticleError]:
    """The page that a browser saved as .mhtml, under the address that it was saved from.

    Raises:
        ArticleError: there is no page in it.
    """
    message = _parsed(path, data)
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ArticleError(str(path), "holds no page; save it again.")
    start = message.get_param("start") or ""
    page = next((part for part in pages if start and part.get("Content-ID") == start), pages[0])
    url = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    payload = page.get_payload(decode=True)
    data = with_headers(
        payload if isinstance(payload, bytes) else b"",
        url if url.startswith(("http://", "https://")) else None,
        page.get_content_charset(),
    )
    budget.take(len(data))
    yield Member(f"{path.stem}.html", data)


def _parsed(path: Path, data: bytes) -> EmailMessage:
    from email import message_from_bytes, policy
    from email.errors import MessageError

    if len(_PART.findall(data)) > _MOST_PARTS:
        raise ArticleError(
            str(path), f"has more than {_MOST_PARTS} parts in parts, which is no e-mail that people write."
        )
    try:
        return message_from_bytes(data, policy=policy.default)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise ArticleError(str(path), f"is no whole e-mail ({type(error).__name__}); save it again.") from None


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a mail that are shown as it, in their order: not attachments, nor mails in it."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" or part.is_attachment():
            continue
        if part.is_multipart():
            waiting[:0] = [inner for inner in part.get_payload() if isinstance(inner, EmailMessage)]
        else:
            yield part


def _sections(path: Path, message: EmailMessage) -> list[Section]:
    """The sections of its plain text; of its HTML, where the text only says that there is HTML."""
    parts = list(_parts(message))
    plain, html = (
        "\n\n".join(filter(str.strip, (_text(path, part) for part in parts if part.get_content_type() == kind)))
        for kind in ("text/plain", "text/html")
    )
    if plain and (letters(plain) >= ENOUGH_LETTERS or not html):
        return sections_of_text(plain)
    if html:
        return sections_of_html(html)
    raise ArticleError(str(path), "is an e-mail without text; if it is in a picture or a file, save that beside it.")


def _text(path: Path, part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_type() == "text/html":
        return decode_page(path, with_headers(data, None, part.get_content_charset()))
    text = None
    try:
        text = data.decode(part.get_content_charset("utf-8"))
    except (UnicodeDecodeError, LookupError):
        text = decoded(data)
    if text is None:
        raise ArticleError(str(path), "is in an encoding that cannot be told; save its text as UTF-8.")
    return text.replace("\r\n", "\n").replace("\0", "")


def _header(message: EmailMessage, name: str) -> str:
    """The text of a header; none where it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""  # what the library's own parser of headers fails on


def _sender(message: EmailMessage) -> str | None:
    from email.utils import parseaddr

    name, _ = parseaddr(_header(message, "From"))
    return name or None


def _attached(part: object) -> str | None:
    if not isinstance(part, EmailMessage) or not part.is_attachment():
        return None
    return " ".join((part.get_filename() or part.get_content_type()).split())[:80]
