"""A run: every question of a set asked, scored and logged. An interrupted one goes on where it stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.settings import Settings
from evals.errors import QuestionSetError, RunLogError
from evals.questions.corpora import Corpus, prepare
from evals.questions.evidence import Item, resolve_valid
from evals.questions.question_set import Question, fingerprint, load_questions
from evals.runs.asking import around, ask
from evals.runs.log import LOG_NAME, LogWriter, RunLog, describe, other_run, read_log
from evals.runs.outcome import outcome, would_be_right
from evals.runs.summary import summary_of
from evals.scorers.measures import score
from evals.scorers.observation import Observation, carries
from index.embedding.runtime import cores
from index.store.reading import RECORD_NAME
from index.store.record import Record

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    Attributes:
        corpus: the articles; None for the store of the settings.
        out: the folder of the log; None for one below the home folder.
        limit: ask the first so many questions only.
        workers: questions that are asked at the same time, each on one thread.
        given: ask the article of the evidence alone instead of all articles.
        skip_unresolved: leave out, and name, questions whose evidence is not in the articles, instead of refusing.
    """

    questions: Path
    corpus: Path | None = None
    out: Path | None = None
    limit: int | None = None
    workers: int = 1
    given: bool = False
    skip_unresolved: bool = False


def default_workers() -> int:
    """One for each core, at most four: beyond that, the answers wait for each other."""
    return min(4, cores())


def run(plan: Plan, settings: Settings, progress: Progress | None = None) -> RunLog:
    """Ask all questions of a set and write the log.

    Raises:
        QuestionSetError: the set cannot be used.
        RunMismatchError: in the folder is the log of another run, or of a finished one.
        DatelineError: the corpus cannot be indexed, or the store cannot be read.
    """
    questions = load_questions(plan.questions)[: plan.limit]  # a fault there shows before anything is indexed
    corpus = prepare(plan.corpus, settings, progress)
    asking = settings.model_copy(update={"threads": 1}) if plan.workers > 1 else settings
    with Assistant.open(corpus.home, settings=asking) as assistant:
        items, excluded = resolved(questions, plan, assistant)
        head = _head(plan, corpus, items, describe(assistant, settings))
        path = _log_folder(plan, settings, head) / LOG_NAME
        with LogWriter(path, head) as log:
            records = _ask_all(assistant, items, plan, log, progress)
            log.add(summary_of(records, excluded))
    return read_log(path)


def check(plan: Plan, settings: Settings, progress: Progress | None = None) -> tuple[int, list[str]]:
    """How many questions a set has, and everything that is wrong with them.

    Raises:
        DatelineError: the corpus cannot be indexed, or there is no store.
    """
    try:
        questions = load_questions(plan.questions)
    except QuestionSetError as error:
        return 0, list(error.problems)
    corpus = prepare(plan.corpus, settings, progress)
    with Record(corpus.home / RECORD_NAME) as record:
        _, problems = resolve_valid(questions, record.article, record.articles)
    return len(questions), list(problems.values())


def resolved(questions: Sequence[Question], plan: Plan, assistant: Assistant) -> tuple[list[Item], list[str]]:
    """The questions to ask, with their evidence found, and what was left out with the reasons.

    Raises:
        QuestionSetError: there is evidence that is not in the articles.
    """
    items, problems = resolve_valid(questions, assistant.article, assistant.record.articles)
    if problems and not (plan.skip_unresolved and items):
        raise QuestionSetError(list(problems.values()))
    return items, list(problems.values())


def _head(plan: Plan, corpus: Corpus, items: Sequence[Item], made_with: dict[str, Any]) -> dict[str, Any]:
    return {
        "started": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "questions": {
            "name": _name(plan.questions),
            "n": len(items),
            "fingerprint": fingerprint([item.question for item in items]),
        },
        "corpus": {"name": _name(plan.corpus) if plan.corpus else None, **corpus.to_dict()},
        "run": {"limit": plan.limit, "workers": plan.workers, "given": plan.given},
        "made_with": made_with,
    }


def _name(path: Path) -> str:
    """A file by its name and that of its folder: most sets are called questions, and whole paths differ by machine."""
    return "/".join(path.resolve().parts[-2:])


def _log_folder(plan: Plan, settings: Settings, head: dict[str, Any]) -> Path:
    """The folder asked for; or that of the same run, if it was interrupted; or a new one."""
    if plan.out is not None:
        return plan.out
    runs = settings.home / "evals" / "runs"
    for path in sorted(runs.glob(f"*/{LOG_NAME}"), reverse=True):
        try:
            log = read_log(path, unfinished=True)
        except RunLogError:
            continue
        if log.summary is None and not other_run(log.head, head):
            return path.parent
    stem = _name(plan.questions).split(".")[0].replace("/", "-")
    return runs / f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}-{stem}"


def _ask_all(
    assistant: Assistant, items: Sequence[Item], plan: Plan, log: LogWriter, progress: Progress | None
) -> list[dict[str, Any]]:
    records = dict(log.done)
    open_items = [(n, item) for n, item in enumerate(items) if item.question.id not in records]
    with ThreadPoolExecutor(plan.workers) as pool:
        futures = [pool.submit(_record, assistant, n, item, plan.given) for n, item in open_items]
        try:
            for future in as_completed(futures):
                record = future.result()
                log.add(record)
                records[record["id"]] = record
                if progress:
                    progress("Asking", len(records), len(items))
        except BaseException:
            # Ctrl-C, or a store that broke: what is logged is kept, what was not begun is not waited for.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [records[item.question.id] for item in items]


def _record(assistant: Assistant, n: int, item: Item, given: bool) -> dict[str, Any]:
    """Ask one question; the line of the log that comes of it."""
    seen, error = ask(assistant, item, given=given)
    cited = [*seen.citations, *((seen.answer or {}).get("closest") or [])]
    return {
        "kind": "question",
        "n": n,
        **item.question.model_dump(exclude={"evidence"}),
        "cluster": item.cluster,
        "evidence": [_evidence(assistant, item, position) for position in range(len(item.evidence))],
        "answer": seen.answer,
        "error": error,
        "resolves": list(seen.resolves),
        "context": [around(assistant.article(c["article_id"]), c["start"], c["end"]) for c in cited],
        "found": _found(seen),
        "scores": {name: list(ratio) for name, ratio in score(seen).items()},
        "outcome": outcome(seen),
        "would_be_right": would_be_right(seen),
    }


def _evidence(assistant: Assistant, item: Item, position: int) -> dict[str, Any]:
    span = item.evidence[position]
    article = assistant.article(span.doc_id)
    place = {} if span.start is None or span.end is None else around(article, span.start, span.end)
    return {**asdict(span), "title": article.title if article else "", **place}


def _found(seen: Observation) -> list[dict[str, Any]] | None:
    if seen.found is None:
        return None
    return [
        {
            "article_id": found.doc_id,
            "start": found.start,
            "end": found.end,
            "also": list(found.also),
            "evidence": [n for n, span in enumerate(seen.spans) if carries(found, span)],
        }
        for found in seen.found
    ]
