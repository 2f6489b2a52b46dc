"""The setting `DATELINE_WRITER`: which Writer, and where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from index.errors import SettingsError

Kind = Literal["auto", "ollama", "openai", "gguf"]

_DEFAULT_URL = {"ollama": "http://localhost:11434", "openai": "https://api.openai.com/v1"}
_FORM = "ollama:MODEL[@URL], openai:MODEL[@BASE_URL], gguf:PATH or auto"
_URL = re.compile(r"^(?P<model>.*?)@(?P<url>[a-z]+://.*)$", re.I)


@dataclass(frozen=True, slots=True)
class WriterSetting:
    """A Writer as it is set.

    Attributes:
        kind: through which integration it is asked; `auto`, one that has to be looked for.
        model: the model's name, or the path of a GGUF file.
        url: the address of the server; empty for a GGUF file.
    """

    kind: Kind
    model: str
    url: str = ""

    @property
    def is_default_url(self) -> bool:
        """Whether it is the address that is taken where none is given."""
        return self.url == _DEFAULT_URL.get(self.kind)


def parse_setting(value: str) -> WriterSetting | None:
    """The Writer that a value of `DATELINE_WRITER` names; None for an empty one.

    Raises:
        SettingsError: it is none of the forms.
    """
    if not value.strip():
        return None
    kind, _, rest = value.strip().partition(":")
    if value.strip() == "auto":
        return WriterSetting("auto", "")
    if kind == "gguf" and rest:
        return WriterSetting("gguf", rest)
    if kind not in ("ollama", "openai") or not rest:
        raise SettingsError(f"DATELINE_WRITER={value!r} names no Writer; write it as {_FORM}, or unset it.")
    match = _URL.match(rest)
    model, url = (match["model"], match["url"]) if match else (rest, _DEFAULT_URL[kind])
    if not model or not _is_usable(url):
        raise SettingsError(f"DATELINE_WRITER: no model or no usable http address in it; write it as {_FORM}.")
    return WriterSetting("ollama" if kind == "ollama" else "openai", model, url.rstrip("/"))


def _is_usable(url: str) -> bool:
    """Whether an address can be asked; one with a name and password in it would end up in messages."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.password is None and parts.port != 0
    except ValueError:
        return False
