"""The word lists of `index/language/data`: a file each, whose first line says what it is and where it comes from."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def list_lines(name: str) -> list[str]:
    """The lines of a list, without comments."""
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def word_list(name: str) -> frozenset[str]:
    """The words of a list, whatever line they are in."""
    return frozenset(" ".join(list_lines(name)).split())


def word_groups(name: str) -> dict[str, list[str]]:
    """The words of a list whose lines are `group: word word`; a group may go on in the next line."""
    groups: dict[str, list[str]] = {}
    for line in list_lines(name):
        group, _, words = line.partition(": ")
        groups.setdefault(group, []).extend(words.split())
    return groups
