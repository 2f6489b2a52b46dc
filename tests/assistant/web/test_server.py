"""Where the server listens, and how it ends."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.web.server import _address, _listening
from index.errors import UsageError

DATELINE = (sys.executable, "-c", "from assistant.cli import main; main()")


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_port_that_was_asked_for_must_be_free(taken: int) -> None:
    with pytest.raises(UsageError, match=f"port {taken} is taken"):
        _listening(Settings.load({}, port=taken))


def test_the_default_port_gives_way_to_the_next_free_one(taken: int) -> None:
    not_set = Settings.model_construct(set(), **{**Settings.load({}).model_dump(), "port": taken})
    with _listening(not_set) as listener:
        assert taken < listener.getsockname()[1] < taken + 100


def test_an_address_that_is_not_of_this_machine() -> None:
    with pytest.raises(UsageError, match=r"cannot listen on 192\.0\.2\.1"):
        _listening(Settings.load({}, host="192.0.2.1"))


def test_the_address_is_one_that_a_browser_takes() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        assert _address(listener, "127.0.0.1") == f"http://127.0.0.1:{port}"
        assert _address(listener, "0.0.0.0") == f"http://127.0.0.1:{port}"
        assert _address(listener, "::") == f"http://[::1]:{port}"


def test_ctrl_c_is_a_good_end_and_no_index_is_one_line(seed_home: Path, tmp_path: Path) -> None:
    none = subprocess.run([*DATELINE, "serve", "--home", str(tmp_path)], capture_output=True, text=True, check=False)
    assert none.returncode == 1
    assert len(none.stderr.splitlines()) == 1
    with subprocess.Popen(
        [*DATELINE, "serve", "--home", str(seed_home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Dateline is at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=30)
    assert (process.returncode, rest, complaints) == (0, "", "")
