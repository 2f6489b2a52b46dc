"""What `dateline index` does: one run with its summary."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.options import Engine
from assistant.cli.terminal import Printer, progress_bars
from assistant.cli.watches import ask_watches_again
from index.errors import ArticleNote, UsageError
from index.files import shown, unread_summary
from index.language.numerals import counted

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index import Embedding, IndexSummary
    from index.indexing.summary import Progress


class Indexing:
    """Runs of indexing into one store, with the embedding model that they share. To be closed after the last.

    Args:
        workers: with Ray, the processes that embed; 0 takes one for each core of this machine.
    """

    def __init__(
        self, settings: Settings, printer: Printer, *, engine: Engine = Engine.LOCAL, workers: int = 0
    ) -> None:
        self.settings = settings
        self.printer = printer
        self._resources = ExitStack()
        self._embedding = self._load(engine, workers)

    def _load(self, engine: Engine, workers: int) -> Embedding:
        model, threads = self.settings.embedding_model, self.settings.threads
        if engine is Engine.RAY:
            from index.sharding.ray_engine import RayEmbedding

            return self._resources.enter_context(RayEmbedding(model, workers=workers or threads))
        from index import load_embedding

        return load_embedding(model, threads=threads)

    def close(self) -> None:
        """Stop what was started to embed."""
        self._resources.close()

    def run(
        self, paths: Sequence[str | Path], *, rebuild: bool, remove: bool, restore: bool = False, as_json: bool
    ) -> bool:
        """One run, reported; False if something was skipped or is kept without something that was given.

        Args:
            paths: files and folders, with `remove` and `restore` also ids; none stands for seeds/, with `rebuild` for
                none.
            rebuild: embed all that is stored again, before.
            restore: take in again what was removed by hand instead.
        """
        started = time.perf_counter()
        with progress_bars() as progress:
            if remove:
                summary = self._remove(list(map(str, paths)), progress)
            elif restore:
                summary = self._restore(list(map(str, paths)), progress)
            elif rebuild:
                from index.files import look

                look(list(map(Path, paths)))  # a path that does not exist is said before all is embedded
                summary = self._rebuild(progress)
            if not (remove or restore) and (paths or not rebuild):
                summary = self.index([*map(Path, paths)] or [seeds()], progress)
        self._note(summary, *(map(str, paths)))
        for fault in faults(summary):
            self.printer.error(fault)
        if said := stays_out(summary.still_there):
            self.printer.error(said)
        if not as_json:
            self.printer.line(summary_line(summary, self.settings, time.perf_counter() - started))
        asked = ask_watches_again(self.settings, self.printer)
        if as_json:
            watches = None if asked is None else asked.to_dict()
            self.printer.json({**_document(summary, self.settings), "watches": watches})
        return not (summary.errors or summary.warnings or asked is None or asked.failed)

    def _note(self, summary: IndexSummary, *names: str) -> None:
        from assistant.audit import Audit, command_line_user

        for what in ("added", "updated", "removed"):
            if count := getattr(summary, what):
                Audit(self.settings.home).note(command_line_user(), f"{counted(count, 'article')} {what}", *names)

    def index(self, paths: Sequence[Path], progress: Progress | None = None) -> IndexSummary:
        """Index files and folders; see `index.index_paths`."""
        from index import index_paths

        given, limits = self.settings, self.settings.file_limits
        return index_paths(given.home, paths, self._embedding, **given.storing, limits=limits, progress=progress)

    def _rebuild(self, progress: Progress) -> IndexSummary:
        from index import rebuild

        return rebuild(self.settings.home, self._embedding, **self.settings.storing, progress=progress)

    def _remove(self, names: Sequence[str], progress: Progress) -> IndexSummary:
        from assistant.audit import command_line_user
        from index import remove
        from index.store.trash import Trash

        home, url = self.settings.home, self.settings.chroma_url
        kept = partial(Trash(home).keep, who=command_line_user())
        return remove(home, names, self._embedding, chroma_url=url, progress=progress, keep=kept)

    def put_back(self, keys: Sequence[int]) -> IndexSummary:
        """Take articles out of the trash again; see `index.put_back`."""
        from index import put_back

        with progress_bars() as progress:
            summary = put_back(self.settings.home, keys, self._embedding, **self.settings.storing, progress=progress)
        self._note(summary, "from the trash")
        return summary

    def _restore(self, names: Sequence[str], progress: Progress) -> IndexSummary:
        from index import restore

        given, limits = self.settings, self.settings.file_limits
        return restore(given.home, names, self._embedding, **given.storing, limits=limits, progress=progress)


def seeds() -> Path:
    """The articles that come with the project: those of the current folder, or of the project's own.

    Raises:
        UsageError: there are none.
    """
    for folder in (Path("seeds"), Path(__file__).parents[2] / "seeds"):
        if folder.is_dir():
            return folder
    raise UsageError("there is no folder seeds/ here; name the files or folders to index.")


def faults(summary: IndexSummary) -> list[str]:
    """What became of an interrupted run, what was skipped, and what is kept incomplete: a line for each."""
    lines = [f"skipped {error}" for error in summary.errors] + [str(warning) for warning in summary.warnings]
    lines += _notes(summary.notes)
    if summary.finished:
        lines.insert(0, f"a run had been interrupted, and what it left was finished now: {summary.finished}")
    if summary.unfinished:
        lines.insert(
            0,
            f"a run had been interrupted, and what it left cannot be reached now: {summary.unfinished}; "
            "make it available, and run `dateline index` again.",
        )
    return lines


def _notes(notes: Sequence[ArticleNote]) -> list[str]:
    """Each thing that is worth knowing once, with the first of the files that it holds for."""
    files: dict[str, list[str]] = {}
    for note in notes:
        files.setdefault(note.reason, []).append(note.where)
    more = {reason: f" (and {counted(len(where) - 1, 'other file')})" for reason, where in files.items() if where[1:]}
    return [f"{where[0]}{more.get(reason, '')}: {reason}" for reason, where in files.items()]


def stays_out(files: Sequence[str]) -> str | None:
    """That what was removed stays out although these files are there, in one line; None without files."""
    if not files:
        return None
    more = len(files) - 1
    others = f" (and {counted(more, 'other file')})" if more else ""
    return (
        f"{files[0]}{others}: the file is still there; what was removed stays out while its text is the same. "
        "`dateline index --restore PATH` takes it in again."
    )


def summary_line(summary: IndexSummary, settings: Settings, seconds: float) -> str:
    """What a run did, and what the store holds now, in one line."""
    changes = [f"{summary.added} added", f"{summary.updated} updated", f"{summary.unchanged} unchanged"]
    changes += [f"{summary.removed} removed"] if summary.removed else []
    changes += [f"{len(summary.errors)} skipped"] if summary.errors else []
    changes += [f"{counted(summary.kept, 'article')} of their files kept as stored before"] if summary.kept else []
    changes += [f"{len(summary.warnings)} incomplete"] if summary.warnings else []
    changes += [f"{summary.kept_out} removed before and kept out"] if summary.kept_out else []
    if summary.unread:
        changes += [f"{counted(len(summary.unread), 'other file')} not read ({unread_summary(summary.unread)})"]
    return (
        f"{', '.join(changes)} in {seconds:.1f} s. {settings.home} holds {counted(summary.articles, 'article')}, "
        f"{counted(summary.sentences, 'sentence')}, {counted(summary.passages, 'passage')}."
    )


def _document(summary: IndexSummary, settings: Settings) -> dict[str, Any]:
    return {
        "home": str(settings.home),
        **{name: getattr(summary, name) for name in ("added", "updated", "unchanged", "removed", "kept")},
        **{name: getattr(summary, name) for name in ("kept_out", "articles", "sentences", "passages")},
        "skipped": [{"where": error.where, "reason": error.reason} for error in summary.errors],
        "incomplete": [{"where": warning.where, "reason": warning.reason} for warning in summary.warnings],
        "notes": [{"where": note.where, "reason": note.reason} for note in summary.notes],
        "not_read": [shown(path) for path in summary.unread],
        "still_there": summary.still_there,
        "finished": summary.finished,
        "unfinished": summary.unfinished,
    }
