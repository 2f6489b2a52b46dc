"""Questions that a user would ask about the article that comes with the project, and some that it does not answer."""

import json
from pathlib import Path

import pytest

from assistant import Assistant

CASES = json.loads((Path(__file__).parents[2] / "acceptance" / "seed_questions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def assistant(seed_home):
    with Assistant.open(seed_home) as assistant:
        yield assistant


def test_the_first_citation_is_the_right_sentence(assistant):
    wrong = []
    for case in CASES["answerable"]:
        answer = assistant.ask(case["question"])
        right = {case["evidence_sentence"], *case["also_right"]}
        if not answer.citations or answer.citations[0].sentence not in right:
            wrong.append(case["question"])
    assert len(CASES["answerable"]) == 20
    assert len(wrong) <= 2, wrong


def test_what_the_article_does_not_say_is_refused(assistant):
    answered = [q for q in CASES["unanswerable"] if assistant.ask(q).status == "answered"]
    assert len(CASES["unanswerable"]) == 10
    assert len(answered) <= 2, answered
