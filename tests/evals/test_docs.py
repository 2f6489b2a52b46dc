"""The page on measuring explains every measure, outcome and field."""

import re
from pathlib import Path

import pytest

from evals.questions.question_set import Question, load_questions
from evals.runs.outcome import OUTCOMES
from evals.scorers.measures import MEASURES

PAGE = (Path(__file__).parents[2] / "docs" / "measuring.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [measure.name for measure in MEASURES] + list(OUTCOMES))
def test_every_measure_and_outcome_is_explained(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("field", [name for name in Question.model_fields if name != "where"])
def test_every_field_is_explained(field):
    assert f"`{field}`" in PAGE


def test_the_example_is_a_question_set(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert example
    path = tmp_path / "harbour.yaml"
    path.write_text(example[1], encoding="utf-8")
    assert [question.answerable for question in load_questions(path)] == [True, True, False]
