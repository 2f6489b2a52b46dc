"""The search alone, without reading: a change to it can be measured in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from assistant import Assistant
from assistant.settings import Settings
from evals.questions.corpora import prepare
from evals.questions.history import History, turns_before
from evals.questions.question_set import load_questions
from evals.runs.asking import found_by
from evals.runs.run import Plan, resolved
from evals.runs.summary import percentiles
from evals.scorers.measures import RETRIEVAL, as_document, score, summarise
from evals.scorers.observation import Observation

_LIMIT = 40  # passages, so that there are ten different articles among them


def measure_retrieval(
    plan: Plan,
    settings: Settings,
    progress: Callable[[str, int, int], None] | None = None,
    *,
    history: History = History.OWN,
) -> dict[str, Any]:
    """Search for every answerable question of a set that names evidence, as the Assistant does.

    Raises:
        DatelineError: as `evals.runs.run.run`.
    """
    questions = load_questions(plan.questions)[: plan.limit]
    corpus = prepare(plan.corpus, settings, progress)
    with Assistant.open(corpus.home, settings=settings) as assistant:
        items, excluded = resolved(questions, plan, assistant)
        wanted = [item for item in items if item.question.answerable and item.evidence]
        scores, times = [], []
        for number, item in enumerate(wanted, start=1):
            started = time.perf_counter()
            question = item.question
            turns = turns_before(wanted, number - 1, history)
            hits = assistant.find(question.question, turns, question.asked_on, limit=_LIMIT)
            times.append(1000 * (time.perf_counter() - started))
            scores.append(score(Observation(item, found=found_by(hits)), RETRIEVAL))
            if progress:
                progress("Searching", number, len(wanted))
    return {
        "questions": plan.questions.name,
        "corpus": corpus.to_dict(),
        "n": len(wanted),
        "history": str(history),
        "without_evidence": len(items) - len(wanted),
        "excluded": excluded,
        "measures": as_document(summarise(scores, [item.cluster for item in wanted])),
        "latency_ms": {"search": percentiles(times)},
        "misses": [
            item.question.id for item, of in zip(wanted, scores, strict=True) if not of.get("hit@10", (1.0, 1.0))[0]
        ],
    }
