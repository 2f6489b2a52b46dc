"""A store whose vectors are on a Chroma server: a real one, that is also stopped, started again and taken away."""

import http.server
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from index import Searcher, index_paths, remove
from index.doctor import examine, mend
from index.errors import ServerError, SettingsError, StoreError
from index.store.reading import RECORD_NAME, RecordReader
from index.vectors import building
from index.vectors.server import ServerPlace
from tests.index.articles import FLOOD, STRIKE, VOTE, write
from tests.index.indexing.test_indexer import stored


class Server:
    """A `chroma run` of our own."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.start()

    def start(self):
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--path", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up = time.monotonic() + 120
        while time.monotonic() < give_up:
            try:
                with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError("the Chroma server did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("chroma"))
    yield server
    server.stop()


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", flood=FLOOD, strike=STRIKE, vote=VOTE)


def run(home, news, embedding, url):
    return index_paths(home, [news], embedding, passage_tokens=160, chroma_url=url)


def found(home, embedding, url, query="water in the valley"):
    searcher = Searcher(home, embedding, chroma_url=url)
    try:
        return [(hit.passage.id, round(hit.cosine or 0, 4), round(hit.score, 4)) for hit in searcher.find(query)]
    finally:
        searcher.close()


def test_the_same_results_as_in_a_folder_through_all_kinds_of_change(tmp_path, server, news, embedding):
    for step in range(3):
        if step == 1:
            write(news, flood=FLOOD.replace("Four", "Nine"), fire="Fire in Harle\nA fire destroyed the theatre.")
        if step == 2:
            (news / "strike.txt").unlink()
        for home, url in (("local", ""), ("remote", server.url)):
            run(tmp_path / home, news, embedding, url)
        assert found(tmp_path / "local", embedding, "") == found(tmp_path / "remote", embedding, server.url)
    assert remove(tmp_path / "remote", ["vote"], embedding, chroma_url=server.url).removed == 1
    assert examine(tmp_path / "remote", chroma_url=server.url).findings == []
    assert not (tmp_path / "remote" / "generations").exists()


def test_a_generation_grows_in_place_and_two_stores_do_not_meet(tmp_path, server, news, embedding, monkeypatch):
    monkeypatch.setattr(building, "_MOST_LACKING", 0)
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        run(home, news, embedding, server.url)
    with RecordReader(homes[0] / RECORD_NAME) as record:
        before = record.state()
    write(news, fire="Fire in Harle\nA fire destroyed the theatre.")
    (news / "vote.txt").unlink()
    run(homes[0], news, embedding, server.url)
    with RecordReader(homes[0] / RECORD_NAME) as record:
        after = record.state()
    assert before.generation is not None
    assert after.generation is not None
    assert after.generation.name == before.generation.name
    assert after.generation.revision == after.revision
    assert (after.generation.passages, after.generation.wasted) == (3, 1)
    assert ServerPlace(server.url, before.store).names() == {before.generation.name}
    assert all(examine(home, chroma_url=server.url).sound for home in homes)


def test_a_move_to_the_server_and_back_embeds_nothing(tmp_path, server, news, embedding):
    home = tmp_path / "home"
    run(home, news, embedding, "")
    with pytest.raises(StoreError, match=r"the vector index is in the store's own folder, not http://127"):
        found(home, embedding, server.url)
    assert run(home, news, embedding, server.url).unchanged == 3
    there = found(home, embedding, server.url)
    with pytest.raises(StoreError, match="set DATELINE_CHROMA_URL back"):
        found(home, embedding, "")
    assert run(home, news, embedding, "").unchanged == 3
    assert found(home, embedding, "") == there


def test_a_server_that_goes_away_and_comes_back(tmp_path, news, embedding):
    server = Server(tmp_path / "chroma")
    home = tmp_path / "home"
    try:
        run(home, news, embedding, server.url)
        searcher = Searcher(home, embedding, chroma_url=server.url)
        before = searcher.find("river")
        server.stop()
        with pytest.raises(ServerError, match=r"the Chroma server does not answer .*what was stored stays"):
            searcher.find("river")
        write(news, fire="Fire in Harle\nA fire destroyed the theatre.")
        with pytest.raises(ServerError, match="does not answer"):
            run(home, news, embedding, server.url)
        assert "fire" not in stored(home)  # refused before anything was done
        server.start()
        assert searcher.find("river") == before
        searcher.close()
        assert run(home, news, embedding, server.url).added == 1
    finally:
        server.stop()


class _Flaky(socketserver.BaseRequestHandler):
    """A way to a server on which the first connections break."""

    port, breaks = 0, 0

    def handle(self):
        if type(self).breaks > 0:
            type(self).breaks -= 1
            return
        with socket.create_connection(("127.0.0.1", self.port)) as there:
            back = threading.Thread(target=self._copy, args=(there, self.request))
            back.start()
            self._copy(self.request, there)
            back.join()

    @staticmethod
    def _copy(source, target):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_connections_that_break_are_made_again(server):
    handler: Any = type("Handler", (_Flaky,), {"port": server.port, "breaks": 3})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as way:
        thread = threading.Thread(target=way.serve_forever)
        thread.start()
        try:
            place = ServerPlace(f"http://127.0.0.1:{way.server_address[1]}", "nobody")
            place.check()
            assert handler.breaks == 0
            handler.breaks = 5  # one more than a request is tried again
            with pytest.raises(ServerError, match="does not answer"):
                place.check()
            assert handler.breaks == 0
        finally:
            way.shutdown()
            thread.join()


def test_a_server_that_goes_away_after_the_articles_are_stored(tmp_path, news, embedding):
    server = Server(tmp_path / "chroma")
    home = tmp_path / "home"
    away = False

    def progress(stage, done, total):
        nonlocal away
        if done == total and not away:
            away = True
            server.stop()

    try:
        with pytest.raises(ServerError, match="run the same command again"):
            index_paths(home, [news], embedding, passage_tokens=160, chroma_url=server.url, progress=progress)
        assert set(stored(home)) == {"flood", "strike", "vote"}
        server.start()
        summary = run(home, news, embedding, server.url)
        assert (summary.unchanged, summary.finished is not None) == (3, True)
        assert examine(home, chroma_url=server.url).findings == []
    finally:
        server.stop()


def test_a_server_that_lost_everything(tmp_path, news, embedding):
    server = Server(tmp_path / "chroma")
    home = tmp_path / "home"
    try:
        run(home, news, embedding, server.url)
        before = found(home, embedding, server.url)
        server.stop()
        shutil.rmtree(server.folder)
        server.start()
        with pytest.raises(StoreError, match="dateline doctor --fix"):
            found(home, embedding, server.url)
        assert examine(home, chroma_url=server.url).of("generation")
        mend(home, embedding, passage_tokens=160, chroma_url=server.url)
        assert found(home, embedding, server.url) == before
    finally:
        server.stop()


class _Another(http.server.BaseHTTPRequestHandler):
    """Something else that listens there: it answers every request with `answer`."""

    answer = b'"2.0.1"'

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *args):
        pass


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b'"2.0.1"', r"this is Chroma 2\.0\.1, which Chroma 1\.5\.9 cannot speak with"),
        (b"<html>hello</html>", "this is no Chroma server; check DATELINE_CHROMA_URL"),
    ],
)
def test_another_version_and_something_else(tmp_path, news, embedding, answer, expected):
    handler = type("Handler", (_Another,), {"answer": answer})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(ServerError, match=expected):
                run(tmp_path / "home", news, embedding, f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host", "http://", "http://host/path", "http://host:port", "x"]
)
def test_addresses_that_are_none(url):
    with pytest.raises(SettingsError, match=r"DATELINE_CHROMA_URL=.*write http://HOST:PORT"):
        ServerPlace(url, "s")
