"""What became of what an old answer cites: corrected or withdrawn by a later notice, changed, or gone."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Answer, Notice, NoticeKind
from assistant.answering.notices import corrections_of, notice_hits, with_notices
from assistant.memory.conversation import Conversation, source_now
from assistant.memory.store import Conversations
from index import Hit, Passage
from index.document import Document
from index.store.reading import RecordReader


@dataclass(frozen=True, slots=True)
class Since(Document):
    """A citation of a kept conversation of which there is something to know."""

    conversation: int
    turn: int
    title: str
    """Of the article that it cites."""
    notice: Notice


def since(kept: Conversations, record: RecordReader) -> Iterator[Since]:
    """All that there is to know of what the kept conversations cite, the newest conversation first.

    Raises:
        StoreError: the articles or the conversations cannot be read.
    """
    for overview in kept.overviews():
        for turn in kept.get(overview.id).turns:
            titles = {citation.marker: citation.title for citation in turn.answer.citations}
            for notice in notices_since(turn.answer, record):
                yield Since(overview.id, turn.number, titles[notice.citation], notice)


def notices_since(answer: Answer, record: RecordReader) -> list[Notice]:
    """What has happened to the sources of an answer since it was given, by marker; what it said itself is left out.

    Raises:
        StoreError: the articles cannot be read.
    """
    found: list[Notice] = []
    cited: dict[str, Hit] = {}
    for citation in answer.citations:
        now, article = source_now(citation, record), record.article(citation.article_id)
        if article is None or (now.start is None and now.remark is not None):
            kind: NoticeKind = "gone" if article is None else "changed"
            found.append(Notice(citation.marker, kind, citation.article_id, now.remark or ""))
        else:
            sentences = tuple(record.sentences(article.id))
            cited[article.id] = Hit(Passage(article.id, article.id, 0, 0, 0, 0, ""), article, sentences)
    hits = list(cited.values())
    taken_back = corrections_of(record, [*hits, *notice_hits(record, answer.question, hits, wide=True)])
    notices = with_notices(answer, taken_back, [hit.article for hit in hits]).notices
    found += [notice for notice in notices if notice not in answer.notices]
    return sorted(found, key=lambda notice: notice.citation)


_LOOKED_THROUGH = 50  # conversations; a turn takes some 15 ms, once


class SourcesSince:
    """The same of kept conversations, looked up once for the articles as they are. Safe to share between threads."""

    def __init__(self, record: RecordReader) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._revision = -1
        self._known: dict[tuple[int | None, int, dt.datetime], list[Notice]] = {}

    def notices(self, conversation: Conversation) -> list[list[Notice]]:
        """What there is to know of the citations of each turn that its answer did not say itself.

        Raises:
            StoreError: the articles cannot be read.
        """
        with self._lock:
            if self._revision != self._record.revision:
                self._revision, self._known = self._record.revision, {}
            known = self._known
        for turn in conversation.turns:
            key = (conversation.id, turn.number, turn.asked_at)
            if key not in known:
                known[key] = notices_since(turn.answer, self._record)
        return [known[conversation.id, turn.number, turn.asked_at] for turn in conversation.turns]

    def changed(self, kept: Conversations) -> set[int]:
        """The numbers of the latest conversations of which there is something to know.

        Raises:
            StoreError: the articles or the conversations cannot be read.
        """
        latest = [overview.id for overview in kept.overviews(_LOOKED_THROUGH)]
        return {number for number in latest if any(self.notices(kept.get(number)))}
