"""Questions that a text does not answer, made from questions that are answered elsewhere.

The training sets hold no unanswerable questions. Four kinds are made: the question with another paragraph of its
article, with a paragraph that BM25 finds for it, with its own paragraph after the sentence of the answer was taken out,
and with a name, number or contrasting word of the question swapped (here the answer stays: the question no longer asks
for it). In the first three, a text that still holds an accepted answer is never a negative.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evals.workshop.training.bm25 import Bm25
from evals.workshop.training.records import Paragraph, Record

CANDIDATES = 3  # paragraphs among which the hardest negative is looked for
_LOOKED_AT = 8

_SENTENCE_END = re.compile(r"(?<=[.!?][\"')\]”’])\s+|(?<=[.!?])\s+(?=[\"'(\[“‘A-Z0-9])|\n+")
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w'-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_CONTRASTS = (
    ("first", "last"), ("largest", "smallest"), ("biggest", "smallest"), ("most", "least"), ("more", "less"),
    ("highest", "lowest"), ("higher", "lower"), ("before", "after"), ("began", "ended"), ("begin", "end"),
    ("start", "finish"), ("started", "stopped"), ("increase", "decrease"), ("increased", "decreased"),
    ("oldest", "youngest"), ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"),
    ("won", "lost"), ("win", "lose"), ("born", "buried"), ("male", "female"), ("men", "women"),
    ("allowed", "forbidden"),
    ("best", "worst"), ("early", "late"), ("minimum", "maximum"), ("old", "new"), ("rural", "urban"),
    ("accept", "reject"), ("accepted", "rejected"), ("longest", "shortest"), ("always", "never"), ("public", "private"),
)  # fmt: skip
_CONTRAST = {word: other for pair in _CONTRASTS for word, other in (pair, pair[::-1])}
_WORD = re.compile(r"[a-z]+")


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


def nearest_sentence(question: str, text: str) -> tuple[int, int] | None:
    """The sentence that shares most words with a question; None where none shares any."""
    words = set(_WORD.findall(question.lower()))
    shared = [
        (len(words.intersection(_WORD.findall(text[start:end].lower()))), start, end)
        for start, end in sentence_spans(text)
    ]
    most, start, end = max(shared, key=lambda one: one[0], default=(0, 0, 0))
    return (start, end) if most else None


def swap_in_question(question: str, names: Sequence[str], numbers: Sequence[str], chance: random.Random) -> str | None:
    """The question with one name, number or contrasting word exchanged, or None where it has nothing to exchange."""
    choices: list[tuple[int, int, str]] = []
    for found in _NAME.finditer(question):
        others = [name for name in names if name not in question and found.group() not in name]
        if others:
            choices.append((*found.span(), chance.choice(others)))
    for found in _NUMBER.finditer(question):
        digits = found.group().rstrip(".,")
        others = [number for number in numbers if number != digits and len(number) == len(digits)]
        other = chance.choice(others or [_other_number(digits, chance)])
        choices.append((found.start(), found.start() + len(digits), other))
    choices.extend(
        (*found.span(), _CONTRAST[found.group()]) for found in _WORD.finditer(question) if found.group() in _CONTRAST
    )
    if not choices:
        return None
    start, end, other = chance.choice(choices)
    return question[:start] + other + question[end:]


def _other_number(digits: str, chance: random.Random) -> str:
    """A number that looks like the given one and differs from it."""
    place = chance.choice([position for position, sign in enumerate(digits) if sign.isdigit()])
    other = chance.choice([digit for digit in "123456789" if digit != digits[place]])
    return digits[:place] + other + digits[place + 1 :]


class Negatives:
    """Makes one negative at a time for a question."""

    def __init__(self, paragraphs: Mapping[str, Paragraph], records: Iterable[Record]) -> None:
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
            names[article].update(_NAME.findall(record.question))
            numbers[article].update(number.rstrip(".,") for number in _NUMBER.findall(record.question))
        self._names = {article: sorted(found) for article, found in names.items()}
        self._numbers = {article: sorted(found) for article, found in numbers.items()}
        self._every_name = sorted({name for found in names.values() for name in found})

    def make(self, record: Record, chance: random.Random) -> tuple[str, str, list[str]] | None:
        """A kind, a question, and the texts without its answer to choose from; None where the kind cannot be made."""
        kind = chance.choices(("swap", "cut", "article", "search"), (30, 20, 25, 25))[0]
        own = self._paragraphs[record.paragraph]
        if kind == "swap":
            names = self._names.get(own.article, [])
            swapped = swap_in_question(
                record.question,
                names if len(names) > 1 else chance.sample(self._every_name, min(20, len(self._every_name))),
                self._numbers.get(own.article, []),
                chance,
            )
            return None if swapped is None else (kind, swapped, [record.paragraph])
        if kind == "cut":
            return (kind, record.question, [record.paragraph])  # the window maker takes the sentence out
        others = self._of_the_article(record, own) if kind == "article" else self._found(record)
        return (kind, record.question, others) if others else None

    def _of_the_article(self, record: Record, own: Paragraph) -> list[str]:
        """The paragraphs of the same article that share most words with the question."""
        words = set(_WORD.findall(record.question.lower()))
        shared = {
            key: len(words.intersection(_WORD.findall(self._paragraphs[key].text.lower())))
            for key in self._articles[own.article]
            if key != own.key
        }
        ordered = sorted((key for key, count in shared.items() if count), key=lambda key: -shared[key])
        return [key for key in ordered[:_LOOKED_AT] if not self._answers(record, key)][:CANDIDATES]

    def _found(self, record: Record) -> list[str]:
        """The paragraphs that a search for the question finds first."""
        found = [self._keys[number] for number in self._index.best(record.question, _LOOKED_AT)]
        return [key for key in found if key != record.paragraph and not self._answers(record, key)][:CANDIDATES]

    def _answers(self, record: Record, key: str) -> bool:
        text = self._paragraphs[key].text.lower()
        return any(answer.lower() in text for answer in record.answers)
