"""Mending a store from what is sound in it: nothing is embedded again whose vector is sound."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from index.doctor.diagnosis import Diagnosis
from index.doctor.examining import examine
from index.embedding import Embedding
from index.errors import DamagedError
from index.indexing.run import IndexRun
from index.indexing.summary import Progress, report
from index.language.counting import counted
from index.store.lock import writer_lock
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.vectors import place_of
from index.vectors.building import current_generation, remove_leftovers, update_generation
from index.vectors.generation import Place


def mend(
    home: Path,
    embedding: Embedding,
    *,
    passage_tokens: int,
    chroma_url: str = "",
    sample: int = 500,
    progress: Progress | None = None,
) -> tuple[Diagnosis, list[str]]:
    """Examine a store, and mend what can be mended.

    Args:
        home, embedding, passage_tokens, chroma_url, progress: as in `index_paths`.
        sample: as in `examine`.

    Returns:
        What was wrong before, and what was done about it, in words.

    Raises:
        NoIndexError: there is no store.
        LockedError: articles are being indexed into it.
        IncompatibleError: it was made with another embedding model.
        ServerError, StoreError: as `index_paths`.
    """
    with suppress(DamagedError):  # which is found below
        RecordReader(home / RECORD_NAME).close()  # a folder without a store must not get a lock
    with writer_lock(home):
        before = examine(home, chroma_url=chroma_url, sample=sample)
        if before.of("record"):
            return before, []
        with Record.for_writing(home / RECORD_NAME) as record:
            record.check_model(embedding)
            place = place_of(home, record.state().store, chroma_url)
            run = IndexRun(record, embedding, passage_tokens)
            done = _mend_articles(run, before, embedding.fingerprint)
            done += _mend_keywords(record, before)
            done += _mend_generation(record, place, before, progress)
            done += _free_space(record, place, before, embedding.fingerprint)
    return before, done


def _mend_articles(run: IndexRun, before: Diagnosis, model: str) -> list[str]:
    record = run.record
    if before.damaged_vectors:
        record.drop_vectors(before.damaged_vectors)
    for article_id in (*before.articles, *before.altered):
        state = record.article_state(article_id)
        if state is not None:
            record.forget_file(state[0])  # so that the next run reads it again: what is stored may be damaged
    # Only its file can say what an altered text was: until it is read again, nothing here may call it sound.
    record.distrust(before.altered)
    ids = sorted({*before.articles, *record.articles_without_vectors(model)} - set(before.altered))
    for article_id in ids:
        article = record.article(article_id)
        if article is not None:
            run.batch.take(article)
    run.batch.flush()
    done = [f"{counted(len(ids), 'article')} split, and what had no sound vector embedded"] if ids else []
    if before.altered:
        done.append(
            f"{counted(len(before.altered), 'altered article')} will be read again by the next `dateline index`"
        )
    return done


def _mend_keywords(record: Record, before: Diagnosis) -> list[str]:
    # An article whose passages were wrong took other words out of the keyword index than it had put in.
    if not before.of("keywords") and not before.articles and not before.altered:
        return []
    passages = record.rebuild_keywords()
    return [f"the keyword index was made again for {counted(passages, 'passage')}"]


def _mend_generation(record: Record, place: Place, before: Diagnosis, progress: Progress | None) -> list[str]:
    anew = bool(before.of("generation"))
    built = update_generation(record, place, anew=anew, progress=lambda n, of: report(progress, "Vector index", n, of))
    return ["the vector index was built again from the stored vectors"] if built else []


def _free_space(record: Record, place: Place, before: Diagnosis, model: str) -> list[str]:
    done = []
    # A generation that was replaced just now may still be read; the next run removes it.
    leftovers = [] if before.of("generation") else remove_leftovers(place, current_generation(record.state(), place))
    if leftovers:
        done.append(f"{counted(len(leftovers), 'left-over vector index', 'left-over vector indexes')} removed")
    if before.of("space"):
        unused = record.drop_unused_vectors(model)
        done += [f"{unused} unused vectors were removed"] if unused else []
        done.append(f"{record.shrink() / 1e6:,.1f} MB of the record were given back")
    return done
