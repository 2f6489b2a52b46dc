"""What a page does with conversations that are kept: list, search, open, name, delete, export, and judge answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from assistant.answering.assistant import Assistant
from assistant.memory import Conversation, Conversations, Kind, as_document, as_html, as_json, as_markdown
from assistant.web.documents import IsMarkdown, conversation_document
from index.errors import UsageError

__all__ = ["Keeping"]

_LISTED = 200
_SEARCH_LENGTH = 200
_NOTE_LENGTH = 1_000
_UNFIT = re.compile(r"[^\w-]+")


class Keeping:
    """The conversations of whoever asks: each method takes the owner first.

    Args:
        assistant: where the conversations' sources are.
        is_markdown: tells which articles are Markdown.

    Raises (all methods):
        NoConversationError: there is no such conversation of this owner.
        ConversationsError: the file cannot be used.
        UsageError: a value cannot be used.
    """

    def __init__(self, assistant: Assistant, is_markdown: IsMarkdown) -> None:
        self._assistant = assistant
        self._is_markdown = is_markdown
        self._formats: dict[str, tuple[str, Callable[[Conversation, Conversations], str]]] = {
            "md": ("text/markdown", lambda conversation, _: as_markdown(conversation, assistant)),
            "json": ("application/json", self._json),
            "html": ("text/html", lambda conversation, _: as_html(conversation, assistant)),
        }

    def conversations(self, owner: str, words: str = "") -> list[dict[str, Any]]:
        """The conversations, the latest first; with words, those that have them, best first."""
        kept = self._of(owner)
        if words.strip():
            return [found.to_dict() for found in kept.search(words[:_SEARCH_LENGTH])]
        return [{**overview.to_dict(), "turn": None, "excerpt": ""} for overview in kept.overviews(_LISTED)]

    def open(self, owner: str, number: int) -> dict[str, Any]:
        """A conversation with all its turns."""
        kept = self._of(owner)
        return conversation_document(kept.get(number), kept.feedback(number), self._is_markdown, self._assistant)

    def rename(self, owner: str, number: int, name: str) -> str:
        """Give a conversation a name; returns its title."""
        kept = self._of(owner)
        kept.rename(number, name)
        return kept.get(number).title

    def delete(self, owner: str, number: int) -> None:
        """Delete a conversation for good."""
        self._of(owner).delete(number)

    def export(self, owner: str, number: int, form: str) -> dict[str, str]:
        """A conversation as a file: its `name`, its media `type`, and its `text`."""
        if form not in self._formats:
            raise UsageError(f"there is no export as {form!r}; choose one of {', '.join(self._formats)}.")
        kept = self._of(owner)
        conversation = kept.get(number)
        media_type, written = self._formats[form]
        stem = _UNFIT.sub("-", conversation.title).strip("-")[:60] or "conversation"
        return {"name": f"{stem}.{form}", "type": media_type, "text": written(conversation, kept)}

    def judge(self, owner: str, number: int, turn: int, kind: str, marker: int | None = None, note: str = "") -> None:
        """Keep what the user thinks of an answer, or of one of its citations."""
        kinds: dict[str, Kind] = {each: each for each in get_args(Kind)}
        if kind not in kinds:
            raise UsageError(f"an answer cannot be judged as {kind!r}; choose one of {', '.join(kinds)}.")
        self._of(owner).give_feedback(number, turn, kinds[kind], marker, note[:_NOTE_LENGTH])

    def _of(self, owner: str) -> Conversations:
        return Conversations(self._assistant.home, owner)

    def _json(self, conversation: Conversation, kept: Conversations) -> str:
        feedback = kept.feedback(conversation.id) if conversation.id is not None else {}
        return as_json(as_document(conversation, self._assistant, feedback=feedback))
