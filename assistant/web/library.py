"""The articles, as the page lists, adds and removes them."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assistant.answering.assistant import Assistant
from assistant.audit import Audit
from assistant.http.clients import Client
from assistant.web.calls import Fields
from assistant.web.faults import told, without_places
from assistant.web.inbox import Inbox
from assistant.web.uploads import MAX_UPLOAD_MB, accepted, is_upload, set_aside
from index import Article, IndexSummary, index_paths, put_back, remove
from index.errors import ArticleError, UsageError
from index.files import SUFFIXES, load_file
from index.files.parsing import Parsing
from index.indexing.summary import Progress
from index.store.catalogue import ArticleFilter, Catalogue
from index.store.trash import Trash

__all__ = ["Library", "wanted_articles"]

_PAGE = 50
_FILES = 200
"""Files that may be added at once."""
_STAYS_OUT = (
    "Its file is still there. The article stays out while its text is the same; "
    "dateline index --restore takes it in again."
)

Document = dict[str, Any]
Work = Callable[[Progress], Document]


def wanted_articles(fields: Fields) -> ArticleFilter:
    """The filter that a page sent.

    Raises:
        UsageError: a day cannot be read, or a field is of another type.
    """
    return ArticleFilter(
        source=fields.text("source", "") or None,
        since=_day(fields.text("since", "")),
        until=_day(fields.text("until", "")),
        words=fields.text("words", "").strip() or None,
        ids=tuple(fields.texts("ids")),
    )


class Library:
    """The articles of the store.

    Args:
        assistant: whose articles they are.
        inbox: where files are that come in.
    """

    def __init__(self, assistant: Assistant, inbox: Inbox) -> None:
        self._assistant = assistant
        self._inbox = inbox
        self._home = assistant.home.resolve()  # the record names files by their whole path
        self._catalogue = Catalogue(assistant.record.path)
        self._trash, self._audit = Trash(self._home), Audit(self._home)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dateline-index")
        # Who lets everybody in without a name does not let everybody change what is there.
        self.can_change = not assistant.settings.insecure

    def about(self, client: Client) -> Document:
        """What there is to choose from, and what may be done."""
        return {
            "sources": [{"source": source, "articles": count} for source, count in self._catalogue.sources()],
            "can_change": self._may_change(client),
            "suffixes": list(SUFFIXES),
            "max_bytes": MAX_UPLOAD_MB * 2**20,
        }

    def page(self, fields: Fields) -> Document:
        """Some of the articles that fit, the newest first."""
        offset = max(0, fields.maybe_number("offset") or 0)
        total, entries = self._catalogue.page(wanted_articles(fields), offset=offset, limit=_PAGE)
        return {"total": total, "articles": [dataclasses.asdict(entry) for entry in entries]}

    def change(self, client: Client, sender: str, fields: Fields) -> AsyncIterator[Document]:
        """Do what `action` says (add, remove or refresh): how far it is, then a document with `state` done or failed.

        Args:
            client: who wants it.
            sender: whose files in the inbox may be added.
            fields: `action`, and the `files` and their `names`, or the `ids`, of what it is to be done with.

        Raises:
            UsageError: this client may not change the articles, or there is no such action.
        """
        if not self.can_change:
            raise UsageError("this server is open to everybody, so its articles cannot be changed here.")
        if not client.may("editor"):
            raise UsageError("your role lets you ask, and not change the articles; an editor can.")
        action = fields.text("action")
        # At once, as what nobody claims is removed, and others may be waited for.
        given = zip(fields.texts("files"), fields.texts("names"), strict=False)
        came_in = [(self._inbox.claim(sender, file), name) for file, name in given]
        work: dict[str, Work] = {
            "add": lambda progress: self._add(client, came_in, progress),
            "remove": lambda progress: self._remove(client, fields.texts("ids"), progress),
            "restore": lambda progress: self._restore(client, fields.numbers("keys"), progress),
            "refresh": lambda progress: self._refresh(client, progress),
        }
        if action not in work:
            raise UsageError(f"articles cannot be changed by {action!r}.")
        return self._followed(work[action])

    def _may_change(self, client: Client) -> bool:
        return self.can_change and client.may("editor")

    async def _followed(self, work: Work) -> AsyncIterator[Document]:
        loop = asyncio.get_running_loop()
        news: asyncio.Queue[Document | None] = asyncio.Queue()

        def progress(stage: str, done: int, total: int) -> None:
            loop.call_soon_threadsafe(news.put_nowait, {"state": "running", "stage": stage, "done": done, "of": total})

        running = loop.run_in_executor(self._writer, work, progress)
        running.add_done_callback(lambda _: news.put_nowait(None))
        yield {"state": "running", "stage": "Waiting", "done": 0, "of": 0}
        while (document := await news.get()) is not None:
            yield document
        try:
            yield {"state": "done", **await running}
        except Exception as error:  # noqa: BLE001  the outermost boundary of a change
            yield {"state": "failed", "error": told(error)}

    def _add(self, client: Client, came_in: Sequence[tuple[Path | None, str]], progress: Progress) -> Document:
        faults: list[Document] = []
        files: list[Path] = []
        for beyond, name in came_in[_FILES:]:
            faults.append({"file": name, "reason": f"is beyond {_FILES} files; add it once more."})
            if beyond is not None:
                beyond.unlink(missing_ok=True)
        for path, name in came_in[:_FILES]:
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
        """What can be restored, the latest first; nothing for who may not."""
        return [each.to_dict() for each in self._trash.removed()] if self._may_change(client) else []

    def _restore(self, client: Client, keys: Sequence[int], progress: Progress) -> Document:
        settings = self._assistant.settings
        ids = {each.key: each.id for each in self._trash.removed()}
        summary = put_back(
            self._home,
            keys,
            self._assistant.searcher.embedding,
            passage_tokens=settings.passage_tokens,
            chroma_url=settings.chroma_url,
            progress=progress,
        )
        self._audit.note(client.name, "articles restored", *(ids[key] for key in keys))
        return {**_counts(summary), "faults": []}

    def _refresh(self, client: Client, progress: Progress) -> Document:
        files = [file for file in map(Path, self._assistant.record.file_paths()) if file.exists()]
        if not files:
            return {**_counts(IndexSummary()), "faults": []}
        summary = self._index(files, progress)
        self._audit.note(client.name, "files read again")
        return {**_counts(summary), "faults": _faults(summary)}

    def _index(self, files: Sequence[Path], progress: Progress, *, readmit: bool = False) -> IndexSummary:
        settings = self._assistant.settings
        return index_paths(
            self._home,
            files,
            self._assistant.searcher.embedding,
            passage_tokens=settings.passage_tokens,
            limits=settings.file_limits,
            chroma_url=settings.chroma_url,
            progress=progress,
            readmit=readmit,
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


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"the day {text!r} cannot be read; write it as YYYY-MM-DD.") from None
