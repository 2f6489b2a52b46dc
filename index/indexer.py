"""From article files to a store that can be searched: `index_paths`, `rebuild` and `remove`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.embedding import Embedding
from index.errors import IncompatibleError, UsageError
from index.files import find_files
from index.indexing import IndexRun, IndexSummary, Progress, report
from index.store.lock import writer_lock
from index.store.record import Record

__all__ = ["RECORD_NAME", "IndexSummary", "Progress", "check_model", "index_paths", "rebuild", "remove"]

RECORD_NAME = "dateline.db"


def index_paths(
    home: Path, paths: Sequence[Path], embedding: Embedding, *, passage_tokens: int, progress: Progress | None = None
) -> IndexSummary:
    """Index files and folders. Only what changed since the last run is read and embedded again.

    An article that is gone from its file is removed from the store, and so are those of a file that is gone from a
    folder that is indexed again. A file with faults is reported; what was stored of it stays.

    Raises:
        UsageError: a path does not exist or there are no articles.
        LockedError: another process is indexing into this store.
        IncompatibleError: the store was made with another embedding model.
        StoreError: the store cannot be written.
    """
    files = find_files(list(paths))
    with writer_lock(home), Record(home / RECORD_NAME, create=True) as record:
        check_model(record, embedding)
        run = IndexRun(record, embedding, passage_tokens)
        for number, path in enumerate(files):
            report(progress, "Reading and embedding", number, len(files))
            run.take_file(path)
        run.flush()
        run.remove_vanished([path for path in paths if path.is_dir()])
        report(progress, "Reading and embedding", len(files), len(files))
        return run.finish(home, progress)


def rebuild(home: Path, embedding: Embedding, *, passage_tokens: int, progress: Progress | None = None) -> IndexSummary:
    """Split and embed every stored article again, with this embedding model, and build the vector index from nothing.

    Raises:
        NoIndexError: there is no store.
        LockedError, StoreError: as `index_paths`.
    """
    Record(home / RECORD_NAME).close()  # a folder without a store must not get one
    with writer_lock(home), Record(home / RECORD_NAME) as record:
        total = record.counts()["articles"]
        run = IndexRun(record, embedding, passage_tokens)
        for number, article in enumerate(record.articles()):
            report(progress, "Embedding", number, total)
            run.take_article(article)
        run.flush()
        record.set_meta("model", embedding.fingerprint)
        record.set_meta("model_name", embedding.name)
        report(progress, "Embedding", total, total)
        (home / "CURRENT").unlink(missing_ok=True)
        return run.finish(home, progress)


def remove(home: Path, what: Sequence[str], embedding: Embedding, *, progress: Progress | None = None) -> IndexSummary:
    """Remove articles from the store: by id, or all that came from a file or from below a folder, there or gone.

    What is still in a file comes back when that file is indexed again.

    Raises:
        UsageError: one of them names no stored article; then nothing is removed.
        NoIndexError: there is no store.
        LockedError, IncompatibleError, StoreError: as `index_paths`.
    """
    Record(home / RECORD_NAME).close()  # a folder without a store must not get one
    with writer_lock(home), Record(home / RECORD_NAME) as record:
        check_model(record, embedding)
        run = IndexRun(record, embedding, embedding.max_tokens)
        for name in what:
            if not run.names(name):
                raise UsageError(f"{name}: no stored article has this id or came from there; check the name.")
        for name in what:
            run.remove_named(name)
        return run.finish(home, progress)


def check_model(record: Record, embedding: Embedding) -> None:
    """Refuse a store that was made with another embedding model: its vectors mean something else.

    Raises:
        IncompatibleError: it was.
    """
    stored = record.get_meta("model")
    if stored is not None and stored != embedding.fingerprint:
        raise IncompatibleError(
            f"{record.path.parent}: made with the embedding model {record.get_meta('model_name')}, not with "
            f"{embedding.name}; run `dateline index --rebuild`, or set DATELINE_EMBEDDING_MODEL back."
        )
