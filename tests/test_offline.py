"""The tests cannot reach the network, so neither does what they run."""

import socket
import subprocess
import sys

import pytest
from sitecustomize import is_local


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", ("127.0.0.1", 80), "/tmp/socket", b"localhost"])
def test_this_machine_is_allowed(address):
    assert is_local(address)


@pytest.mark.parametrize("address", ["192.0.2.1", ("192.0.2.1", 443), "example.org", b"example.org", "2001:db8::1"])
def test_everything_else_is_not(address):
    assert not is_local(address)


def test_a_look_up_is_stopped():
    with pytest.raises(ConnectionRefusedError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_a_connection_is_stopped():
    with socket.socket() as connection, pytest.raises(ConnectionRefusedError):
        connection.connect(("192.0.2.1", 80))


def test_child_processes_are_stopped_too():
    code = "import socket; socket.getaddrinfo('example.org', 443)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "a test went out to the network" in done.stderr
