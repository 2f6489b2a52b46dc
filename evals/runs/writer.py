"""Measures a Writer together with the Verifier, and looks once more, more plainly, whether anything got through."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from evals.questions.question_set import Question
from evals.runs.summary import percentiles

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]*)(?:[”\"»]|$)")
_NUMBER_WORDS = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen
    hundreds thousands millions billions dozens half third thirds quarter quarters twice double percent
    """.split()
)
_DAYS = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday yesterday tomorrow today
    """.split()
)


def missing(statement: str, sentences: Sequence[str]) -> dict[str, list[str]]:
    """What of a statement is in none of the sentences, as strings: under "number", "date" and "quotation"."""
    source = " ".join(sentences)
    numbers = {_digits(number) for number in _DIGITS.findall(source)}
    words = set(_WORD.findall(source.lower()))
    said = _WORD.findall(statement.lower())
    plain = _plain(source)
    found = {
        "number": [number for number in _DIGITS.findall(statement) if _digits(number) not in numbers]
        + [word for word in said if word in _NUMBER_WORDS and word not in words],
        "date": [word for word in said if word in _DAYS and not any(word[:3] == other[:3] for other in words)],
        "quotation": [text for text in _QUOTED.findall(statement) if _plain(text) not in plain],
    }
    return {kind: what for kind, what in found.items() if what}


def _digits(number: str) -> str:
    return number.replace(",", "")


def _plain(text: str) -> str:
    """The letters and digits of a text, so that marks and spaces do not matter."""
    return "".join(c for c in text.lower() if c.isalnum())


def measure_writer(
    assistant: Assistant,
    questions: Sequence[Question],
    progress: Callable[[str, int, int], None],
    log: Path | None = None,
) -> dict[str, Any]:
    """Ask every question of an Assistant that has a Writer, and look again at all that is shown.

    Args:
        questions: by whatever text they have; whether the answers are right is not looked at.
    """
    counts, faults, notes = Counter[str](), Counter[str](), Counter[str]()
    slipped: list[dict[str, Any]] = []
    seconds: list[float] = []
    for number, question in enumerate(questions, start=1):
        started = time.perf_counter()
        answer = assistant.ask(
            question.question, [turn.model_dump() for turn in question.conversation], question.asked_on
        )
        took = time.perf_counter() - started
        found = _slipped(answer)
        slipped += ({"id": question.id, **each} for each in found)
        counts.update(_counted(answer))
        if answer.writing is not None:
            seconds.append(took)
            faults.update(answer.writing.faults)
            notes[(answer.note or "no note").partition(";")[0]] += 1
        if log is not None:
            line = {"id": question.id, "seconds": round(took, 1), "slipped": found, **answer.to_dict()}
            with log.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        progress("Writing", number, len(questions))
    return {
        "writer": assistant.writer.name if assistant.writer is not None else None,
        "questions": len(questions),
        **{name: counts[name] for name in ("answered", "kept", "replaced", "dropped", "shown", "in_own_words")},
        "faults": dict(faults.most_common()),
        "notes": dict(notes.most_common()),
        "shown_with_a_number_date_or_quotation_not_in_a_cited_sentence": len(slipped),
        "slipped": slipped,
        "seconds": percentiles(seconds),
    }


def _counted(answer: Answer) -> Counter[str]:
    counts = Counter(answered=int(answer.status == "answered"), shown=len(answer.statements))
    counts["in_own_words"] = sum(not statement.verbatim for statement in answer.statements)
    if answer.writing is not None:
        counts.update(kept=answer.writing.kept, replaced=answer.writing.replaced, dropped=answer.writing.dropped)
    return counts


def _slipped(answer: Answer) -> list[dict[str, Any]]:
    """The statements of an answer that say a number, date or quotation that no sentence they cite has."""
    found = []
    for statement in answer.statements:
        cited = [answer.citations[marker - 1].sentence for marker in statement.citations]
        not_there = missing(statement.text, cited)
        if not_there:
            found.append({"statement": statement.text, "cited": cited, "missing": not_there})
    return found
