"""Question sets: reading and checking them. What is wrong is named by file, line and reason; nothing is left out.

A set is a `.jsonl` or `.jsonl.gz` file with one question a line, or a `.yaml` file with a list of questions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evals.errors import QuestionSetError
from evals.questions.question_files import Broken, entries

IGNORED = frozenset(
    "answerability choices cited domain misleading n_qrels original_questions quiz_note retrievable_as_asked rewrite "
    "short source true_answer_outside turn votes".split()
)
"""Fields that published sets carry and that are read past. Any other unknown field is an error: it may be a slip."""

IGNORED_IN_EVIDENCE = frozenset({"alternative", "how", "score"})
"""The same within `evidence`."""

# By pydantic's names of its errors (https://docs.pydantic.dev/latest/errors/validation_errors/).
_REASONS = {
    "bool_type": "is neither true nor false; write one of them, without quotes",
    "greater_than_equal": "is less than {ge}",
    "int_type": "is not a whole number; write digits, without quotes",
    "list_type": "is not a list; write [...]",
    "literal_error": "is not {expected}",
    "model_type": "is not an object; write {{...}}",
    "string_too_short": "is empty",
    "string_type": "is not text; put it in quotes",
    "string_unicode": "has half of a surrogate pair in it; write whole characters",
}


def _day(value: Any) -> Any:
    """An ISO day; YAML reads an unquoted one as a date."""
    text = value.isoformat() if isinstance(value, dt.date) else value
    if isinstance(text, str):
        try:
            dt.date.fromisoformat(text[:10])
        except ValueError:
            raise ValueError("is not a day; write it as YYYY-MM-DD") from None
        return text[:10]
    return text


_Day = Annotated[str | None, BeforeValidator(_day)]


class _Strict(BaseModel):
    """No unknown fields and no silent conversion: `answers: [14]` is a slip for `["14"]`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Turn(_Strict):
    """An earlier turn of a conversation; an agent's may name the articles that it cited."""

    speaker: Literal["user", "agent"]
    text: str
    articles: list[str] = Field(default_factory=list)


class Evidence(_Strict):
    """Where the answer stands, as the set says it; `evals.questions.evidence` finds the place in the article.

    One of: `doc_id` and `sentence`; `doc_id`, `start` and `end` (code points; `text` is then checked against them);
    `contains`, with or without `doc_id`; or `doc_id` alone, where only the article is known.
    """

    doc_id: str | None = None
    sentence: str | None = Field(default=None, min_length=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    text: str | None = None
    contains: str | None = Field(default=None, min_length=1)

    def fault(self) -> str | None:
        """What is wrong with the combination of fields, or None."""
        if self.doc_id is None and self.contains is None:
            return "evidence has neither `doc_id` nor `contains`; say where the answer stands"
        if (self.start is None) != (self.end is None):
            return "evidence has only one of `start` and `end`; give both"
        if self.start is not None and self.end is not None and self.start >= self.end:
            return f"evidence is empty: start {self.start} is not before end {self.end}"
        return None


class Expects(_Strict):
    """What a right answer looks like, beyond the sentence that it cites: what `evals.scorers.forms` looks for.

    Attributes:
        form: its form; None where several would do.
        leads_with: acceptable strings, one of which its lead holds: the short answer, or else the first statement.
        shows: groups of alternatives, each a text that stands in a sentence or the id of an article; a group is shown
            if a citation has one of them.
        at_least: how many of the groups it shows; None for all.
        in_order: whether the groups that it shows come in the order given here.
        disputed: whether some of its figures are disputed between sources; None where nobody would say.
        since, until: the first and the last day of articles that it may cite.
        never: what it never claims: what articles withdrew, corrected, or did not know yet.
    """

    form: Literal["sentence", "figures", "briefing", "timeline"] | None = None
    leads_with: list[str] = []
    shows: list[list[str]] = []
    at_least: int | None = Field(default=None, ge=1)
    in_order: bool = False
    disputed: bool | None = None
    since: _Day = None
    until: _Day = None
    never: list[str] = []

    def fault(self) -> str | None:
        """What is wrong with the combination of fields, or None."""
        if not all(self.shows):
            return "`expects.shows` has an empty group; write what it may show, or remove it"
        if self.at_least is not None and self.at_least > len(self.shows):
            return f"`expects.at_least` is {self.at_least} of {len(self.shows)} groups; write at most as many"
        if self.since and self.until and self.since > self.until:
            return f"`expects.since` {self.since} is after `expects.until` {self.until}; exchange them"
        return None


class Question(_Strict):
    """One question of a set.

    Attributes:
        id: unique in the set.
        answers: acceptable strings.
        answerable: whether the articles say it.
        conversation: the turns before it, oldest first.
        asked_on: the day on which it is asked.
        type: any label; results are also given for each.
        context_doc: the article to read, for sets that test reading without search.
        expects: what a right answer looks like, where more counts than the sentence that it cites.
        where: file and line, for messages.
    """

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    answers: list[str] = []
    answerable: bool
    evidence: list[Evidence] = []
    conversation: list[Turn] = []
    asked_on: _Day = None
    type: str = ""
    context_doc: str | None = None
    expects: Expects | None = None
    where: str = Field(default="", exclude=True)


def load_questions(path: Path) -> list[Question]:
    """The questions of a set, in order.

    Raises:
        QuestionSetError: the file cannot be read, it is empty, or a question in it cannot be used.
    """
    problems: list[str] = []
    questions: list[Question] = []
    first: dict[str, str] = {}
    for line, value in entries(path):
        where = f"{path}:{line}"
        question = value.reason if isinstance(value, Broken) else _question(where, value)
        if isinstance(question, str):
            problems.append(f"{where}: {question}.")
        elif question.id in first:
            problems.append(f"{where}: the id {question.id!r} is that of line {first[question.id]} too; change one.")
        else:
            first[question.id] = str(line)
            questions.append(question)
    if problems:
        raise QuestionSetError(problems)
    if not questions:
        raise QuestionSetError([f"{path}: there is no question in it; write one a line."])
    return questions


def fingerprint(questions: Sequence[Question]) -> str:
    """One hash over a set: the same questions in the same order give the same."""
    # A field that most sets do not have leaves their hashes, and so their baselines, as they were.
    documents = [question.model_dump(exclude=None if question.expects else {"expects"}) for question in questions]
    return hashlib.sha256(json.dumps(documents, sort_keys=True).encode()).hexdigest()


def _question(where: str, value: Any) -> Question | str:
    """The question that a JSON value is, or what is wrong with it."""
    if not isinstance(value, dict):
        return 'is not a question; write {"id": ..., "question": ..., "answerable": true or false, ...}'
    if value.get("id") in (None, ""):
        return "has no `id`; every question needs one"
    fields = {name: v for name, v in value.items() if name not in IGNORED}
    if isinstance(fields.get("evidence"), list):
        fields["evidence"] = [
            {name: v for name, v in e.items() if name not in IGNORED_IN_EVIDENCE} if isinstance(e, dict) else e
            for e in fields["evidence"]
        ]
    try:
        question = Question(**{**fields, "where": where})
    except ValidationError as error:
        return f"question {value['id']!r}: {_reason(error)}"
    except TypeError:
        return f"question {value['id']!r}: a field's name is not a string"
    if not question.question.strip():
        return f"question {question.id!r} has no words"
    parts: list[Evidence | Expects] = [*question.evidence, *([question.expects] if question.expects else [])]
    fault = next((fault for fault in (part.fault() for part in parts) if fault), None)
    return question if fault is None else f"question {question.id!r}: {fault}"


def _reason(error: ValidationError) -> str:
    """The first fault, in our words."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown field `{name}`; correct its name or remove it"
    if first["type"] == "missing":
        return f"has no `{name}`"
    if first["type"] == "value_error":
        return f"`{name}` {first['ctx']['error']}"
    reason = _REASONS.get(first["type"], "cannot be used; docs/measuring.md says what can")
    return f"`{name}` {reason.format(**first.get('ctx', {}))}"
