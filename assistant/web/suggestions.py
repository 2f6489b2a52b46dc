"""Questions to begin with: taken from the indexed articles, and asked first, so that each has an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import islice

from assistant.answering.assistant import Assistant
from assistant.web.questions import candidates

__all__ = ["Suggestions"]

_SHOWN = 3
_ASKED = 12
_ARTICLES = 40


class Suggestions:
    """Questions to begin with, for the articles as they are now. Safe to share between threads.

    Args:
        assistant: whom they are asked.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._made: tuple[int, tuple[str, ...]] | None = None

    def current(self) -> tuple[str, ...]:
        """Up to three questions; fewer, or none, where the articles suggest none that they answer.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._lock:
            revision = self._assistant.record.revision
            if self._made is None or self._made[0] != revision:
                self._made = (revision, tuple(islice(self._answered(), _SHOWN)))
            return self._made[1]

    def _answered(self) -> Iterator[str]:
        articles = islice(self._assistant.record.articles(), _ARTICLES)
        # The first question of each article before the second of any: three questions, three articles where possible.
        queues = [candidates(article) for article in articles]
        offered: dict[str, None] = {}
        for _ in range(_ASKED):
            offered |= dict.fromkeys(question for queue in queues for question in islice(queue, 1))
        for question in islice(offered, _ASKED):
            if self._assistant.ask(question).is_sure:
                yield question
