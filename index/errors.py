"""Every error that Dateline raises on purpose.

```
DatelineError                one line that says what to do; the command line prints it and exits with `exit_code`
├── UsageError               the program was asked for something that makes no sense (exit code 2)
│   ├── SettingsError        a setting is unknown, or its value is not one that can be used
│   └── QuestionError        the question is empty or too long
├── ArticleError             one article file, or one line of it, cannot be used; the rest of the batch goes on
│   ├── ArticleWarning       something about an article cannot be used; the article is kept without it
│   │   └── AmbiguousDayWarning  the days of a file could be others, and nothing settles it
│   ├── ArticleNote          something about how a file was read is worth knowing; nothing is wrong
│   ├── ForeignFileError     the file is of a kind that can hold articles, and holds something else
│   └── WithdrawnError       its agency cancelled or withheld the article: what is stored of it goes
├── EngineError              what embeds shards elsewhere is not installed, or failed; a retry can help
├── ModelError               a model file is missing, damaged, or not the one that is needed
└── StoreError               the store cannot be used
    ├── NoIndexError         there is no index yet
    ├── DamagedError         the record cannot be read any more
    ├── IncompatibleError    the store was made by another model, or by another version of the program
    ├── LockedError          another process is writing; a retry can help
    ├── NoRoomError          the disk has no room for what is to be written
    └── ServerError          the Chroma server is away, or is another version; a retry can help
```
"""

from __future__ import annotations

from typing import Self


class DatelineError(Exception):
    """The base of all errors above. Its message is one line that says what happened and what to do."""

    exit_code = 1


class UsageError(DatelineError):
    """The program was asked for something that makes no sense."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is unknown, or has a value that cannot be used."""


class QuestionError(UsageError):
    """The question is empty or too long."""


class ArticleError(DatelineError):
    """One article file, or one line of it, cannot be used.

    Attributes:
        where: the file's path, with `:LINE` where the fault is in one line.
        reason: what is wrong with it and what to do.
        ids: the ids of the articles that may stand there; None where it may be any article of the file.
    """

    def __init__(self, where: str, reason: str, ids: frozenset[str] | None = None) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
        self.ids = ids

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, frozenset[str] | None]]:
        return type(self), (self.where, self.reason, self.ids)  # so that it can come from another process


class ArticleWarning(ArticleError):  # noqa: N818  it is reported, never raised
    """Something about an article, such as its date, cannot be used; the article is kept without it."""


class AmbiguousDayWarning(ArticleWarning):
    """Days of a file could be two (4/7/2017), and neither its other dates nor its source's settle which."""


class ArticleNote(ArticleError):  # noqa: N818  it is reported, never raised
    """Something about how a file was read is worth knowing, such as a column with an unknown name. Nothing is wrong."""


class ForeignFileError(ArticleError):
    """A file whose ending is that of articles (`.xml`, `.json`) holds something else. In a folder it is passed over."""


class WithdrawnError(ArticleError):
    """An article was cancelled or withheld by its agency: it is none any more, and what is stored of it goes."""


class EngineError(DatelineError):
    """The engine that embeds shards in other processes is not installed, cannot be reached, or failed."""


class ModelError(DatelineError):
    """A model file is missing, damaged, or not the one that is needed."""


class StoreError(DatelineError):
    """The store cannot be used."""


class NoIndexError(StoreError):
    """There is no index in the home folder yet."""


class DamagedError(StoreError):
    """The record, the store's SQLite file, cannot be read any more."""


class IncompatibleError(StoreError):
    """The store was made by another embedding model or by another version of the program."""


class LockedError(StoreError):
    """Another process is writing to the store. Waiting and trying again can help."""


class NoRoomError(StoreError):
    """The disk has no room for what is to be written. What was stored before stays."""


class ServerError(StoreError):
    """The Chroma server cannot be reached, does not answer, or cannot be used. Trying again later can help."""
