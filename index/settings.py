"""Every setting of Dateline, in one class. Each field is an environment variable `DATELINE_` + its name in capitals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import SettingsError

__all__ = ["PREFIX", "Settings"]

PREFIX = "DATELINE_"


class Settings(BaseModel):
    """Settings of the store, of search and of the server.

    Unknown names are refused rather than ignored: a setting with a typing error in its name would otherwise silently
    leave the default in force.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Path = Field(Path(".dateline"), description="The folder of the store.")
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
    reader: str = Field(
        "sentence",
        min_length=1,
        description="`sentence` scores whole sentences; else the folder of a span reader (assistant/reader/training).",
    )
    search_depth: int = Field(
        100, ge=10, le=1000, description="How many passages the vector search and the keyword search each bring."
    )
    passages_read: int = Field(10, ge=1, le=100, description="How many of the best passages the Reader reads.")
    threads: int = Field(
        0, ge=0, le=256, description="Threads of the embedding model and the Reader; 0 takes one for each core."
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address that the browser app listens on.")
    port: int = Field(7860, ge=1, le=65535, description="The port that the browser app listens on.")

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
