"""Looking a store over: each check compares two parts that must say the same."""

from __future__ import annotations

from pathlib import Path

from index.doctor.articles import check_articles
from index.doctor.diagnosis import Diagnosis, Finding
from index.doctor.vectors import check_generation, check_vectors
from index.errors import DamagedError, StoreError
from index.language.counting import counted
from index.store.inspection import RecordInspection
from index.store.lock import is_locked
from index.store.reading import RECORD_NAME
from index.vectors import place_of

_FIX = "run `dateline doctor --fix`."
_FREE_SHARE = 0.25  # of the record's file, from which on it is worth a word


def examine(home: Path, *, chroma_url: str = "", sample: int = 500) -> Diagnosis:
    """Compare the record, the keyword index and the vector index of a store; nothing is changed.

    It may be asked while articles are being indexed: it looks at one moment of the record.

    Args:
        home: the folder of the store.
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
