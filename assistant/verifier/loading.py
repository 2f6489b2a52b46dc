"""The Verifier that goes with a Reader: both read with the same network, which is loaded once."""

from __future__ import annotations

from assistant.reader import SHIPPED_READER, Reader, load_reader
from assistant.reader.network import OnnxNetwork
from assistant.reader.reader import NetworkReader
from assistant.verifier.verifier import Verifier


def load_verifier(reader: Reader, *, threads: int = 0) -> Verifier:
    """A Verifier with the network of a Reader; with the one that ships where that of the Reader judges no claims.

    Args:
        reader: the Reader that answers.
        threads: of a network that has to be loaded.

    Raises:
        ModelError: a file of the network that ships is missing or damaged.
    """
    if not (isinstance(reader, NetworkReader) and isinstance(reader.network, OnnxNetwork)):
        reader = load_reader(str(SHIPPED_READER), threads=threads)
    assert isinstance(reader, NetworkReader)
    assert isinstance(reader.network, OnnxNetwork)
    return Verifier(reader.network, reader.support)
