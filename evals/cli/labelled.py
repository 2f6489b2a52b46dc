"""`dateline eval forms` and `dateline eval stories`: what is chosen, held against what people labelled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.cli.options import AsJson, Debug, Home


def forms_command(
    labels: Annotated[Path, typer.Argument(help="Questions with the form that each asks for, .jsonl.")],
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Choose the form of the answer to every question, and count how often people chose the same.

    Example: dateline eval forms evals/forms/questions.jsonl
    """
    from assistant.answering.forms import form_of
    from evals.questions.labels import load_forms
    from evals.runs.labels import measure_forms

    labelled = load_forms(labels)
    _show(as_json, {"set": labels.name, **measure_forms([form_of(label.question) for label in labelled], labelled)})


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
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Hold stories against those that a person labelled: B-cubed precision, recall and F1.

    Example: dateline index evals/archive/corpus.jsonl && dateline eval stories --labels evals/archive/stories.json
    """
    from evals.questions.labels import load_stories
    from evals.runs.labels import measure_stories

    labelled = load_stories(labels)
    chosen = load_stories(found) if found else _stored(home, labelled)
    _show(as_json, {"set": labels.name, **measure_stories(chosen, labelled)})


def _stored(home: Path | None, article_ids: Iterable[str]) -> dict[str, str]:
    from assistant.settings import Settings
    from index.store.reading import RECORD_NAME, RecordReader

    with RecordReader(Settings.load(home=home).home / RECORD_NAME) as record:
        return record.stories_of(article_ids)


def _show(as_json: bool, document: dict[str, Any]) -> None:
    if as_json:
        from assistant.cli.terminal import Printer

        Printer().json(document)
        return
    from evals.report.display import show_document

    show_document(document)
