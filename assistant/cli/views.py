"""Conversations and sources as the terminal shows them, and conversations as files."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.terminal import Printer, source_line
from assistant.wording import read_as
from index.errors import UsageError
from index.language.numerals import counted

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from assistant.memory import Conversation, Feedback, Found, Library, Overview, SourceNow, Turn


_AROUND = 2
"""Sentences before and after a cited one that are shown with it."""


def show_list(printer: Printer, overviews: Iterable[Overview], current: int | None = None) -> None:
    """Conversations, one a line; the current one is marked."""
    for each in overviews:
        mark = "*" if each.id == current else " "
        printer.line(
            f"{each.title} ({counted(each.questions, 'question')})",
            f"{mark}{each.id:>4}  {each.changed_at:%Y-%m-%d %H:%M}  ",
        )


def show_found(printer: Printer, found: Iterable[Found]) -> None:
    """Conversations that a search found, each with what it says."""
    for each in found:
        show_list(printer, [each])
        if each.excerpt:
            printer.small(f"{each.turn}. {each.excerpt}", " " * 7)


def show_conversation(
    printer: Printer, conversation: Conversation, library: Library | None, feedback: dict[int, list[Feedback]]
) -> None:
    """A whole conversation. Without a library nothing is said of what became of its sources."""
    printer.strong(conversation.title)
    for turn in conversation.turns:
        show_turn(printer, turn, library)
        for each in feedback.get(turn.number, []):
            printer.small(f"({each.remark})")


def show_turn(printer: Printer, turn: Turn, library: Library | None) -> None:
    """A question with its answer, and what became of the sources since."""
    printer.line("")
    printer.line(turn.answer.question, "> ")
    show_read_as(printer, turn.answer)
    if turn.among is not None:
        printer.small(f"(asked only of: {turn.among.in_words})")
    printer.line("")
    printer.answer(turn.answer)
    for citation, now in _looked_up(turn.answer, library):
        if now is not None and now.remark is not None:
            printer.small(f"[{citation.marker}] {now.remark}")


def show_read_as(printer: Printer, answer: Answer) -> None:
    """How the question was taken, if it was not read by itself."""
    taken = read_as(answer)
    if taken is not None:
        printer.small(f"({taken[0]}: {taken[1]})")


def show_sources(printer: Printer, answer: Answer, library: Library) -> None:
    """The sources of an answer in full, or the closest sentences of a refusal."""
    for citation, now in _looked_up(answer, library):
        printer.line(f"[{citation.marker}] {source_line(citation)}")
        printer.line(citation.sentence, " " * 4)
        if now is not None and now.remark is not None:
            printer.small(now.remark, " " * 4)


def show_context(printer: Printer, citation: Citation, library: Library) -> None:
    """A cited sentence, marked, among its neighbours in the article; or what became of the article."""
    from assistant.memory import source_now

    now = source_now(citation, library)
    article = library.article(citation.article_id)
    printer.small(f"[{citation.marker}] {source_line(citation)}")
    if now.remark is not None:
        printer.small(now.remark)
    printer.line("")
    if article is None or now.start is None or now.end is None:
        printer.line(citation.sentence, "> ")
        return
    spans = library.sentences(article.id)
    for span in [span for span in spans if span.end <= now.start][-_AROUND:]:
        printer.line(article.text[span.start : span.end], "  ")
    printer.strong(article.text[now.start : now.end], "> ")
    for span in [span for span in spans if span.start >= now.end][:_AROUND]:
        printer.line(article.text[span.start : span.end], "  ")


def _looked_up(answer: Answer, library: Library | None) -> list[tuple[Citation, SourceNow | None]]:
    from assistant.memory import sources_now

    now = {} if library is None else sources_now(answer, library)
    return [(citation, now.get(citation.marker)) for citation in (*answer.citations, *answer.closest)]


class Format(StrEnum):
    """The forms that a conversation is exported in, by the endings of their files."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


def format_of(path: Path) -> Format:
    """The form of a file with this name.

    Raises:
        UsageError: the name ends in none of them.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in list(Format):
        raise UsageError(f"{path}: a conversation is exported as .md, .html or .json; end the name in one of them.")
    return Format(ending)


def exported(
    conversation: Conversation,
    form: Format,
    library: Library | None,
    feedback: dict[int, list[Feedback]] | None = None,
    *,
    articles: bool = False,
) -> str:
    """A conversation as the text of a file; arguments as `assistant.memory.as_document`."""
    from assistant.memory import as_document, as_html, as_json, as_markdown

    if form == Format.JSON:
        return as_json(as_document(conversation, library, feedback=feedback, articles=articles))
    if form == Format.HTML:
        return as_html(conversation, library, articles=articles)
    return as_markdown(conversation, library, articles=articles)


def write_new(path: Path, text: str) -> None:
    """Write a text to a file that is not there yet.

    Raises:
        UsageError: there is something with this name already, or it is no place to write to.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path}: there already; name another file, or remove that one first.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another file.") from None
