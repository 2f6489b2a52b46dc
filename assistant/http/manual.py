"""The page at /api/docs: the description of the API to read, with no script and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; border-top: 1px solid; padding-top: 1rem; }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .875rem; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: 4px; white-space: pre-wrap; }
pre { overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; }
"""

STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}"
"""The hash of the page's style sheet, for its Content-Security-Policy."""


def manual(description: Mapping[str, Any]) -> str:
    """The page for an OpenAPI description: its operations, their parameters, answers and examples."""
    info = description["info"]
    server = description["servers"][0]["url"]
    parts = [
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in info["description"].split("\n\n")),
        f'<p>For programs: <a href="{escape(server)}/openapi.json">{escape(server)}/openapi.json</a></p>',
    ]
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            parts += _operation(f"{method.upper()} {server}{path}", operation, description)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dateline: the API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _operation(name: str, operation: Mapping[str, Any], description: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2><code>{escape(name)}</code></h2><p><strong>{escape(operation['summary'])}.</strong></p>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in operation["description"].split("\n\n"))
    rows = [(each["name"], each["schema"], each.get("description", "")) for each in operation.get("parameters", ())]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body is not None:
        body = _resolved(body, description)
        rows += _fields(body, description)
    if rows:
        cells = (
            f"<tr><th scope=row><code>{escape(field)}</code></th><td>{escape(_kind(schema))}</td>"
            f"<td>{escape(said)}</td></tr>"
            for field, schema, said in rows
        )
        yield f"<h3>What to send</h3><table>{''.join(cells)}</table>"
    if body is not None:
        yield from (_code(json.dumps(example)) for example in body.get("examples", ()))
    yield "<h3>What comes back</h3><table>"
    for status, answer in operation["responses"].items():
        yield f"<tr><th scope=row>{escape(status)}</th><td>{escape(answer['description'])}</td></tr>"
    yield "</table>"
    bodies = (answer.get("content", {}) for status, answer in operation["responses"].items() if status < "300")
    for kind, content in (each for found in bodies for each in found.items()):
        if "example" in content:
            example = content["example"]
            text = example if isinstance(example, str) else json.dumps(example, indent=1, ensure_ascii=False)
            yield f"<h3><code>{escape(kind)}</code></h3>{_code(text)}"


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


def _code(text: str) -> str:
    return f"<pre><code>{escape(text)}</code></pre>"
