"""What the product chooses, held against what people labelled: the form of an answer, the story of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Form
from evals.questions.labels import FormLabel
from evals.scorers.statistics import wilson
from evals.scorers.stories import b_cubed


def measure_forms(chosen: Sequence[Form], labels: Sequence[FormLabel]) -> dict[str, Any]:
    """How many forms are right, in all and of each form asked for, and how many other questions get a briefing.

    Args:
        chosen: the form that was chosen for each label.
        labels: at least one.
    """
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
    """B-cubed precision, recall and F1 of stories, over the labelled articles.

    Args:
        found: article to the story that it was put into.
        labels: article to the story that it tells; at least one.
    """
    scores = b_cubed(found, labels)
    return {
        "articles": len(labels),
        "stories": len(set(labels.values())),
        "found": len({found.get(article, article) for article in labels}),
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
        "f1": round(scores.f1, 4),
    }


def _share(right: Sequence[bool]) -> dict[str, float] | None:
    if not right:
        return None
    value = sum(right) / len(right)
    low, high = wilson(value, len(right))
    return {"value": value, "n": len(right), "low": low, "high": high}
