"""Answers from the JSON documents that were kept of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from assistant.answer import Answer, Citation, Figure, Notice, Reason, Statement, Writing

__all__ = ["answer_of", "answer_text"]

_T = TypeVar("_T", Answer, Citation, Figure, Notice, Reason, Statement, Writing)

_LISTS: dict[str, Any] = {
    "statements": Statement,
    "citations": Citation,
    "figures": Figure,
    "notices": Notice,
    "closest": Citation,
}


def answer_text(answer: Answer) -> str:
    """The whole Answer as JSON in ASCII, in which any text can be kept, also lone surrogates."""
    return json.dumps(answer.to_dict(), separators=(",", ":"))


def answer_of(text: str) -> Answer:
    """The Answer that `answer_text` wrote, by this or by another version of the program.

    Fields that this version does not know are left out; those that the other did not know have their default.

    Raises:
        ValueError, KeyError, TypeError: the text is no such document.
    """
    document = json.loads(text)
    parts = {name: tuple(_made(kind, part) for part in document.get(name, ())) for name, kind in _LISTS.items()}
    writing = _made(Writing, document["writing"]) if document.get("writing") else None
    reason = _made(Reason, document["reason"]) if document.get("reason") else None
    return _made(Answer, {**document, **parts, "writing": writing, "reason": reason})


def _made(kind: type[_T], document: Mapping[str, Any]) -> _T:
    known = {field.name for field in fields(kind) if field.init}
    return kind(**{name: _value(document[name]) for name in document if name in known})


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
