"""From article files to a store that can be searched: `index_paths` and `rebuild`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.embedding import Embedding
from index.files import FoundFiles, is_article_file, is_gone, look, none_found
from index.files.parsing import FileLimits, Parsing
from index.indexing.naming import ids_of_files
from index.indexing.run import IndexRun
from index.indexing.summary import IndexSummary, Progress, report
from index.store.home import writer_lock
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.store.state import Unfinished
from index.store.stories import made_of, put_names, put_stories, tellings, unread
from index.stories import GROUPING, grouped, name_marks
from index.vectors import place_of
from index.vectors.building import remove_leftovers, update_generation
from index.vectors.generation import Place
from index.vectors.local import LocalPlace

_READ = 8_000  # characters of an article whose names are looked at


def index_paths(
    home: Path,
    paths: Sequence[Path],
    embedding: Embedding,
    *,
    passage_tokens: int,
    limits: FileLimits | None = None,
    chroma_url: str = "",
    progress: Progress | None = None,
    readmit: bool = False,
) -> IndexSummary:
    """Index files and folders. Only what changed since the last run is read and embedded again.

    An article that is gone from its file is removed from the store, and so are those of a file that is gone from a
    folder that is indexed again. A file with faults is reported; what was stored of it stays. What an earlier run was
    interrupted in is finished, too. What was removed by hand stays out while its text is the same, unless `readmit` is
    set.

    Raises:
        UsageError: a path does not exist or there are no articles.
        LockedError: another process is indexing into this store.
        IncompatibleError: the store was made with another embedding model.
        ServerError: the Chroma server cannot be used; if it went away in the middle, the articles are stored.
        StoreError: the store cannot be written.
    """
    found = look(list(paths))
    if not found.files:
        raise none_found(found, list(paths))
    with writing(home, chroma_url, create=True) as (record, place), Parsing(limits) as parsing:
        record.check_model(embedding)
        if record.state().model != embedding.fingerprint:
            record.set_model(embedding.fingerprint, embedding.name)
        before = record.state().unfinished
        resumed, away = _resumable(before)
        if resumed:
            found = look([*paths, *resumed])
        all_paths = [*paths, *resumed]
        record.begin_run(note_of("index", embedding, [*all_paths, *away]))
        ids = ids_of_files(found.files, found.folders)
        run = IndexRun(record, embedding, passage_tokens, parsing, progress, ids)
        if readmit:
            run.readmit()
        take_files(run, found, progress)
        run.remove_vanished([path for path in all_paths if path.is_dir()], found.files)
        if before:
            _embed_again(run, record.articles_without_vectors(embedding.fingerprint))
        if before and away:
            left = replace(before, paths=tuple(map(str, away)))
            run.summary.unfinished = left.describe()
            return finish(run, place, progress, left=left)
        run.summary.finished = before.describe() if before else None
        return finish(run, place, progress)


def rebuild(
    home: Path, embedding: Embedding, *, passage_tokens: int, chroma_url: str = "", progress: Progress | None = None
) -> IndexSummary:
    """Split and embed every stored article again, with this embedding model, and build the vector index from nothing.

    Raises:
        NoIndexError: there is no store.
        LockedError, ServerError, StoreError: as `index_paths`.
    """
    with writing(home, chroma_url) as (record, place):
        before = record.state().unfinished
        record.begin_run(note_of("rebuild", embedding, map(Path, before.paths) if before else ()))
        run = IndexRun(record, embedding, passage_tokens)
        ids = record.article_ids()
        for number, article_id in enumerate(ids):
            report(progress, "Embedding", number, len(ids))
            _embed_again(run, [article_id], flush=False)
        run.batch.flush()
        report(progress, "Embedding", len(ids), len(ids))
        record.set_model(embedding.fingerprint, embedding.name)
        record.drop_unused_vectors(embedding.fingerprint)
        return finish(run, place, progress, anew=True, left=before if before and before.paths else None)


@contextmanager
def writing(home: Path, chroma_url: str, *, create: bool = False) -> Iterator[tuple[Record, Place]]:
    """The record and the place of its generations, with the writer lock held."""
    if not create:
        RecordReader(home / RECORD_NAME).close()  # a folder without a store must not get one
    place_of(home, "", chroma_url).check()  # before there is a folder, or anything is embedded
    with writer_lock(home), Record.for_writing(home / RECORD_NAME, create=create) as record:
        yield record, place_of(home, record.state().store, chroma_url)


def _resumable(before: Unfinished | None) -> tuple[list[Path], list[Path]]:
    """What an interrupted run was to index: what is there, and what cannot be reached now, such as a share."""
    paths = list(map(Path, before.paths)) if before else []
    there = [path for path in paths if path.is_dir() or (path.exists() and is_article_file(path))]
    return there, [path for path in paths if not path.exists() and not is_gone(path)]


def note_of(command: str, embedding: Embedding, paths: Iterable[Path]) -> Unfinished:
    """What the record notes of a run that begins."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    # A link to a file is known by its own place, and one to a folder by where it leads.
    resolved = dict.fromkeys(
        str(path.resolve() if path.is_dir() else path.parent.resolve() / path.name) for path in paths
    )
    return Unfinished(command, tuple(resolved), embedding.fingerprint, now)


def take_files(run: IndexRun, found: FoundFiles, progress: Progress | None) -> None:
    """Read and embed what was found, and settle what only the whole run can say."""
    total = len(found.files)
    run.summary.unread += found.unread
    run.unread = {str(path) for path in found.files}
    for fault in found.faults:
        run.summary.errors.append(fault)
        run.summary.kept += len(run.record.articles_of_file(fault.where))
    for number, path in enumerate(found.files):
        report(progress, "Reading and embedding", number, total)
        run.take_file(path, named=path in found.named)
    for path in list(run.postponed):
        run.take_file(path, named=path in found.named)
    run.settle_days()
    run.batch.flush()
    run.remove_repeated()
    run.remove_left()
    report(progress, "Reading and embedding", total, total)


def _embed_again(run: IndexRun, article_ids: Iterable[str], *, flush: bool = True) -> None:
    for article_id in article_ids:
        article = run.record.article(article_id)
        if article is not None:
            run.batch.take(article)
    if flush:
        run.batch.flush()


def finish(
    run: IndexRun, place: Place, progress: Progress | None, *, anew: bool = False, left: Unfinished | None = None
) -> IndexSummary:
    """Bring vector index and stories up to date, count, and note that the run ended; or what is left of another."""
    record, summary = run.record, run.summary
    update_generation(record, place, anew=anew, progress=lambda n, of: report(progress, "Vector index", n, of))
    if place.address:  # generations in the home folder are of the time before the setting was changed
        remove_leftovers(LocalPlace(record.path.parent), None)
    update_stories(record)
    if left is None:
        record.end_run()
    else:
        record.begin_run(left)
    counts = record.counts()
    summary.articles, summary.sentences, summary.passages = counts["articles"], counts["sentences"], counts["passages"]
    return summary


def update_stories(record: Record) -> None:
    """Group the articles of a record into stories, unless nothing changed since that was done.

    One article more makes names less rare, and two stories one: so all are grouped again, which keeps the stories the
    same in whatever order articles came, and takes a small part of the time that reading them took.

    Raises:
        StoreError: the record cannot be read or written.
    """
    state = record.state()
    now = f"{GROUPING}/{state.revision}/{state.model}"
    with record.transaction() as db:
        if made_of(db) == now:
            return
        for key, title, body in unread(db):
            put_names(db, key, name_marks(f"{title}.\n{body[:_READ]}").astype("<u4").tobytes())
        put_stories(db, grouped(tellings(db, state.model or "")), now)
