"""Scorers of the citations: do they point to the evidence, are they exact, do they support what is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from evals.scorers.answers import Ratio
from evals.scorers.observation import Observation, is_evidence, is_near_and_says_it

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTATION = re.compile(r"[“\"«]([^“”\"«»]{3,})[”\"»]")


def is_right(seen: Observation, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is evidence, or a sentence from near the day of the question that holds the answer."""
    question = seen.item.question
    return any(is_evidence(citation, span) for span in seen.spans) or (
        is_near_and_says_it(citation, question.answers, question.asked_on)
    )


def first_citation(seen: Observation) -> Ratio | None:
    """Answerable questions: the first citation is evidence, or from near the day asked and holds the answer."""
    if not _has_evidence(seen):
        return None
    return float(bool(seen.citations) and is_right(seen, seen.citations[0])), 1.0


def first_citation_strict(seen: Observation) -> Ratio | None:
    """Answerable questions: the first citation is a sentence that the question set names."""
    if not _has_evidence(seen):
        return None
    first = seen.citations[:1]
    return float(any(is_evidence(citation, span) for citation in first for span in seen.spans)), 1.0


def first_citation_answered(seen: Observation) -> Ratio | None:
    """The first citation, over those answerable questions that are answered."""
    return first_citation(seen) if seen.answered else None


def precision(seen: Observation) -> Ratio | None:
    """Of all sentences cited in answers to answerable questions, how many are right."""
    if not _has_evidence(seen) or not seen.citations:
        return None
    return float(sum(is_right(seen, citation) for citation in seen.citations)), float(len(seen.citations))


def recall(seen: Observation) -> Ratio | None:
    """Of all evidence sentences of answerable questions, how many are cited; copies of one sentence count once."""
    if not _has_evidence(seen):
        return None
    spans = {span.text or span.doc_id: span for span in seen.spans}.values()
    cited = sum(any(is_evidence(citation, span) for citation in seen.citations) for span in spans)
    return float(cited), float(len(spans))


def byte_exact(seen: Observation) -> Ratio | None:
    """Of everything cited or named as closest, how much stands in its article at that place, to the last character."""
    return (float(sum(seen.resolves)), float(len(seen.resolves))) if seen.resolves else None


def markers_in_order(seen: Observation) -> Ratio | None:
    """Answers whose markers run 1, 2, ... in order of first appearance, none unused and none dangling.

    Figures stand below the statements.
    """
    if not seen.answered or seen.answer is None:
        return None
    said = [marker for statement in seen.answer["statements"] for marker in statement["citations"]]
    used = dict.fromkeys([*said, *(figure["citation"] for figure in seen.answer.get("figures", ()))])
    listed = [citation["marker"] for citation in seen.citations]
    return float(list(used) == listed == list(range(1, len(listed) + 1))), 1.0


def unsupported_numbers(seen: Observation) -> Ratio | None:
    """Statements with a number that stands in no sentence they cite."""
    return _unsupported(seen, _numbers)


def unsupported_quotations(seen: Observation) -> Ratio | None:
    """Statements with a quotation that stands in no sentence they cite."""
    return _unsupported(seen, _quotations)


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(text)]


def _quotations(text: str) -> list[str]:
    return [" ".join(quotation.split()) for quotation in _QUOTATION.findall(text)]


def _unsupported(seen: Observation, parts: Callable[[str], list[str]]) -> Ratio | None:
    if not seen.answered or seen.answer is None:
        return None
    sentence_of = {citation["marker"]: citation["sentence"] for citation in seen.citations}
    unsupported = 0
    for statement in seen.answer["statements"]:
        cited = " ".join(sentence_of.get(marker, "") for marker in statement["citations"])
        there = set(parts(cited))
        unsupported += any(part not in there for part in parts(statement["text"]))
    return float(unsupported), float(len(seen.answer["statements"]))


def _has_evidence(seen: Observation) -> bool:
    return seen.item.question.answerable and bool(seen.spans)
