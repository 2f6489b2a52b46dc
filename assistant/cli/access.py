"""`dateline user`, `dateline token` and `dateline log`: who may use the server, and who did what there."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Home, RoleOption, note_in_log, settings_of
from assistant.cli.terminal import Printer
from assistant.visible import one_line
from index.errors import UsageError
from index.language.numerals import counted

app = typer.Typer()
users_app = typer.Typer(
    name="user",
    help="Add, list and remove those who may use the server, and say what each may do.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


UserName = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
Users = Annotated[
    Path | None,
    typer.Option("--users", help="The file of users [default: users.txt in the home folder].", show_default=False),
]


@users_app.command("add")
def add_user_command(
    name: UserName,
    role: Annotated[
        RoleOption | None,
        typer.Option(
            help="reader asks, editor also changes the articles, admin looks after users too [default: reader].",
            show_default=False,
        ),
    ] = None,
    users: Users = None,
    home: Home = None,
) -> None:
    """Add a user, or give one a new password (and role). Asks for the password.

    Without a terminal the password is the first line of stdin.

    Examples: dateline user add maria | dateline user add jo --role editor
    """
    from assistant.http.access import users_path
    from assistant.http.users import add_user

    settings = settings_of(home, users=users)
    path = users_path(settings)
    user = add_user(path, name, _password(name), role.role if role else None)
    note_in_log(settings, "user added", f"{name}: {user.role}")
    Printer().line(f"{path}: {name} may use the server as {user.role}.")


@users_app.command("list")
def list_users_command(users: Users = None, home: Home = None, as_json: AsJson = False) -> None:
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


@users_app.command("role")
def role_command(
    name: UserName,
    role: Annotated[RoleOption, typer.Argument(metavar="ROLE", help="reader, editor or admin.")],
    users: Users = None,
    home: Home = None,
) -> None:
    """Give a user another role."""
    from assistant.http.access import users_path
    from assistant.http.users import set_role

    settings = settings_of(home, users=users)
    set_role(users_path(settings), name, role.role)
    note_in_log(settings, "role given", f"{name}: {role.value}")
    Printer().line(f"{name} is now: {role.value}")


@users_app.command("remove")
def remove_user_command(name: UserName, users: Users = None, home: Home = None) -> None:
    """Remove a user, whose sessions end with that. The conversations stay, for a user of the same name."""
    from assistant.http.access import users_path
    from assistant.http.users import remove_user

    settings = settings_of(home, users=users)
    remove_user(users_path(settings), name)
    note_in_log(settings, "user removed", name)
    Printer().line(f"{name} may no longer use the server.")


def _password(name: str) -> str:
    """What is typed twice; without a terminal it is the first line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Again: ") != password:
        raise UsageError("the two passwords differ; try again.")
    return password


tokens_app = typer.Typer(
    name="token",
    help="Make, list and revoke the tokens that programs come in with.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(users_app)
app.add_typer(tokens_app)

TokenName = Annotated[
    str, typer.Argument(metavar="NAME", help="What the token is called, such as the program it is for.")
]


@tokens_app.command("add")
def add_token_command(
    name: TokenName,
    role: Annotated[
        RoleOption, typer.Option(help="reader asks, editor also changes the articles.")
    ] = RoleOption.READER,
    home: Home = None,
) -> None:
    """Make a token and print it, once: only its hash is kept.

    Examples: dateline token add wire-desk | dateline token add importer --role editor
    """
    from assistant.http.tokens import TOKENS_NAME, add_token

    settings = settings_of(home)
    token = add_token(settings.home / TOKENS_NAME, name, role.role)
    note_in_log(settings, "token added", f"{name}: {role.value}")
    Printer().line(token)
    Printer().note("keep it now: it is not shown again. Send it as `Authorization: Bearer TOKEN`.")


@tokens_app.command("list")
def list_tokens_command(home: Home = None, as_json: AsJson = False) -> None:
    """List the tokens by name, with the day on which each was made; those of DATELINE_TOKENS have none."""
    from assistant.http.tokens import TOKENS_NAME, read_tokens, tokens_of_setting

    settings = settings_of(home)
    path = settings.home / TOKENS_NAME
    made = read_tokens(path) if path.exists() else []
    found = [*made, *tokens_of_setting(settings.tokens.get_secret_value())]
    printer = Printer()
    if as_json:
        days = [(token, token.made.isoformat() if token.made else None) for token in found]
        printer.json({"tokens": [{"name": token.name, "role": token.role, "made": day} for token, day in days]})
        return
    for token in found:
        printer.line(token.name, f"{token.role:<8}{token.made or 'of the settings'!s:<17}")
    if not found:
        printer.line("There are no tokens; `dateline token add NAME` makes one.")


@tokens_app.command("revoke")
def revoke_command(name: TokenName, home: Home = None) -> None:
    """Revoke a token: whoever has it is a stranger from then on."""
    from assistant.http.tokens import TOKENS_NAME, revoke_token

    settings = settings_of(home)
    revoke_token(settings.home / TOKENS_NAME, name)
    note_in_log(settings, "token revoked", name)
    Printer().line(f"The token {name} is revoked.")


@app.command()
def log(
    limit: Annotated[int, typer.Option(min=1, help="Show the last N entries.")] = 50,
    who: Annotated[str | None, typer.Option(help="Only what this user or token did.", show_default=False)] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show who signed in, changed articles, users or tokens, or made a backup, and when (UTC). Oldest first.

    What was asked and answered is never in it.

    Examples: dateline log | dateline log --who maria --limit 500
    """
    from assistant.audit import Audit

    entries = [e for e in Audit(settings_of(home).home).entries() if who in (None, e.who)][-limit:]
    printer = Printer()
    if as_json:
        printer.json({"entries": [entry.to_dict() for entry in entries]})
        return
    for entry in entries:
        named = ", ".join(entry.which)
        more = f" and {counted(entry.count - len(entry.which), 'other')}" if entry.count > len(entry.which) else ""
        what = f"{entry.what}{f': {named}{more}' if named else ''}"
        printer.line(what, f"{entry.when:%Y-%m-%d %H:%M:%S}  {one_line(entry.who)}  ")
    if not entries:
        printer.line("Nothing is noted yet.")
