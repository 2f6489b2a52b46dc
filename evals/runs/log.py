"""The log of a run: JSON lines, a head first, one line a question as it is answered, the summary last.

A log holds all that a report or a comparison needs, first what the run was made with: two with the same can only differ
by noise. It is written as the run goes, so that an interrupted run can be continued: what is there is kept, and a line
that was cut off in the middle is dropped.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import evals
from evals.errors import RunLogError, RunMismatchError

if TYPE_CHECKING:
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


VERSION = 1
LOG_NAME = "run.jsonl"
# The code is named by its content: to commit it, or to edit a page of documentation, makes no other run.
_NOT_IDENTITY = {"kind", "version", "started", "made_with.git_commit"}


@dataclass(frozen=True, slots=True)
class RunLog:
    """What a log holds.

    Attributes:
        head: what the run was made with.
        records: one for each question, in the order of the set.
        summary: None while the run is not finished.
    """

    path: Path
    head: dict[str, Any]
    records: list[dict[str, Any]]
    summary: dict[str, Any] | None


def log_path(path: Path) -> Path:
    """The log that a path names: the file itself, or the one in that folder."""
    return path / LOG_NAME if path.is_dir() else path


def read_log(path: Path, *, unfinished: bool = False) -> RunLog:
    """Read the log of a run.

    Raises:
        RunLogError: it is missing, damaged, unfinished, or of another version.
    """
    path = log_path(path)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise RunLogError(f"{path}: there is no such log; name a log or the folder given as --out.") from None
    except UnicodeDecodeError:
        raise RunLogError(f"{path}: is not the log of a run.") from None
    head, records, summary = _parse(path, lines)
    if summary is None and not unfinished:
        of = head["questions"]["n"]
        raise RunLogError(
            f"{path}: the run is not finished ({len(records)} of {of} questions); "
            "give the same `dateline eval run` command again, and it goes on from there."
        )
    return RunLog(path, head, sorted(records, key=lambda record: int(record["n"])), summary)


def _parse(path: Path, lines: list[str]) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]:
    documents: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        # What comes after the last line end was cut off in the middle, or is nothing.
        if number < len(lines):
            try:
                document = json.loads(line)
                documents.append({"kind": document["kind"], **document})
            except (ValueError, KeyError, TypeError):
                raise RunLogError(f"{path}:{number}: is not a line of a run's log; run it again.") from None
    if not documents or documents[0]["kind"] != "run":
        raise RunLogError(f"{path}:1: is not the head of a run's log; run it again.")
    head = documents[0]
    if head.get("version") != VERSION:
        raise RunLogError(
            f"{path}:1: has version {head.get('version')} of the log, this program reads {VERSION}; run it again."
        )
    ends = [document for document in documents if document["kind"] == "end"]
    return head, [d for d in documents if d["kind"] == "question"], ends[-1] if ends else None


class LogWriter:
    """Writes a log, from its beginning or where an interrupted run left off. Use it as a context manager.

    Args:
        path: where; the folder is made.

    Raises (on opening):
        RunMismatchError: there is the log of a run with other settings, or a finished one.
        RunLogError: there is a file that is no log.
    """

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self.path = path
        self.head = {"kind": "run", "version": VERSION, **head}
        self.done: dict[str, dict[str, Any]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size:
            self._continue()
        else:
            self._write(self.head, mode="w")
        self._file = path.open("a", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, record: Mapping[str, Any]) -> None:
        """Add a question, or the summary."""
        self._file.write(_line(record))
        self._file.flush()

    def _continue(self) -> None:
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if not whole:  # interrupted while the head was written
            self._write(self.head, mode="w")
            return
        self.path.write_bytes(whole)
        log = read_log(self.path, unfinished=True)
        changed = other_run(log.head, self.head)
        if changed:
            raise RunMismatchError(
                f"{self.path}: is the log of a run with another {' and another '.join(changed[:4])}; "
                "give another --out, or remove it."
            )
        if log.summary is not None:
            raise RunMismatchError(f"{self.path}: is the log of a finished run; give another --out, or remove it.")
        self.done = {record["id"]: record for record in log.records}

    def _write(self, record: Mapping[str, Any], *, mode: str) -> None:
        with self.path.open(mode, encoding="utf-8") as file:
            file.write(_line(record))


def differences(one: Mapping[str, Any], other: Mapping[str, Any], prefix: str = "") -> list[str]:
    """The names of what differs between two heads, those of inner fields with a dot."""
    found: list[str] = []
    for name in sorted({*one, *other}):
        a, b = one.get(name), other.get(name)
        if isinstance(a, dict) and isinstance(b, dict):
            found += differences(a, b, f"{prefix}{name}.")
        elif a != b:
            found.append(prefix + name)
    return found


def other_run(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What makes two heads those of different runs, so that one cannot continue the other."""
    return [name for name in differences(one, other) if name not in _NOT_IDENTITY]


def _line(record: Mapping[str, Any]) -> str:
    # ASCII: a lone surrogate of an article can then be written, and no character looks like a line's end.
    return json.dumps(record, ensure_ascii=True) + "\n"
