"""Asking the standing questions: once when they are begun, and again after the articles have changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.answering.assistant import Assistant
from assistant.memory.file import NoWatchError
from assistant.memory.watch import WatchedAnswer
from assistant.memory.watches import Watches
from index.errors import DatelineError, NoIndexError
from index.indexing.summary import Progress
from index.store.catalogue import ArticleFilter


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What came of asking the standing questions again.

    Attributes:
        failed: the number and the reason of each that could not be answered; the next time it is asked again.
    """

    asked: int = 0
    changed: tuple[int, ...] = ()
    failed: tuple[tuple[int, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON has it."""
        failed = [{"id": number, "reason": reason} for number, reason in self.failed]
        return {"asked": self.asked, "changed": list(self.changed), "failed": failed}


def begin(
    assistant: Assistant, question: str, *, owner: str | None = None, among: ArticleFilter | None = None
) -> WatchedAnswer:
    """Ask a question, and keep it to be asked again.

    Raises:
        QuestionError: it is empty or too long.
        UsageError: nothing is asked, or the owner has too many.
        ConversationsError: the file cannot be used.
        StoreError: the store cannot be read.
    """
    of = assistant.record.state()  # before the answer: of what is indexed meanwhile it will be asked once more
    answer = _without_writer(assistant).ask(question, among=among)
    return Watches(assistant.home, owner).add(answer, of, among)


def ask_again(
    assistant: Assistant, progress: Progress | None = None, stop: Callable[[], bool] = lambda: False
) -> AskedAgain:
    """Ask all questions, of all owners, that were not asked of the articles as they are now, one after the other.

    Each answer is kept by itself: what ends this in the middle loses nothing, and the next time it goes on from there.

    Raises:
        ConversationsError, StoreError: the questions, or the articles, cannot be read at all.
    """
    watches, plain = Watches(assistant.home), _without_writer(assistant)
    of = assistant.record.state()
    due = watches.due(of)
    asked, changed, failed = 0, list[int](), list[tuple[int, str]]()
    for done, watch in enumerate(due):
        if stop():
            break
        if progress is not None:
            progress("Asking the standing questions again", done, len(due))
        try:
            if watches.record(watch.id, plain.ask(watch.question, among=watch.among), of):
                changed.append(watch.id)
        except NoWatchError:
            continue  # removed meanwhile
        except NoIndexError:
            break  # there is no article any more: what they were answered stays, with sources that are gone
        except (DatelineError, sqlite3.Error, OSError) as error:
            failed.append((watch.id, str(error)))
        else:
            asked += 1
    return AskedAgain(asked, tuple(changed), tuple(failed))


def _without_writer(assistant: Assistant) -> Assistant:
    """The same without its Writer, which says the same in other words each time."""
    return Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=assistant.settings)
