"""The engine on Ray: real Ray processes, two workers, a Chroma server, and a kill in the middle."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from index import index_paths
from index.doctor import examine
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.articles import FLOOD, STRIKE, VOTE, write
from tests.index.sharding.test_sharding import TEXTS, vectors_of
from tests.index.vectors.test_server import Server, found

pytest.importorskip("ray", reason="the engine ray is not installed: pip install '.[ray]'")

# Ray starts half a dozen Python processes, which takes its time where others work, too.
pytestmark = pytest.mark.timeout(600)

INDEX = """
import os, signal, socket, sys
from pathlib import Path
from index import index_paths
from index.sharding.ray_engine import RayEmbedding

class Killed(RayEmbedding):
    def encode_shards(self, shards):
        for number, shard in enumerate(super().encode_shards(shards)):
            if number == int(sys.argv[4]):
                os.kill(os.getpid(), signal.SIGKILL)
            yield shard

with Killed("default", workers=2, shard_texts=1) as embedding:
    summary = index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], embedding, passage_tokens=160, chroma_url=sys.argv[3])
    print(summary.added, summary.unchanged, summary.finished is not None)
"""


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", flood=FLOOD, strike=STRIKE, vote=VOTE, **TEXTS)


def run(*arguments):
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, timeout=500, check=False
    )


def processes_in(folder):
    """The processes, but this one, that were started with a path below a folder."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue  # it ended
    return [line for line in lines if str(folder) in line]


@pytest.fixture
def ray_folder(tmp_path_factory, monkeypatch):
    """Where Ray's folders are made: a short path, for it has sockets there."""
    with tempfile.TemporaryDirectory(prefix="ray") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes in /proc")
def test_a_kill_loses_only_shards_on_their_way_and_leaves_no_process(tmp_path, news, embedding, ray_folder):
    server = Server(tmp_path / "chroma")
    try:
        home = tmp_path / "home"
        killed = run("-c", INDEX, home, news, server.url, 3)
        assert killed.returncode == -9, killed.stderr
        with RecordReader(home / RECORD_NAME) as record:
            stored = len(record.article_ids())
            assert record.articles_without_vectors(embedding.fingerprint) == []
        assert 0 < stored < 6
        deadline = time.monotonic() + 60
        while processes_in(ray_folder) and time.monotonic() < deadline:
            time.sleep(0.5)
        assert processes_in(ray_folder) == []

        finished = run("-c", INDEX, home, news, server.url, -1)
        assert finished.stdout.split() == [str(6 - stored), str(stored), "True"], finished.stderr
        index_paths(tmp_path / "plain", [news], embedding, passage_tokens=160)
        assert vectors_of(home, embedding) == vectors_of(tmp_path / "plain", embedding), "not the same bit by bit"
        assert found(home, embedding, server.url) == found(tmp_path / "plain", embedding, "")
        assert examine(home, chroma_url=server.url).findings == []
    finally:
        server.stop()


def test_the_command(tmp_path, news, ray_folder, monkeypatch):
    command = ["-c", "from assistant.cli import main; main()", "index", news, "--home", tmp_path / "home"]
    done = run(*command, "--engine", "ray", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("6 added, 0 updated, 0 unchanged in ")
    assert "Traceback" not in done.stderr
    assert "went out to the network" not in done.stderr
    assert not any(ray_folder.iterdir())
    # With nothing to embed Ray is not started: here it could not be.
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    again = run(*command, "--engine", "ray", "--json")
    assert again.returncode == 0
    assert '"unchanged": 6' in again.stdout
