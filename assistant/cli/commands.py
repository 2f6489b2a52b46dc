"""The commands and their options."""

from __future__ import annotations

from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, AsOf, Engine, Home, settings_of
from assistant.cli.terminal import Printer
from index.errors import UsageError

app = typer.Typer(
    name="dateline", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
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
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; with any command.")] = False,
) -> None:
    """Ask a collection of news articles.

    Every answer is cited to the exact source sentence; where the articles do not say, the answer is that they do not.
    """


@app.command("index")
def index_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS",
            help="Files or folders: text, pages, PDF, Word, feeds, mail, tables, archives [default: seeds/].",
            show_default=False,
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Embed everything that is stored again, as after a change of model.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove instead: PATHS are files, folders (there or gone) or article ids.")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Take in again what --remove took out: PATHS are files, folders or ids.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,...",
            help="What columns are called that have other names than usual: text=Body,date=When.",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: index again whatever changes, until Ctrl-C.")] = False,
    engine: Annotated[
        Engine, typer.Option(help="What embeds: this process, or shards on Ray (extra `ray`).")
    ] = Engine.LOCAL,
    workers: Annotated[
        int, typer.Option(min=0, help="With --engine ray: how many processes embed; 0 is one for each core here.")
    ] = 0,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Index articles. Only what changed since the last time is read again.

    Articles that are gone from a file, or from a folder that is indexed again, are removed. A file that cannot be used
    is named with the reason, the rest goes on, and the exit code is 1. What was stored of it stays. What --remove took
    out of a file that is still there stays out, until its text changes or --restore takes it in again.

    Examples: dateline index news/ | dateline index monday.txt archive.jsonl.gz | dateline index --remove monday.txt |
    dateline index news/ --watch
    """
    from assistant.cli.indexing import Indexing, seeds

    if "" in (paths or ()):
        raise UsageError("a path is empty, as of a variable that is not set; name a file or folder.")
    if workers and engine is not Engine.RAY:
        raise UsageError("--workers is for --engine ray; without it, DATELINE_THREADS says how many cores embed.")
    if remove and (rebuild or not paths):
        raise UsageError("--remove needs the files, folders or ids to remove, and no --rebuild.")
    if restore and (rebuild or remove or not paths):
        raise UsageError("--restore needs the files, folders or ids to take in again, and no --rebuild or --remove.")
    if watch and (rebuild or remove or restore or as_json):
        raise UsageError("--watch goes on without end; use it without --rebuild, --remove, --restore and --json.")
    if engine is Engine.RAY and (watch or remove or restore):
        raise UsageError("--engine ray is for much to embed; use --watch, --remove and --restore without it.")
    with closing(Indexing(settings_of(home, map=columns), Printer(), engine=engine, workers=workers)) as indexing:
        if watch:
            from assistant.cli.watching import Watching

            Watching(indexing, [*map(Path, paths or ())] or [seeds()]).run()
        elif not indexing.run(paths or [], rebuild=rebuild, remove=remove, restore=restore, as_json=as_json):
            raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help='What you want to know, such as "how many displaced?".')],
    asked_on: Annotated[
        str | None,
        typer.Option(
            help="The day of the question, YYYY-MM-DD: articles of that day and shortly before are preferred."
        ),
    ] = None,
    as_of: AsOf = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Answer one question from the indexed articles.

    "This may answer it:" stands before what is not sure. A refusal, which says why, is an answer too: the exit code is
    0.
    """
    from assistant import Assistant

    settings = settings_of(home)
    with Assistant.open(settings=settings) as assistant:
        answer = assistant.ask(question, asked_on=asked_on, as_of=as_of)
        gap = assistant.gap()
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
    as_of: AsOf = None,
    home: Home = None,
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
    settings = settings_of(home)
    kept = Conversations(settings.home)
    conversation = kept.chosen(number) if go_on else Conversation()
    with Assistant.open(settings=settings) as assistant:
        Chat(assistant, Printer(), kept, conversation, keep=not no_history, as_of=as_of).run()


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
        Path | None,
        typer.Option(
            help="The file of those who may use it [default: users.txt in the home folder, if there is one].",
            show_default=False,
        ),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let everybody in, also where others can reach the address.")
    ] = False,
    home: Home = None,
) -> None:
    """Serve the chat in the browser and the API at /api; the same as `python app.py`. Ctrl-C ends it.

    Who may use it, and what they may do there: `dateline user` and `dateline token`. Without a user and a token it is
    everybody of this machine.

    Examples: dateline serve --open | dateline serve --host 0.0.0.0
    """
    settings = settings_of(home, host=host, port=port, users=users, insecure=insecure or None)
    from assistant.web import serve as serve_app

    serve_app(settings, open_browser=open_browser)
