"""The command line: `dateline index`, `ask`, `chat`, `serve`, and the groups of commands.

Nothing heavy is imported before the command that needs it runs: `dateline --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import entry_points

import index.offline  # noqa: F401  before any library that would look for the network
from assistant.cli.commands import app
from index.errors import DatelineError

__all__ = ["app", "main"]

_GROUPS = {
    "conversations": "assistant.cli.conversations",
    "doctor": "assistant.cli.doctor",
    **dict.fromkeys(("user", "token", "log"), "assistant.cli.access"),
    **dict.fromkeys(("stories", "trash", "backup", "restore"), "assistant.cli.store"),
    "watch": "assistant.cli.watches",
}

_STOPPED = "stopped; what was stored stays, and the same command goes on from there."
_INTERRUPTED = 130  # how Typer ends where Ctrl-C ends a command


def main() -> None:
    """Run the command line; an error is one line on stderr, with a traceback only under `--debug`."""
    try:
        arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
        _add_commands(arguments)
        app(arguments, prog_name="dateline")
    except DatelineError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail(_STOPPED, 1)
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            _fail(_STOPPED, 1)
        raise
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _fail(f"{name}{error.strerror or error}; check the path, its permissions and the free space.", 1)
    except Exception as error:  # noqa: BLE001  the outermost boundary
        reason = " ".join(str(error).split())[:300]
        _fail(f"a fault in Dateline ({type(error).__name__}: {reason}); run it again with --debug, and report it.", 1)


def _add_commands(arguments: list[str]) -> None:
    """Add the command groups, if one may be meant: ours, and those announced by others under `dateline.commands`.

    The evaluation is built on the assistant and not the other way round, so it comes in by its entry point.
    """
    first = next((argument for argument in arguments if not argument.startswith("-")), None)
    if first in {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}:
        return
    for module in dict.fromkeys([_GROUPS[first]] if first in _GROUPS else _GROUPS.values()):
        app.add_typer(import_module(module).app)
    if first in _GROUPS:
        return
    for entry in entry_points(group="dateline.commands"):
        app.add_typer(entry.load(), name=entry.name)


def _fail(message: str, exit_code: int) -> None:
    if "--debug" in sys.argv[1:] and sys.exc_info()[1] is not None:
        import traceback

        traceback.print_exc()
    from assistant.visible import one_line

    sys.stderr.write(f"dateline: {one_line(message)}\n")
    raise SystemExit(exit_code)
