"""Articles taken out of the store by hand, and in again: from their files, or from the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.article import Article
from index.embedding import Embedding
from index.errors import UsageError
from index.files import look
from index.files.parsing import FileLimits, Parsing
from index.indexing.indexer import finish, note_of, take_files, writing
from index.indexing.run import IndexRun
from index.indexing.summary import IndexSummary, Progress
from index.store.home import private_folder
from index.store.reading import RecordReader
from index.store.trash import Trash


def remove(
    home: Path,
    what: Sequence[str],
    embedding: Embedding,
    *,
    chroma_url: str = "",
    progress: Progress | None = None,
    keep: Callable[[Sequence[Article]], None] | None = None,
) -> IndexSummary:
    """Remove articles from the store: by id, or all that came from a file or from below a folder, there or gone.

    What is still in a file stays out when that file is indexed again, until its text changes or it is restored; the
    summary names such files. `keep` gets the articles before they go, such as `index.store.trash.Trash.keep`.

    Raises:
        UsageError: one of them names no stored article; then nothing is removed.
        NoIndexError: there is no store.
        LockedError, IncompatibleError, ServerError, StoreError: as `index_paths`.
    """
    with writing(home, chroma_url) as (record, place):
        record.check_model(embedding)
        run = IndexRun(record, embedding, embedding.max_tokens)
        ids: dict[str, None] = {}
        for name in what:
            named = run.names(name)
            if not named:
                raise UsageError(f"{name}: no stored article has this id or came from there; check the name.")
            ids |= dict.fromkeys(sorted(named[0]))
        if keep is not None:
            keep([article for article in map(record.article, ids) if article is not None])
        run.remove_named(what)
        return finish(run, place, progress, left=record.state().unfinished)


def restore(
    home: Path,
    what: Sequence[str],
    embedding: Embedding,
    *,
    passage_tokens: int,
    limits: FileLimits | None = None,
    chroma_url: str = "",
    progress: Progress | None = None,
) -> IndexSummary:
    """Take articles in again that were removed by hand, from their files: by id, or all of a file or below a folder.

    Raises:
        UsageError: one of them names nothing that was removed, or its file is gone; then nothing is restored.
        NoIndexError: there is no store.
        LockedError, IncompatibleError, ServerError, StoreError: as `index_paths`.
    """
    with writing(home, chroma_url) as (record, place), Parsing(limits) as parsing:
        record.check_model(embedding)
        removed = dict(pair for name in what for pair in _removed(record, name))
        found = look([Path(path) for path in removed.values()])
        before = record.state().unfinished
        record.begin_run(note_of("index", embedding, [*map(Path, before.paths if before else ()), *found.files]))
        # A file of one article gives it the id that it had.
        ids = {Path(path): article_id for article_id, path in removed.items()}
        run = IndexRun(record, embedding, passage_tokens, parsing, progress, ids)
        with record.transaction():
            record.let_in(removed)
            for path in removed.values():
                record.forget_file(path)
        take_files(run, found, progress)
        return finish(run, place, progress, left=before)


def _removed(record: RecordReader, name: str) -> list[tuple[str, str]]:
    """The ids and files of what was removed by hand and is meant by an id or a path."""
    path = record.removed_file(name)
    found = [(name, path)] if path is not None else record.removed_below(str(Path(name).resolve()))
    if not found:
        raise UsageError(f"{name}: nothing of this id or from there was removed; check the name.")
    for article_id, path in found:
        if not Path(path).exists():
            raise UsageError(f"{path}: is gone, and {article_id!r} was read from it; put it back first.")
    return found


def put_back(
    home: Path,
    keys: Sequence[int],
    embedding: Embedding,
    *,
    passage_tokens: int,
    chroma_url: str = "",
    progress: Progress | None = None,
) -> IndexSummary:
    """Take articles out of the trash and into the store again, as they were, whatever became of their files.

    Raises:
        UsageError: there is none with one of these numbers, or the store has an article of the same id now.
        NoIndexError, LockedError, IncompatibleError, ServerError, StoreError: as `index.index_paths`.
    """
    trash = Trash(home)
    with writing(home, chroma_url) as (record, place):
        record.check_model(embedding)
        run = IndexRun(record, embedding, passage_tokens)
        for article, content in trash.articles(keys):
            if record.article_state(article.id) is not None:
                raise UsageError(f"{article.id}: the store has an article of this id; remove that one first.")
            place_there = Path(article.path or "")
            if content is not None and not place_there.exists():
                private_folder(place_there.parent)
                place_there.write_bytes(content)
            record.let_in([article.id])
            run.batch.take(article)
            run.summary.added += 1
        run.batch.flush()
        trash.forget(keys)
        return finish(run, place, progress, left=record.state().unfinished)
