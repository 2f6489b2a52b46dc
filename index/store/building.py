"""Building a generation: from the record's vectors, beside the current one, checked before it takes its place."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.store.chroma import chroma_errors, close_client, nearest, open_collection
from index.store.generation import GenerationInfo, current_name, read_info

if TYPE_CHECKING:
    from chromadb import Collection
    from llama_index.vector_stores.chroma import ChromaVectorStore

__all__ = ["build_generation"]

_BATCH = 2_000  # passages a call; Chroma takes at most 5,461
_SELF_TESTS = 32  # passages that must find themselves before a generation is used

Progress = Callable[[int, int], None]


def build_generation(
    home: Path,
    info: GenerationInfo,
    ids: Sequence[str],
    vectors_of: Callable[[Sequence[str]], NDArray[np.float32]],
    progress: Progress | None = None,
) -> str:
    """Make a generation that holds exactly the passages `ids`, check it, and make it the current one.

    Starts from a copy of the current generation where it was made by the same model, and writes only the difference;
    starts from nothing where there is none or the copy turns out to be broken. The caller holds the writer lock.

    Args:
        home: the store's folder.
        info: what it is made from.
        ids: all passage ids of the record.
        vectors_of: gives the vectors [n, dimensions] of some passage ids.
        progress: called with how many passages were written, and of how many.

    Returns:
        The name of the new generation.

    Raises:
        StoreError: it cannot be built, or does not pass the check; the current one stays.
    """
    before = current_name(home)
    _remove_others(home, keep={before})
    reusable = before is not None and (old := read_info(home, before)) is not None and old.model == info.model
    attempts = [before, None] if reusable else [None]
    for base in attempts:
        name = f"{info.revision}-{secrets.token_hex(4)}"
        folder = home / "generations" / name
        try:
            _fill(home, folder, base, ids, vectors_of, progress)
            (folder / "generation.json").write_text(json.dumps(asdict(info)), encoding="utf-8")
            _point_to(home, name)
        except StoreError:
            shutil.rmtree(folder, ignore_errors=True)
            if base is None:
                raise
            continue
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise StoreError(
                f"{home}: cannot be written to ({error.strerror}); free some space, then index again."
            ) from None
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return name
    raise AssertionError("the last attempt returns or raises")


def _fill(
    home: Path,
    folder: Path,
    base: str | None,
    ids: Sequence[str],
    vectors_of: Callable[[Sequence[str]], NDArray[np.float32]],
    progress: Progress | None,
) -> None:
    if base is not None:
        shutil.copytree(home / "generations" / base, folder)
        (folder / "generation.json").unlink(missing_ok=True)
    else:
        folder.mkdir(parents=True)
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client, collection = open_collection(folder, create=True)
    try:
        with chroma_errors("be written"):
            vectors = ChromaVectorStore(chroma_collection=collection)
            present = set(collection.get(include=[])["ids"])
            wanted = set(ids)
            for gone in _batches(sorted(present - wanted)):
                vectors.delete_nodes(node_ids=gone)
            _add(vectors, [i for i in ids if i not in present], vectors_of, progress)
            _check(collection, ids, vectors_of)
    finally:
        close_client(client)


def _add(
    vectors: ChromaVectorStore,
    ids: Sequence[str],
    vectors_of: Callable[[Sequence[str]], NDArray[np.float32]],
    progress: Progress | None,
) -> None:
    from llama_index.core.schema import TextNode

    done = 0
    for some in _batches(ids):
        # The text stays in the record alone: Chroma's files keep what is deleted, and a withdrawn article must go.
        vectors.add([TextNode(id_=i, embedding=v.tolist()) for i, v in zip(some, vectors_of(some), strict=True)])
        done += len(some)
        if progress:
            progress(done, len(ids))


def _check(
    collection: Collection, ids: Sequence[str], vectors_of: Callable[[Sequence[str]], NDArray[np.float32]]
) -> None:
    count = collection.count()
    if count != len(ids):
        raise StoreError(f"the new vector index holds {count} passages instead of {len(ids)}; index again.")
    sample = ids[:: max(1, len(ids) // _SELF_TESTS)][:_SELF_TESTS]
    for passage_id, vector in zip(sample, vectors_of(sample) if sample else [], strict=True):
        found, cosine = nearest(collection, vector, 1)[0]
        # Another passage may have the same vector: then it is found instead, at the same distance of none.
        if found != passage_id and cosine < 0.999:
            raise StoreError("the new vector index does not find its own passages; index again.")


def _point_to(home: Path, name: str) -> None:
    temporary = home / "CURRENT.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / "CURRENT")


def _remove_others(home: Path, keep: set[str | None]) -> None:
    """Remove what dead builders left, and generations before the current one."""
    folder = home / "generations"
    if folder.is_dir():
        for old in folder.iterdir():
            if old.name not in keep:
                shutil.rmtree(old, ignore_errors=True)


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _BATCH):
        yield list(values[start : start + _BATCH])
