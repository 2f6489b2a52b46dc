"""`dateline backup` and `dateline restore`: the home folder in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Debug, Home, noted, settings_of
from assistant.cli.terminal import Printer
from index.language.counting import counted

app = typer.Typer()

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, such as dateline.tar.gz.")]


@app.command()
def backup(file: File, home: Home = None, debug: Debug = False) -> None:  # noqa: ARG001  read in main()
    """Write articles, conversations, users, tokens, trash and log into one file, while others ask and index.

    The vector index is not in it: it is built again from the rest. FILE holds everything that was asked; keep it as you
    keep the home folder.

    Example: dateline backup /backups/dateline.tar.gz
    """
    from index.store.backup import back_up

    settings = settings_of(home)
    names = back_up(settings.home, file)
    noted(settings, "backup made", file.name)
    Printer().line(f"{file}: {counted(len(names), 'file')}, {file.stat().st_size / 1e6:,.1f} MB.")


@app.command()
def restore(file: File, home: Home = None, debug: Debug = False) -> None:  # noqa: ARG001
    """Make a home folder from a backup. The folder must be new or empty.

    Example: dateline restore /backups/dateline.tar.gz --home /srv/dateline
    """
    from index.store.backup import restore_backup

    settings = settings_of(home)
    names = restore_backup(settings.home, file)
    noted(settings, "backup restored", file.name)
    Printer().line(f"{settings.home}: {counted(len(names), 'file')}. `dateline doctor --fix` builds the vector index.")
