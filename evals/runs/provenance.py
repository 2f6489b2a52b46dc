"""What a run was made with: versions, settings, code. Two runs with the same can only differ by noise."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import evals
from assistant import Assistant
from assistant.settings import Settings

_ROOT = Path(evals.__file__).parents[1]
_PACKAGES = ("index", "assistant", "evals")
_LIBRARIES = ("chromadb", "numpy", "onnxruntime", "tokenizers")
_NO_MATTER = {"home", "host", "port", "threads"}  # settings that change no answer


def describe(assistant: Assistant, settings: Settings) -> dict[str, Any]:
    """Versions, settings and models of a run, for the head of its log."""
    chosen = settings.model_dump(mode="json", exclude=_NO_MATTER)
    return {
        "dateline": metadata.version("dateline"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        "git_commit": git_commit(),
        "code": code_fingerprint(),
        "embedding": assistant.searcher.embedding.fingerprint,
        "reader": {"name": assistant.reader.name, "threshold": assistant.threshold, "tentative": assistant.tentative},
        "settings": {name: _named(value) for name, value in chosen.items()},
    }


def git_commit() -> str | None:
    """The commit of the project's folder, with `+` where files differ from it; None where it is not under git."""
    # An installed copy may lie within a repository of somebody else's.
    head = _git("rev-parse", "HEAD") if (_ROOT / ".git").exists() else None
    return None if head is None else head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def code_fingerprint() -> str:
    """One hash over the program and what is fitted in it, committed or not."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in (".py", ".json") and "baseline" not in path.parts:
                digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _named(value: Any) -> Any:
    """A folder of a model by its name alone: where it is differs by machine."""
    return Path(value).name if isinstance(value, str) and Path(value).is_absolute() else value


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
