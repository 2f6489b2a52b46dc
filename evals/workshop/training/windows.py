"""Examples as the network sees them: tokenised windows, in batches of similar length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from assistant.reader.encoding import Body, WindowEncoder

_CHUNK = 1600  # windows that are sorted by length together


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a text, and where in it answers stand; or a claim, a text, and whether the text supports it.

    Attributes:
        kind: where it comes from, for the log.
        question: with the conversation before it, or the claim.
        title: the headline that goes before the text; empty for none.
        text: the text.
        spans: `[start, end)` in code points of the text of everything that answers, the best first; none for no answer.
        answers: those accepted where the question was asked; a negative does not hold them.
        supported: for a claim, whether the text supports it; None for a question.
    """

    kind: str
    question: str
    title: str
    text: str
    spans: tuple[tuple[int, int], ...]
    answers: tuple[str, ...] = ()
    supported: bool | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """A tokenised example; `starts` and `ends` are the allowed positions (both inclusive), 0 for no answer."""

    ids: tuple[int, ...]
    second: int
    body: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    supported: bool | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step.

    Attributes:
        ids, mask, types: [batch, tokens], as BERT takes them.
        choosable: [batch, tokens], 1 at `[CLS]` and the body.
        allowed: [batch, tokens, 2], 1 at each right start and end.
        is_claim: [batch], 1 for a claim.
        supported: [batch], 1 for a supported claim.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    choosable: torch.Tensor
    allowed: torch.Tensor
    is_claim: torch.Tensor
    supported: torch.Tensor


def features(examples: Sequence[Example], encoder: WindowEncoder, longest: int) -> list[Feature]:
    """Tokenise; what is longer than `longest` tokens slides to a window that holds the best answer.

    An example whose best answer does not fit is left out.
    """
    made = []
    bodies = encoder.bodies([example.text for example in examples])
    for example, body in zip(examples, bodies, strict=True):
        question, title = encoder.question(example.question), encoder.title(example.title)
        room = longest - len(question) - len(title) - 3
        inside = [found for span in example.spans if (found := _tokens_of(span, body)) is not None]
        if example.spans and (not inside or inside[0][1] - inside[0][0] >= room):
            continue
        first = 0
        if inside:
            left, right = inside[0]
            first = max(0, min(left - room // 2, len(body.ids) - room), right - room + 1)
        window = encoder.window(question, title, body, first, min(room, len(body.ids) - first))
        held = [(a - first, b - first) for a, b in inside if a >= first and b < first + window.count]
        starts = tuple(a + window.body for a, _ in held) or (0,)
        ends = tuple(b + window.body for _, b in held) or (0,)
        made.append(Feature(window.ids, window.second, window.body, starts, ends, example.supported))
    return made


def _tokens_of(span: tuple[int, int], body: Body) -> tuple[int, int] | None:
    """The first and the last token of a span; None where it has none."""
    touched = [number for number, (a, b) in enumerate(body.offsets) if a < span[1] and b > span[0]]
    return (touched[0], touched[-1]) if touched else None


def batches(found: Sequence[Feature], tokens: int, seed: int) -> Iterator[Batch]:
    """Batches of similar length, each of about `tokens` tokens, in random order; the same for the same seed."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(found))
    for begin in range(0, len(order), _CHUNK):
        near = sorted(order[begin : begin + _CHUNK].tolist(), key=lambda number: len(found[number].ids))
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
    allowed = np.zeros((*shape, 2), dtype=np.int64)
    for row, feature in enumerate(group):
        length = len(feature.ids)
        ids[row, :length] = feature.ids
        mask[row, :length] = 1
        types[row, feature.second : length] = 1
        choosable[row, feature.body : length - 1] = 1
        choosable[row, 0] = 1
        allowed[row, list(feature.starts), 0] = 1
        allowed[row, list(feature.ends), 1] = 1
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(types),
        torch.from_numpy(choosable),
        torch.from_numpy(allowed),
        torch.tensor([float(feature.supported is not None) for feature in group]),
        torch.tensor([float(feature.supported is True) for feature in group]),
    )
