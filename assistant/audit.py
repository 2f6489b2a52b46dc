"""Who did what, and when: a line of JSON each in the home folder, never with the text of a question or an answer."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.visible import one_line
from index.store.home import private_folder

AUDIT_NAME = "audit.jsonl"

_BYTES = 20_000_000
"""From this size on the file is put aside as `audit.1.jsonl`, and the one before that goes."""

_NAMED = 20
"""How many things one entry names; of more, it says how many there are."""

_LENGTH = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done.

    Attributes:
        when: in UTC, to the second.
        who: a user, a token, or the user of the command line.
        what: in two or three words, such as `articles removed`.
        which: to what, such as the ids of articles; of many, the first ones.
        count: to how many.
    """

    when: dt.datetime
    who: str
    what: str
    which: tuple[str, ...]
    count: int

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON has it."""
        when = self.when.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"when": when, "who": self.who, "what": self.what, "which": list(self.which), "count": self.count}


class Audit:
    """The log of one home folder. Several processes may write it at once: each line is written in one piece."""

    def __init__(self, home: Path) -> None:
        self.path = home / AUDIT_NAME
        self._before = home / "audit.1.jsonl"

    def note(self, who: str, what: str, *which: str) -> None:
        """Note what was done. Where that cannot be written, it is done all the same, and the server's log says so."""
        named = tuple(one_line(each)[:_LENGTH] for each in which[:_NAMED])
        line = json.dumps(Entry(dt.datetime.now(dt.UTC), one_line(who), what, named, len(which)).to_dict())
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
                with suppress(ValueError, KeyError, TypeError):
                    yield _entry(json.loads(line))


def command_line_user() -> str:
    """Who does what is done on the command line, as the log names them."""
    with suppress(OSError, KeyError):  # a container may have no names
        return f"{getpass.getuser()} (command line)"
    return "command line"


def _entry(document: dict[str, object]) -> Entry:
    which = document["which"]
    if not isinstance(which, Sequence) or isinstance(which, str):
        raise TypeError
    when = dt.datetime.strptime(str(document["when"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    return Entry(when, str(document["who"]), str(document["what"]), tuple(map(str, which)), int(str(document["count"])))
