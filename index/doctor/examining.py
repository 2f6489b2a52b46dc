"""Looking a store over, part against part, and mending it from what is sound: nothing of that is embedded again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from index.doctor.checks import check_articles, check_generation, check_vectors
from index.doctor.diagnosis import Diagnosis, Finding, RecordInspection
from index.embedding import Embedding
from index.errors import DamagedError, StoreError
from index.indexing.run import IndexRun
from index.indexing.summary import Progress, report
from index.language.numerals import counted
from index.store.home import is_locked, writer_lock
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.vectors import place_of
from index.vectors.building import current_generation, remove_leftovers, update_generation
from index.vectors.generation import Place

_FIX = "run `dateline doctor --fix`."
_FREE_SHARE = 0.25  # of the record's file, from which on it is worth a word


def examine(home: Path, *, chroma_url: str = "", sample: int = 500) -> Diagnosis:
    """Compare the record, the keyword index and the vector index of a store; nothing is changed.

    It may be asked while articles are being indexed: it looks at one moment of the record.

    Args:
        chroma_url: as in `index_paths`.
        sample: how many articles are looked into: their hash, every sentence and passage, and the passages' keywords.
            Whether all parts hold the same passages is compared for all.

    Raises:
        NoIndexError: there is no store.
        StoreError: the record cannot be opened. One that is damaged is a finding, no error.
        ServerError: the Chroma server does not answer.
    """
    diagnosis = Diagnosis()
    try:
        record = RecordInspection(home / RECORD_NAME)
    except DamagedError as error:
        diagnosis.findings.append(_broken_record(str(error.__cause__)))
        return diagnosis
    with record:
        faults = record.structure()
        if faults:
            diagnosis.findings.append(_broken_record(faults[0]))
            return diagnosis
        place = place_of(home, record.state().store, chroma_url)
        with record.snapshot():
            diagnosis.checked |= record.counts()
            check_articles(record, diagnosis, sample)
            _check_keywords(record, diagnosis)
            check_vectors(record, diagnosis)
            _check_run(record, diagnosis, home)
            _check_space(record, diagnosis)
            check_generation(record, place, diagnosis)
    return diagnosis


def _broken_record(fault: str) -> Finding:
    advice = "keep the folder, and index the articles into a new one with `dateline index PATHS... --home DIR`."
    return Finding("record", f"SQLite reports: {fault}", advice, mendable=False)


def _check_keywords(record: RecordInspection, diagnosis: Diagnosis) -> None:
    try:
        lacking, foreign = record.keyword_faults()
    except StoreError as error:
        diagnosis.findings.append(Finding("keywords", f"the keyword index cannot be read ({error})", _FIX))
        return
    if lacking or foreign:
        what = f"the keyword index lacks {counted(lacking, 'passage')}, and has {foreign} that are not stored"
        diagnosis.findings.append(Finding("keywords", what, _FIX))


def _check_run(record: RecordInspection, diagnosis: Diagnosis, home: Path) -> None:
    run = record.state().unfinished
    if run is not None:
        going_on = is_locked(home)
        what = "a run is going on" if going_on else "a run was interrupted"
        advice = "wait until it is done." if going_on else "run `dateline index` again, which finishes it."
        diagnosis.findings.append(
            Finding("run", f"{what}: {run.describe()}", advice, mendable=False, harmless=going_on)
        )


def _check_space(record: RecordInspection, diagnosis: Diagnosis) -> None:
    whole, free = record.size()
    if free > _FREE_SHARE * whole and free > 1_000_000:
        what = f"{free / 1e6:,.0f} of the {whole / 1e6:,.0f} MB of {record.path} hold nothing"
        diagnosis.findings.append(Finding("space", what, _FIX, harmless=True))


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
