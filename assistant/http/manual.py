"""The page at /api/docs: the description of the API to read, with no script and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

_HERE = Path(__file__).parent
_STYLE = (_HERE / "manual.css").read_text(encoding="utf-8")

STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}"
"""The hash of the page's style sheet, for its Content-Security-Policy."""


def manual(description: Mapping[str, Any]) -> str:
    """The page for an OpenAPI description: its operations, their parameters, answers and examples."""
    pages = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template("manual.html").render(
        style=Markup(_STYLE),  # noqa: S704  it is ours
        info=description["info"],
        server=description["servers"][0]["url"],
        paths=description["paths"],
        sent=lambda operation: _sent(operation, description),
        written=lambda example: (
            example if isinstance(example, str) else json.dumps(example, indent=1, ensure_ascii=False)
        ),
    )


def _sent(operation: Mapping[str, Any], description: Mapping[str, Any]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What an operation takes, parameters and fields of its body: name, kind, meaning; and examples of the body."""
    rows = [(each["name"], each["schema"], each.get("description", "")) for each in operation.get("parameters", ())]
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    body = {"properties": {}} if schema is None else _resolved(schema, description)
    rows += _fields(body, description)
    return [(name, _kind(of), said) for name, of, said in rows], list(map(json.dumps, body.get("examples", ())))


def _fields(
    body: Mapping[str, Any], description: Mapping[str, Any], within: str = ""
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """The fields of an object, and below each those of the objects in it, as `among.since`: name, schema, meaning."""
    for field, schema in body["properties"].items():
        yield f"{within}{field}", schema, schema.get("description", "")
        for part in (schema.get("items", schema), *schema.get("anyOf", ())):
            if "$ref" in part:
                yield from _fields(_resolved(part, description), description, f"{within}{field}.")


def _resolved(schema: Mapping[str, Any], description: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Mapping[str, Any] = description["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    """A type in words, with its bounds: `string (date)`, `integer, 1 to 100`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        kind = f"list of {_kind(schema['items'])}"
    if "format" in schema:
        kind = f"{kind} ({schema['format']})"
    low, high = (schema.get(f"{end}imum") for end in ("min", "max"))
    longest = schema.get("maxLength", schema.get("maxItems"))
    bounds = [f"{low} to {high}"] if high is not None else []
    return ", ".join([kind, *bounds, *([f"at most {longest:,}"] if longest is not None else [])])
