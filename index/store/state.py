"""What a record says of itself: its revision, its model, the generation that is read, and a run that did not end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """A generation of the vector index, and what it was made from.

    Attributes:
        name: its name; no two generations ever had the same. On a server a generation grows under its name.
        place: where it is: empty for the home folder, else the address of a Chroma server.
        revision: the record's revision; it holds every passage of the articles written up to then.
        model: fingerprint of the embedding model.
        wasted: vectors that were deleted from it, which Chroma does not take out of its files.
    """

    name: str
    place: str
    revision: int
    model: str
    passages: int
    wasted: int = 0


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that began to write and did not come to its end.

    Attributes:
        command: `index` or `rebuild`.
        paths: what was to be indexed, resolved.
        model: fingerprint of the embedding model it used.
        started: when, in ISO 8601.
    """

    command: str
    paths: tuple[str, ...]
    model: str
    started: str

    def describe(self) -> str:
        """What was interrupted, in words."""
        what = "rebuilding" if self.command == "rebuild" else f"indexing {', '.join(self.paths)}"
        return f"{what}, begun {self.started}"


@dataclass(frozen=True, slots=True)
class RecordState:
    """The facts that a record keeps about the whole of it, read in one statement.

    Attributes:
        store: identifies the store; a store that is made anew in the same folder has another.
        revision: a number that grows with every change of the passages; 0 for an empty record.
        model, model_name: fingerprint and name of the embedding model, None where nothing is embedded yet.
        generation: the generation that is read, None where there is none.
        unfinished: the run that did not end, None where every run did.
    """

    store: str
    revision: int
    model: str | None
    model_name: str | None
    generation: GenerationInfo | None
    unfinished: Unfinished | None

    @classmethod
    def of(cls, meta: Mapping[str, str]) -> RecordState:
        """The state that the rows of the table `meta` give."""
        return cls(
            store=meta.get("store", ""),
            revision=int(meta.get("revision", "0")),
            model=meta.get("model"),
            model_name=meta.get("model_name"),
            generation=_generation(meta.get("generation")),
            unfinished=_unfinished(meta.get("unfinished")),
        )


def as_json(fact: GenerationInfo | Unfinished) -> str:
    """A fact as the table `meta` keeps it."""
    return json.dumps(asdict(fact))


def _generation(value: str | None) -> GenerationInfo | None:
    return None if value is None else GenerationInfo(**json.loads(value))


def _unfinished(value: str | None) -> Unfinished | None:
    if value is None:
        return None
    fields = json.loads(value)
    return Unfinished(**{**fields, "paths": tuple(fields["paths"])})
