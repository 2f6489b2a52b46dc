"""`dateline eval verifier` and `dateline eval writer`: measuring what checks statements, and what writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.cli.options import AsJson, CorpusPath, Debug, Home, Limit, Questions


def verifier_command(
    folder: Annotated[Path, typer.Argument(help="A set of claims: claims or questions.jsonl.gz, and corpus.jsonl.gz.")],
    sentences: Annotated[
        int, typer.Option(min=1, max=20, help="Sentences that a claim is held against where it does not cite any.")
    ] = 6,
    half: Annotated[
        int | None, typer.Option(min=0, max=1, help="Only claims on documents with an even (0) or odd (1) number.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Take the first N claims only.")] = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Hold claims that people judged against what they cite: what the Verifier lets pass, and stops.

    Example: dateline eval verifier sets/wice
    """
    from assistant.cli.progress import progress_bars
    from assistant.reader import load_reader
    from assistant.settings import Settings
    from assistant.verifier.loading import load_verifier
    from evals.questions.claims import half_of, load_claims
    from evals.runs.verifier import judge, measure
    from index import load_embedding

    settings = Settings.load()
    claims = [claim for claim in load_claims(folder) if half in (None, half_of(claim))][:limit]
    with progress_bars() as progress:
        embedding = load_embedding(settings.embedding_model, threads=settings.threads)
        verifier = load_verifier(load_reader(settings.reader, threads=settings.threads))
        document = {
            "set": folder.name,
            "half": half,
            "sentences": sentences,
            **measure(judge(claims, verifier, embedding, sentences, progress)),
        }
    _show(as_json, document)


def writer_command(
    questions: Questions,
    corpus: CorpusPath = None,
    limit: Limit = None,
    out: Annotated[Path | None, typer.Option(help="A file for every answer, one JSON a line.")] = None,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Ask the Writer that DATELINE_WRITER names, and look again at every statement that is shown.

    Example: DATELINE_WRITER=gguf:model.gguf dateline eval writer evals/seed/questions.yaml --corpus seeds
    """
    from assistant import Assistant
    from assistant.cli.progress import progress_bars
    from assistant.settings import Settings
    from evals.questions.corpora import prepare
    from evals.questions.question_set import load_questions
    from evals.runs.writer import measure_writer
    from index.errors import UsageError

    settings = Settings.load(home=home)
    if not settings.writer:
        raise UsageError("there is no Writer to measure; set DATELINE_WRITER (docs/guide.md).")
    asked = load_questions(questions)[:limit]
    with progress_bars() as progress:
        store = prepare(corpus, settings, progress)
        with Assistant.open(store.home, settings=settings) as assistant:
            document = {"set": questions.name, **measure_writer(assistant, asked, progress, out)}
    _show(as_json, document)


def _show(as_json: bool, document: dict[str, Any]) -> None:
    from assistant.cli.terminal import Printer

    if as_json:
        Printer().json(document)
        return
    from evals.report.display import show_document

    show_document(document)
