"""Every setting of Dateline, in one class. Each field is an environment variable `DATELINE_` + its name in capitals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from index.errors import SettingsError
from index.files.columns import Columns
from index.files.parsing import FileLimits

__all__ = ["PREFIX", "Settings"]

PREFIX = "DATELINE_"


class Settings(BaseModel):
    """Settings of the store, of search and of the server.

    Unknown names are refused rather than ignored: a setting with a typing error in its name would otherwise silently
    leave the default in force.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Path = Field(Path(".dateline"), description="The folder of the store.")
    chroma_url: str = Field(
        "",
        description="The address of a Chroma server that is to hold the vectors, such as `http://127.0.0.1:8000`. "
        "Empty: they are in the home folder. After a change: `dateline index`.",
    )
    embedding_model: str = Field(
        "default",
        min_length=1,
        description="`default` is the shipped all-MiniLM-L6-v2; else the name or folder of a sentence-transformers "
        "model (needs the extra `sentence-transformers`). A change needs `dateline index --rebuild`.",
    )
    passage_tokens: int = Field(
        160,
        ge=32,
        le=2048,
        description="Upper bound of a passage's length, in tokens of the embedding model, headline included. "
        "A change takes effect at the next `dateline index`, which splits every article again.",
    )
    max_file_mb: int = Field(
        200,
        ge=1,
        le=100_000,
        description="The largest article file that is read, and the most that a compressed one may unpack to, in "
        "millions of bytes. Indexing needs memory for several times that.",
    )
    file_seconds: float = Field(
        10, gt=0, le=86_400, description="The longest that reading one article file may take; then it is skipped."
    )
    file_memory_mb: int = Field(
        512,
        ge=16,
        le=1_000_000,
        description="The most memory that reading one article file may take, in millions of bytes; then it is skipped. "
        "It is measured on Linux only.",
    )
    map: str = Field(
        "",
        description="What the columns of tables and JSON files are called that have other names than usual: "
        "`text=Body,date=When`. The files with columns that a command names are then read again.",
    )
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
    search_depth: int = Field(
        100, ge=10, le=1000, description="How many passages the vector search and the keyword search each bring."
    )
    passages_read: int = Field(10, ge=1, le=100, description="How many of the best passages the Reader reads.")
    writer: str = Field(
        "",
        description="A language model that phrases the answers, every statement of which is then verified: "
        "`ollama:MODEL[@URL]`, `openai:MODEL[@BASE_URL]` for any server with that protocol, or `gguf:PATH` (needs the "
        "extra of the same name). Empty: none, and the answers are source sentences.",
    )
    writer_key: SecretStr = Field(SecretStr(""), description="The key for the Writer's server, where it wants one.")
    threads: int = Field(
        0, ge=0, le=256, description="Threads of the embedding model and the Reader; 0 takes one for each core."
    )
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

    @property
    def file_limits(self) -> FileLimits:
        """What one article file may cost, and what is what in it.

        Raises:
            UsageError: `map` cannot be understood.
        """
        return FileLimits(self.max_file_mb, self.file_seconds, self.file_memory_mb, Columns.parse(self.map))

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """The settings from the environment, with `given` values (those that are not None) before them.

        Raises:
            SettingsError: a variable `DATELINE_...` that is not a setting, or a value that cannot be used.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environ.items()
            if name.startswith(PREFIX) and value != ""
        }
        values |= {name: value for name, value in given.items() if value is not None}
        try:
            return cls(**values)
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = PREFIX + str(first["loc"][0]).upper()
    if first["type"] == "extra_forbidden":
        known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
        return f"{name} is not a setting of Dateline; unset it, or use one of: {known}."
    return f"{name}={first['input']!r} (or its option) cannot be used: {first['msg'].lower()}."
