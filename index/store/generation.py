"""Chroma as a derived generation: built beside the current one, checked, then swapped in by one atomic rename.

Chroma was measured to lose vectors with two writers, to show stale results to a reader, and to be destroyed by a kill
during a write. So no reader ever has a generation open that somebody writes to, and whatever happens to one, it is
built again from the record without embedding anything.

Layout of the home folder:
    CURRENT                the name of the generation that is read; replacing it is the only commit point
    generations/NAME/      one Chroma database, with `generation.json` that says what it was made from
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from llama_index.vector_stores.chroma import ChromaVectorStore

__all__ = ["Generation", "GenerationInfo", "build_generation", "current_name", "read_info"]

COLLECTION = "passages"
_BATCH = 2_000  # passages a call; Chroma takes at most 5,461
_SELF_TESTS = 32  # passages that must find themselves before a generation is used
# Twice Chroma's default breadth of search costs a millisecond and brings recall@10 from .92 to over .98.
_HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """What a generation was made from.

    Attributes:
        revision: the record's revision.
        model: fingerprint of the embedding model.
        passages: how many passages it holds.
    """

    revision: int
    model: str
    passages: int


class Generation:
    """One generation, open for reading.

    Raises (on opening):
        StoreError: Chroma cannot open it.
    """

    def __init__(self, home: Path, name: str) -> None:
        self.name = name
        self._client, self._collection = _open(home / "generations" / name, create=False)

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Passage ids and cosine similarities, best first.

        Raises:
            StoreError: Chroma cannot answer.
        """
        with _chroma("be searched"):
            return _nearest(self._collection, vector, limit)

    def ids(self) -> list[str]:
        """The ids of all passages in it.

        Raises:
            StoreError: Chroma cannot answer.
        """
        with _chroma("be read"):
            return list(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Let go of its files."""
        _close(self._client)


def current_name(home: Path) -> str | None:
    """The name of the current generation, or None if there is none."""
    try:
        name = (home / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return name if name and (home / "generations" / name).is_dir() else None


def read_info(home: Path, name: str) -> GenerationInfo | None:
    """What a generation was made from, or None if it does not say."""
    try:
        return GenerationInfo(**json.loads((home / "generations" / name / "generation.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


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

    client, collection = _open(folder, create=True)
    try:
        with _chroma("be written"):
            vectors = ChromaVectorStore(chroma_collection=collection)
            present = set(collection.get(include=[])["ids"])
            wanted = set(ids)
            for gone in _batches(sorted(present - wanted)):
                vectors.delete_nodes(node_ids=gone)
            _add(vectors, [i for i in ids if i not in present], vectors_of, progress)
            _check(collection, ids, vectors_of)
    finally:
        _close(client)


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
        found, cosine = _nearest(collection, vector, 1)[0]
        # Another passage may have the same vector: then it is found instead, at the same distance of none.
        if found != passage_id and cosine < 0.999:
            raise StoreError("the new vector index does not find its own passages; index again.")


def _nearest(collection: Collection, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
    # Asked directly: importing LlamaIndex takes longer than all else that a first answer needs.
    found = collection.query(query_embeddings=vector.tolist(), n_results=limit, include=["distances"])
    distances = found["distances"] or [[]]
    hits = [(i, 1 - float(distance)) for i, distance in zip(found["ids"][0], distances[0], strict=True)]
    # Passages that are equally near come in the order in which the graph was built, which no two builds share.
    return sorted(hits, key=lambda hit: (-round(hit[1], 6), hit[0]))


def _open(folder: Path, *, create: bool) -> tuple[ClientAPI, Collection]:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    with _chroma("be opened"):
        client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
        if create:
            collection = client.get_or_create_collection(
                COLLECTION,
                configuration={"hnsw": _HNSW},
                embedding_function=None,
            )
        else:
            collection = client.get_collection(COLLECTION, embedding_function=None)
    return client, collection


@contextmanager
def _chroma(what: str) -> Iterator[None]:
    """Turn whatever Chroma raises into a StoreError."""
    try:
        yield
    except (StoreError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    # Chroma's Rust core panics with an exception that derives from BaseException, and its other errors share no base.
    except BaseException as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise StoreError(
            f"the vector index cannot {what} ({reason}); build it again with `dateline index --rebuild`."
        ) from error


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


def _close(client: ClientAPI) -> None:
    client.close()  # type: ignore[attr-defined]


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _BATCH):
        yield list(values[start : start + _BATCH])
