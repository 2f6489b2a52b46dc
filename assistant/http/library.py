"""The articles, as clients look through them, add to them and remove from them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assistant.answering.assistant import Assistant
from assistant.audit import Audit
from assistant.http.clients import Client
from assistant.http.errors import HttpError, without_places
from assistant.http.streams import Event
from assistant.http.uploads import MAX_UPLOAD_MB, Inbox, accepted, is_upload, set_aside
from index import Article, IndexSummary, index_paths, put_back, remove
from index.errors import ArticleError, UsageError
from index.files import SUFFIXES, load_file
from index.files.parsing import Parsing
from index.indexing.summary import Progress
from index.store.trash import Trash

_HEARTBEAT = 5.0
_STAYS_OUT = (
    "Its file is still there. The article stays out while its text is the same; "
    "dateline index --restore takes it in again."
)

Document = dict[str, Any]
Work = Callable[[Progress], Document]


class Library:
    """The articles of the store.

    Args:
        changed: is called after each change, from the thread that made it.
    """

    def __init__(self, assistant: Assistant, inbox: Inbox, changed: Callable[[], None] = lambda: None) -> None:
        self._assistant = assistant
        self._changed = changed
        self._inbox = inbox
        self._home = assistant.home.resolve()  # the record names files by their whole path
        self._trash, self._audit = Trash(self._home), Audit(self._home)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dateline-index")
        # Who lets everybody in without a name does not let everybody change what is there.
        self._is_open = assistant.settings.insecure

    def close(self) -> None:
        """Wait for the change that is being made; those that wait are not begun."""
        self._writer.shutdown(wait=True, cancel_futures=True)

    def about(self, client: Client) -> Document:
        """What there is to choose from, and what may be done."""
        days = self._assistant.record.days()
        return {
            "articles": self._assistant.record.counts()["articles"],
            "sources": [{"source": source, "articles": count} for source, count in self._assistant.record.sources()],
            "days": days and {"first": days[0].isoformat(), "last": days[1].isoformat()},
            "can_change": not self._is_open and client.may("editor"),
            "suffixes": list(SUFFIXES),
            "max_bytes": MAX_UPLOAD_MB * 2**20,
        }

    def check(self, client: Client) -> None:
        """Let a client change the articles.

        Raises:
            HttpError: 403.
        """
        if self._is_open:
            raise HttpError(403, "this server is open to everybody, so its articles cannot be changed here.")
        if not client.may("editor"):
            raise HttpError(403, "your role lets you ask, and not change the articles; an editor can.")

    def add(self, client: Client, sender: str, files: Sequence[tuple[str, str]]) -> AsyncGenerator[Event | None]:
        """Add files that came in, each given by its id in the inbox and its name."""
        # At once, as what nobody claims is removed, and others may be waited for.
        came_in = [(self._inbox.claim(sender, file), name) for file, name in files]
        return self._followed(lambda progress: self._add(client, came_in, progress))

    def remove(self, client: Client, ids: Sequence[str]) -> AsyncGenerator[Event | None]:
        """Remove articles."""
        return self._followed(lambda progress: self._remove(client, ids, progress))

    def restore(self, client: Client, keys: Sequence[int]) -> AsyncGenerator[Event | None]:
        """Take in again what was removed, by the keys of `removed`."""
        return self._followed(lambda progress: self._restore(client, keys, progress))

    def refresh(self, client: Client, ids: Sequence[str] = ()) -> AsyncGenerator[Event | None]:
        """Read the files again that changed: those of some articles, or all."""
        return self._followed(lambda progress: self._refresh(client, ids, progress))

    async def _followed(self, work: Work) -> AsyncGenerator[Event | None]:
        """How far the work is, and what it came to. It goes on when nobody follows it any more."""
        loop = asyncio.get_running_loop()
        news: asyncio.Queue[Event | None] = asyncio.Queue()

        def progress(stage: str, done: int, total: int) -> None:
            loop.call_soon_threadsafe(news.put_nowait, ("progress", {"stage": stage, "done": done, "of": total}))

        running = loop.run_in_executor(self._writer, self._done, work, progress)
        running.add_done_callback(lambda _: news.put_nowait(None))
        yield "progress", {"stage": "Waiting", "done": 0, "of": 0}
        while True:
            try:
                event = await asyncio.wait_for(news.get(), _HEARTBEAT)
            except TimeoutError:
                yield None
                continue
            if event is None:
                break
            yield event
        yield "done", {"note": "", **await running}

    def _done(self, work: Work, progress: Progress) -> Document:
        try:
            return work(progress)
        finally:
            self._changed()  # what failed in the middle may have changed something too

    def _add(self, client: Client, came_in: Sequence[tuple[Path | None, str]], progress: Progress) -> Document:
        faults: list[Document] = []
        files: list[Path] = []
        for path, name in came_in:
            try:
                files.append(accepted(self._home, path, name, client.key))
            except UsageError as error:
                faults.append({"file": name, "reason": str(error)})
        files = self._sound(files, faults)
        if not files:
            return {**_counts(IndexSummary()), "faults": faults}
        summary = self._index(files, progress, readmit=True)
        for file in files:  # what nothing was taken from is not kept
            if not self._assistant.record.articles_of_file(str(file)):
                file.unlink(missing_ok=True)
        self._audit.note(client.name, "files added", *(file.name for file in files))
        return {**_counts(summary), "faults": [*faults, *_faults(summary)]}

    def _sound(self, files: Sequence[Path], faults: list[Document]) -> list[Path]:
        """The files, but those with faults that took the place of an earlier one: there the earlier one comes back."""
        sound = []
        with Parsing(self._assistant.settings.file_limits) as parsing:
            for file in files:
                if not set_aside(file).exists():
                    sound.append(file)
                elif errors := _faults_of(file, parsing):
                    set_aside(file).replace(file)
                    faults += errors
                else:
                    set_aside(file).unlink()
                    sound.append(file)
        return sound

    def _remove(self, client: Client, ids: Sequence[str], progress: Progress) -> Document:
        record = self._assistant.record
        files = {Path(state[0]) for state in map(record.article_state, ids) if state is not None}
        settings = self._assistant.settings
        summary = remove(
            self._home,
            ids,
            self._assistant.searcher.embedding,
            chroma_url=settings.chroma_url,
            progress=progress,
            keep=lambda articles: self._trash.keep(articles, client.name, self._uploads_of(articles)),
        )
        self._audit.note(client.name, "articles removed", *ids)
        for file in files:  # or it would come back with the next look at the files
            if is_upload(self._home, file) and not record.articles_of_file(str(file)):
                file.unlink(missing_ok=True)
        return {**_counts(summary), "faults": [], "note": _STAYS_OUT if any(file.exists() for file in files) else ""}

    def _uploads_of(self, articles: Sequence[Article]) -> dict[str, bytes]:
        """The files that were added here and go with the articles, as nothing else is read from them."""
        record, going = self._assistant.record, {article.id for article in articles}
        files = {article.path for article in articles if article.path and is_upload(self._home, Path(article.path))}
        return {
            path: Path(path).read_bytes()
            for path in files
            if Path(path).is_file() and record.articles_of_file(path) <= going
        }

    def removed(self, client: Client) -> list[Document]:
        """What can be restored, the latest first.

        Raises:
            HttpError: 403, this client may change nothing.
        """
        self.check(client)
        return [each.to_dict() for each in self._trash.removed()]

    def _restore(self, client: Client, keys: Sequence[int], progress: Progress) -> Document:
        settings = self._assistant.settings
        ids = {each.key: each.id for each in self._trash.removed()}
        embedding = self._assistant.searcher.embedding
        summary = put_back(self._home, keys, embedding, **settings.storing, progress=progress)
        self._audit.note(client.name, "articles restored", *(ids[key] for key in keys))
        return {**_counts(summary), "faults": []}

    def _refresh(self, client: Client, ids: Sequence[str], progress: Progress) -> Document:
        record = self._assistant.record
        states = (record.article_state(article_id) for article_id in ids)
        paths = dict.fromkeys(state[0] for state in states if state is not None) if ids else record.file_paths()
        files = [file for file in map(Path, paths) if file.exists()]
        if not files:
            return {**_counts(IndexSummary()), "faults": []}
        summary = self._index(files, progress)
        self._audit.note(client.name, "files read again")
        return {**_counts(summary), "faults": _faults(summary)}

    def _index(self, files: Sequence[Path], progress: Progress, *, readmit: bool = False) -> IndexSummary:
        settings = self._assistant.settings
        embedding, limits = self._assistant.searcher.embedding, settings.file_limits
        return index_paths(
            self._home, files, embedding, **settings.storing, limits=limits, progress=progress, readmit=readmit
        )


def _faults_of(file: Path, parsing: Parsing) -> list[Document]:
    try:
        content = parsing.read_file(file, load_file(file, parsing.limits.max_mb))
    except ArticleError as error:
        return [{"file": file.name, "reason": without_places(error.reason)}]
    if content.articles and not content.errors:
        return []
    reasons = [without_places(error.reason) for error in content.errors] or ["holds no articles."]
    return [{"file": file.name, "reason": f"{reason} The earlier file stays."} for reason in reasons]


def _counts(summary: IndexSummary) -> Document:
    return {name: getattr(summary, name) for name in ("added", "updated", "unchanged", "removed")}


def _faults(summary: IndexSummary) -> list[Document]:
    return [
        {"file": Path(fault.where).name, "reason": without_places(fault.reason)}
        for fault in (*summary.errors, *summary.warnings)
    ]
