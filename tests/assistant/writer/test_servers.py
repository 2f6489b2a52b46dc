"""Writers behind a server: what they send, how they stream, how they end; and every way in which a server can fail."""

import json
import time

import pytest

from assistant.writer import Limits, Writer, WriterError, load_writer
from assistant.writer.prompts import NO_ANSWER, STOP, task_prompt
from assistant.writer.protocol import Task
from index.errors import SettingsError
from tests.assistant.writer.scripted import serving, until

TASK = Task("How many died?", {1: "Four people died.", 2: "(2024-11-28) The mayor resigned."})
QUICK = Limits(connect=1, silence=0.5, total=2, characters=2_000)


def loaded(value: str, key: str = "") -> Writer:
    writer = load_writer(value, key, limits=QUICK)
    assert writer is not None
    return writer


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def writer(server):
    writer = loaded(f"openai:some-model@{server.url}", "secret-key")
    yield writer
    writer.close()


def test_what_is_asked(server, writer):
    server.replies("Four people ", "died. [1]")
    assert list(writer.write(TASK)) == ["Four people ", "died. [1]"]
    (exchange,) = server.exchanges
    assert exchange.headers["authorization"] == "Bearer secret-key"
    assert (exchange.body["model"], exchange.body["stream"], exchange.body["temperature"]) == ("some-model", True, 0.0)
    system, user = exchange.body["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert NO_ANSWER in system["content"]
    assert user["content"] == task_prompt(TASK)
    assert "stop" not in exchange.body  # not every model of the protocol's own takes it


def test_it_streams(server, writer):
    def script(exchange):
        exchange.begin()
        exchange.say("Four ")
        assert until(lambda: first == ["Four "])
        exchange.say("people.")
        exchange.end()

    first: list[str] = []
    server.script = script
    reply = writer.write(TASK)
    first.append(next(reply))
    assert list(reply) == ["people."]


def test_closing_ends_the_request(server, writer):
    def script(exchange):
        exchange.begin()
        while not exchange.gone.is_set():
            exchange.say("and ")
            time.sleep(0.01)

    server.script = script
    reply = writer.write(TASK)
    assert next(reply) == "and "
    reply.close()
    assert until(server.exchanges[0].gone.is_set)
    server.replies("fine")
    assert list(writer.write(TASK)) == ["fine"]  # the writer is none the worse


def test_nothing_is_asked_before_it_is_read(server, writer):
    reply = writer.write(TASK)
    reply.close()
    assert server.exchanges == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (400, "does not take the request"),
        (401, "check DATELINE_WRITER_KEY"),
        (403, "check DATELINE_WRITER_KEY"),
        (404, "has no model some-model"),
        (429, "try again later"),
        (500, r"got an error .*HTTP 500"),
        (503, r"got an error .*HTTP 503"),
    ],
)
def test_statuses(server, writer, code, reason):
    server.script = lambda exchange: exchange.status(code)
    with pytest.raises(WriterError, match=reason) as caught:
        list(writer.write(TASK))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.exchanges) == 1  # it is not asked again and again


def test_no_server():
    with serving() as server:
        address = server.url
    for value in (f"openai:m@{address}", f"ollama:m@{address.removesuffix('/v1')}"):
        writer = loaded(value)
        started = time.monotonic()
        with pytest.raises(WriterError, match="could not be reached at http"):
            list(writer.write(TASK))
        assert time.monotonic() - started < 5
        writer.close()


def stalls_at_once(exchange):
    until(exchange.gone.is_set, 2)


def stalls_in_the_middle(exchange):
    exchange.begin()
    exchange.say("Four ")
    until(exchange.gone.is_set, 2)


def only_comments(exchange):
    exchange.begin()
    while not exchange.gone.is_set():
        exchange.raw(b": still here\n\n")
        time.sleep(0.05)


def goes_on_for_ever(exchange):
    exchange.begin()
    while not exchange.gone.is_set():
        exchange.say("and ")
        time.sleep(0.05)


@pytest.mark.parametrize("script", [stalls_at_once, stalls_in_the_middle, only_comments, goes_on_for_ever])
def test_time_limits(server, writer, script):
    server.script = script
    started = time.monotonic()
    with pytest.raises(WriterError, match="took too long"):
        list(writer.write(TASK))
    assert time.monotonic() - started < 5


def breaks_off(exchange):
    exchange.handler.send_response(200)
    exchange.handler.send_header("Content-Type", "text/event-stream")
    exchange.handler.send_header("Content-Length", "100000")
    exchange.handler.end_headers()
    exchange.say("Four ")
    exchange.handler.close_connection = True


def nonsense(exchange):
    exchange.begin()
    exchange.raw(b"data: {not json}\n\n")


def another_document(exchange):
    exchange.begin()
    exchange.raw(b'data: {"choices": 7}\n\n')


def an_error_in_the_stream(exchange):
    exchange.begin()
    exchange.raw(b'data: {"error": {"message": "out of memory"}}\n\n')


def nested_without_end(exchange):
    exchange.begin()
    exchange.raw(b"data: " + b"[" * 100_000 + b"\n\n")


def not_utf8(exchange):
    exchange.begin()
    exchange.raw(b"data: \xff\xfe\n\n")


@pytest.mark.parametrize(
    "script", [breaks_off, nonsense, another_document, nested_without_end, not_utf8, an_error_in_the_stream]
)
def test_replies_that_are_none(server, writer, script):
    server.script = script
    with pytest.raises(WriterError) as caught:
        list(writer.write(TASK))
    assert "\n" not in str(caught.value)


def a_web_page(exchange):
    exchange.begin()
    exchange.raw(b"<html>hello</html>\n\n")


def nothing(exchange):
    exchange.begin()
    exchange.end()


@pytest.mark.parametrize("script", [a_web_page, nothing])
def test_an_empty_reply(server, writer, script):
    server.script = script
    assert list(writer.write(TASK)) == []


def test_a_reply_without_end_is_cut_by_its_bytes(server, writer):
    def script(exchange):
        exchange.begin()
        while not exchange.gone.is_set():
            exchange.raw(b": " + b"x" * 65_536 + b"\n")

    server.script = script
    with pytest.raises(WriterError):
        list(writer.write(TASK))


def ollama_says(*documents):
    def script(exchange):
        exchange.handler.send_response(200)
        exchange.handler.send_header("Content-Type", "application/x-ndjson")
        exchange.handler.end_headers()
        for document in documents:
            exchange.raw(json.dumps(document).encode() + b"\n")

    return script


def test_ollama(server):
    writer = loaded(f"ollama:llama3.2:3b@{server.url.removesuffix('/v1')}")
    assert writer.name == "ollama:llama3.2:3b"
    said = [
        {"model": "m", "message": {"role": "assistant", "content": text}, "done": False} for text in ("Four ", "died.")
    ]
    server.script = ollama_says(*said, {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True})
    assert list(writer.write(TASK)) == ["Four ", "died."]
    body = server.exchanges[0].body
    assert (body["model"], body["options"]["temperature"]) == ("llama3.2:3b", 0.0)
    assert (body["think"], body["options"]["stop"]) == (False, list(STOP))
    assert "authorization" not in server.exchanges[0].headers

    server.script = lambda exchange: exchange.status(404, {"error": "model 'llama3.2:3b' not found"})
    with pytest.raises(WriterError, match=r"has no model llama3\.2:3b"):
        list(writer.write(TASK))
    server.script = ollama_says({"error": "out of memory"})
    with pytest.raises(WriterError):
        list(writer.write(TASK))
    server.script = stalls_in_the_middle
    with pytest.raises(WriterError):
        list(writer.write(TASK))
    writer.close()


def test_settings():
    assert load_writer("") is None
    assert load_writer("  ") is None
    for value in ("llama3", "ollama:", "openai:", "gguf:", "http://localhost", "vllm:x", "openai:@http://localhost"):
        with pytest.raises(SettingsError, match=r"write it as ollama:MODEL\[@URL\]"):
            load_writer(value)
    for value in (
        "openai:m@ftp://localhost",
        "openai:m@http://",
        "openai:m@http://me:pass@localhost",
        "ollama:m@http://[::1",
    ):
        with pytest.raises(SettingsError) as caught:
            load_writer(value)
        assert "pass" not in str(caught.value)
    with pytest.raises(SettingsError, match="there is no such file"):
        load_writer("gguf:/no/such/file.gguf")
    with pytest.raises(SettingsError, match="set DATELINE_WRITER_KEY"):
        load_writer("openai:gpt-5")


@pytest.mark.parametrize(
    ("value", "module"),
    [("ollama:m", "llama_index.llms.ollama"), ("openai:m@http://localhost:1", "llama_index.llms.openai_like")],
)
def test_a_missing_extra_is_named(monkeypatch, value, module):
    kind = value.partition(":")[0]
    monkeypatch.setitem(__import__("sys").modules, module, None)
    monkeypatch.delitem(__import__("sys").modules, f"assistant.writer.{kind}", raising=False)
    with pytest.raises(SettingsError, match=rf"pip install '\.\[{kind}\]'"):
        load_writer(value)
