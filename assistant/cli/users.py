"""`dateline user ...`: those who may use the server, and what each may do. A running server sees a change at once."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Debug, Home, RoleOption, noted, settings_of
from assistant.cli.terminal import Printer
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.http.clients import Role
    from assistant.settings import Settings

app = typer.Typer(
    name="user",
    help="Add, list and remove those who may use the server, and say what each may do.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
Users = Annotated[
    Path | None,
    typer.Option("--users", help="The file of users [default: users.txt in the home folder].", show_default=False),
]


@app.command("add")
def add_command(
    name: Name,
    role: Annotated[
        RoleOption | None,
        typer.Option(
            help="reader asks, editor also changes the articles, admin looks after users too [default: reader].",
            show_default=False,
        ),
    ] = None,
    users: Users = None,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Add a user, or give one a new password (and role). Asks for the password.

    Without a terminal the password is the first line of stdin.

    Examples: dateline user add maria | dateline user add jo --role editor
    """
    Printer().line(ask_and_add(settings_of(home, users=users), name, role.role if role else None))


@app.command("list")
def list_command(
    users: Users = None,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """List the users with their roles."""
    from assistant.http.access import users_path
    from assistant.http.users import read_users

    path = users_path(settings_of(home, users=users))
    found = read_users(path) if path.exists() else {}
    printer = Printer()
    if as_json:
        printer.json({"users": [{"name": name, "role": user.role} for name, user in found.items()]})
    for name, user in () if as_json else found.items():
        printer.line(name, f"{user.role:<8}")
    if not found and not as_json:
        printer.line("There are no users; `dateline user add NAME` adds one.")


@app.command("role")
def role_command(
    name: Name,
    role: Annotated[RoleOption, typer.Argument(metavar="ROLE", help="reader, editor or admin.")],
    users: Users = None,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Give a user another role."""
    from assistant.http.access import users_path
    from assistant.http.users import set_role

    settings = settings_of(home, users=users)
    set_role(users_path(settings), name, role.role)
    noted(settings, "role given", f"{name}: {role.value}")
    Printer().line(f"{name} is now: {role.value}")


@app.command("remove")
def remove_command(
    name: Name,
    users: Users = None,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Remove a user, whose sessions end with that. The conversations stay, for a user of the same name."""
    from assistant.http.access import users_path
    from assistant.http.users import remove_user

    settings = settings_of(home, users=users)
    remove_user(users_path(settings), name)
    noted(settings, "user removed", name)
    Printer().line(f"{name} may no longer use the server.")


def ask_and_add(settings: Settings, name: str, role: Role | None = None) -> str:
    """Ask for a password, write the user into the file, and say so in one line.

    The password is typed twice; without a terminal it is the first line of stdin.

    Raises:
        UsageError: the two differ, or the name or password cannot be used.
        SettingsError: the file cannot be read.
    """
    from assistant.http.access import users_path
    from assistant.http.users import add_user

    path = users_path(settings)
    user = add_user(path, name, _password(name), role)
    noted(settings, "user added", f"{name}: {user.role}")
    return f"{path}: {name} may use the server as {user.role}."


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Again: ") != password:
        raise UsageError("the two passwords differ; try again.")
    return password
