"""Questions about who says a sentence, as a conversation makes them of "who says so?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reader.protocol import ReadablePassage
from index.words import words

__all__ = ["attributed", "where_said"]

_WHO_SAYS = re.compile(r"\s*who\s+(?:says|said)\s*:", re.I)
_SAME = 0.9  # share of the words; a Writer's statement or a cut may differ in a word or two


def attributed(question: str) -> str | None:
    """What a question wants the source of, if that is all it asks."""
    match = _WHO_SAYS.match(question)
    said = question[match.end() :].strip().removesuffix("?").rstrip() if match else ""
    return said or None


def where_said(said: str, passages: Sequence[ReadablePassage]) -> tuple[tuple[int, int], float] | None:
    """The sentence that says it (position of its passage, and its own), and the share of words that are the same.

    None where no sentence says nearly all of it, in as few words.
    """
    wanted = Counter(words(said))
    best: tuple[tuple[int, int], float] | None = None
    for p, passage in enumerate(passages):
        for s, (start, end) in enumerate(passage.sentences):
            has = Counter(words(passage.text[start:end]))
            share = (wanted & has).total() / max(1, wanted.total(), has.total())
            if share >= _SAME and (best is None or share > best[1]):
                best = ((p, s), share)
    return best
