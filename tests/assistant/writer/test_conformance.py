"""What every Writer keeps to: behind a server of each protocol, looked for on this machine, or scripted."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from assistant.writer import Limits, Writer, WriterError, load_writer, local
from assistant.writer.protocol import Task
from assistant.writer.setting import WriterSetting
from tests.assistant.writer.scripted import Exchange, SaysThis, serving, until

TASK = Task("How many died?", {1: "Four people died.", 2: "The mayor resigned."})
QUICK = Limits(connect=1, silence=2, total=5, characters=2_000)
PIECES = ("Four people ", "died. [1]")


@dataclass
class Implementation:
    """A Writer, and the means to see what it is asked and to let it fail.

    Attributes:
        asked: how often it was asked so far.
        fail: lets it fail from now on.
    """

    writer: Writer
    asked: Callable[[], int]
    fail: Callable[[], None]


def in_openai(exchange: Exchange) -> None:
    exchange.begin()
    for piece in PIECES:
        exchange.say(piece)
    exchange.end()


def in_ollama(exchange: Exchange) -> None:
    exchange.handler.send_response(200)
    exchange.handler.send_header("Content-Type", "application/x-ndjson")
    exchange.handler.end_headers()
    for piece in (*PIECES, ""):
        said = {"model": "m", "message": {"role": "assistant", "content": piece}, "done": not piece}
        exchange.raw(json.dumps(said).encode() + b"\n")


@pytest.fixture(params=["openai", "ollama", "auto", "scripted"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Implementation]:
    if request.param == "scripted":
        says = SaysThis(PIECES)

        def fail() -> None:
            says.error = WriterError("broke off.")

        yield Implementation(says, lambda: len(says.tasks), fail)
        return
    with serving() as server:
        server.script = in_ollama if request.param == "ollama" else in_openai
        bare = server.url.removesuffix("/v1")
        monkeypatch.setattr(local, "find_local", lambda: WriterSetting("openai", "m", server.url))
        value = {"openai": f"openai:m@{server.url}", "ollama": f"ollama:m@{bare}"}.get(request.param, "auto")
        writer = load_writer(value, "secret-key" if request.param == "openai" else "", limits=QUICK)
        assert writer is not None

        def break_down() -> None:
            server.script = lambda exchange: exchange.status(500)

        yield Implementation(writer, lambda: len(server.exchanges), break_down)
        writer.close()


def test_the_reply_comes_in_pieces_and_again(made: Implementation) -> None:
    for _ in range(2):
        pieces = list(made.writer.write(TASK))
        assert "".join(pieces) == "".join(PIECES)
        assert all(pieces)
    assert made.asked() == 2


def test_it_has_a_name_without_a_key(made: Implementation) -> None:
    list(made.writer.write(TASK))
    assert made.writer.name.strip()
    assert "secret" not in made.writer.name


def test_nothing_is_asked_before_the_reply_is_read(made: Implementation) -> None:
    reply = made.writer.write(TASK)
    reply.close()
    assert made.asked() == 0


def test_a_reply_may_be_left_in_the_middle(made: Implementation) -> None:
    reply = made.writer.write(TASK)
    assert next(reply)
    reply.close()
    assert list(reply) == []
    assert "".join(made.writer.write(TASK)) == "".join(PIECES)  # the writer is none the worse


def test_a_fault_is_one_line_that_goes_on_after_the_writer(made: Implementation) -> None:
    made.fail()
    with pytest.raises(WriterError) as caught:
        list(made.writer.write(TASK))
    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert "secret" not in said


def test_several_threads_share_it(made: Implementation) -> None:
    replies: list[str] = []

    def ask() -> None:
        replies.append("".join(made.writer.write(TASK)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == ["".join(PIECES)] * 4
    assert until(lambda: made.asked() == 4)


def test_it_can_be_closed_unused_and_twice(made: Implementation) -> None:
    made.writer.close()
    made.writer.close()
