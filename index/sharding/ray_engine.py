"""Embedding by shards on Ray Data (extra `ray`): on the cores of this machine, or on a cluster.

Only embedding is distributed. This process reads and splits the articles, and is the one writer of the record, into
which each shard goes as it arrives; so a crash, here or there, costs the shards on their way and nothing else.

A cluster is named by Ray's own variable RAY_ADDRESS, and every machine of it needs the same version of Dateline. Else
Ray is started here, for this run alone, on a loopback address: Ray asks nobody for a password and runs what it is sent,
so it must not listen where others can reach it. Nothing is reported to Ray's makers (`index.offline`).
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from index.embedding import Embedding, EmbeddingProgress, load_embedding
from index.errors import EngineError
from index.sharding import SHARD_TEXTS, Vectors
from index.sharding.worker import ShardWorker, as_row

# A window starts its workers anew, which load the model: seconds, beside the minutes that so many shards take.
_SHARDS_A_WORKER = 32
_STORE_BYTES = 256 * 2**20  # shared memory for shards on their way; Ray would take 30 % of the machine's
_ENVIRONMENT = {
    # Else Ray, on Linux, replaces 127.0.0.1 by the address that others reach the machine at, and listens on all.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # Its warnings would stand between the lines of the program.
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
_STARTS = 3  # on a busy machine, the parts of Ray can wait for each other longer than they are willing to


class RayEmbedding:
    """An embedding model whose shards are embedded by Ray workers; single texts, such as questions, are embedded here.

    Ray is started by the first shard, so a run in which nothing changed does not wait for it. Use it as a context
    manager, or call `close`.

    Args:
        model: as for `load_embedding`.
        workers: processes that embed, one core each; 0 takes one for each core of this machine.

    Raises:
        EngineError: the extra is not installed.
        ModelError: as `load_embedding`.
    """

    def __init__(self, model: str, *, workers: int = 0, shard_texts: int = SHARD_TEXTS) -> None:
        missing = [name for name in ("ray", "pyarrow") if find_spec(name) is None]
        if missing:
            raise EngineError(
                f"the engine ray needs an extra that is not installed ({missing[0]}): pip install '.[ray]'."
            )
        self._model = model
        self._local: Embedding = load_embedding(model)
        self.name = self._local.name
        self.fingerprint = self._local.fingerprint
        self.dimensions = self._local.dimensions
        self.max_tokens = self._local.max_tokens
        self.workers = workers or os.cpu_count() or 1
        self.shard_texts = shard_texts
        self.window = shard_texts * _SHARDS_A_WORKER * self.workers
        self._folder: str | None = None

    def __enter__(self) -> RayEmbedding:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what was started here."""
        if self._folder is not None:
            import ray

            ray.shutdown()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def encode(self, texts: Sequence[str], progress: EmbeddingProgress | None = None) -> Vectors:
        """The vectors of some texts, made in this process: shape `[len(texts), dimensions]`."""
        return self._local.encode(texts, progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        return self._local.count_tokens(texts)

    def encode_shards(self, shards: Sequence[Sequence[str]]) -> Iterator[tuple[int, Vectors]]:
        """The vectors of each shard as they arrive: its number, and shape `[len(shards[number]), dimensions]`.

        A worker that dies is replaced, and its shard made again, by Ray.

        Raises:
            EngineError: Ray cannot be started or reached, or its workers fail.
        """
        rows = [as_row(number, texts) for number, texts in enumerate(shards) if texts]
        for number, texts in enumerate(shards):
            if not texts:
                yield number, np.empty((0, self.dimensions), dtype=np.float32)
        if rows:
            yield from self._embed(rows)

    def _embed(self, rows: list[dict[str, Any]]) -> Iterator[tuple[int, Vectors]]:
        self._start()
        import ray

        workers = ray.data.ActorPoolStrategy(size=min(self.workers, len(rows)))
        work = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            ShardWorker, fn_constructor_args=(self._model,), batch_size=1, compute=workers, num_cpus=1
        )
        missing = {row["shard"] for row in rows}
        try:
            for row in work.iter_rows():
                if row["model"] != self.fingerprint:
                    raise EngineError(
                        f"a Ray worker has another embedding model than {self.name}; install the same version of "
                        "Dateline on every machine of the cluster."
                    )
                missing.discard(row["shard"])
                yield row["shard"], np.frombuffer(row["vectors"], dtype=np.float32).reshape(-1, self.dimensions)
        except ray.exceptions.RayError as error:
            raise EngineError(_failed(error)) from error
        if missing:
            raise EngineError(_failed(f"{len(missing)} shards did not come back"))

    def _start(self) -> None:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import ray
        import ray.data

        if ray.is_initialized():
            return
        self._folder = tempfile.mkdtemp(prefix="dateline-ray-")
        address = os.environ.get("RAY_ADDRESS") or "local"
        given: dict[str, Any] = {"address": address, "log_to_driver": False, "logging_level": logging.ERROR}
        if address == "local":
            given |= {
                "num_cpus": self.workers,
                "include_dashboard": False,
                "object_store_memory": _STORE_BYTES,
                "_node_ip_address": "127.0.0.1",
                "_temp_dir": self._folder,
            }
        for left in reversed(range(_STARTS)):
            try:
                ray.init(**given)
                break
            except Exception as error:  # Ray raises nothing narrower when its parts do not start
                ray.shutdown()
                if not left:
                    self.close()
                    raise EngineError(f"Ray cannot be used at {address} ({_line(error)}); try again.") from error
        _be_quiet()


def _be_quiet() -> None:
    """Leave stdout and stderr to the program."""
    import ray

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _failed(reason: object) -> str:
    return f"the Ray workers failed ({_line(reason)}); what was stored stays: run the same command again."


def _line(error: object) -> str:
    """The last line of what Ray says, which is the error itself; what comes before is where it was raised."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else type(error).__name__
