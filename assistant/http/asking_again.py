"""Asking the standing questions again while the server goes on with everything else."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from assistant.answering.assistant import Assistant
from assistant.memory.asking_again import AskedAgain, ask_again

__all__ = ["AskingAgain"]

_log = logging.getLogger(__name__)


class AskingAgain:
    """A thread that asks one standing question after the other when the articles have changed.

    Args:
        assistant: who answers; it stays the caller's.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._stopped = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dateline-watch")

    def start(self) -> None:
        """Ask those again that were not asked of the articles as they are now, after those that are asked already."""
        self._thread.submit(ask_again, self._assistant, stop=self._stopped.is_set).add_done_callback(_report)

    def close(self) -> None:
        """Wait for the question that is being asked; the next start of a server, or of indexing, goes on from there."""
        self._stopped.set()
        self._thread.shutdown(wait=True, cancel_futures=True)


def _report(done: Future[AskedAgain]) -> None:
    """Say in the log what failed: nobody waits for it here."""
    if done.cancelled():
        return
    if (error := done.exception()) is not None:
        _log.error("the standing questions were not asked again", exc_info=error)
        return
    for number, reason in done.result().failed:
        _log.error("the standing question %d was not answered again: %s", number, reason)
