"""What people labelled: the form that each question asks for, and the story that each article tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.answer import Form
from evals.errors import QuestionSetError
from evals.questions.question_files import Broken, entries

_FORMS = frozenset(get_args(Form))


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A question with the form that it asks for.

    Attributes:
        question: as a reader types it.
        forms: the best one first, then others that would do as well.
    """

    question: str
    forms: tuple[Form, ...]


def load_forms(path: Path) -> list[FormLabel]:
    """The labelled questions of a file with one `{"question": ..., "forms": [...]}` a line.

    Raises:
        QuestionSetError: a line is something else, or there is none.
    """
    labels: list[FormLabel] = []
    problems: list[str] = []
    for line, value in entries(path):
        if isinstance(value, Broken):
            problems.append(f"{path}:{line}: {value.reason}.")
        elif _is_form_label(value):
            labels.append(FormLabel(value["question"], tuple(value["forms"])))
        else:
            problems.append(f'{path}:{line}: is no label; write {{"question": ..., "forms": [one of {_names()}]}}.')
    if problems or not labels:
        raise QuestionSetError(problems or [f"{path}: there is no label in it; write one a line."])
    return labels


def load_stories(path: Path) -> dict[str, str]:
    """Article to story, from a JSON object.

    Raises:
        QuestionSetError: the file is something else, or empty.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionSetError([f"{path}: cannot be read as JSON ({error}); name a file of labels."]) from None
    if not isinstance(value, dict) or not value or not all(isinstance(story, str) for story in value.values()):
        raise QuestionSetError([f'{path}: has no labels; write {{"article id": "story", ...}}.'])
    return value


def _is_form_label(value: Any) -> bool:
    if not isinstance(value, Mapping) or value.keys() != {"question", "forms"}:
        return False
    question, forms = value["question"], value["forms"]
    named = isinstance(forms, list) and bool(forms) and all(isinstance(form, str) and form in _FORMS for form in forms)
    return named and isinstance(question, str) and bool(question.strip())


def _names() -> str:
    return ", ".join(sorted(_FORMS))
