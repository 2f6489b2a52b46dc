"""Conversations as files, from the chat and from the command line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.memory import Conversation, Feedback, Library


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
