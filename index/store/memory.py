"""Memory without remains of what the process read before.

hnswlib, which Chroma's vector index is built with, writes its memory to disk as it is, the parts that it never filled
among it. Whatever the process held and freed can stand there: seen was the text of an article that was being removed.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["overwritten_memory"]

_M_PERTURB = -6  # malloc.h of glibc
_FILL = 0xAA


@contextmanager
def overwritten_memory() -> Iterator[None]:
    """While this is open, memory that C code asks for is filled first. Only glibc can; elsewhere nothing happens.

    Source: mallopt(3), M_PERTURB. It holds for the whole process, and costs a fill of each block.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform.startswith("linux") else None
    if mallopt is None:
        yield
        return
    mallopt(_M_PERTURB, _FILL)
    try:
        yield
    finally:
        mallopt(_M_PERTURB, 0)
