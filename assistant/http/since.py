"""What became of the articles that kept conversations cite, looked up once for the articles as they are."""

from __future__ import annotations

import datetime as dt
import threading

from assistant.answer import Notice
from assistant.answering.assistant import Assistant
from assistant.memory import Conversation, Conversations
from assistant.memory.since import notices_since

_LOOKED_THROUGH = 50  # conversations; a turn takes some 15 ms, once


class SourcesSince:
    """Safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._revision = -1
        self._known: dict[tuple[int | None, int, dt.datetime], list[Notice]] = {}

    def notices(self, conversation: Conversation) -> list[list[Notice]]:
        """What there is to know of the citations of each turn that its answer did not say itself.

        Raises:
            StoreError: the articles cannot be read.
        """
        record = self._assistant.record
        with self._lock:
            if self._revision != record.revision:
                self._revision, self._known = record.revision, {}
            known = self._known
        for turn in conversation.turns:
            key = (conversation.id, turn.number, turn.asked_at)
            if key not in known:
                known[key] = notices_since(turn.answer, record)
        return [known[conversation.id, turn.number, turn.asked_at] for turn in conversation.turns]

    def changed(self, kept: Conversations) -> set[int]:
        """The numbers of the latest conversations of which there is something to know.

        Raises:
            StoreError: the articles or the conversations cannot be read.
        """
        latest = [overview.id for overview in kept.overviews(_LOOKED_THROUGH)]
        return {number for number in latest if any(self.notices(kept.get(number)))}
