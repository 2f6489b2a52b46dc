"""Why a Writer gave no answer. The answer is then the source sentence, and this is said beside it."""

from __future__ import annotations

from index.errors import DatelineError


class WriterError(DatelineError):
    """The Writer could not be asked, or its reply broke off. The message goes on after "the Writer ..."."""
