"""`dateline eval ...`."""

from evals.cli.commands import app

__all__ = ["app"]
