"""Keeping the vector index near the record: when a generation is built, grown, or left as it is.

A search looks through the generation and, exactly, through the passages that were stored after it; what was removed is
dropped from what it finds. So the generation need not follow every change: it is built anew when the passages that it
lacks, or the vectors that it holds in vain, have become many. Whatever it is, it can be built from the record alone.
"""

from __future__ import annotations

import ctypes
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from index.errors import NoRoomError, ServerError, StoreError
from index.store.reading import RecordReader
from index.store.record import Record
from index.store.state import GenerationInfo, RecordState
from index.vectors.generation import Generation, Place

BuildProgress = Callable[[int, int], None]
"""Called with how many passages were written, and of how many."""

_BATCH = 2_000  # passages a call; Chroma takes at most 5,461
_SELF_TESTS = 32  # passages that must find themselves before a generation is used
_MOST_LACKING = 1_000  # passages stored after the generation, which every search compares one by one: a millisecond
_MOST_WASTED = 1_000  # vectors in vain that are never worth a build
_WASTE = 0.2  # the share of vectors in vain at which everything is built anew, which alone makes the files smaller
_M_PERTURB = -6  # malloc.h of glibc
_FILL = 0xAA


def current_generation(state: RecordState, place: Place) -> GenerationInfo | None:
    """The generation that a record points to, if it is at this place and of the record's model."""
    info = state.generation
    return info if info is not None and info.place == place.address and info.model == state.model else None


def update_generation(
    record: Record, place: Place, *, anew: bool = False, progress: BuildProgress | None = None
) -> bool:
    """Build or grow the generation, if that is due; the caller holds the writer lock. Whether it did.

    Raises:
        StoreError: it cannot be built, or does not pass the check; what was read before stays.
    """
    state = record.state()
    info = current_generation(state, place)
    if info is not None and not place.holds(info.name):
        info = None  # it was lost or damaged
    passages = record.counts()["passages"]
    if info is None and passages == 0 and state.generation is None:
        return False
    lacking = record.count_passages(after=info.revision) if info else passages
    vain = max(0, info.passages - (passages - lacking)) + info.wasted if info else 0
    too_much_waste = vain > max(_MOST_WASTED, _WASTE * passages)
    if info is not None and not (anew or too_much_waste or lacking > _MOST_LACKING):
        return False
    base = None if info is None or anew or too_much_waste else info
    remove_leftovers(place, info)
    try:
        _build(record, state, place, base, progress)
    except (ServerError, NoRoomError):
        raise
    except StoreError:
        if base is None:
            raise
        _build(record, state, place, None, progress)  # the one that it grew from is damaged
    return True


def remove_leftovers(place: Place, info: GenerationInfo | None) -> list[str]:
    """Remove the generations that are not read: of dead builders, and from before the last build. Their names."""
    leftovers = sorted(place.names() - ({info.name} if info else set()))
    for name in leftovers:
        place.remove(name)
    return leftovers


def _build(
    record: Record, state: RecordState, place: Place, base: GenerationInfo | None, progress: BuildProgress | None
) -> None:
    grown = base is not None and place.shared
    name = base.name if base is not None and grown else f"{state.revision}-{secrets.token_hex(4)}"
    try:
        with _overwritten_memory():
            generation = place.open(name) if grown else place.create(name, base.name if base else None)
            try:
                passages, removed = _fill(generation, record, state.model or "", base is not None, progress)
            finally:
                generation.close()
        place.settle(name)
    except BaseException:
        if not grown:
            place.remove(name)
        raise
    wasted = base.wasted + removed if base else 0
    record.set_generation(GenerationInfo(name, place.address, state.revision, state.model or "", passages, wasted))


def _fill(
    generation: Generation, record: RecordReader, model: str, based: bool, progress: BuildProgress | None
) -> tuple[int, int]:
    """Make a generation hold exactly the record's passages; how many these are, and how many it had to remove."""
    hashes = record.passage_hashes()
    present = set(generation.ids()) if based else set()
    gone = sorted(present - hashes.keys())
    generation.remove(gone)
    new = [i for i in hashes if i not in present]
    for start in range(0, len(new), _BATCH):
        some = new[start : start + _BATCH]
        generation.put(some, _vectors(record, model, [hashes[i] for i in some]))
        if progress:
            progress(start + len(some), len(new))
    _check(generation, record, model, hashes)
    return len(hashes), len(gone)


def _vectors(record: RecordReader, model: str, hashes: Sequence[str]) -> NDArray[np.float32]:
    found = record.vectors(model, set(hashes))
    try:
        return np.stack([found[digest] for digest in hashes])
    except KeyError:
        raise StoreError(
            f"{record.path}: vectors are missing; run `dateline doctor --fix`, which makes them again."
        ) from None


def _check(generation: Generation, record: RecordReader, model: str, hashes: dict[str, str]) -> None:
    count = generation.count()
    if count != len(hashes):
        raise StoreError(f"the new vector index holds {count} passages instead of {len(hashes)}; index again.")
    ids = list(hashes)
    for passage_id in ids[:: max(1, len(ids) // _SELF_TESTS)][:_SELF_TESTS]:
        vector = _vectors(record, model, [hashes[passage_id]])[0]
        found, cosine = generation.query(vector, 1)[0]
        # Another passage may have the same vector: then it is found instead, at the same distance of none.
        if found != passage_id and cosine < 0.999:
            raise StoreError("the new vector index does not find its own passages; index again.")


@contextmanager
def _overwritten_memory() -> Iterator[None]:
    """While this is open, memory that C code asks for is filled first. Only glibc can; elsewhere nothing happens.

    hnswlib, which Chroma's vector index is built with, writes its memory to disk as it is, the parts that it never
    filled among it. Whatever the process held and freed can stand there: seen was the text of an article that was being
    removed. Source: mallopt(3), M_PERTURB. It holds for the whole process, and costs a fill of each block.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform.startswith("linux") else None
    if mallopt is None:
        yield
        return
    mallopt(_M_PERTURB, _FILL)
    try:
        yield
    finally:
        mallopt(_M_PERTURB, 0)
