"""The files of question sets: lines of JSON, gzipped or not, or a list in YAML."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.errors import QuestionSetError


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be read."""

    reason: str


def entries(path: Path) -> Iterator[tuple[int, Any]]:
    """Line numbers and what stands there; a line of JSON that is none gives `Broken`.

    Raises:
        QuestionSetError: the file cannot be read as a whole.
    """
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        text = data.decode("utf-8-sig")
    except IsADirectoryError:
        raise QuestionSetError([f"{path}: is a folder; name the file with the questions."]) from None
    except FileNotFoundError:
        raise QuestionSetError([f"{path}: there is no such file; name one that exists."]) from None
    except UnicodeDecodeError:
        raise QuestionSetError([f"{path}: is not UTF-8; save it as UTF-8."]) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise QuestionSetError([f"{path}: is not a whole gzip file; copy or compress it again."]) from None
    return _yaml(path, text) if path.suffix in (".yaml", ".yml") else _json_lines(text)


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value: Any
            try:
                value = json.loads(line, object_pairs_hook=_without_repetition)
            except json.JSONDecodeError as error:
                value = Broken(f"is not a line of JSON ({error.msg.lower()}, at character {error.pos + 1}); correct it")
            except (ValueError, RecursionError) as error:
                value = Broken(f"is not a line of JSON ({error}); correct it")
            yield number, value


def _yaml(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise QuestionSetError([f"{path}:1: is not a list of questions; begin each with `- id:`."])
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                _without_repetition([(key.value, None) for key, _ in item.value])
            yield item.start_mark.line + 1, loader.construct_object(item, deep=True)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise QuestionSetError([f"{path}{line}: is not YAML that can be read ({reason}); correct it."]) from None
    finally:
        loader.dispose()


def _without_repetition(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """JSON and YAML keep the last of two fields with one name, and lose the other without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the field `{next(n for n in names if names.count(n) > 1)}` is there twice")
    return found
