"""One Assistant for all tests of the API, and a client of a server with the settings that nobody changed."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.assistant.http.support import client_of


@pytest.fixture(scope="session")
def assistant(seed_home: Path) -> Iterator[Assistant]:
    """On the store that a fresh clone makes."""
    with Assistant.open(settings=Settings.load({}, home=seed_home)) as assistant:
        yield assistant


@pytest.fixture(scope="package")
def client(assistant: Assistant) -> Iterator[httpx.Client]:
    with client_of(assistant) as client:
        yield client
