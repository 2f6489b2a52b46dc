"""What the server writes about itself: one line for each event, in which nothing of a request can end the line.

A name, a path or a header comes from outside. Written as it is, it could add lines of its own, or command the
terminal.
"""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from queue import SimpleQueue
from traceback import FrameSummary, extract_tb
from types import TracebackType

from assistant.http.limits import RateLimit
from assistant.visible import one_line
from index.errors import SettingsError

ACCESS = "dateline.access"
"""The logger of requests."""

_FORMAT = "%(asctime)s %(levelname)s %(message)s"
_ACCESS_FORMAT = "%(asctime)s %(message)s"
_FILE_BYTES = 10_000_000
_FILES = 5
_LENGTH = 1_000
_A_MINUTE = 10
_FRAMES = 4
"""Of the places that a fault went through, how many are named, the innermost first."""


class OneLine(logging.Formatter):
    """Formats an event as one line, and a fault in it by its kind, its message and where it was."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record.message, record.asctime = record.getMessage(), self.formatTime(record)
        line = self.formatMessage(record)
        if record.exc_info and (error := record.exc_info[1]) is not None:
            line += f": {type(error).__name__}: {error} ({_places(error.__traceback__)})"
        shown = one_line(line)
        return shown if len(shown) <= _LENGTH else f"{shown[:_LENGTH]}..."


class Seldom(logging.Filter):
    """Lets each message pass a few times a minute only: those that whoever speaks no HTTP has the server say."""

    def __init__(self) -> None:
        super().__init__()
        self._rates = RateLimit(_A_MINUTE)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is said again."""
        return record.levelno >= logging.ERROR or not self._rates.take(record.msg)


def set_up_logs(access_log: Path | None) -> None:
    """Send what the program and its libraries log to stderr, and each request to a file, if one is named.

    Args:
        access_log: the file. At 10 MB it is put aside as NAME.1; five such files are kept.

    Raises:
        SettingsError: the file cannot be written.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    server = logging.getLogger("uvicorn.error")
    server.filters = [Seldom(), *(each for each in server.filters if not isinstance(each, Seldom))]
    requests = logging.getLogger(ACCESS)
    requests.propagate = False
    while requests.handlers:
        earlier = requests.handlers.pop()
        earlier.close()
    requests.setLevel(logging.CRITICAL if access_log is None else logging.INFO)
    if access_log is None:
        return
    try:
        kept = _Private(access_log, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"DATELINE_ACCESS_LOG={access_log}: cannot be written ({reason}).") from None
    kept.setFormatter(OneLine(_ACCESS_FORMAT))
    requests.addHandler(_Aside(kept))


class _Private(RotatingFileHandler):
    """A log file that only its owner can read: it says who asked when."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT, 0o600))
        return super()._open()


class _Aside(QueueHandler):
    """Has another handler write in a thread of its own: no request waits for the disk.

    Args:
        handler: the one that writes; it is closed with this one, when it has written all.
    """

    def __init__(self, handler: logging.Handler) -> None:
        queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        super().__init__(queue)
        self._handler = handler
        self._listener: QueueListener | None = QueueListener(queue, handler)
        self._listener.start()

    def close(self) -> None:
        """Have all written, and end the thread."""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None
            self._handler.close()
        super().close()


def _places(traceback: TracebackType | None) -> str:
    return " < ".join(map(_place, reversed(extract_tb(traceback)[-_FRAMES:]))) or "nowhere"


def _place(frame: FrameSummary) -> str:
    parts = Path(frame.filename).parts[-3:]
    return f"{'/'.join(parts)}:{frame.lineno}"
