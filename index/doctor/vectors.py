"""Whether every passage has a sound vector in the record, and whether the vector index holds the same."""

from __future__ import annotations

import numpy as np

from index.doctor.diagnosis import Diagnosis, Finding
from index.errors import ServerError, StoreError
from index.language.counting import counted
from index.store.inspection import RecordInspection
from index.store.state import GenerationInfo
from index.vectors.building import current_generation
from index.vectors.generation import Generation, Place

_SAMPLE = 200  # passages of the vector index that are compared with the record, number by number
_FIX = "run `dateline doctor --fix`, which builds it again from the stored vectors."
_EMBED = "run `dateline doctor --fix`, which embeds them again."


def check_vectors(record: RecordInspection, diagnosis: Diagnosis) -> None:
    """Look at all vectors of the record."""
    model = record.state().model or ""
    missing = record.articles_without_vectors(model)
    if missing:
        diagnosis.findings.append(
            Finding("vectors", f"passages of {counted(len(missing), 'article')} have no vector", _EMBED)
        )
    diagnosis.damaged_vectors = record.damaged_vectors(model)
    if diagnosis.damaged_vectors:
        what = f"{len(diagnosis.damaged_vectors)} vectors are damaged"
        diagnosis.findings.append(Finding("vectors", what, _EMBED))
    unused = record.unused_vectors(model)
    if unused:
        what = f"{unused} vectors belong to no passage"
        diagnosis.findings.append(Finding("space", what, "run `dateline doctor --fix`.", harmless=True))


def check_generation(record: RecordInspection, place: Place, diagnosis: Diagnosis) -> None:
    """Compare the vector index with the record: which passages it holds, and some of their vectors."""
    state = record.state()
    info = current_generation(state, place)
    leftovers = sorted(place.names() - ({info.name} if info else set()))
    if leftovers:
        what = f"{counted(len(leftovers), 'left-over vector index', 'left-over vector indexes')}"
        advice = "the next `dateline index` that changes much, or `dateline doctor --fix`, removes what nobody reads."
        diagnosis.findings.append(Finding("space", what, advice, harmless=True))
    if info is None:
        if record.counts()["passages"]:
            diagnosis.findings.append(Finding("generation", "the vector index is missing", _FIX))
        return
    try:
        generation = place.open(info.name)
        try:
            _compare(record, generation, info, diagnosis)
        finally:
            generation.close()
    except ServerError:
        raise
    except StoreError as error:
        diagnosis.findings.append(Finding("generation", str(error).split("; ")[0], _FIX))


def _compare(record: RecordInspection, generation: Generation, info: GenerationInfo, diagnosis: Diagnosis) -> None:
    hashes = record.passage_hashes()
    due = hashes.keys() - record.passage_hashes(after=info.revision).keys()
    held = set(generation.ids())
    lacking = len(due - held)
    if lacking:
        diagnosis.findings.append(Finding("generation", f"the vector index lacks {counted(lacking, 'passage')}", _FIX))
    if len(held) != info.passages:
        what = f"the vector index holds {counted(len(held), 'passage')}, and should hold {info.passages}"
        diagnosis.findings.append(Finding("generation", what, _FIX))
    ids = sorted(due & held)
    ids = ids[:: max(1, -(-len(ids) // _SAMPLE))]
    stored = record.vectors(info.model, {hashes[i] for i in ids})
    there = generation.vectors(ids) if ids else {}
    wrong = sum(hashes[i] in stored and not _same(there.get(i), stored[hashes[i]]) for i in ids)
    if wrong:
        what = f"{wrong} of {len(ids)} vectors of the vector index are not those of the record"
        diagnosis.findings.append(Finding("generation", what, _FIX))
    lost = sum(not _finds(generation, i, there[i]) for i in ids if i in there)
    if lost:
        what = f"the vector index does not find {lost} of {len(ids)} of its own passages"
        diagnosis.findings.append(Finding("generation", what, _FIX))
    diagnosis.checked["vectors"] = len(ids)
    vain = len(held - hashes.keys()) + info.wasted
    if vain > max(1_000, len(hashes) // 5):
        what = f"{vain} vectors in the vector index belong to passages that are not stored any more"
        diagnosis.findings.append(Finding("space", what, _FIX, harmless=True))


def _same(one: np.ndarray | None, other: np.ndarray) -> bool:
    if one is None or one.shape != other.shape:
        return False
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return lengths > 0 and float(one @ other) / lengths > 0.9999


def _finds(generation: Generation, passage_id: str, vector: np.ndarray) -> bool:
    found, cosine = generation.query(vector, 1)[0]
    return found == passage_id or cosine > 0.999  # another passage may have the same vector
