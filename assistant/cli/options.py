"""The options that the commands share, and what every group of commands does with them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.http.clients import Role
    from assistant.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option(help="The folder of the store [default: .dateline, or DATELINE_HOME].", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, and nothing else.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        help="The last day whose articles may answer, YYYY-MM-DD: what was known then. In the question it can be said "
        'as well: "as of 4 March".',
        show_default=False,
    ),
]


class Engine(StrEnum):
    """What embeds the articles: this process, or shards on Ray."""

    LOCAL = "local"
    RAY = "ray"


class RoleOption(StrEnum):
    """What somebody may do, each also what those before may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def role(self) -> Role:
        """The role as the rest of the program knows it."""
        return self.value


def settings_of(home: Path | None, **given: Any) -> Settings:
    """The settings of the environment, with what was given on the command line.

    Raises:
        SettingsError: one of them cannot be used.
    """
    from assistant.settings import Settings

    return Settings.load(home=home, **given)


def note_in_log(settings: Settings, what: str, *which: str) -> None:
    """Note in the log what was done on the command line."""
    from assistant.audit import Audit, command_line_user

    Audit(settings.home).note(command_line_user(), what, *which)
