"""Readers: which sentences of the passages answer the question, and how sure that is."""

from __future__ import annotations

from pathlib import Path

from assistant.reader.reader import Candidate, Reader, Reading
from index.errors import ModelError

__all__ = ["DEFAULT_READER", "SHIPPED_READER", "Candidate", "Reader", "Reading", "load_reader"]

DEFAULT_READER = "default"
SHIPPED_READER = Path(__file__).parent / "models" / "dateline-reader"


def load_reader(reader: str = DEFAULT_READER, *, threads: int = 0) -> Reader:
    """The Reader that answers questions.

    Args:
        reader: `default` is the one that ships; `hf:NAME` is a question answering model of the Hugging Face kind (extra
            `sentence-transformers`), with the weights of the one that ships; anything else is the folder of a model
            that `evals.workshop.training` made.
        threads: how many windows the network reads at the same time; 0 takes one for each core.

    Raises:
        ModelError: a file of it is missing or damaged, the extra is not installed, or no such model is here.
    """
    from assistant.reader.calibration import Calibration
    from assistant.reader.network import CALIBRATION
    from assistant.reader.reader import NetworkReader
    from assistant.reader.transformers_network import PREFIX, TransformersNetwork

    if reader.startswith(PREFIX):
        network = TransformersNetwork(reader.removeprefix(PREFIX))
        return NetworkReader(network, Calibration.load(SHIPPED_READER / CALIBRATION))
    from assistant.reader.network import OnnxNetwork

    folder = SHIPPED_READER if reader == DEFAULT_READER else Path(reader)
    if not folder.is_dir():
        raise ModelError(f"DATELINE_READER={reader}: there is no such folder; name that of a reader, or unset it.")
    trained = OnnxNetwork(folder, threads=threads)
    return NetworkReader(trained, Calibration.load(folder / CALIBRATION, trained.name))
