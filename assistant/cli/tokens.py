"""`dateline token ...`: what programs come in with. A running server sees a change at once."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import AsJson, Debug, Home, RoleOption, noted, settings_of
from assistant.cli.terminal import Printer

app = typer.Typer(
    name="token",
    help="Make, list and revoke the tokens that programs come in with.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the token is called, such as the program it is for.")]


@app.command("add")
def add_command(
    name: Name,
    role: Annotated[
        RoleOption, typer.Option(help="reader asks, editor also changes the articles.")
    ] = RoleOption.READER,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Make a token and print it, once: only its hash is kept.

    Examples: dateline token add wire-desk | dateline token add importer --role editor
    """
    from assistant.http.tokens import TOKENS_NAME, add_token

    settings = settings_of(home)
    token = add_token(settings.home / TOKENS_NAME, name, role.role)
    noted(settings, "token added", f"{name}: {role.value}")
    Printer().line(token)
    Printer().note("keep it now: it is not shown again. Send it as `Authorization: Bearer TOKEN`.")


@app.command("list")
def list_command(
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001
) -> None:
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


@app.command("revoke")
def revoke_command(
    name: Name,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Revoke a token: whoever has it is a stranger from then on."""
    from assistant.http.tokens import TOKENS_NAME, revoke_token

    settings = settings_of(home)
    revoke_token(settings.home / TOKENS_NAME, name)
    noted(settings, "token revoked", name)
    Printer().line(f"The token {name} is revoked.")
