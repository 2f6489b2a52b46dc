"""The index of a corpus, made once and kept below the home folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import index
from assistant.settings import Settings
from index import index_paths, load_embedding
from index.files import look, none_found
from index.indexing.summary import Progress
from index.store.reading import RECORD_NAME
from index.store.record import Record

_DONE = "corpus.json"  # written last: without it the index is not finished


@dataclass(frozen=True, slots=True)
class Corpus:
    """An indexed corpus.

    Attributes:
        fingerprint: one hash over its articles.
        skipped: what of it could not be used, each with its place and reason.
    """

    home: Path
    fingerprint: str
    articles: int
    passages: int
    skipped: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For the log: without the folder, which is another on every machine."""
        counts = {"articles": self.articles, "passages": self.passages}
        return {"fingerprint": self.fingerprint, **counts, "skipped": list(self.skipped)}


def prepare(corpus: Path | None, settings: Settings, progress: Progress | None = None) -> Corpus:
    """The index of a corpus, from an earlier run if there is one; without a corpus, the store of the settings.

    Raises:
        UsageError: the path does not exist or there are no articles.
        NoIndexError: no corpus is given, and there is no store.
        DatelineError: it cannot be indexed.
    """
    if corpus is None:
        return _describe(settings.home, ())
    found = look([corpus])
    if not found.files:
        raise none_found(found, [corpus])
    files = list(found.files)
    embedding = load_embedding(settings.embedding_model, threads=settings.threads)
    home = settings.home / "evals" / "corpora" / _key(files, embedding.fingerprint, settings)
    done = home / _DONE
    if not done.exists():
        limits = settings.file_limits
        summary = index_paths(home, files, embedding, **settings.storing, limits=limits, progress=progress)
        # Names without folders: the log must read the same on every machine.
        errors = (*found.faults, *summary.errors)
        skipped = [str(error).replace(f"{files[0].parent}/", "") for error in errors]
        done.write_text(json.dumps({"skipped": skipped}), encoding="utf-8")
    return _describe(home, tuple(json.loads(done.read_text(encoding="utf-8"))["skipped"]))


def _key(files: Sequence[Path], embedding: str, settings: Settings) -> str:
    """Names the index by the bytes of the files and by all that decides how they are split and embedded."""
    digest = hashlib.sha256(f"{embedding}\0{settings.passage_tokens}\0{settings.file_limits}".encode())
    # The index of today's sentences must not serve a run that is to measure tomorrow's.
    package = Path(index.__file__).parent
    code = [*package.glob("language/sentences/*.py"), package / "indexing" / "batch.py", *package.glob("files/*.py")]
    for path in (*sorted(code), *files):
        digest.update(f"\0{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _describe(home: Path, skipped: tuple[str, ...]) -> Corpus:
    with Record(home / RECORD_NAME) as record:
        counts = record.counts()
        return Corpus(home, record.fingerprint(), counts["articles"], counts["passages"], skipped)
