"""Training examples of the public sets: answerable windows and hard negatives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.reader.spans import SpanNetwork
from evals.workshop.training.mining import hardest
from evals.workshop.training.negatives import Negatives, nearest_sentence, sentence_spans
from evals.workshop.training.records import TRAINING_SETS, Paragraph, Record, load_set
from evals.workshop.training.typed import as_typed
from evals.workshop.training.windows import Example

_SHORT, _LONG = (160, 420), (420, 780)  # characters in a window's body
_SHARE_TITLE = 0.5  # some windows have no title, so that the model does not lean on it
_SHARE_SQUAD = 0.78
_NEGATIVES_PER_QUESTION = 0.65
_SHARE_TYPED = 0.12  # questions as people type them: a few key words


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
    return Example("answer", record.question, _title(own, chance), text, (span,) if span else (), record.answers)


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
                made.append(Example(kind, question, _title(paragraph, chance), window, (), record.answers))
        if made:
            return made
    return []
