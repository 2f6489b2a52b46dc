"""Questions that a text does not answer, made from questions that are answered elsewhere.

The training sets hold no unanswerable questions. Four kinds are made: the question with another paragraph of its
article, with a paragraph that BM25 finds for it, with its own paragraph after the sentence of the answer was taken out,
and with a name, number or word of the question swapped (`swaps`; here the answer stays: the question no longer asks for
it). In the first three, a text that still holds an accepted answer is never a negative.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from assistant.reader.training.bm25 import Bm25
from assistant.reader.training.records import Paragraph, Record
from assistant.reader.training.swaps import NAME, NUMBER, Substitutes, swap_in_question

__all__ = ["Negatives", "sentence_spans"]

_SENTENCE_END = re.compile(r"(?<=[.!?][\"')\]”’])\s+|(?<=[.!?])\s+(?=[\"'(\[“‘A-Z0-9])|\n+")
_WORD = re.compile(r"[a-z]+")
_SHARE_OF_TEXT = (
    0.5  # a name that the text itself has misleads most, but now and then it makes a question with an answer
)
_KINDS = {"swap": 45, "cut": 15, "article": 20, "search": 20}


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Rough sentences, good enough to cut training texts; they cover the text but for white space between them."""
    spans, start = [], 0
    for gap in _SENTENCE_END.finditer(text):
        if gap.start() > start:
            spans.append((start, gap.start()))
        start = gap.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


class Negatives:
    """Makes one negative at a time for a question.

    Args:
        paragraphs: all of them, by key.
        records: all questions about them.
        substitutes: words that can be put in the place of others, if any.
    """

    def __init__(
        self, paragraphs: Mapping[str, Paragraph], records: Iterable[Record], substitutes: Substitutes | None = None
    ) -> None:
        self._substitutes = substitutes
        self._paragraphs = paragraphs
        self._keys = list(paragraphs)
        self._index = Bm25([paragraphs[key].text for key in self._keys])
        self._articles: dict[str, list[str]] = defaultdict(list)
        for key, paragraph in paragraphs.items():
            self._articles[paragraph.article].append(key)
        names: dict[str, set[str]] = defaultdict(set)
        numbers: dict[str, set[str]] = defaultdict(set)
        for record in records:
            article = paragraphs[record.paragraph].article
            names[article].update(NAME.findall(record.question))
            numbers[article].update(number.rstrip(".,") for number in NUMBER.findall(record.question))
        self._names = {article: sorted(found) for article, found in names.items()}
        self._numbers = {article: sorted(found) for article, found in numbers.items()}
        self._every_name = sorted({name for found in names.values() for name in found})

    def make(self, record: Record, chance: random.Random) -> tuple[str, str, str] | None:
        """A kind, a question and a text that does not answer it; None where the drawn kind cannot be made."""
        kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0]
        own = self._paragraphs[record.paragraph]
        if kind == "swap":
            swapped = self._swapped(record, own, chance)
            return None if swapped is None else (kind, swapped, record.paragraph)
        if kind == "cut":
            return (kind, record.question, record.paragraph)  # the window maker takes the sentence out
        other = self._other_paragraph(record, own) if kind == "article" else self._found_paragraph(record, chance)
        return None if other is None else (kind, record.question, other)

    def _swapped(self, record: Record, own: Paragraph, chance: random.Random) -> str | None:
        """The question with one thing exchanged; for a name, with one of the text itself or of its article."""
        if chance.random() < _SHARE_OF_TEXT:
            names, numbers = NAME.findall(own.text), [number.rstrip(".,") for number in NUMBER.findall(own.text)]
        else:
            names, numbers = self._names.get(own.article, []), self._numbers.get(own.article, [])
        accepted = " ".join(record.answers)
        names = [name for name in names if name not in accepted]
        if len(names) < 2:
            names = chance.sample(self._every_name, min(20, len(self._every_name)))
        return swap_in_question(record.question, names, numbers, chance, self._substitutes)

    def _other_paragraph(self, record: Record, own: Paragraph) -> str | None:
        """The paragraph of the same article that shares most words with the question."""
        words = set(_WORD.findall(record.question.lower()))
        best, most = None, 0
        for key in self._articles[own.article]:
            if key != own.key and not self._answers(record, key):
                shared = len(words.intersection(_WORD.findall(self._paragraphs[key].text.lower())))
                if shared > most:
                    best, most = key, shared
        return best

    def _found_paragraph(self, record: Record, chance: random.Random) -> str | None:
        """One of the best paragraphs that a search for the question finds."""
        found = [
            self._keys[number]
            for number in self._index.best(record.question, 8)
            if self._keys[number] != record.paragraph and not self._answers(record, self._keys[number])
        ]
        return chance.choice(found[:4]) if found else None

    def _answers(self, record: Record, key: str) -> bool:
        text = self._paragraphs[key].text.lower()
        return any(answer.lower() in text for answer in record.answers)
