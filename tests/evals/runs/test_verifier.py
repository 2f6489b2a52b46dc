"""Measuring the Verifier on claims, and a Writer on questions: sets made here, with known results."""

import gzip
import json

import numpy as np
import pytest

from assistant import Assistant
from assistant.settings import Settings
from assistant.verifier import Cited, Verifier
from evals.errors import QuestionSetError
from evals.questions.claims import half_of, held_against, load_claims, nearest, untokenised
from evals.questions.question_set import Question
from evals.runs.verifier import balanced_accuracy, judge, measure
from evals.runs.writer import measure_writer
from tests.assistant.verifier.fooled import Fooled
from tests.assistant.writer.scripted import SaysThis

TEXT = (
    "About 14,000 people fled the city on Monday. The mayor, Ingrid Lund, resigned. Rebels have not taken the airport."
)
CLAIMS = [
    ("About 14, 000 people fled the city.", "supported"),
    ("The mayor resigned.", "supported"),
    ("About 15, 000 people fled the city.", "not_supported"),
    ("Rebels have taken the airport.", "not_supported"),
    ("The mayor resigned because of the weather and the harvest.", "not_supported"),
]


def write(path, documents):
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(document) + "\n")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "corpus.jsonl.gz", [{"id": "d-1", "text": TEXT}])
    claims = [
        {"id": f"c-{n}", "question": claim, "answers": [label], "context_doc": "d-1"}
        for n, (claim, label) in enumerate(CLAIMS)
    ]
    write(tmp_path / "questions.jsonl.gz", claims)
    return tmp_path


def test_claims(folder, embedding):
    claims = load_claims(folder)
    assert [claim.supported for claim in claims] == [True, True, False, False, False]
    assert claims[0].text == "About 14,000 people fled the city."
    assert half_of(claims[0]) == 1
    assert nearest(claims[1], embedding, 1) == ["The mayor, Ingrid Lund, resigned."]


def test_what_a_program_cut_into_tokens_is_put_together():
    assert untokenised("a 27 - year - old won $ 3, 000 or 98. 7 percent") == "a 27-year-old won $3,000 or 98.7 percent"


def test_what_is_no_set_of_claims(tmp_path):
    with pytest.raises(QuestionSetError, match="is no set of claims"):
        load_claims(tmp_path)


def test_measure(folder, embedding):
    verifier = Verifier(Fooled(), 0.0)
    document = measure(judge(load_claims(folder), verifier, embedding, 2, lambda *_: None))
    assert (document["n"], document["supported"]) == (5, 2)
    assert document["supported_that_pass"]["value"] == 1
    assert document["others_that_are_stopped"]["value"] == pytest.approx(1 / 3)
    assert document["faults"] == {"number": {"not_supported": 1, "supported": 0}}


def test_claims_that_cite(folder, embedding):
    line = {"id": "c", "question": "She left.", "answers": ["supported"], "context_doc": "d-1", "type": "para"}
    write(folder / "claims.jsonl.gz", [line | {"cited": [{"text": "Lund resigned, 3 - 2."}]}])
    (claim,) = load_claims(folder)
    assert (claim.cited, claim.kind, claim.source) == (("Lund resigned, 3 - 2.",), "para", TEXT)
    assert held_against(claim, embedding, 6) == Cited(
        "She left.", ("Lund resigned, 3 - 2.",), [], [None], [claim.source]
    )
    (judged,) = judge([claim], Verifier(Fooled(1.0), 0.0), embedding, 6, lambda *_: None)
    assert judged.verdict.faults


def test_balanced_accuracy():
    passed = np.array([True, True, False, True])
    supported = np.array([True, True, True, False])
    value, rates = balanced_accuracy(passed, supported, ["a", "b", "c", "d"])
    assert rates["supported_that_pass"]["value"] == pytest.approx(2 / 3)
    assert rates["others_that_are_stopped"]["value"] == 0
    assert value["value"] == pytest.approx(1 / 3)


def test_a_writer_is_measured(seed_home, tmp_path):
    with Assistant.open(seed_home, settings=Settings.load(home=seed_home)) as assistant:
        assistant.writer = SaysThis(["About 99,000 residents fled. [1] Nothing more. [7]"])
        questions = [Question(id="q", question="how many displaced?", answerable=True)]
        document = measure_writer(assistant, questions, lambda *_: None, tmp_path / "log.jsonl")
    assert (document["answered"], document["kept"]) == (1, 0)
    assert document["replaced"] + document["dropped"] == 2
    assert document["shown_with_a_number_date_or_quotation_not_in_a_cited_sentence"] == 0
    (line,) = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["id"] == "q"
