"""What people labelled, and what the product chooses held against it: forms of answers, stories of articles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.answer import Form
from evals.errors import QuestionSetError
from evals.questions.question_files import Broken, entries
from evals.scorers.statistics import wilson


def b_cubed(found: Mapping[str, str], labels: Mapping[str, str]) -> tuple[float, float]:
    """How well groups match stories: means over all labelled articles.

    Precision: of the articles in the same group as it, itself among them, how many tell its story. Recall: of those
    that tell its story, how many are in its group.

    Args:
        found: article to the group that it was put into. An article that is not in it is a group by itself; articles
            without a label do not count.
        labels: article to the story that it tells; at least one.
    """
    groups = {article: (True, found[article]) if article in found else (False, article) for article in labels}
    of_group = Counter(groups.values())
    of_story = Counter(labels.values())
    together = Counter((groups[article], story) for article, story in labels.items())
    shared = {article: together[groups[article], story] for article, story in labels.items()}
    precision = sum(shared[article] / of_group[groups[article]] for article in labels)
    recall = sum(shared[article] / of_story[story] for article, story in labels.items())
    return precision / len(labels), recall / len(labels)


_FORMS = frozenset(get_args(Form))


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A question with the form that it asks for.

    Attributes:
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


def measure_forms(chosen: Sequence[Form], labels: Sequence[FormLabel]) -> dict[str, Any]:
    """How many forms are right, in all and of each form asked for, and how many other questions get a briefing."""
    pairs = list(zip(chosen, labels, strict=True))
    of_form: dict[str, list[bool]] = {}
    for form, label in pairs:
        of_form.setdefault(label.forms[0], []).append(form in label.forms)
    not_briefings = [form for form, label in pairs if label.forms[0] in ("sentence", "figures")]
    return {
        "right": _share([form in label.forms for form, label in pairs]),
        **{f"right_{form}": _share(right) for form, right in sorted(of_form.items())},
        "briefing_for_a_fact": _share([form == "briefing" for form in not_briefings]),
        "wrong": [f"{label.question} ({form})" for form, label in pairs if form not in label.forms],
    }


def measure_stories(found: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, Any]:
    """B-cubed precision, recall and F1 of stories, over the labelled articles."""
    precision, recall = b_cubed(found, labels)
    return {
        "articles": len(labels),
        "stories": len(set(labels.values())),
        "found": len({found.get(article, article) for article in labels}),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
    }


def _share(right: Sequence[bool]) -> dict[str, float] | None:
    if not right:
        return None
    value = sum(right) / len(right)
    low, high = wilson(value, len(right))
    return {"value": value, "n": len(right), "low": low, "high": high}
