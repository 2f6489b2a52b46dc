"""What `/sources` and the other commands of the chat do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.cli.views import Format, exported, format_of, show_context, show_list, show_sources, write_new
from assistant.memory import Conversation, Kind
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.cli.chat import Chat

_LISTED = 20
"""Conversations that `/list` names."""


class EndOfChat(Exception):  # noqa: N818  it is no error
    """The user wants to end the chat."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the chat.

    Attributes:
        do: does it, given the chat and what was typed after its name.
    """

    usage: str
    help: str
    do: Callable[[Chat, str], None]


def command_named(name: str) -> Command:
    """The command with this name, such as `/sources`.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if name in COMMANDS:
        return COMMANDS[name]
    near = get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"there is no command {name[:40]}; {hint}/help names those that there are.")


def _sources(chat: Chat, _argument: str) -> None:
    show_sources(chat.printer, _last_answer(chat), chat.assistant)


def _source(chat: Chat, argument: str) -> None:
    answer = _last_answer(chat)
    citations = {citation.marker: citation for citation in (*answer.citations, *answer.closest)}
    number = _number(argument.strip("[]")) if argument else min(citations, default=None)
    if number is None or number not in citations:
        known = ", ".join(map(str, citations)) or "none"
        raise UsageError(f"name a source of the last answer, as in /source 1; it has {known}.")
    show_context(chat.printer, citations[number], chat.assistant)


def _alone(chat: Chat, _argument: str) -> None:
    chat.ask(_last_answer(chat).question, alone=True)


def _new(chat: Chat, _argument: str) -> None:
    chat.conversation = Conversation()
    chat.printer.small("A new conversation.")


def _list(chat: Chat, _argument: str) -> None:
    overviews = chat.kept.overviews(_LISTED)
    if not overviews:
        chat.printer.small("No conversation is kept yet.")
    show_list(chat.printer, overviews, chat.conversation.id)


def _continue(chat: Chat, argument: str) -> None:
    number = _number(argument)
    if number is None:
        raise UsageError("name the conversation by its number, as in /continue 3; /list names them.")
    chat.conversation = chat.kept.get(number)
    chat.recall()


def _export(chat: Chat, argument: str) -> None:
    if not chat.conversation.turns:
        raise UsageError("there is nothing to export yet; ask something first.")
    if not argument:
        chat.printer.text(exported(chat.conversation, Format.MARKDOWN, chat.assistant).rstrip("\n"))
        return
    path = Path(argument).expanduser() if argument.startswith("~/") else Path(argument)
    number = chat.conversation.id
    feedback = chat.kept.feedback(number) if number is not None and chat.is_kept else None
    write_new(path, exported(chat.conversation, format_of(path), chat.assistant, feedback))
    chat.printer.small(f"Exported to {path}.")


def _good(chat: Chat, argument: str) -> None:
    _judge(chat, "up", argument)


def _bad(chat: Chat, argument: str) -> None:
    _judge(chat, "down", argument)


def _wrong(chat: Chat, argument: str) -> None:
    named, _, note = argument.partition(" ")
    marker = _number(named.strip("[]"))
    if marker is None:
        raise UsageError("name the citation that is wrong, as in /wrong 1, and if you like say why after it.")
    _judge(chat, "wrong_citation", note, marker)


def _judge(chat: Chat, kind: Kind, note: str, marker: int | None = None) -> None:
    _last_answer(chat)
    if chat.conversation.id is None or not chat.is_kept:
        raise UsageError("this conversation is not kept, so what you think of it is not either.")
    chat.kept.give_feedback(chat.conversation.id, chat.conversation.turns[-1].number, kind, marker, note.strip())
    chat.printer.small("Noted; `dateline eval from-feedback` makes a question set of it.")


def _help(chat: Chat, _argument: str) -> None:
    width = max(len(command.usage) for command in COMMANDS.values())
    for command in COMMANDS.values():
        chat.printer.line(command.help, f"{command.usage:<{width}}  ")


def _quit(_chat: Chat, _argument: str) -> None:
    raise EndOfChat


def _last_answer(chat: Chat) -> Answer:
    if not chat.conversation.turns:
        raise UsageError("there is no answer yet; ask something first.")
    return chat.conversation.turns[-1].answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


COMMANDS = {
    "/sources": Command("/sources", "the sources of the last answer in full", _sources),
    "/source": Command("/source N", "a source of the last answer, with the sentences around it", _source),
    "/alone": Command("/alone", "ask the last question again by itself, not as a follow-up", _alone),
    "/good": Command("/good [WHY]", "the last answer was right", _good),
    "/bad": Command("/bad [WHY]", "the last answer was wrong", _bad),
    "/wrong": Command("/wrong N [WHY]", "source N of the last answer does not say it", _wrong),
    "/new": Command("/new", "begin a new conversation", _new),
    "/list": Command("/list", f"the last {_LISTED} conversations", _list),
    "/continue": Command("/continue N", "go on with conversation N", _continue),
    "/export": Command(
        "/export [FILE]", "this conversation as FILE (.md, .html or .json), or shown as Markdown", _export
    ),
    "/help": Command("/help", "these commands", _help),
    "/quit": Command("/quit", "end the chat, as Ctrl-D does", _quit),
}
