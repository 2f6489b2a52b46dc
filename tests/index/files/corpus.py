"""A folder of some 160 files of the kinds that people bring, a third of them broken, odd or hostile, and what is right
for each: which reports are in it, or what is said of it."""

import base64
import csv
import gzip
import io
import json
import quopri
import tarfile
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tests.index.files.stories import (
    Story,
    docx,
    epub,
    mail,
    mhtml,
    multipart,
    page,
    rtf,
    story,
    text,
    warc,
    zipped,
)


class File(NamedTuple):
    """A file and what is right for it.

    Attributes:
        stories: the reports in it; of none that is not here anything may be stored.
        fault: what is said of it, or of a part of it, as skipped; None if nothing is.
        note: what is said of it besides.
        dated: whether the days of its reports are known.
        is_read: False for a file that is only counted.
    """

    name: str
    data: bytes
    stories: tuple[Story, ...] = ()
    fault: str | None = None
    note: str | None = None
    dated: bool = True
    is_read: bool = True


def manifest():
    """All files, each with reports of its own."""
    numbers = count()

    def new():
        return story(next(numbers))

    return [file for kind in KINDS for file in kind(new)]


def _one(name, make, new, **right):
    one = new()
    made = make(one)
    return File(name, made if isinstance(made, bytes) else made.encode(), (one,), **right)


def _several(name, make, new, number=3, **right):
    some = tuple(new() for _ in range(number))
    made = make(some)
    return File(name, made if isinstance(made, bytes) else made.encode(), some, **right)


def _table(stories, names, mark=",", *, extra=None, quoting=csv.QUOTE_MINIMAL, end="\r\n", body=None):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=end)
    writer.writerow([*names, *(extra or {})])
    for number, one in enumerate(stories):
        values = {
            "title": one.title,
            "text": (body or (lambda s: s.body))(one),
            "date": str(one.day),
            "source": one.source,
            "url": one.url,
            "id": str(number),
            "author": "FOREIGN author",
        }
        writer.writerow([*(values[field] for field in names.values()), *(extra or {}).values()])
    return out.getvalue()


KAGGLE = {"title": "title", "content": "text", "date": "date", "author": "author", "publication": "source"}
UPPER = {"Headline": "title", "Body": "text", "Published At": "date", "Link": "url", "Outlet": "source"}


def tables(new):
    yield _several("kaggle.csv", lambda s: _table(s, KAGGLE), new)
    yield _several(
        "all-the-news.csv",
        lambda s: _table(s, {"": "id", **KAGGLE, "url": "url"}, extra={"year": "2031.0"}),
        new,
        note="year",
    )
    yield _several("capitals.csv", lambda s: _table(s, UPPER), new)
    yield _several("tabs.tsv", lambda s: _table(s, KAGGLE, "\t"), new)
    yield _several("semicolons.csv", lambda s: _table(s, KAGGLE, ";"), new)
    yield _several("told.csv", lambda s: "sep=|\r\n" + _table(s, KAGGLE, "|"), new)
    yield _several("quoted.csv", lambda s: _table(s, KAGGLE, quoting=csv.QUOTE_ALL, end="\n"), new)
    yield _several("marked.csv", lambda s: b"\xef\xbb\xbf" + _table(s, KAGGLE).encode(), new)
    yield _several("excel.csv", lambda s: _table(s, KAGGLE, "\t").encode("utf-16"), new)
    yield _several("packed.csv.gz", lambda s: gzip.compress(_table(s, UPPER).encode()), new)
    yield _several("html.csv", lambda s: _table(s, KAGGLE, body=lambda one: one.html()), new)
    yield _several("blank.csv", lambda s: _table(s, KAGGLE).replace("\r\n", "\r\n\r\n", 1) + "\r\n\r\n", new)
    yield _several("twice.csv", lambda s: _table((*s, s[0]), KAGGLE), new, note="a second time")
    yield _several("days.csv", lambda s: _table(s, {"date_publish": "date", "maintext": "text", "title": "title"}), new)
    yield File(
        "no-text.csv",
        b"title,date,url\na,2031-01-01,u\nb,2031-01-01,v\nc,2031-01-01,w\nd,2031-01-01,x\n",
        fault="none of its 4 records has a text",
    )
    yield File("header.csv", b"title,content,date\n", fault="no row below")
    yield File("zero.csv", b"", fault="no row below")
    yield _several("wide.csv", lambda s: _table(s, KAGGLE) + "FOREIGN,a,b,c,d,e,f,g\r\n", new, fault="columns")
    yield _several("open.csv", lambda s: _table(s, KAGGLE) + '"FOREIGN,a\r\nb,c\r\n', new, fault="no row of a table")
    yield File("binary.csv", b"\0\1\2\3\xff" * 50, fault="is not UTF-8")
    yield File(
        "cyrillic.csv",
        "title,content\nНаводнение,Река поднялась на два метра в понедельник\n".encode("cp1251"),
        fault="is not UTF-8",
    )


def _items(stories, **names):
    return [
        {
            names.get(field, field): value
            for field, value in {
                "title": s.title,
                "text": s.body,
                "date": f"{s.day}T08:00:00Z",
                "url": s.url,
                "source": s.source,
            }.items()
        }
        for s in stories
    ]


def _lines(items):
    return "".join(json.dumps(item) + "\n" for item in items)


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
        yield _several(f"usual-{number}.jsonl", lambda s, names=names: _lines(_items(s, **names)), new)
    yield _several("packed.jsonl.gz", lambda s: gzip.compress(_lines(_items(s)).encode()), new)
    yield _several("new.ndjson", lambda s: _lines(_items(s, text="body")), new)
    yield _several(
        "named.jsonl", lambda s: _lines({**i, "source": {"id": None, "name": i["source"]}} for i in _items(s)), new
    )
    yield _several("wide.jsonl", lambda s: _lines(_items(s)).encode("utf-16"), new)
    yield _several(
        "more.jsonl", lambda s: _lines({**i, "topic": "FOREIGN", "author": "x"} for i in _items(s)), new, note="topic"
    )
    yield _several("broken.jsonl", lambda s: _lines(_items(s)) + '{"text": "FOREIGN', new, fault="not a line of JSON")
    yield _several("list.jsonl", lambda s: "[1]\n" + _lines(_items(s)), new, fault="not a JSON object")
    yield _several("bare.jsonl", lambda s: _lines(_items(s)) + '{"title": "FOREIGN"}\n', new, fault="has no `text`")
    yield File("zero.jsonl", b"", fault="is empty")
    yield File("half.jsonl.gz", gzip.compress(b'{"text": "FOREIGN"}')[:-8], fault="not a whole gzip file")


def json_documents(new):
    yield _several(
        "newsapi.json",
        lambda s: json.dumps(
            {
                "status": "ok",
                "totalResults": 3,
                "articles": [
                    {
                        "source": {"id": None, "name": i["source"]},
                        "author": "FOREIGN",
                        "title": i["title"],
                        "description": "FOREIGN",
                        "url": i["url"],
                        "urlToImage": "FOREIGN",
                        "publishedAt": i["date"],
                        "content": i["text"],
                    }
                    for i in _items(s)
                ],
            }
        ),
        new,
        note="urlToImage",
    )
    yield _several(
        "cut.json",
        lambda s: json.dumps(
            {
                "articles": [
                    {**i, "content": i["content"] + "… [+1234 chars]", "description": "FOREIGN"}
                    for i in _items(s, text="content")
                ]
            }
        ),
        new,
        note="cut off",
    )
    yield _several(
        "multihop.json",
        lambda s: json.dumps(
            [{**i, "author": "FOREIGN", "category": "FOREIGN"} for i in _items(s, text="body", date="published_at")]
        ),
        new,
        note="category",
    )
    yield _one(
        "news-please.json",
        lambda s: json.dumps(
            {
                "authors": ["FOREIGN"],
                "date_download": "2035-01-01 00:00:00",
                "date_modify": "2035-01-01 00:00:00",
                "date_publish": f"{s.day} 08:00:00",
                "description": "FOREIGN",
                "filename": "FOREIGN",
                "image_url": "FOREIGN",
                "language": "en",
                "localpath": None,
                "maintext": s.body,
                "source_domain": s.source,
                "title": s.title,
                "url": s.url,
            }
        ),
        new,
    )
    yield _several(
        "elastic.json",
        lambda s: json.dumps(
            {"took": 1, "hits": {"total": 3, "hits": [{"_id": str(n), "_source": i} for n, i in enumerate(_items(s))]}}
        ),
        new,
    )
    yield _several("by-id.json", lambda s: json.dumps({f"key-{n}": i for n, i in enumerate(_items(s))}), new)
    yield _several(
        "feed.json",
        lambda s: json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Harle Courier",
                "items": [
                    {
                        "id": x.url,
                        "url": x.url,
                        "title": x.title,
                        "content_html": x.html(),
                        "date_published": f"{x.day}T08:00:00Z",
                    }
                    for x in s
                ],
            }
        ),
        new,
    )
    yield _several(
        "wordpress.json",
        lambda s: json.dumps(
            [
                {
                    "id": 7 + n,
                    "date": f"{x.day}T08:00:00",
                    "modified": "2035-01-01T00:00:00",
                    "link": x.url,
                    "title": {"rendered": x.title},
                    "content": {"rendered": x.html(), "protected": False},
                }
                for n, x in enumerate(s)
            ]
        ),
        new,
    )
    yield _several(
        "lines.json", lambda s: _lines(_items(s, text="short_description", title="headline", url="link")), new
    )
    yield _several("list.json", lambda s: json.dumps(_items(s, text="body")), new)
    yield _several(
        "guardian.json",
        lambda s: json.dumps(
            {
                "response": {
                    "status": "ok",
                    "results": [
                        {
                            "id": x.url,
                            "webPublicationDate": f"{x.day}T08:00:00Z",
                            "webTitle": x.title,
                            "webUrl": x.url,
                            "fields": {"body": x.html()},
                        }
                        for x in s
                    ],
                }
            }
        ),
        new,
    )
    yield _several("mixed.json", lambda s: json.dumps([*_items(s), 7, {"title": "FOREIGN"}]), new, fault="is no object")
    yield File(
        "gdelt.json",
        json.dumps(
            {
                "articles": [
                    {"url": f"https://e.org/{n}", "title": "FOREIGN", "seendate": "20310304T060000Z", "domain": "e.org"}
                    for n in range(9)
                ]
            }
        ).encode(),
        fault="none of its 9 records has a text",
    )
    yield File("package.json", b'{"name": "FOREIGN", "version": "1", "description": "FOREIGN"}', is_read=False)
    yield File("settings.json", b'[{"text": "FOREIGN"}, 7]', is_read=False)
    yield File("cut-off.json", json.dumps(_items([new()]))[:150].encode(), fault="is not JSON")


def parquet(new):
    def made(stories, **options):
        import pyarrow as pa
        from pyarrow.parquet import write_table

        out = io.BytesIO()
        rows = [{**i, "date": s.day} for i, s in zip(_items(stories, text="content"), stories, strict=True)]
        write_table(pa.Table.from_pylist(rows), out, **options)
        return out.getvalue()

    yield _several("set.parquet", made, new)
    yield _several("zstd.parquet", lambda s: made(s, compression="zstd"), new)
    yield File("half.parquet", made([new()])[:-60], fault="is not a whole Parquet file")
    yield File("named.parquet", b"FOREIGN", fault="is not a Parquet file")


def word(new):
    yield _one("titled.docx", docx, new)
    yield _one("headed.docx", lambda s: docx(s, style="Heading 1"), new)
    yield _one("normal.docx", lambda s: docx(s, style="Normal"), new)
    yield _one("undated.docx", lambda s: docx(s, header=False), new, dated=False)
    yield _one("table.docx", lambda s: docx(s, table=True), new)
    yield _one("tracked.docx", lambda s: docx(s, struck=True), new)
    yield _one("controls.docx", lambda s: docx(s, box=True), new)
    yield File("half.docx", docx(new())[:-400], fault="is damaged or cut off")
    yield File("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), fault="is encrypted")
    yield File("other.docx", zipped({"a.txt": "FOREIGN"}), fault="is no whole Word document")
    yield File("bomb.docx", zipped({"word/document.xml": bytes(30_000_000)}), fault="unpacks to more than 20 MB")
    yield _one("plain.rtf", rtf, new)
    yield _one("letters.rtf", rtf, lambda: _quoting(new()))
    yield _one("bare.rtf", lambda s: rtf(s, info=False), new)
    yield File("named.rtf", b"FOREIGN text that is none", fault="is not RTF")
    yield File("empty.rtf", rb"{\rtf1\ansi }", fault="no text below its title")


def mails(new):
    yield _one("plain.eml", lambda s: mail(s, s.body), new)
    yield _one("wrapped.eml", lambda s: mail(s, s.body.replace(", ", ",\r\n")), new)
    yield _one("html.eml", lambda s: mail(s, f"<html><body>{s.html()}</body></html>", kind="html"), new)
    yield _one(
        "both.eml",
        lambda s: multipart(
            s,
            [
                ("Content-Type: text/plain; charset=utf-8", s.body),
                ("Content-Type: text/html; charset=utf-8", f"<p>FOREIGN</p>{s.html()}"),
            ],
        ),
        new,
    )
    yield _one(
        "stub.eml",
        lambda s: multipart(
            s,
            [
                ("Content-Type: text/plain", "FOREIGN: this mail needs HTML."),
                ("Content-Type: text/html; charset=utf-8", s.html()),
            ],
        ),
        new,
    )
    yield _one(
        "base64.eml",
        lambda s: multipart(
            s,
            [
                (
                    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
                    base64.encodebytes(s.body.encode()).decode(),
                )
            ],
        ),
        new,
    )
    yield _one(
        "printable.eml",
        lambda s: multipart(
            s,
            [
                (
                    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
                    quopri.encodestring(s.body.encode("latin-1")).decode(),
                )
            ],
        ),
        new,
    )
    yield _one(
        "attached.eml",
        lambda s: multipart(
            s,
            [
                ("Content-Type: text/plain", s.body),
                ("Content-Type: application/pdf\nContent-Disposition: attachment; filename=FOREIGN.pdf", "FOREIGN"),
            ],
            "mixed",
        ),
        new,
        note="attachments are not read: FOREIGN.pdf",
    )
    yield _one(
        "forwarded.eml",
        lambda s: multipart(
            s,
            [("Content-Type: text/plain", s.body), ("Content-Type: message/rfc822", "Subject: FOREIGN\n\nFOREIGN")],
            "mixed",
        ),
        new,
    )
    yield _one("signed.eml", lambda s: mail(s, f"{s.body}\n-- \nFOREIGN signature\n"), new)
    yield _one(
        "notices.eml",
        lambda s: mail(
            s,
            f"View this email in your browser\n\n{s.body}\n\n"
            "You are receiving this email because of FOREIGN.\nUnsubscribe\n© 2031 FOREIGN. All rights reserved.\n",
        ),
        new,
    )
    yield _one(
        "encoded.eml",
        lambda s: mail(s, s.body, subject=f"=?utf-8?b?{base64.b64encode(s.title.encode()).decode()}?="),
        new,
    )
    yield _one("folded.eml", lambda s: mail(s, s.body, subject=s.title.replace(" ", "\n ", 1)), new)
    yield _one("unknown.eml", lambda s: mail(s, s.body, charset="x-unknown"), new)
    yield _one("nameless.eml", lambda s: mail(s, s.body, identity=False), new)

    def upper(one):
        return one._replace(title=one.title.upper())

    yield _several(
        "briefing.eml",
        lambda s: mail(
            story(999),
            "View this email in your browser\n\n"
            + "\n\n".join(f"{x.title}\n\n{x.body}" for x in s)
            + "\n\nUnsubscribe\n",
            day=_day_of(s),
        ),
        lambda: upper(_same_day(new())),
    )
    yield _several(
        "rules.eml",
        lambda s: mail(story(998), "\n\n".join(f"{x.title}\n{'=' * 20}\n\n{x.body}" for x in s), day=_day_of(s)),
        lambda: _same_day(new()),
    )
    yield _several(
        "sections.eml",
        lambda s: mail(
            story(997),
            "<h1>FOREIGN letter</h1>"
            + "".join(f"<h2>{x.title}</h2>{x.html()}" for x in s)
            + "<p>Unsubscribe</p><p>FOREIGN</p>",
            kind="html",
            day=_day_of(s),
        ),
        lambda: _same_day(new()),
    )
    yield File("none.eml", b"FOREIGN, no mail at all\n\nFOREIGN", fault="is no e-mail")
    yield File("picture.eml", multipart(new(), [("Content-Type: image/png", "FOREIGN")]), fault="e-mail without text")

    def box(stories):
        return b"".join(b"From news@e.org Tue Mar  4 08:00:00 2031\n" + mail(s, s.body) + b"\n\n" for s in stories)

    yield _several("box.mbox", box, new)
    yield _several("packed.mbox.gz", lambda s: gzip.compress(box(s)), new)
    yield _several("windows.mbox", lambda s: box(s).replace(b"\n", b"\r\n"), new)
    yield _several("odd.mbox", lambda s: box(s) + b"From x\n\nFOREIGN\n", new, fault="is no e-mail")
    yield File("none.mbox", b"FOREIGN", fault="is no mailbox")


def _same_day(one):
    return one._replace(day=story(0).day)


def _day_of(stories):
    return f"{stories[0].day:%a, %d %b %Y} 08:00:00 +0000"


def pages(new):
    for name in ("a.html", "b.htm", "c.xhtml", "d.shtml", "e.php", "f.aspx", "story", "story.2", "saved.html?page=2"):
        yield _one(name, page, new)
    yield _one("declared.xhtml", lambda s: '<?xml version="1.0" encoding="utf-8"?>\n' + page(s), new)
    yield File("made.php", b"<?php echo 'FOREIGN'; ?>", is_read=False)
    yield File("LICENSE", b"FOREIGN terms\n\nFOREIGN", is_read=False)
    yield File("program", b"\x7fELF" + bytes(500), is_read=False)
    yield File("empty.xhtml", b"", fault="holds no article")
    yield _one("saved.mhtml", mhtml, new)
    yield _one("saved.mht", lambda s: mhtml(s, extra="--edge\nContent-Type: text/html\n\n<p>FOREIGN frame</p>\n"), new)
    yield File("picture.mhtml", mhtml(new(), kind="image/png"), fault="holds no page")
    yield _one("letter", lambda s: mail(s, s.body), new)


def archives_of_sites(new):
    def pages_of(stories, *more):
        return [(s.url, "200 OK", "text/html; charset=utf-8", page(s).encode()) for s in stories] + list(more)

    moved = ("https://e.org/", "301 Moved Permanently", "text/html", b"FOREIGN")
    image = ("https://e.org/a.png", "200 OK", "image/png", b"FOREIGN")
    yield _several("site.warc", lambda s: warc(pages_of(s)), new)
    yield _several("site.warc.gz", lambda s: warc(pages_of(s, moved, image), packed=True), new, note="1 image/png")
    yield _several(
        "again.warc.gz",
        lambda s: warc([(s[0].url, "200 OK", "text/html", b"FOREIGN, an earlier version"), *pages_of(s)], packed=True),
        new,
        note="more than once",
    )
    yield _several(
        "front.warc",
        lambda s: warc(
            pages_of(s, ("https://e.org/front", "200 OK", "text/html", b"<html><body>FOREIGN</body></html>"))
        ),
        new,
        fault="holds no article",
    )
    yield _several(
        "cut.warc.gz",
        lambda s: warc(pages_of(s), packed=True) + warc(pages_of(s), packed=True)[:100],
        new,
        fault="cut off after",
    )
    yield _several("cut.warc", lambda s: warc(pages_of(s)) + warc(pages_of(s))[:100], new, fault="cut off after")
    yield File("none.warc", b"FOREIGN", fault="is no WARC")
    yield File("zero.warc.gz", gzip.compress(b""), fault="is no WARC")


def books(new):
    def same(stories):
        return tuple(s._replace(day=stories[0].day) for s in stories)

    for name, options in {
        "paper.epub": {},
        "calibre.epub": {"publisher": "calibre"},
    }.items():
        first = _several(name, lambda s, options=options: epub(s, **options), new)
        yield first._replace(stories=same(first.stories))
    yield File("locked.epub", epub([new(), new()], locked=True), fault="is encrypted")
    yield File("bare.epub", epub([new()], container=False), fault="is no whole EPUB")
    yield File("half.epub", epub([new()])[:-30], fault="is damaged or cut off")
    yield File("covers.epub", epub([Story("FOREIGN", story(0).day, ("FOREIGN",))]), fault="no document with text")


def _encrypted(data):
    """The zip with the mark that its first file is encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def _tar(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def archives(new):
    def files(stories):
        return {f"2031-0{n}/storm.txt": text(s).encode() for n, s in enumerate(stories, start=1)}

    def nested(stories, depth):
        data = zipped(files(stories))
        for n in range(depth):
            data = zipped({f"inner-{n}.zip": data})
        return data

    yield _several("folders.zip", lambda s: zipped(files(s)), new)
    yield _several(
        "kinds.zip", lambda s: zipped({"a.html": page(s[0]), "b.docx": docx(s[1]), "c.csv": _table(s[2:], KAGGLE)}), new
    )
    yield _several(
        "mac.zip",
        lambda s: zipped({**files(s), "__MACOSX/._a.txt": "FOREIGN", ".hidden.txt": "FOREIGN", "README.md": "FOREIGN"}),
        new,
    )
    yield _several(
        "others.zip",
        lambda s: zipped({**files(s), "a.png": b"FOREIGN", "b.xls": b"FOREIGN", "x.json": b"{}"}),
        new,
        note="3 other files not read (1 .json, 1 .png, 1 .xls)",
    )
    yield _several("nested.zip", lambda s: nested(s, 1), new)
    yield File("deep.zip", nested([new()], 4), fault="lies in more than 3 archives")
    yield _several(
        "climbing.zip", lambda s: zipped({**files(s), "../../up.txt": "FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield _several(
        "absolute.zip", lambda s: zipped({**files(s), "C:\\up.txt": "FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield File("locked.zip", _encrypted(zipped({"a.txt": "FOREIGN\nFOREIGN"})), fault="is encrypted")
    yield File("bomb.zip", zipped({f"{n}.txt": bytes(5_000_000) for n in range(5)}), fault="unpacks to more than 20 MB")
    yield File(
        "inner-bomb.zip", zipped({"a.zip": zipped({"a.txt": bytes(30_000_000)})}), fault="unpacks to more than 20 MB"
    )
    yield File("half.zip", zipped(files([new()]))[:-20], fault="is damaged or cut off")
    yield File("empty.zip", zipped({}), fault="holds no file that can be read")
    yield File("pictures.zip", zipped({"a.png": b"FOREIGN"}), fault="holds no file that can be read (1 .png)")
    yield File("named.zip", b"FOREIGN", fault="is damaged or cut off")
    yield _several(
        "one-broken.zip", lambda s: zipped({**files(s), "empty.txt": "FOREIGN"}), new, fault="no text below its title"
    )
    yield _several("plain.tar", lambda s: _tar(files(s)), new)
    for ending, mode in {".tgz": "w:gz", ".tar.gz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}.items():
        yield _several(f"packed{ending}", lambda s, mode=mode: _tar(files(s), mode), new)
    yield _several("links.tar", lambda s: _tar({**files(s), "link.txt": None}), new, fault="is a link or a device")
    yield _several(
        "climbing.tar", lambda s: _tar({**files(s), "../up.txt": b"FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield _several("cut.tar", lambda s: _tar(files(s))[: 3 * 1024 + 100], new, fault="cut off after 3 files")
    yield File("half.tar.gz", _tar(files([new()]), "w:gz")[:-20], fault="not a whole gzip file")
    yield File("bomb.tar.xz", _tar({"a.txt": bytes(30_000_000)}, "w:xz"), fault="unpacks to more than")
    yield File("none.tar", b"FOREIGN" * 200, fault="is damaged or cut off")


def texts(new):
    yield _one("plain.txt", text, new)
    yield _one("wide.txt", lambda s: text(s).encode("utf-16"), new)
    yield _one("wider.txt", lambda s: text(s).encode("utf-16-be"), new)
    yield _one("packed.txt.gz", lambda s: gzip.compress(text(s).encode()), new)
    yield _one("western.txt", lambda s: text(s).encode("cp1252"), lambda: _quoting(new()))
    yield _one("western.csv", lambda s: _table([s], KAGGLE).encode("cp1252"), lambda: _quoting(new()))
    yield File(
        "roman.txt",
        "FOREIGN\nThe café’s owner said “no” to the mayor of Zürich.".encode("mac_roman"),
        fault="not UTF-8",
    )
    yield File(
        "polish.txt",
        "FOREIGN\nPrezydent powiedział, że rząd będzie wspierał żołnierzy.".encode("cp1250"),
        fault="not UTF-8",
    )
    yield File("russian.txt", "FOREIGN\nПрезидент сказал во вторник.".encode("cp1251"), fault="not UTF-8")
    for name in ("picture.png", "sheet.xlsx", "old.doc", "style.css", "film.mp4", "open.odt"):
        yield File(name, b"FOREIGN", is_read=False)


def _quoting(one):
    return one._replace(
        paragraphs=(*one.paragraphs, "“It’s the café’s “first” day in São Paulo – at last,” the mayor said.")
    )


KINDS = [tables, json_lines, json_documents, parquet, word, mails, pages, archives_of_sites, books, archives, texts]


def write_corpus(folder: Path):
    """Writes the files, each into the folder of its kind; returns them by their path."""
    numbers = count()

    def new():
        return story(next(numbers))

    written = {}
    for kind in KINDS:
        (folder / kind.__name__).mkdir(parents=True)
        for file in kind(new):
            path = folder / kind.__name__ / file.name
            path.write_bytes(file.data)
            written[path] = file
    return written
