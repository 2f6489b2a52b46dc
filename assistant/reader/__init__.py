"""Readers: which sentences of the passages answer the question, and how sure that is."""

from __future__ import annotations

from pathlib import Path

from assistant.reader.protocol import Candidate, ReadablePassage, Reader, Reading
from index import Embedding
from index.errors import ModelError

__all__ = [
    "DEFAULT_READER",
    "SENTENCE_READER",
    "SHIPPED_READER",
    "Candidate",
    "ReadablePassage",
    "Reader",
    "Reading",
    "load_reader",
]

DEFAULT_READER = "default"
SENTENCE_READER = "sentence"
SHIPPED_READER = Path(__file__).parent / "models" / "dateline-reader"


def load_reader(embedding: Embedding, reader: str = DEFAULT_READER, *, threads: int = 0) -> Reader:
    """The Reader that answers questions.

    Args:
        embedding: the embedding model of the store, with which the sentence Reader compares question and sentences.
        reader: `default` is the one that ships; `sentence` needs no network; `hf:NAME` is a question answering model of
            the Hugging Face kind (extra `sentence-transformers`), with the weights of the one that ships; anything else
            is the folder of a model that `assistant.reader.training` made.
        threads: how many windows the network reads at the same time; 0 takes one for each core.

    Raises:
        ModelError: a file of it is missing or damaged, the extra is not installed, or no such model is here.
    """
    if reader == SENTENCE_READER:
        from assistant.reader.sentence_reader import SentenceReader

        return SentenceReader(embedding)
    from assistant.reader.calibration import Calibration
    from assistant.reader.span_files import CALIBRATION
    from assistant.reader.span_reader import SpanReader
    from assistant.reader.transformers_network import PREFIX, TransformersNetwork

    if reader.startswith(PREFIX):
        network = TransformersNetwork(reader.removeprefix(PREFIX))
        return SpanReader(network, Calibration.load(SHIPPED_READER / CALIBRATION))
    from assistant.reader.span import OnnxNetwork

    folder = SHIPPED_READER if reader == DEFAULT_READER else Path(reader)
    if not folder.is_dir():
        raise ModelError(f"DATELINE_READER={reader}: there is no such folder; name that of a reader, or unset it.")
    trained = OnnxNetwork(folder, threads=threads)
    return SpanReader(trained, Calibration.load(folder / CALIBRATION, trained.name))
