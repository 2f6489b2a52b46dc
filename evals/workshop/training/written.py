"""Claims and questions about the articles of newsroom that were written here, in pairs that differ in little.

`data/claims.jsonl.gz` and `data/questions.jsonl.gz` hold only what was written; the articles are cited by offsets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.workshop.training.records import read_lines

_FOLDER = Path(__file__).with_name("data")


def written_claims(texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Claims, as `claims.jsonl.gz` of newsroom has them.

    Args:
        texts: of the articles of newsroom, by id; what is about no other is left out.
    """
    for item in _items("claims", texts):
        yield {
            **item,
            "cited": [_quoted(item, span, texts) for span in item["cited"]],
            "answers": ["supported" if item["supported"] else "not_supported"],
        }


def written_questions(texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Questions that an article answers, and such that it nearly does, as `questions.jsonl.gz` of newsroom has them.

    Args:
        texts: as of `written_claims`.
    """
    for item in _items("questions", texts):
        yield {
            **item,
            "conversation": [],
            "evidence": [_quoted(item, span, texts) for span in item["evidence"]],
            "short": item["short"] and _quoted(item, item["short"], texts),
            "misleading": item["misleading"] and _quoted(item, item["misleading"], texts),
        }


def _items(name: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(read_lines(_FOLDER / f"{name}.jsonl.gz"), start=1):
        if item["context_doc"] in texts:
            yield {"id": f"written-{name}-{number}", **item}


def _quoted(item: Mapping[str, Any], span: Sequence[int], texts: Mapping[str, str]) -> dict[str, Any]:
    start, end = span
    return {"start": start, "end": end, "text": texts[item["context_doc"]][start:end]}
