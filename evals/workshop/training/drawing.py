"""What one run of training reads: windows of all sets, drawn in their shares, the hardest negatives chosen."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.reader.encoding import WindowEncoder
from assistant.reader.spans import SpanNetwork
from evals.workshop.training.claims import claims
from evals.workshop.training.data import examples
from evals.workshop.training.mining import hardest
from evals.workshop.training.newsroom import Newsroom
from evals.workshop.training.records import read_lines
from evals.workshop.training.windows import Example

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each set is drawn.

    Attributes:
        public: windows of the public sets (`data.examples`).
        questions, written, turns, claims, squad2: how often each item of these is drawn; 1.5 is once, and half of them
            again.
    """

    public: int = 12_000
    questions: float = 1.0
    written: float = 1.0
    turns: float = 1.0
    claims: float = 2.0
    squad2: float = 1.0


def draw(
    data: Path, train_titles: Path, encoder: WindowEncoder, shares: Shares, seed: int, judge: SpanNetwork | None = None
) -> list[Example]:
    """The examples of a run, in random order.

    Args:
        data: the folder of the sets.
        train_titles: names the articles of `squad2_dev` that may be trained on, under `train`.
        encoder: counts tokens.
        shares: how much of each set.
        seed: of the draw.
        judge: a network that chooses negatives; without it any is taken.
    """
    chance = random.Random(seed)  # noqa: S311
    measured = frozenset(item["id"] for item in read_lines(data / "newsroom_dev" / "corpus.jsonl.gz"))
    newsroom = Newsroom(data, encoder, chance, measured)
    choices: list[list[Example]] = []
    questions = (
        *_times(newsroom.questions, shares.questions, chance),
        *_times(newsroom.written, shares.written, chance),
    )
    for item in questions:
        choices += newsroom.examples(item, further=0.55, others=0.35)
    for item in _times(newsroom.turns, shares.turns, chance):
        choices += newsroom.examples(item, further=0.45, others=0.25)
    taken = [choice[0] for choice in choices] if judge is None else hardest(judge, choices)
    for _ in range(int(shares.claims)):
        taken += [one for group in claims(data, newsroom.texts, chance) for one in group]
    taken += _times(list(_squad2(data / "squad2_dev", train_titles, chance)), shares.squad2, chance)
    if shares.public:
        taken += examples(data, shares.public, seed, short=0.3)
    chance.shuffle(taken)
    return taken


def _times(items: list[T], times: float, chance: random.Random) -> Iterator[T]:
    """The items as many times over as is wanted, the last time a sample of them."""
    for _ in range(int(times)):
        yield from items
    yield from chance.sample(items, round((times - int(times)) * len(items)))


def _squad2(folder: Path, train_titles: Path, chance: random.Random) -> Iterator[Example]:
    """The questions of SQuAD 2.0 about the articles that may be trained on; half of them are unanswerable."""
    titles = frozenset(json.loads(train_titles.read_text(encoding="utf-8"))["train"])
    texts = {item["id"]: item for item in read_lines(folder / "corpus.jsonl.gz")}
    for item in read_lines(folder / "questions.jsonl.gz"):
        held = texts[item["context_doc"]]
        if held["title"] not in titles:
            continue
        spans = tuple((one["start"], one["end"]) for one in item["evidence"][:1])
        title = held["title"] if chance.random() < 0.7 else ""
        yield Example("squad2", item["question"], title, held["text"], spans, tuple(item["answers"]))
