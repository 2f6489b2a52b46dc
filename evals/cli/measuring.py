"""`dateline eval verifier`, `writer`, `forms`, `stories`, `tables`: what is measured beside the runs of questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Home, settings_of
from assistant.cli.terminal import progress_bars
from evals.cli.options import CorpusPath, Limit, Questions, shown


def forms_command(
    labels: Annotated[Path, typer.Argument(help="Questions with the form that each asks for, .jsonl.")],
    as_json: AsJson = False,
) -> None:
    """Choose the form of the answer to every question, and count how often people chose the same.

    Example: dateline eval forms evals/forms/questions.jsonl
    """
    from assistant.answering.forms import form_of
    from evals.runs.labels import load_forms, measure_forms

    labelled = load_forms(labels)
    shown(as_json, {"set": labels.name, **measure_forms([form_of(label.question) for label in labelled], labelled)})


def stories_command(
    labels: Annotated[
        Path, typer.Option("--labels", help='The stories that a person labelled: {"article id": "story", ...}.')
    ],
    found: Annotated[
        Path | None,
        typer.Argument(
            help="The stories to measure, in the same form [default: those of the store].", show_default=False
        ),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hold stories against those that a person labelled: B-cubed precision, recall and F1.

    Example: dateline index evals/archive/corpus.jsonl && dateline eval stories --labels evals/archive/stories.json
    """
    from evals.runs.labels import load_stories, measure_stories

    labelled = load_stories(labels)
    chosen = load_stories(found) if found else _stored(home, labelled)
    shown(as_json, {"set": labels.name, **measure_stories(chosen, labelled)})


def _stored(home: Path | None, article_ids: Iterable[str]) -> dict[str, str]:
    from index.store.reading import RECORD_NAME, RecordReader

    with RecordReader(settings_of(home).home / RECORD_NAME) as record:
        return record.stories_of(article_ids)


def tables_command(
    pages: Annotated[
        list[Path] | None, typer.Argument(help="Markdown files [default: README.md and docs/*.md].", show_default=False)
    ] = None,
    summaries: Annotated[
        Path, typer.Option("--from", help="The folder of the summaries that `dateline eval baseline` wrote.")
    ] = Path("evals/baseline"),
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 if a table is stale.")] = False,
) -> None:
    """Write the measured tables of pages anew, between `<!-- table: NAME -->` and `<!-- /table -->`.

    Example: dateline eval tables --check
    """
    from evals.errors import PageError
    from evals.report.display import line
    from evals.report.doc_tables import filled, read_summaries

    measured = read_summaries(summaries)
    before = {path: _read(path) for path in pages or [Path("README.md"), *sorted(Path("docs").glob("*.md"))]}
    after = {path: filled(text, measured, str(path)) for path, text in before.items()}
    stale = [path for path, text in before.items() if text != after[path]]
    if stale and check:
        names = ", ".join(map(str, stale))
        raise PageError(f"{names}: not the tables of {summaries}; run `dateline eval tables`, and commit the result.")
    for path in stale:
        path.write_text(after[path], encoding="utf-8")
        line(f"wrote {path}.")


def _read(path: Path) -> str:
    from index.errors import UsageError

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a Markdown file.") from None


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
) -> None:
    """Hold claims that people judged against what they cite: what the Verifier lets pass, and stops.

    Example: dateline eval verifier sets/wice
    """
    from assistant.reader import load_reader
    from assistant.verifier.verifier import load_verifier
    from evals.questions.claims import half_of, load_claims
    from evals.runs.verifier import judge, measure
    from index import load_embedding

    settings = settings_of(None)
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
    shown(as_json, document)


def writer_command(
    questions: Questions,
    corpus: CorpusPath = None,
    limit: Limit = None,
    out: Annotated[Path | None, typer.Option(help="A file for every answer, one JSON a line.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask the Writer that DATELINE_WRITER names, and look again at every statement that is shown.

    Example: DATELINE_WRITER=gguf:model.gguf dateline eval writer evals/seed/questions.yaml --corpus seeds
    """
    from assistant import Assistant
    from evals.questions.corpora import prepare
    from evals.questions.question_set import load_questions
    from evals.runs.writer import measure_writer
    from index.errors import UsageError

    settings = settings_of(home)
    if not settings.writer:
        raise UsageError("there is no Writer to measure; set DATELINE_WRITER (docs/guide.md).")
    asked = load_questions(questions)[:limit]
    with progress_bars() as progress:
        store = prepare(corpus, settings, progress)
        with Assistant.open(store.home, settings=settings) as assistant:
            document = {"set": questions.name, **measure_writer(assistant, asked, progress, out)}
    shown(as_json, document)
