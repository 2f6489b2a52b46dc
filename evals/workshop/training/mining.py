"""Of several texts that do not answer a question, the one that a network takes most for an answer.

Chosen so, negatives go on teaching when the network has long told the easy ones apart (as in Xiong et al. 2021, "ANCE",
and Tran et al. 2023, "AGent", who pair questions with other paragraphs of their article and keep what misleads models).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from assistant.reader.spans import ReadablePassage, SpanNetwork
from evals.workshop.training.windows import Example

_WORD = re.compile(r"\w+")


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
    spans = judge.read(example.question, [ReadablePassage(example.title, text, ((0, len(text)),))])[0]
    if not spans:
        return float("-inf")
    best = max(spans, key=lambda one: one.score)
    said = set(_WORD.findall(text[best.span[0] : best.span[1]].lower()))
    accepted = set(_WORD.findall(" ".join(example.answers).lower()))
    return float("-inf") if said & accepted else best.score
