"""The network that ships, on onnxruntime: it marks the words that answer a question, and judges claims. Its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort  # type: ignore[import-untyped]

from assistant.reader.encoding import MAX_QUESTION_TOKENS, Body, Window, WindowEncoder
from assistant.reader.spans import ReadablePassage, SentenceScore, score_sentences
from index.embedding.runtime import cores
from index.errors import ModelError

MANIFEST = "model.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
CALIBRATION = "calibration.json"

_LEAST_TOKENS = 96
"""Tokens that a window needs: the longest question and title leave room for a few of the text."""


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A checked model folder.

    Attributes:
        name: what the model is called; it is recorded with answers.
        longest: tokens in a window at most.
        digest: hash of the network, which tells two models of one name apart.
    """

    folder: Path
    name: str
    longest: int
    digest: str

    @classmethod
    def open(cls, folder: Path) -> ModelFiles:
        """Check every file of the folder against the manifest.

        Raises:
            ModelError: a file is missing, damaged, or belongs to another model.
        """
        manifest = _read_manifest(folder / MANIFEST)
        files = manifest["files"]
        for name in (NETWORK, TOKENIZER):
            if name not in files:
                raise ModelError(f"{folder / MANIFEST}: does not list {name}; install the reader's model again")
        for name, digest in files.items():
            path = folder / name
            try:
                found = sha256_of(path)
            except OSError as error:
                raise ModelError(
                    f"{path}: cannot be read ({error.strerror}); install the reader's model again"
                ) from error
            if found != digest:
                raise ModelError(f"{path}: is damaged or not this model's; install the reader's model again")
        return cls(folder, str(manifest["name"]), int(manifest["longest"]), str(files[NETWORK]))


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); install the reader's model") from error
    except ValueError as error:
        raise ModelError(f"{path}: is damaged ({error}); install the reader's model again") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(f"{path}: is not the manifest of a network; install the reader's model again")
    if not isinstance(manifest.get("name"), str) or not isinstance(manifest.get("longest"), int):
        raise ModelError(f"{path}: is not the manifest of a network; install the reader's model again")
    if manifest["longest"] < _LEAST_TOKENS:
        raise ModelError(f"{path}: has windows of {manifest['longest']} tokens; make one of {_LEAST_TOKENS} or more")
    return manifest


def write_manifest(folder: Path, *, name: str, longest: int, about: dict[str, Any]) -> None:
    """Write the manifest with the hashes of the files as they are now.

    The calibration is not among them: it is fitted again without the network, and can be read by people.
    """
    listed = {name: sha256_of(folder / name) for name in (NETWORK, TOKENIZER)}
    manifest = {"name": name, "longest": longest, **about, "files": listed}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=False) + "\n", encoding="utf-8")


_OVERLAP = 64  # tokens that neighbouring windows share: more than an answer may have, so none is cut in two

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Job:
    """One window to be scored, and whose it is."""

    passage: int
    window: Window


class OnnxNetwork:
    """A trained network in a model folder; implements `SpanNetwork`."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load and check a model folder.

        Args:
            threads: how many windows are read at the same time; 0 takes one for each core this process may use.

        Raises:
            ModelError: a file is missing or damaged.
        """
        files = ModelFiles.open(folder)
        self._encoder = WindowEncoder(folder / TOKENIZER)
        self._longest = files.longest
        self.name = f"{files.name}@{files.digest[:12]}"
        self._threads = threads or cores()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # windows run side by side instead; with one thread nothing spins either
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own errors share no base class but this
            raise ModelError(f"{folder / NETWORK}: cannot be loaded ({error}); install the model again") from error

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceScore]]:
        """See `SpanNetwork.read`."""
        asked = self._encoder.question(question)
        bodies = self._encoder.bodies([passage.text for passage in passages])
        jobs = [
            _Job(number, window)
            for number, passage in enumerate(passages)
            for window in self._windows(asked, passage.title, bodies[number])
        ]
        best: list[dict[int, SentenceScore]] = [{} for _ in passages]
        for job, (logits, _) in self._run_all(jobs):
            window = job.window
            part = slice(window.body, window.body + window.count)
            none = logits[0]
            offsets = bodies[job.passage].offsets[window.first : window.first + window.count]
            held = best[job.passage]
            for one in score_sentences(
                logits[part, 0] - none[0], logits[part, 1] - none[1], offsets, passages[job.passage].sentences
            ):
                if one.sentence not in held or one.score > held[one.sentence].score:
                    held[one.sentence] = one
        return [[held[number] for number in sorted(held)] for held in best]

    def supports(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each claim with a text, the log-odds that the text supports it; of a long text that of its best window.

        Minus infinity where the text has no words, or the claim more than the network reads of one.
        """
        asked = [body.ids for body in self._encoder.bodies([claim for claim, _ in claims])]
        bodies = self._encoder.bodies([text for _, text in claims])
        jobs = [
            _Job(n, window)
            for n, body in enumerate(bodies)
            if len(asked[n]) <= MAX_QUESTION_TOKENS
            for window in self._windows(asked[n], "", body)
        ]
        best = [float("-inf")] * len(claims)
        for job, (_, score) in self._run_all(jobs):
            best[job.passage] = max(best[job.passage], score)
        return best

    def _windows(self, question: Sequence[int], title: str, body: Body) -> Iterator[Window]:
        """The windows that slide over a body; neighbours overlap, and the last ends with the body."""
        before = self._encoder.title(title)
        room = self._longest - len(question) - len(before) - 3
        first = 0
        while body.ids:
            yield self._encoder.window(question, before, body, first, room)
            if first + room >= len(body.ids):
                return
            first = min(first + max(room - _OVERLAP, room // 2), len(body.ids) - room)

    def _run_all(self, jobs: Sequence[_Job]) -> Iterator[tuple[_Job, tuple[Floats, float]]]:
        """Run the network over each window by itself, several side by side, the longest first.

        Without padding a score depends on nothing but its window, and no time goes into padding.
        """
        ordered = sorted(jobs, key=lambda one: -len(one.window.ids))
        if self._threads == 1 or len(ordered) == 1:
            yield from zip(ordered, map(self._run, ordered), strict=True)
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="reader") as pool:
            yield from zip(ordered, pool.map(self._run, ordered), strict=True)

    def _run(self, job: _Job) -> tuple[Floats, float]:
        ids = np.array([job.window.ids], dtype=np.int64)
        types = np.zeros_like(ids)
        types[0, job.window.second :] = 1
        logits, support = self._session.run(["logits", "support"], {"input_ids": ids, "token_type_ids": types})
        return logits[0], float(support[0, 0])
