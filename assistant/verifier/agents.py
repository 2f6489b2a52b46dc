"""Who did it: "led by Ingrid Lund" needs a source that says "by Ingrid Lund" there, or that Ingrid Lund led."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.text import parsed

_BY = re.compile(r"(?<![\w’'-])(?P<before>[\w’'-]++)\s++by\s++(?:(?:the|a|an|its|his|her|their)\s++)?$", re.I)
_BEFORE = 120  # characters before a name in which "led by the" stands
_NEAR = 3  # content words between a name and what it does, or between "by" and a name


def changed_agents(statement: str, sentences: Sequence[str]) -> list[str]:
    """The names of a statement after "by" that do not do in the sentences what they do in the statement.

    A name passes where a sentence has "by" shortly before it, or has it shortly before a word that means what stands
    before "by".
    """
    return [
        name
        for name, start in parsed(statement).names
        if not _does(statement[max(0, start - _BEFORE) : start], name, sentences)
    ]


def _does(before: str, name: str, sentences: Sequence[str]) -> bool:
    by = _BY.search(before)
    wanted = parsed(name).concepts
    if by is None or not wanted:
        return True
    action = frozenset[str]().union(*parsed(by["before"]).concepts)
    return any(
        _has_by(sentence, wanted[-1]) or _acts(parsed(sentence).concepts, wanted[-1], action) for sentence in sentences
    )


def _has_by(sentence: str, name: frozenset[str]) -> bool:
    parts = re.split(r"\bby\b", sentence, flags=re.I)[1:]
    return any(not name.isdisjoint(word) for part in parts for word in parsed(part).concepts[: _NEAR + 1])


def _acts(words: Sequence[frozenset[str]], name: frozenset[str], action: frozenset[str]) -> bool:
    return any(
        not word.isdisjoint(name) and any(not action.isdisjoint(near) for near in words[at + 1 : at + 1 + _NEAR])
        for at, word in enumerate(words)
    )
