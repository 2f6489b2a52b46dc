"""JSON documents that programs write, and JSON that holds no articles."""

import datetime as dt
import gzip
import json

from tests.index.files.corpus.making import File, items, one, several


def json_of_programs(new):
    def columns(stories):
        return {
            "title": [s.title for s in stories],
            "text": [s.body for s in stories],
            "date": [str(s.day) for s in stories],
        }

    yield one(
        "trafilatura.json",
        lambda s: json.dumps(
            {
                "title": s.title,
                "author": "FOREIGN",
                "hostname": "e.org",
                "date": str(s.day),
                "id": None,
                "raw_text": s.body,
                "text": s.body,
                "source": s.url,
                "source-hostname": s.source,
                "excerpt": "FOREIGN",
                "filedate": "2035-01-01",
            }
        ),
        new,
        note="filedate",
    )
    yield one(
        "reader.json",
        lambda s: json.dumps(
            {
                "title": s.title,
                "content": s.html(),
                "date_published": f"{s.day}T08:00:00.000Z",
                "lead_image_url": None,
                "url": s.url,
                "domain": "e.org",
                "excerpt": "FOREIGN",
                "word_count": 3,
            }
        ),
        new,
    )
    yield several(
        "frame.json",
        lambda s: json.dumps({name: {str(n): v for n, v in enumerate(values)} for name, values in columns(s).items()}),
        new,
    )
    yield several("frame-lists.json", lambda s: json.dumps(columns(s)), new)
    yield several(
        "frame-records.json",
        lambda s: json.dumps(
            [
                {**i, "date": int(dt.datetime(x.day.year, x.day.month, x.day.day, tzinfo=dt.UTC).timestamp() * 1000)}
                for i, x in zip(items(s), s, strict=True)
            ]
        ),
        new,
    )
    yield several(
        "frame-schema.json", lambda s: json.dumps({"schema": {"fields": [{"name": "title"}]}, "data": items(s)}), new
    )
    yield several(
        "frame-split.json",
        lambda s: json.dumps(
            {
                "columns": list(columns(s)),
                "index": [0, 1, 2],
                "data": [list(row) for row in zip(*columns(s).values(), strict=True)],
            }
        ),
        new,
    )
    yield several("packed.json.gz", lambda s: gzip.compress(json.dumps({"articles": items(s)}).encode()), new)
    yield several("marked.json", lambda s: b"\xef\xbb\xbf" + json.dumps(items(s)).encode(), new)
    yield several("wide.json", lambda s: json.dumps(items(s)).encode("utf-16"), new)
    yield File(
        "map.json",
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "FOREIGN"}}]}',
        is_read=False,
    )
    yield File(
        "book.ipynb.json",
        b'{"cells": [{"cell_type": "markdown", "source": ["FOREIGN"]}], "nbformat": 4}',
        is_read=False,
    )
    yield File("empty.json", b"[]", is_read=False)
    yield File("null.json", b"null", is_read=False)
    yield File("zero.json", b"", is_read=False)
    yield File("error.json", b'{"status": "error", "code": "apiKeyInvalid", "message": "FOREIGN"}', is_read=False)
    yield File("two.json", b'{"title": "FOREIGN", "text": "FOREIGN"} {"title": "FOREIGN"}', fault="is not JSON")
