"""The seal of a generation: what its files were when it was finished.

Chroma opens files that were cut, overwritten or lost without a word: it then finds a part of the passages, or ends the
process. So they are compared with their sizes and checksums first. Chroma's SQLite file is left out, as SQLite looks
after it itself and a reader writes to it; so is an index that is not written out yet, whose vectors are in that file.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

__all__ = ["SEAL", "broken_seal", "seal"]

SEAL = "seal.json"
_WRITTEN_OUT = "index_metadata.pickle"  # Chroma's vector index on disk has this file beside it
_CHUNK = 1 << 22


def seal(folder: Path) -> None:
    """Note the sizes and CRC-32 of the files of the vector index in a generation's folder, which nobody writes to."""
    sealed = [path for written in folder.glob(f"*/{_WRITTEN_OUT}") for path in written.parent.iterdir()]
    held = {path.relative_to(folder).as_posix(): _mark(path) for path in sorted(sealed) if path.is_file()}
    (folder / SEAL).write_text(json.dumps(held) + "\n", encoding="utf-8")


def broken_seal(folder: Path) -> str | None:
    """The first file that is not as it was sealed; None where all are, or where earlier versions left no seal."""
    path = folder / SEAL
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return next((name for name, mark in held.items() if _mark(folder / name) != mark), None)
    except (OSError, ValueError, AttributeError):
        return SEAL


def _mark(path: Path) -> list[int]:
    """Size and CRC-32; those of nothing where there is no file."""
    size = checksum = 0
    if path.is_file():
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
    return [size, checksum]
