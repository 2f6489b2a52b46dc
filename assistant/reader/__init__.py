"""Readers: which sentences of the passages answer the question, and how sure that is."""

from __future__ import annotations

from pathlib import Path

from assistant.reader.protocol import Candidate, ReadablePassage, Reader, Reading
from index import Embedding
from index.errors import ModelError

__all__ = ["SENTENCE_READER", "Candidate", "ReadablePassage", "Reader", "Reading", "load_reader"]


SENTENCE_READER = "sentence"


def load_reader(embedding: Embedding, reader: str = SENTENCE_READER, *, threads: int = 0) -> Reader:
    """The Reader that answers questions.

    Args:
        embedding: the embedding model of the store, with which the sentence Reader compares question and sentences.
        reader: `sentence`, or the folder of a span reader that `assistant.reader.training` made.
        threads: how many windows a span reader reads at the same time; 0 takes one for each core.

    Raises:
        ModelError: a file of it is missing or damaged.
    """
    if reader != SENTENCE_READER:
        from assistant.reader.span import SpanReader

        if not Path(reader).is_dir():
            raise ModelError(
                f"DATELINE_READER={reader}: there is no such folder; name that of a span reader, or unset it."
            )
        return SpanReader(Path(reader), threads=threads)
    from assistant.reader.sentence_reader import SentenceReader

    return SentenceReader(embedding)
