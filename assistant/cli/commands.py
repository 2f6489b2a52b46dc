"""The commands and their options."""

from __future__ import annotations

import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.terminal import Printer, progress_bars
from index.errors import UsageError

if TYPE_CHECKING:
    from index import IndexSummary, Settings

__all__ = ["app"]

app = typer.Typer(
    name="dateline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        Printer().line(f"dateline {version('dateline')}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Ask a collection of news articles.

    Every answer is cited to the exact source sentence; where the articles do not say, the answer is that they do not.
    """


Home = Annotated[
    Path | None,
    typer.Option(help="The folder of the store [default: .dateline, or DATELINE_HOME].", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, and nothing else.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.command("index")
def index_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders: .txt, .md, .jsonl, .jsonl.gz [default: seeds/].", show_default=False),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Embed everything that is stored again, as after a change of model.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove instead: PATHS are files, folders (there or gone) or article ids.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Index articles. Only what changed since the last time is read again.

    Articles that are gone from a file, or from a folder that is indexed again, are removed. A file that cannot be used
    is named with the reason, the rest goes on, and the exit code is 1.

    What was stored of it stays.

    Examples: dateline index news/ | dateline index monday.txt archive.jsonl.gz | dateline index --remove monday.txt
    """
    from index import index_paths, load_embedding
    from index import rebuild as rebuild_store
    from index import remove as remove_articles

    if remove and (rebuild or not paths):
        raise UsageError("--remove needs the files, folders or ids to remove, and no --rebuild.")
    settings = _settings(home)
    printer = Printer()
    started = time.perf_counter()
    embedding = load_embedding(settings.embedding_model, threads=settings.threads)
    with progress_bars() as progress:
        if remove:
            names = [str(path) for path in paths or []]
            summary = remove_articles(settings.home, names, embedding, progress=progress)
        elif rebuild:
            summary = rebuild_store(settings.home, embedding, passage_tokens=settings.passage_tokens, progress=progress)
        if not remove and (paths or not rebuild):
            summary = index_paths(
                settings.home,
                paths or [_seeds()],
                embedding,
                passage_tokens=settings.passage_tokens,
                progress=progress,
            )
    for error in summary.errors:
        printer.error(f"skipped {error}")
    if as_json:
        printer.json(_summary_document(summary, settings))
    else:
        printer.line(_summary_line(summary, settings, time.perf_counter() - started))
    if summary.errors:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help='What you want to know, such as "how many displaced?".')],
    asked_on: Annotated[
        str | None, typer.Option(help='The day of the question, YYYY-MM-DD, by which "this week" is understood.')
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Answer one question from the indexed articles.

    A refusal ("The articles do not say") is an answer too: the exit code is 0.
    """
    from assistant import Assistant

    settings = _settings(home)
    with Assistant.open(settings=settings) as assistant:
        answer = assistant.ask(question, asked_on=asked_on)
        gap = assistant.searcher.gap()
    printer = Printer()
    if gap:
        printer.error(gap)
    if as_json:
        printer.json(answer.to_dict())
    else:
        printer.answer(answer)


@app.command()
def chat(
    number: Annotated[
        int | None, typer.Argument(metavar="ID", help="With --continue: which conversation.", show_default=False)
    ] = None,
    go_on: Annotated[
        bool, typer.Option("--continue", help="Go on with conversation ID, or with the last one.", show_default=False)
    ] = False,
    no_history: Annotated[bool, typer.Option("--no-history", help="Keep nothing of this chat.")] = False,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Ask question after question in the terminal. /help names the commands; Ctrl-D ends it.

    The conversation is kept in the home folder (`dateline conversations`). Without a terminal, each line of stdin is a
    question.

    Examples: dateline chat | dateline chat --continue | dateline chat --continue 3
    """
    from assistant import Assistant
    from assistant.cli.chat import Chat
    from assistant.memory import Conversation, Conversations

    if number is not None and not go_on:
        raise UsageError(f"to go on with conversation {number}, write: dateline chat --continue {number}")
    settings = _settings(home)
    kept = Conversations(settings.home)
    conversation = kept.chosen(number) if go_on else Conversation()
    with Assistant.open(settings=settings) as assistant:
        Chat(assistant, Printer(), kept, conversation, keep=not no_history).run()


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="The address to listen on [default: 127.0.0.1].", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port [default: 7860, or the next free one].", show_default=False)
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the chat in a browser.")] = False,
    users: Annotated[
        Path | None, typer.Option(help="The file of those who may use it [default: everybody].", show_default=False)
    ] = None,
    add_user: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Write a user into that file instead; asks for the password.", show_default=False
        ),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let everybody in, also where others can reach the address.")
    ] = False,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Serve the chat in the browser and the API at /api; the same as `python app.py`. Ctrl-C ends it.

    Examples: dateline serve --open | dateline serve --users users.txt --add-user maria | dateline serve --users
    users.txt --host 0.0.0.0
    """
    settings = _settings(home, host=host, port=port, users=users, insecure=insecure or None)
    if add_user is not None:
        from assistant.cli.users import ask_and_add

        Printer().line(ask_and_add(settings, add_user))
        return
    from assistant.web import serve as serve_app

    serve_app(settings, open_browser=open_browser)


def _settings(home: Path | None, **given: Any) -> Settings:
    from index import Settings

    return Settings.load(home=home, **given)


def _seeds() -> Path:
    """The articles that come with the project: those of the current folder, or of the project's own."""
    for folder in (Path("seeds"), Path(__file__).parents[2] / "seeds"):
        if folder.is_dir():
            return folder
    raise UsageError("there is no folder seeds/ here; name the files or folders to index.")


def _summary_document(summary: IndexSummary, settings: Settings) -> dict[str, Any]:
    return {
        "home": str(settings.home),
        **{name: getattr(summary, name) for name in ("added", "updated", "unchanged", "removed", "kept")},
        **{name: getattr(summary, name) for name in ("articles", "sentences", "passages")},
        "skipped": [{"where": error.where, "reason": error.reason} for error in summary.errors],
    }


def _summary_line(summary: IndexSummary, settings: Settings, seconds: float) -> str:
    changes = [f"{summary.added} added", f"{summary.updated} updated", f"{summary.unchanged} unchanged"]
    changes += [f"{summary.removed} removed"] if summary.removed else []
    changes += [f"{len(summary.errors)} skipped"] if summary.errors else []
    changes += [f"{summary.kept} of their files kept as stored before"] if summary.kept else []
    return (
        f"{', '.join(changes)} in {seconds:.1f} s. {settings.home} holds {_count(summary.articles, 'article')}, "
        f"{_count(summary.sentences, 'sentence')}, {_count(summary.passages, 'passage')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
