"""Of several texts that do not answer a question, the one that a network takes most for an answer.

Chosen so, negatives go on teaching when the network has long told the easy ones apart (as in Xiong et al. 2021, "ANCE",
and Tran et al. 2023, "AGent", who pair questions with other paragraphs of their article and keep what misleads models).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.reader.protocol import ReadablePassage
from assistant.reader.span_choice import SpanNetwork

__all__ = ["Example", "hardest"]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a text, and where in it the answer stands: `[start, end)` in code points, None for no answer.

    `answers` are those accepted where the question was asked; a negative does not hold them.
    """

    kind: str
    question: str
    title: str
    text: str
    span: tuple[int, int] | None
    answers: tuple[str, ...] = ()


def hardest(judge: SpanNetwork, choices: Sequence[Sequence[Example]]) -> list[Example]:
    """Of each choice of examples (all negatives, or a single one) the one whose best span the judge scores highest.

    Where that span has a word of the accepted answers, the text may answer after all in other words: such an example
    is taken only where there is no other.

    Args:
        judge: one that reads on one thread; several choices are judged at a time.
        choices: none of them empty.
    """

    def judged(choice: Sequence[Example]) -> Example:
        if len(choice) == 1:
            return choice[0]
        return max(choice, key=lambda one: _misleads(judge, one))

    with ThreadPoolExecutor() as pool:
        return list(pool.map(judged, choices, chunksize=1))


def _misleads(judge: SpanNetwork, example: Example) -> float:
    text = example.text
    spans = judge.spans(example.question, [ReadablePassage(example.title, text, ((0, len(text)),))])[0]
    if not spans:
        return float("-inf")
    best = max(spans, key=lambda one: one.score)
    said = set(_WORD.findall(text[best.span[0] : best.span[1]].lower()))
    accepted = set(_WORD.findall(" ".join(example.answers).lower()))
    return float("-inf") if said & accepted else best.score
