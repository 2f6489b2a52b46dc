"""Writers: language models that phrase an answer from numbered sentences. A setting; by default there is none.

What a Writer says is shown only as far as the Verifier lets it (docs/guide.md).
"""

from __future__ import annotations

from pathlib import Path

from assistant.writer.protocol import Limits, Writer, WriterError
from assistant.writer.setting import WriterSetting, parse_setting
from index.errors import SettingsError

__all__ = ["Limits", "Writer", "WriterError", "load_writer"]


def load_writer(value: str, key: str = "", *, limits: Limits | None = None, threads: int = 0) -> Writer | None:
    """The Writer that the setting `DATELINE_WRITER` names; None where it is empty. Nothing is connected to yet.

    Args:
        threads: of a model that runs here; 0 leaves it to choose.

    Raises:
        SettingsError: it cannot be used: what is wrong with it, or the extra to install.
    """
    setting = parse_setting(value)
    if setting is None:
        return None
    return _usable(setting, key, limits or Limits(), threads)


def _usable(setting: WriterSetting, key: str, limits: Limits, threads: int) -> Writer:
    """The Writer of a setting; errors as `load_writer`."""
    try:
        return _load(setting, key, limits, threads)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"DATELINE_WRITER={setting.kind}:... needs an extra that is not installed ({error.name}): "
            f"pip install '.[{setting.kind}]', or make run EXTRAS={setting.kind}."
        ) from None


def _load(setting: WriterSetting, key: str, limits: Limits, threads: int) -> Writer:
    name = f"{setting.kind}:{setting.model}"
    if setting.kind == "auto":
        from assistant.writer.local import LocalWriter

        return LocalWriter(lambda found: _usable(found, "", limits, threads))
    if setting.kind == "gguf":
        path = Path(setting.model).expanduser()
        if not path.is_file():
            raise SettingsError(f"DATELINE_WRITER=gguf:{setting.model}: there is no such file; name a GGUF file.")
        from assistant.writer.gguf import GgufWriter

        return GgufWriter(f"gguf:{path.name}", path, limits, threads)
    if setting.kind == "ollama":
        from assistant.writer.ollama import ollama_writer

        return ollama_writer(name, setting.model, setting.url, key, limits)
    if setting.is_default_url and not key:
        raise SettingsError(
            f"DATELINE_WRITER={name} needs a key; set DATELINE_WRITER_KEY, or name a server: @BASE_URL."
        )
    from assistant.writer.openai import openai_writer

    return openai_writer(name, setting.model, setting.url, key, limits)
