"""Invented questions, answers and passages, as scorers see them."""

from evals.questions.evidence import Item, Span
from evals.questions.question_set import Question
from evals.scorers.observation import Found, Observation

TEXT = "The dam broke at noon. Four people died, the mayor said. “We had no warning,” he said."
DIED = (23, 56)


def question(**fields):
    return Question(**{"id": "q1", "question": "How many died?", "answers": ["Four"], "answerable": True, **fields})


def item(*spans, cluster="c", **fields):
    return Item(question(**fields), spans, cluster)


def span(start=DIED[0], end=DIED[1], doc_id="a"):
    return Span(doc_id, start, end, TEXT[start:end])


def citation(start=DIED[0], end=DIED[1], doc_id="a", marker=1, date=None, sentence=None):
    sentence = TEXT[start:end] if sentence is None else sentence
    place = {"article_id": doc_id, "start": start, "end": end, "date": date}
    return {"marker": marker, **place, "title": "Dam", "source": None, "url": None, "sentence": sentence}


def answer(*citations, short=None, text=None, confidence=0.8, tentative=False, reason=None):
    """An Answer as JSON with one statement a citation; a refusal without citations."""
    statements = [
        {"text": text or c["sentence"], "citations": [c["marker"]], "span": None, "verbatim": text is None}
        for c in citations
    ]
    return {
        "question": "How many died?",
        "standalone_question": "How many died?",
        "status": "answered" if citations else "not_in_corpus",
        "answer": " ".join(f"{s['text']} [1]" for s in statements),
        "short_answer": short,
        "statements": statements,
        "citations": list(citations),
        "tentative": tentative,
        "reason": reason and {"kind": reason, "missing": [], "text": "No article says it."},
        "closest": [] if citations else [citation()],
        "confidence": confidence,
        "timings_ms": {"search": 1.0, "read": 2.0, "total": 3.0},
    }


def found(start=0, end=86, doc_id="a", also=()):
    return Found(doc_id, start, end, TEXT[start:end], also)


def seen(an_answer, *spans, passages=None, resolves=(True,), **fields):
    return Observation(item(*spans, **fields), an_answer, passages, resolves)
