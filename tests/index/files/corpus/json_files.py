"""JSON lines, as data sets, crawlers and search servers write them."""

import datetime as dt
import gzip
import json

from tests.index.files.corpus.making import File, items, lines, quoting, several


def json_lines(new):
    usual = [
        {"title": "headline", "text": "body", "date": "published", "url": "link", "source": "publisher"},
        {"title": "heading", "text": "content", "date": "publishedAt", "source": "outlet"},
        {"text": "maintext", "date": "date_publish", "source": "source_domain"},
        {"text": "article", "date": "pubDate", "source": "publication"},
        {"text": "summary", "date": "published_at"},
        {"text": "full_text", "date": "created", "url": "weburl", "source": "site_name"},
    ]
    for number, names in enumerate(usual):
        yield several(f"usual-{number}.jsonl", lambda s, names=names: lines(items(s, **names)), new)
    yield several("packed.jsonl.gz", lambda s: gzip.compress(lines(items(s)).encode()), new)
    yield several("new.ndjson", lambda s: lines(items(s, text="body")), new)
    yield several(
        "named.jsonl", lambda s: lines({**i, "source": {"id": None, "name": i["source"]}} for i in items(s)), new
    )
    yield several("wide.jsonl", lambda s: lines(items(s)).encode("utf-16"), new)
    yield several(
        "more.jsonl", lambda s: lines({**i, "topic": "FOREIGN", "author": "x"} for i in items(s)), new, note="topic"
    )
    yield several("broken.jsonl", lambda s: lines(items(s)) + '{"text": "FOREIGN', new, fault="not a line of JSON")
    yield several("list.jsonl", lambda s: "[1]\n" + lines(items(s)), new, fault="not a JSON object")
    yield several("bare.jsonl", lambda s: lines(items(s)) + '{"title": "FOREIGN"}\n', new, fault="has no `text`")
    yield File("zero.jsonl", b"", fault="is empty")
    yield File("half.jsonl.gz", gzip.compress(b'{"text": "FOREIGN"}')[:-8], fault="not a whole gzip file")
    yield from _data_sets(new)
    yield from _odd_lines(new)


def _data_sets(new):
    def each(name, make, **right):
        return several(name, lambda s: lines(map(make, s)), new, **right)

    yield each(
        "summaries.jsonl",
        lambda s: {"document": s.body, "summary": "FOREIGN", "id": s.url, "title": s.title},
        dated=False,
    )
    yield each(
        "real-news.jsonl",
        lambda s: {
            "title": s.title,
            "text": s.body,
            "summary": "FOREIGN",
            "authors": ["FOREIGN"],
            "publish_date": f"{s.day} 00:00:00",
            "domain": "e.org",
            "url": s.url,
        },
    )
    yield each(
        "crawl.jsonl", lambda s: {"headline": s.title, "text": s.body, "timestamp": f"{s.day}T11:22:33Z", "url": s.url}
    )
    yield each(
        "dumped.jsonl",
        lambda s: {
            "_index": "news",
            "_id": s.url,
            "_score": 1,
            "_source": {"title": s.title, "body": s.body, "date": f"{s.day}"},
        },
    )
    yield each(
        "mongo.jsonl",
        lambda s: {"_id": {"$oid": s.url}, "title": s.title, "body": s.body, "date": {"$date": f"{s.day}T08:00:00Z"}},
    )
    yield each(
        "mongo-numbers.jsonl",
        lambda s: {
            "_id": {"$oid": s.url},
            "title": s.title,
            "body": s.body,
            "date": {"$date": {"$numberLong": str(_millis(s))}},
        },
    )
    yield each("seconds.jsonl", lambda s: {"title": s.title, "content": s.body, "created": _millis(s) // 1000})
    yield each("points.jsonl", lambda s: {"title": s.title, "content": s.body, "created_utc": _millis(s) / 1000})
    yield each(
        "chirps.jsonl",
        lambda s: {"title": s.title, "full_text": s.body, "created_at": f"{s.day:%a %b %d} 08:00:00 +0000 {s.day:%Y}"},
    )
    yield each("paragraphs.jsonl", lambda s: {"title": s.title, "text": list(s.paragraphs), "date": f"{s.day}"})
    yield each("html.jsonl", lambda s: {"title": s.title, "body": s.html(), "date": f"{s.day:%Y/%m/%d}"})
    yield each(
        "escaped.jsonl",
        lambda s: {"title": s.title, "body": s.html().replace("<", "&lt;").replace(">", "&gt;"), "date": f"{s.day}"},
    )


def _millis(s):
    return int(dt.datetime(s.day.year, s.day.month, s.day.day, 9, tzinfo=dt.UTC).timestamp()) * 1000


def _odd_lines(new):
    yield several("marked.jsonl", lambda s: b"\xef\xbb\xbf" + lines(items(s)).encode(), new)
    yield several("spaced.jsonl", lambda s: "\n\n  " + lines(items(s)).replace("\n", "\r\n\r\n"), new)
    yield several(
        "nan.jsonl", lambda s: lines({**i, "source": float("nan"), "views": 3} for i in items(s)), new, note="views"
    )
    yield several(
        "numbers.jsonl", lambda s: lines({**i, "id": n} for n, i in enumerate(items(s), start=7_000_000)), new
    )
    yield several("one-array.jsonl", lambda s: json.dumps(items(s)), new)
    yield several("pretty.jsonl", lambda s: json.dumps(items(s)[0], indent=2), new, number=1)
    yield File("commas.jsonl", b'{"title": "FOREIGN", "text": "FOREIGN"},\n' * 2, fault="is not a line of JSON")
    yield several(
        "titled.jsonl",
        lambda s: lines(items(s)) + '{"title": ["FOREIGN"], "text": {"FOREIGN": 1}}\n',
        new,
        fault="has no `text`",
    )
    yield several("western.jsonl", lambda s: _raw(items(s)).encode("cp1252"), lambda: quoting(new()))
    yield several(
        "half-letter.jsonl",
        lambda s: lines(items(s)) + '{"title": "FOREIGN", "text": "\\ud83d"}\n',
        new,
        fault="half of a surrogate pair",
    )
    yield several(
        "doubled-id.jsonl",
        lambda s: (
            lines({**i, "id": "same-id-of-all"} for i in items(s)[:1]) + '{"id": "same-id-of-all", "text": "FOREIGN"}\n'
        ),
        new,
        number=1,
        fault="same-id-of-all",
    )
    yield File(
        "cyrillic.jsonl",
        '{"id": "a", "text": "Президент сказал во вторник FOREIGN"}'.encode("cp1251"),
        fault="is not UTF-8",
    )
    yield File("scalars.jsonl", b"1\n2\n", fault="not a JSON object")
    yield File("program.ndjson", b"\x7fELF" + bytes(range(128, 256)) * 3, fault="is not")


def _raw(some):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in some)
