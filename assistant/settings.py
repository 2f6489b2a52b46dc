"""Every setting of Dateline, in one class by concern: of the store and search, of answering, and of the server."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from index.settings import IndexSettings


class AnsweringSettings(IndexSettings):
    """Settings of the Reader and the Writer."""

    reader: str = Field(
        "default",
        min_length=1,
        description="What finds the answer: `default`, the network that ships; `hf:NAME`, a question answering model "
        "of the Hugging Face kind (extra `sentence-transformers`); or the folder of one that you trained.",
    )
    threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="The confidence from which on a question is answered instead of refused. A lower one answers more, "
        "and wrongly more often; 0 never refuses where there is a sentence. Unset: the Reader's own.",
    )
    passages_read: int = Field(10, ge=1, le=100, description="How many of the best passages the Reader reads.")
    writer: str = Field(
        "",
        description="A language model that phrases the answers, every statement of which is then verified: "
        "`ollama:MODEL[@URL]`, `openai:MODEL[@BASE_URL]` for any server with that protocol, or `gguf:PATH` (needs the "
        "extra of the same name); `auto` takes the first chat model that a server on this machine offers. "
        "Empty: none, and the answers are source sentences.",
    )
    writer_key: SecretStr = Field(SecretStr(""), description="The key for the Writer's server, where it wants one.")


class Settings(AnsweringSettings):
    """Those and the settings of the server. Every part takes what it needs from this one."""

    host: str = Field("127.0.0.1", min_length=1, description="The address that the browser app listens on.")
    port: int = Field(7860, ge=1, le=65535, description="The port that the browser app listens on.")
    allowed_hosts: str = Field(
        "", description="Further names, separated by commas, under which the server is asked for: `news.example.org`."
    )
    proxies: str = Field(
        "",
        description="Addresses of proxies, separated by commas, whose X-Forwarded-For, -Host and -Proto are believed.",
    )
    users: Path | None = Field(
        None,
        description="The file of those who may use the server, which `dateline user add NAME` writes. Unset: "
        "`users.txt` in the home folder, if it is there.",
    )
    tokens: SecretStr = Field(
        SecretStr(""),
        description="Bearer tokens for programs, `TOKEN` or `NAME:TOKEN`, separated by commas; those of `dateline "
        "token add NAME` need no setting.",
    )
    session_hours: float = Field(
        12, gt=0, le=8_760, description="Hours after which who signed in with a browser must do so again."
    )
    insecure: bool = Field(False, description="Listen on an address that others can reach without users or tokens.")
    workers: int = Field(4, ge=1, le=64, description="Questions over HTTP that are answered at once.")
    queue: int = Field(64, ge=0, le=10_000, description="Questions over HTTP that may wait; beyond it is 429.")
    request_timeout: float = Field(
        60, gt=0, le=3600, description="Seconds that a question over HTTP may wait and take; then it is 504."
    )
    access_log: Path | None = Field(
        None, description="A file that gets a line for each request over HTTP. At 10 MB it is put aside; five are kept."
    )
    rate_limit: int = Field(600, ge=0, le=1_000_000, description="Requests a minute of one client; 0 is no limit.")
    body_limit: int = Field(1_048_576, ge=1024, le=2**30, description="Bytes that a request may carry.")
    upload_mb: int = Field(
        1_000,
        ge=1,
        le=1_000_000,
        description="Millions of bytes of files that one user may add in the browser in a day; at most 1,000 files.",
    )
    question_limit: int = Field(2_000, ge=1, le=2_000, description="Characters of a question over HTTP.")
    conversation_limit: int = Field(
        40, ge=0, le=1_000, description="Earlier turns that a question over HTTP may carry."
    )
