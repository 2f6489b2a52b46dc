"""What all tests share: no network, the real embedding model, and a store made from seeds/."""

import os
import signal
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]
OFFLINE = Path(__file__).parent / "offline"

# Before anything else: this process, and every Python process that it starts, stays on this machine.
sys.path.insert(0, str(OFFLINE))
import sitecustomize  # noqa: E402

if not hasattr(sitecustomize, "forbid_network"):  # Python had one of its own at start
    del sys.modules["sitecustomize"]
    import sitecustomize
os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), *filter(None, [os.environ.get("PYTHONPATH")])])
# The same code must pass or fail alike wherever it is tested, so examples come from a fixed seed; `make fuzz` draws
# others, and many more.
hypothesis.settings.register_profile("gate", derandomize=True)
hypothesis.settings.register_profile("fuzz", max_examples=3000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))
for name in [name for name in os.environ if name.startswith("DATELINE_")]:
    del os.environ[name]
# A shell that starts this in the background has Ctrl-C ignored, and what is started here would inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

from assistant.reader import load_reader  # noqa: E402
from assistant.verifier import Verifier  # noqa: E402
from assistant.verifier.verifier import load_verifier  # noqa: E402
from index import Embedding, index_paths, load_embedding  # noqa: E402


@pytest.fixture(scope="session")
def embedding() -> Embedding:
    """The embedding model that ships."""
    return load_embedding()


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    """The Verifier with the network that ships."""
    return load_verifier(load_reader())


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of articles that come with the project."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_home(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding, seeds: Path) -> Path:
    """A store that holds seeds/. Not to be changed by a test."""
    home = tmp_path_factory.mktemp("seed") / "home"
    index_paths(home, [seeds], embedding, passage_tokens=160)
    return home
