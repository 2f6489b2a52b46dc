"""Settings: how they are read from the environment, and those of the store, of indexing and of search.

Each field is an environment variable, `DATELINE_` + its name in capitals. The program's are `assistant.settings`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import SettingsError
from index.files.columns import Columns
from index.files.parsing import FileLimits

PREFIX = "DATELINE_"


class Storing(TypedDict):
    """What indexing is told of the settings: how articles are split, and where their vectors are."""

    passage_tokens: int
    chroma_url: str


class IndexSettings(BaseModel):
    """Settings of the store, of indexing and of search: a part of the one class that is loaded.

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
    search_depth: int = Field(
        100, ge=10, le=1000, description="How many passages the vector search and the keyword search each bring."
    )
    threads: int = Field(
        0, ge=0, le=256, description="Threads of the embedding model and the Reader; 0 takes one for each core."
    )

    @property
    def storing(self) -> Storing:
        """How articles are split, and where their vectors are, as `index_paths` and its like take it."""
        return {"passage_tokens": self.passage_tokens, "chroma_url": self.chroma_url}

    @property
    def file_limits(self) -> FileLimits:
        """What one article file may cost, and what is what in it.

        Raises:
            UsageError: `map` cannot be understood.
        """
        return FileLimits(self.max_file_mb, self.file_seconds, self.file_memory_mb, Columns.parse(self.map))

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Self:
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
            raise SettingsError(cls._explained(error)) from None

    @classmethod
    def _explained(cls, error: ValidationError) -> str:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        if first["type"] == "extra_forbidden":
            known = ", ".join(PREFIX + field.upper() for field in cls.model_fields)
            return f"{name} is not a setting of Dateline; unset it, or use one of: {known}."
        return f"{name}={first['input']!r} (or its option) cannot be used: {first['msg'].lower()}."
