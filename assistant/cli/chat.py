"""What is typed into the chat, line by line: at a prompt with arrow keys on a terminal, as it comes elsewhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress

from assistant.answer import Answer, Statement
from assistant.answering.assistant import Assistant
from assistant.cli.chat_commands import EndOfChat, command_named
from assistant.cli.terminal import Printer
from assistant.cli.views import show_read_as, show_turn
from assistant.memory import Conversation, Conversations, ConversationsError, NoConversationError
from assistant.visible import one_line
from index.errors import DatelineError, UsageError
from index.language.numerals import counted

_PROMPT = "\n> "


def typed_lines(earlier: Iterable[str] = ()) -> Iterator[str]:
    """The lines of stdin that are not blank, until it ends; on a terminal, Ctrl-C clears the line.

    Args:
        earlier: what arrow keys bring back, oldest first, where the system has readline.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text is no reason to end the conversation
    lines = _at_prompt(earlier) if sys.stdin.isatty() else sys.stdin
    for line in lines:
        if line.strip():
            yield line.strip()


def _at_prompt(earlier: Iterable[str]) -> Iterator[str]:
    _remember(earlier)
    while True:
        try:
            yield input(_PROMPT)
        except KeyboardInterrupt:
            sys.stdout.write("\n(Ctrl-D or /quit ends the chat)\n")
        except EOFError:
            sys.stdout.write("\n")
            return


def _remember(earlier: Iterable[str]) -> None:
    try:
        import readline
    except ImportError:  # not everywhere
        return
    for line in earlier:
        with suppress(UnicodeEncodeError):  # what this terminal cannot show cannot be brought back
            readline.add_history(one_line(line))


class Chat:
    """A conversation in the terminal: what `assistant.cli.chat_commands` acts on."""

    def __init__(
        self,
        assistant: Assistant,
        printer: Printer,
        kept: Conversations,
        conversation: Conversation,
        *,
        keep: bool = True,
        as_of: str | None = None,
    ) -> None:
        self.assistant = assistant
        self.printer = printer
        self.kept = kept
        self.conversation = conversation
        self._keep = keep
        self._as_of = as_of
        self._terminal = sys.stdin.isatty()

    def run(self) -> None:
        """Answer each line of stdin, or do what it commands, until it ends or one is `/quit`.

        Raises:
            DatelineError: stdin is no terminal, and what failed was more than one question or command.
            KeyboardInterrupt: stdin is no terminal.
        """
        earlier = self._earlier_questions() if self._terminal else []
        if self._terminal:
            self.printer.line("Ask about the articles. /help names the commands; Ctrl-D ends the chat.")
        self.recall()
        for line in typed_lines(earlier):
            try:
                if line.startswith("/"):
                    name, _, argument = line.partition(" ")
                    command_named(name).do(self, argument.strip())
                else:
                    self.ask(line)
            except EndOfChat:
                return
            except KeyboardInterrupt:
                if not self._terminal:
                    raise
                self.printer.small("(stopped)", "\n")
            except DatelineError as error:
                if not self._terminal and not isinstance(error, UsageError):
                    raise
                self.printer.error(str(error))

    @property
    def is_kept(self) -> bool:
        """Whether the conversation stands in the file of the home folder as it stands here."""
        return self._keep and self.conversation.id is not None

    def recall(self) -> None:
        """Show where the conversation stands, if it has begun."""
        if self.conversation.turns:
            count = counted(len(self.conversation.turns), "question")
            self.printer.small(f"Going on with {self.conversation.id}: {self.conversation.title} ({count}); the last:")
            show_turn(self.printer, self.conversation.turns[-1], self.assistant)

    def ask(self, question: str, *, alone: bool = False) -> None:
        """Answer a question, as one more turn; `alone`, without what was said before it."""
        if alone or not self._terminal:  # what was typed at a prompt is there to be read already
            self.printer.line(question, "\n> ")
        answer, is_begun = None, False
        events = self.assistant.stream(question, () if alone else self.conversation.earlier(), as_of=self._as_of)
        try:
            for event in events:
                if isinstance(event, Statement):
                    self.printer.statement(event)
                    is_begun = True
                elif isinstance(event, Answer):
                    answer = event
        finally:
            if isinstance(events, Generator):
                events.close()  # a Writer that is stopped stops writing
        if answer is not None:
            show_read_as(self.printer, answer)
            if is_begun:
                self.printer.footnotes(answer)
            else:
                self.printer.answer(answer)
            self._add(answer)

    def _add(self, answer: Answer) -> None:
        """Add the answer to the conversation, and keep it; if it cannot be kept, the conversation goes on."""
        if self._keep:
            try:
                self.conversation = self._appended(answer)
            except ConversationsError as error:
                self._keep_no_more(error)
            else:
                return
        self.conversation = self.conversation.with_turn(answer)

    def _appended(self, answer: Answer) -> Conversation:
        try:
            return self.kept.append(self.conversation, answer)
        except NoConversationError:
            self.printer.error("this conversation was deleted meanwhile; it goes on as a new one.")
            return self.kept.append(Conversation(), answer)

    def _earlier_questions(self) -> list[str]:
        if not self._keep:
            return []
        try:
            return self.kept.questions()
        except ConversationsError as error:
            self._keep_no_more(error)
            return []

    def _keep_no_more(self, error: ConversationsError) -> None:
        self._keep = False
        self.printer.error(f"{error} From here on this conversation is not kept.")
