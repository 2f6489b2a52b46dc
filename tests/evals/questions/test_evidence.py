"""Evidence is found in the articles, or the fault is named."""

import pytest

from evals.errors import QuestionSetError
from evals.questions.evidence import Span, resolve
from evals.questions.question_set import Evidence, Turn
from index import Article
from tests.evals.samples import TEXT, question

ARTICLES = {"a": Article("a", "Dam", TEXT), "b": Article("b", "Copy", f"Copy. {TEXT}")}


def find(*evidence, **fields):
    questions = [question(evidence=[Evidence(**e) for e in evidence], where="set.jsonl:7", **fields)]
    return resolve(questions, ARTICLES.get, ARTICLES.values)[0]


@pytest.mark.parametrize(
    ("evidence", "spans"),
    [
        ({"doc_id": "a"}, [Span("a")]),
        ({"doc_id": "a", "sentence": "The dam broke at noon."}, [Span("a", 0, 22, "The dam broke at noon.")]),
        ({"doc_id": "a", "start": 0, "end": 7}, [Span("a", 0, 7, "The dam")]),
        ({"doc_id": "a", "start": 0, "end": 7, "text": "The dam"}, [Span("a", 0, 7, "The dam")]),
        ({"contains": "at noon"}, [Span("a", 14, 21, "at noon"), Span("b", 20, 27, "at noon")]),
        ({"contains": "said", "doc_id": "a"}, [Span("a", 51, 55, "said"), Span("a", 81, 85, "said")]),
    ],
)
def test_every_form_of_evidence(evidence, spans):
    assert find(evidence).evidence == tuple(spans)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"doc_id": "c"}, "names 'c', which is not in the corpus"),
        ({"doc_id": "a", "sentence": "The dam held."}, "does not stand in 'a'"),
        ({"doc_id": "a", "start": 80, "end": 900}, "ends at 900, but 'a' has"),
        ({"doc_id": "a", "start": 0, "end": 7, "text": "The sea"}, "has 'The dam' at 0:7"),
        ({"contains": "nowhere"}, "no article contains 'nowhere'"),
    ],
)
def test_evidence_that_does_not_resolve_is_named(evidence, reason):
    with pytest.raises(QuestionSetError, match=r"^set\.jsonl:7: question 'q1': ") as raised:
        find(evidence)
    assert reason in str(raised.value)


def test_a_context_document_must_exist():
    with pytest.raises(QuestionSetError, match="`context_doc` names 'c'"):
        find(context_doc="c")


def test_clusters_are_conversations_or_articles():
    turns = [Turn(speaker="user", text="What broke?")]
    asked = [
        question(id="1", question="What broke?", evidence=[Evidence(doc_id="a")]),
        question(id="2", conversation=turns, evidence=[Evidence(doc_id="b")]),
        question(id="3", evidence=[Evidence(doc_id="a")]),
        question(id="4", answerable=False),
        question(id="5", context_doc="a"),
    ]
    clusters = [item.cluster for item in resolve(asked, ARTICLES.get, ARTICLES.values)]
    assert clusters[0] == clusters[1]
    assert clusters[2] == clusters[4]
    assert len(set(clusters)) == 3
