"""A real terminal for the tests: a program at a pseudo-terminal, as if a user sat there."""

import os
import pty
import select
import subprocess
import sys
import time

# The terminal becomes the program's own, so that Ctrl-C typed into it interrupts the program.
_OWN = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); sys.argv[0] = 'dateline'; "
COMMAND = "from assistant.cli import main; main()"
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


class Terminal:
    """A program at a terminal of its own; a context manager."""

    def __init__(self, *arguments, code=COMMAND):
        master, slave = pty.openpty()
        self._master = master
        self._process = subprocess.Popen(
            [sys.executable, "-c", _OWN + code, *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
        )
        os.close(slave)
        self._unread = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def type(self, text):
        """Type a text; `\\r` is the key that ends a line."""
        os.write(self._master, text.encode())

    def read_until(self, expected, seconds=90):
        """What is shown up to and with `expected`."""
        until = time.monotonic() + seconds
        while expected not in self._unread:
            assert time.monotonic() < until, f"{expected!r} did not come; there is: {self._unread!r}"
            if not self._read_more():
                break
        before, found, self._unread = self._unread.partition(expected)
        assert found, f"{expected!r} did not come before the end; there is: {before!r}"
        return before + found

    def read_to_end(self):
        """The rest of what is shown, and the exit code."""
        while self._read_more():
            pass
        return self._unread, self._process.wait(30)

    def _read_more(self):
        if not select.select([self._master], [], [], 1)[0]:
            return True
        try:
            data = os.read(self._master, 65_536)
        except OSError:  # how Linux says that the program has closed its end
            return False
        self._unread += data.decode("utf-8", "replace")
        return bool(data)
