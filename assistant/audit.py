"""Who did what, and when: a line of JSON each in the home folder, never with the text of a question or an answer."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.visible import one_line
from index.document import Document
from index.store.home import private_folder

AUDIT_NAME = "audit.jsonl"

_BYTES = 20_000_000
"""From this size on the file is put aside as `audit.1.jsonl`, and the one before that goes."""

_NAMED = 20
"""How many things one entry names; of more, it says how many there are."""

_LENGTH = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry(Document):
    """One thing that was done."""

    when: dt.datetime
    """In UTC, to the second."""
    who: str
    """A user, a token, or the user of the command line."""
    what: str
    """In two or three words, such as `articles removed`."""
    which: tuple[str, ...]
    """To what, such as the ids of articles; of many, the first ones."""
    count: int
    """To how many."""


class Audit:
    """The log of one home folder. Several processes may write it at once: each line is written in one piece."""

    def __init__(self, home: Path) -> None:
        self.path = home / AUDIT_NAME
        self._before = home / "audit.1.jsonl"

    def note(self, who: str, what: str, *which: str) -> None:
        """Note what was done. Where that cannot be written, it is done all the same, and the server's log says so."""
        named = tuple(one_line(each)[:_LENGTH] for each in which[:_NAMED])
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        line = json.dumps(Entry(now, one_line(who), what, named, len(which)).to_dict())
        try:
            private_folder(self.path.parent)
            with suppress(FileNotFoundError):
                if self.path.stat().st_size > _BYTES:
                    self.path.replace(self._before)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, f"{line}\n".encode())
            finally:
                os.close(descriptor)
        except OSError as error:
            _log.error("what %s did (%s) is not in the log: %s", one_line(who), what, error)

    def entries(self, limit: int | None = None) -> list[Entry]:
        """What was done, oldest first; with a limit, the last of it. A line that was cut off is passed over.

        Raises:
            OSError: the file is there and cannot be read.
        """
        found = [*self._read(self._before), *self._read(self.path)]
        return found if limit is None else found[-limit:]

    def _read(self, path: Path) -> Iterator[Entry]:
        with suppress(FileNotFoundError), path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                with suppress(ValueError):
                    yield Entry.from_dict(json.loads(line))


def command_line_user() -> str:
    """Who does what is done on the command line, as the log names them."""
    with suppress(OSError, KeyError):  # a container may have no names
        return f"{getpass.getuser()} (command line)"
    return "command line"
