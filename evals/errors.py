"""What can go wrong in an evaluation, as errors that name the place and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from index.errors import DatelineError, UsageError


class QuestionSetError(UsageError):
    """A question set cannot be used as it is.

    Attributes:
        problems: every fault, each with its file, line and reason.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
        self.problems = tuple(problems)


class RunLogError(DatelineError):
    """The log of a run is missing, damaged, or of a version that cannot be read."""


class RunMismatchError(UsageError):
    """Two runs, or a run and its continuation, are not over the same thing."""


class GateSettingsError(UsageError):
    """The file of floors and tolerances cannot be used."""


class PageError(DatelineError):
    """A table of the documentation cannot be made, or is not what the summaries say."""
