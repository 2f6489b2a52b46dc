"""Texts in several encodings, with headers in several forms; files of other kinds."""

import gzip

from tests.index.files.corpus.making import KAGGLE, File, one, quoting, table
from tests.index.files.stories import text


def texts(new):
    yield one("plain.txt", text, new)
    yield one("wide.txt", lambda s: text(s).encode("utf-16"), new)
    yield one("wider.txt", lambda s: text(s).encode("utf-16-be"), new)
    yield one("packed.txt.gz", lambda s: gzip.compress(text(s).encode()), new)
    yield one("western.txt", lambda s: text(s).encode("cp1252"), lambda: quoting(new()))
    yield one("western.csv", lambda s: table([s], KAGGLE).encode("cp1252"), lambda: quoting(new()))
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
    yield one("windows.txt", lambda s: text(s, "\r\n"), new)
    yield one("mac.txt", lambda s: text(s, "\r"), new)
    yield one("marked.txt", lambda s: b"\xef\xbb\xbf" + text(s).encode(), new)
    yield one("unmarked.txt", lambda s: text(s).encode("utf-16-le"), new)
    yield one("spaced.txt", lambda s: "\n\n  " + text(s), new)
    yield one(
        "headed.txt", lambda s: f"{s.title}\nDate:   {s.day:%-d %B %Y}\nURL: {s.url}\nID: {s.url}\n\n\n{s.body}", new
    )
    yield one("undated.txt", lambda s: f"{s.title}\n\n{s.body}\n", new, dated=False)
    yield one("shouted.TXT", text, new)
    yield one("storm in vell (2).txt", text, new)
    yield one("Überschwemmung.txt", text, new)
    yield one(
        "nonsense.txt",
        lambda s: f"{s.title}\ndate: soon\n{s.body}",
        new,
        dated=False,
        warning="is no day that can be read",
    )
    yield one(
        "never.txt",
        lambda s: f"{s.title}\ndate: 2031-02-30\n{s.body}",
        new,
        dated=False,
        warning="is a day that never was",
    )
    yield File("bomb.txt.gz", gzip.compress(bytes(30_000_000)), fault="unpacks to more than 20 MB")
    yield File("title-only.txt", b"FOREIGN\n", fault="no text below its title")
    yield File("zero.txt", b"", fault="no text below its title")
    yield File("binary.txt", bytes(range(256)) * 4, fault="is not")
    yield File("zeros.txt", bytes(400), fault="is not text")
    yield File(
        "half.txt", "FOREIGN\nThe café is closed – again".encode()[:-8] + b" and \xff\xfe so on", fault="not UTF-8"
    )
    yield File("none.txt.gz", b"FOREIGN", fault="not a whole gzip file")
    yield File("koi.txt", "FOREIGN\nПрезидент сказал во вторник.".encode("koi8_r"), fault="not UTF-8")
    yield File("shift.txt", "FOREIGN\n大統領は火曜日に述べた。".encode("shift_jis"), fault="not UTF-8")
    yield File("wide-32.txt", "FOREIGN\nfour bytes a letter".encode("utf-32"), fault="is not")
    for name in ("book.mobi", "mail.msg", "archive.7z", "note.pages", "table.xls", "photo.JPG", "data.pkl", "text.tex"):
        yield File(name, b"FOREIGN", is_read=False)


def markdown(new):
    def front(s, matter, mark="---"):
        return f"{mark}\n{matter}\n{mark}\n\n{s.body}\n"

    yield one("fronted.md", lambda s: front(s, f'title: "{s.title}"\ndate: {s.day}\ntags: [FOREIGN, b]'), new)
    yield one(
        "jekyll.md",
        lambda s: front(s, f"layout: post\ntitle:  {s.title}\ndate:   {s.day} 08:00:00 +0100\ncategories: FOREIGN"),
        new,
    )
    yield one(
        "published.md",
        lambda s: front(s, f"headline: {s.title}\npublished: {s.day}T08:00:00Z\npublisher: The Harle Courier"),
        new,
    )
    yield one(
        "hugo.md", lambda s: front(s, f'title = "{s.title}"\ndate = {s.day}T08:00:00Z\ntags = ["FOREIGN"]', "+++"), new
    )
    yield one("windows.md", lambda s: front(s, f"title: {s.title}\ndate: {s.day}").replace("\n", "\r\n"), new)
    yield one("headed.md", lambda s: f"# {s.title}\n\n{s.body}\n", new, dated=False)
    yield one("underlined.md", lambda s: f"{s.title}\n{'=' * 30}\n\n{s.body}\n", new, dated=False)
    yield one("fronted-and-headed.md", lambda s: f"---\ndate: {s.day}\n---\n# {s.title} #\n\n{s.body}\n", new)
    yield one("empty-matter.md", lambda s: f"---\n---\n# {s.title}\n\n{s.body}\n", new, dated=False)
    yield File("open.md", b"---\ntitle: FOREIGN\n\nFOREIGN text", fault="has no end")
    yield File("no-yaml.md", b"---\ntitle: [FOREIGN\n---\n\nFOREIGN", fault="is not YAML")
    yield File("bare.md", b"---\ntitle: FOREIGN\n---\n", fault="no text below its title")
