"""Training examples: answerable windows and hard negatives, tokenised, in batches of similar length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from assistant.reader.encoding import WindowEncoder
from assistant.reader.span_choice import SpanNetwork
from assistant.reader.training.mining import Example, hardest
from assistant.reader.training.negatives import Negatives, nearest_sentence, sentence_spans
from assistant.reader.training.records import TRAINING_SETS, Paragraph, Record, load_set
from assistant.reader.training.typed import as_typed

__all__ = ["Batch", "Example", "Feature", "batches", "examples", "features"]

_SHORT, _LONG = (160, 420), (420, 780)  # characters in a window's body
_SHARE_TITLE = 0.5  # some windows have no title, so that the model does not lean on it
_SHARE_SQUAD = 0.78
_NEGATIVES_PER_QUESTION = 0.65
_SHARE_TYPED = 0.12  # questions as people type them: a few key words


@dataclass(frozen=True, slots=True)
class Feature:
    """A tokenised example; `start` and `end` are positions (both inclusive), 0 for no answer."""

    ids: tuple[int, ...]
    second: int
    body: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step."""

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    choosable: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor


def _window(
    text: str, span: tuple[int, int] | None, short: float, chance: random.Random
) -> tuple[str, tuple[int, int] | None]:
    """A run of sentences of random length around the span, or anywhere; `short` is the share of short ones."""
    low, high = _SHORT if chance.random() < short else _LONG
    budget = chance.randint(low, high)
    spans = sentence_spans(text)
    if len(text) <= budget or not spans:
        return text, span
    if span is None:
        first = last = chance.randrange(len(spans))
    else:
        touched = [number for number, (start, end) in enumerate(spans) if start < span[1] and end > span[0]]
        first, last = touched[0], touched[-1]
    while first > 0 or last < len(spans) - 1:
        back = first > 0 and (last == len(spans) - 1 or chance.random() < 0.5)
        start, end = (first - 1, last) if back else (first, last + 1)
        if spans[end][1] - spans[start][0] > budget:
            break
        first, last = start, end
    start, end = spans[first][0], spans[last][1]
    return text[start:end], None if span is None else (span[0] - start, span[1] - start)


def _without_answer(record: Record, text: str) -> str | None:
    """The text without the sentences of the answer; None where it still holds an answer or nothing is left."""
    kept = [text[start:end] for start, end in sentence_spans(text) if not (start < record.end and end > record.start)]
    rest = " ".join(kept)
    if not kept or any(answer.lower() in rest.lower() for answer in record.answers):
        return None
    return rest


def examples(
    folder: Path, count: int, seed: int, *, short: float = 0.7, judge: SpanNetwork | None = None
) -> list[Example]:
    """Draw questions from the training sets below a folder until there are `count` examples, in random order.

    After the last question it begins again, with other windows and other negatives.

    Args:
        folder: holds the training sets.
        count: how many, negatives included.
        seed: of the draw.
        short: the share of short windows: they train faster, long ones are what is read later.
        judge: a network; of several paragraphs that can be a negative, the one that misleads it most is taken. Without
            it, any one.
    """
    chance = random.Random(seed)  # noqa: S311
    paragraphs: dict[str, Paragraph] = {}
    records: dict[str, list[Record]] = {}
    for name in TRAINING_SETS:
        some, records[name] = load_set(folder / name)
        paragraphs.update(some)
    negatives = Negatives(paragraphs, [record for found in records.values() for record in found])
    if not any(records.values()):
        raise ValueError(f"{folder}: there are no questions in the training sets")
    drawn = _draws(records, chance)
    made: list[list[Example]] = []
    while len(made) < count:
        record = next(drawn)
        if chance.random() < _SHARE_TYPED:
            record = replace(record, question=as_typed(record.question, chance))
        made.append([_positive(record, paragraphs[record.paragraph], short, chance)])
        if chance.random() < _NEGATIVES_PER_QUESTION:
            negative = _negative(record, negatives, paragraphs, short, chance)
            if negative:
                made.append(negative)
    chance.shuffle(made)
    return [choice[0] for choice in made] if judge is None else hardest(judge, made)


def _draws(records: dict[str, list[Record]], chance: random.Random) -> Iterator[Record]:
    """Questions without end, each once before any comes again; those of SQuAD and of the others are mixed."""
    first, *others = (records[name] for name in TRAINING_SETS)
    while True:
        squad = chance.sample(first, len(first))
        shifts = chance.sample([record for found in others for record in found], sum(map(len, others)))
        while squad or shifts:
            yield (squad if squad and (not shifts or chance.random() < _SHARE_SQUAD) else shifts).pop()


def _title(paragraph: Paragraph, chance: random.Random) -> str:
    return paragraph.title if chance.random() < _SHARE_TITLE else ""


def _positive(record: Record, own: Paragraph, short: float, chance: random.Random) -> Example:
    text, span = _window(own.text, (record.start, record.end), short, chance)
    return Example("answer", record.question, _title(own, chance), text, span, record.answers)


def _negative(
    record: Record, negatives: Negatives, paragraphs: dict[str, Paragraph], short: float, chance: random.Random
) -> list[Example]:
    """Examples to choose one of, in random order; none where the kinds that were drawn cannot be made."""
    for _ in range(3):
        drawn = negatives.make(record, chance)
        if drawn is None:
            continue
        kind, question, keys = drawn
        made = []
        for key in chance.sample(keys, len(keys)):
            paragraph = paragraphs[key]
            text = _without_answer(record, paragraph.text) if kind == "cut" else paragraph.text
            if text is not None:
                around = (record.start, record.end) if kind == "swap" else nearest_sentence(question, text)
                window, _ = _window(text, around, short, chance)
                made.append(Example(kind, question, _title(paragraph, chance), window, None, record.answers))
        if made:
            return made
    return []


def features(found: Sequence[Example], encoder: WindowEncoder, longest: int) -> list[Feature]:
    """Tokenise; what is longer than `longest` tokens slides to a window that holds the answer."""
    made = []
    bodies = encoder.bodies([example.text for example in found])
    for example, body in zip(found, bodies, strict=True):
        question, title = encoder.question(example.question), encoder.title(example.title)
        room = longest - len(question) - len(title) - 3
        start = end = first = 0
        if example.span is not None:
            inside = [
                number for number, (a, b) in enumerate(body.offsets) if a < example.span[1] and b > example.span[0]
            ]
            if not inside or inside[-1] - inside[0] >= room:
                continue
            first = max(0, min(inside[0] - room // 2, len(body.ids) - room), inside[-1] - room + 1)
            start, end = inside[0] - first, inside[-1] - first
        window = encoder.window(question, title, body, first, min(room, len(body.ids) - first))
        if example.span is not None:
            start, end = start + window.body, end + window.body
        made.append(Feature(window.ids, window.second, window.body, start, end))
    return made


def batches(found: Sequence[Feature], tokens: int, seed: int) -> Iterator[Batch]:
    """Batches of similar length, each of about `tokens` tokens, in random order; the same for the same seed."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(found))
    chunk = 1600
    for begin in range(0, len(order), chunk):
        near = sorted(order[begin : begin + chunk].tolist(), key=lambda number: len(found[number].ids))
        groups: list[list[int]] = [[]]
        for number in near:
            if groups[-1] and len(found[number].ids) * (len(groups[-1]) + 1) > tokens:
                groups.append([])
            groups[-1].append(number)
        for group in chance.permutation(len(groups)).tolist():
            yield _collate([found[number] for number in groups[group]])


def _collate(group: Sequence[Feature]) -> Batch:
    width = max(len(feature.ids) for feature in group)
    shape = (len(group), width)
    ids, mask, types, choosable = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    for row, feature in enumerate(group):
        length = len(feature.ids)
        ids[row, :length] = feature.ids
        mask[row, :length] = 1
        types[row, feature.second : length] = 1
        choosable[row, feature.body : length - 1] = 1
        choosable[row, 0] = 1
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(types),
        torch.from_numpy(choosable),
        torch.tensor([feature.start for feature in group]),
        torch.tensor([feature.end for feature in group]),
    )
