"""The vector index: Chroma as generations derived from the record, in the store's own folder or on a server."""

from __future__ import annotations

from pathlib import Path

from index.vectors.generation import Place
from index.vectors.local import LocalPlace

__all__ = ["place_of"]


def place_of(home: Path, store: str, chroma_url: str) -> Place:
    """The place of a store's generations: its own folder, or the Chroma server at an address.

    Args:
        store: identifies the store, among others on a server.
        chroma_url: the server's address, such as `http://127.0.0.1:8000`; empty for the folder.

    Raises:
        SettingsError: it is no such address.
    """
    if not chroma_url:
        return LocalPlace(home)
    from index.vectors.server import ServerPlace

    return ServerPlace(chroma_url, store)
