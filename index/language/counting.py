"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """How many there are of something: `1 article`, `2,000 articles`. A plural that is not given ends in s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
