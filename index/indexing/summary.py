"""What a run of indexing reports: as it goes, and in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ArticleError, ArticleNote, ArticleWarning

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much of it is done, and of how much."""


@dataclass(slots=True)
class IndexSummary:
    """What one run did.

    Attributes:
        added, updated, unchanged, removed: numbers of articles.
        kept: articles of files with faults, which stay in the store as they were.
        unread: the files in folders that hold no articles, since they end as none that can be read does, or hold
            something else (`.xml`, `.json`).
        errors: what could not be used, and why.
        warnings: what articles are kept without, such as a date that cannot be read, and why.
        notes: what else is worth knowing of the files that were read, such as columns with unknown names.
        articles, sentences, passages: how many the store holds now.
        kept_out: articles that were read and were removed by hand before: they stay out while their text is the same.
        still_there: files, each once, that articles were removed of by hand and that are there yet.
        finished: what an earlier run that was interrupted had left undone, in words, and this one did; or None.
        unfinished: what it left undone that cannot be reached now, such as a share that is not mounted; or None.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    kept_out: int = 0
    errors: list[ArticleError] = field(default_factory=list)
    warnings: list[ArticleWarning] = field(default_factory=list)
    notes: list[ArticleNote] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)
    articles: int = 0
    sentences: int = 0
    passages: int = 0
    still_there: list[str] = field(default_factory=list)
    finished: str | None = None
    unfinished: str | None = None


def report(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell how far a stage is, if anybody wants to know."""
    if progress:
        progress(stage, done, total)
