"""`dateline doctor`: looks the store over, and mends it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Home, settings_of
from assistant.cli.terminal import Printer, progress_bars
from index.language.numerals import counted

if TYPE_CHECKING:
    from index.doctor import Diagnosis

app = typer.Typer(name="doctor", invoke_without_command=True, add_completion=False, subcommand_metavar="")


@app.callback()
def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended; nothing is embedded again that is sound.")
    ] = False,
    sample: Annotated[
        int, typer.Option(min=1, help="How many articles to look into; whether all parts agree is seen for all.")
    ] = 500,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Compare the stored articles, the keyword index and the vector index, and say what is wrong and what to do.

    The exit code is 1 where something is wrong (and was not mended) that can make an answer wrong or incomplete.

    Examples: dateline doctor | dateline doctor --fix | dateline doctor --json --sample 100000
    """
    from index.doctor import examine

    settings = settings_of(home)
    done: list[str] = []
    if fix:
        from index import load_embedding
        from index.doctor import mend

        embedding = load_embedding(settings.embedding_model, threads=settings.threads)
        with progress_bars() as progress:
            _, done = mend(settings.home, embedding, **settings.storing, sample=sample, progress=progress)
    diagnosis = examine(settings.home, chroma_url=settings.chroma_url, sample=sample)
    writer = _writer(settings.writer)
    if as_json:
        Printer().json({"home": str(settings.home), "writer": writer, "mended": done, **diagnosis.to_dict()})
    else:
        _show(diagnosis, done, settings.home)
        Printer().line(f"Writer: {writer}.")
    if not diagnosis.sound:
        raise typer.Exit(1)


def _writer(value: str) -> str:
    """Which Writer is set, and of one that has to be looked for, which is found."""
    from assistant.writer.setting import parse_setting

    setting = parse_setting(value)
    if setting is None:
        return "none is set, the answers are source sentences"
    if setting.kind != "auto":
        return f"{setting.kind}:{setting.model}" + (f" at {setting.url}" if setting.url else "")
    from assistant.writer.local import ASKED, find_local

    found = find_local()
    if found is None:
        return f"auto, and no server on this machine offers a chat model (ports {ASKED})"
    return f"auto, which takes {found.kind}:{found.model} at {found.url}"


def _show(diagnosis: Diagnosis, done: list[str], home: Path) -> None:
    printer = Printer()
    for line in done:
        printer.line(f"mended: {line}.")
    for finding in diagnosis.findings:
        printer.line(f"{'note' if finding.harmless else 'wrong'}: {finding.what}; {finding.advice}")
    checked = diagnosis.checked
    if checked:
        articles, passages = counted(checked["articles"], "article"), counted(checked["passages"], "passage")
        read, sentences, vectors = (
            counted(checked.get(name, 0), noun)
            for name, noun in (("articles_read", "article"), ("citations", "sentence"), ("vectors", "vector"))
        )
        printer.line(
            f"{home}: {'sound' if diagnosis.sound else 'not sound'}. {articles}, {passages}; looked into {read} with "
            f"{sentences}, and {vectors} of the vector index."
        )
