"""Archives of files and of sites: what is in them, at any depth, and what is wrong or means harm."""

import gzip
import io
import tarfile
import zipfile

from tests.index.files.corpus.making import KAGGLE, File, one, several, table
from tests.index.files.stories import docx, mail, page, text, warc, zipped


def archives(new):
    def files(stories):
        return {f"2031-0{n}/storm.txt": text(s).encode() for n, s in enumerate(stories, start=1)}

    def nested(stories, depth):
        data = zipped(files(stories))
        for n in range(depth):
            data = zipped({f"inner-{n}.zip": data})
        return data

    yield several("folders.zip", lambda s: zipped(files(s)), new)
    yield several(
        "kinds.zip", lambda s: zipped({"a.html": page(s[0]), "b.docx": docx(s[1]), "c.csv": table(s[2:], KAGGLE)}), new
    )
    yield several(
        "mac.zip",
        lambda s: zipped({**files(s), "__MACOSX/._a.txt": "FOREIGN", ".hidden.txt": "FOREIGN", "README.md": "FOREIGN"}),
        new,
    )
    yield several(
        "others.zip",
        lambda s: zipped({**files(s), "a.png": b"FOREIGN", "b.xls": b"FOREIGN", "x.json": b"{}"}),
        new,
        note="3 other files not read (1 .json, 1 .png, 1 .xls)",
    )
    yield several("nested.zip", lambda s: nested(s, 1), new)
    yield File("deep.zip", nested([new()], 4), fault="lies in more than 3 archives")
    yield several(
        "climbing.zip", lambda s: zipped({**files(s), "../../up.txt": "FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield several(
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
    yield several(
        "one-broken.zip", lambda s: zipped({**files(s), "empty.txt": "FOREIGN"}), new, fault="no text below its title"
    )
    yield several("plain.tar", lambda s: _tar(files(s)), new)
    for ending, mode in {".tgz": "w:gz", ".tar.gz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}.items():
        yield several(f"packed{ending}", lambda s, mode=mode: _tar(files(s), mode), new)
    yield several("links.tar", lambda s: _tar({**files(s), "link.txt": None}), new, fault="is a link or a device")
    yield several(
        "climbing.tar", lambda s: _tar({**files(s), "../up.txt": b"FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield several("cut.tar", lambda s: _tar(files(s))[: 3 * 1024 + 100], new, fault="cut off after 3 files")
    yield File("half.tar.gz", _tar(files([new()]), "w:gz")[:-20], fault="not a whole gzip file")
    yield File("bomb.tar.xz", _tar({"a.txt": bytes(30_000_000)}, "w:xz"), fault="unpacks to more than")
    yield File("none.tar", b"FOREIGN" * 200, fault="is damaged or cut off")
    yield from _odd_archives(new, files)


def _odd_archives(new, files):
    yield several("stored.zip", lambda s: zipped(files(s), compress=zipfile.ZIP_STORED), new)
    yield several("lzma.zip", lambda s: zipped(files(s), compress=zipfile.ZIP_LZMA), new)
    yield several("bzip.zip", lambda s: zipped(files(s), compress=zipfile.ZIP_BZIP2), new)
    yield several("letters.zip", lambda s: zipped({f"März/Überblick {n}.txt": text(x) for n, x in enumerate(s)}), new)
    yield several("site.zip", lambda s: zipped({f"news/{n}/index.html": page(x) for n, x in enumerate(s)}), new)
    yield several(
        "packed-in.zip",
        lambda s: zipped({f"{n}.txt.gz": gzip.compress(text(x).encode()) for n, x in enumerate(s)}),
        new,
    )
    yield several("tar-in.zip", lambda s: zipped({"inner.tar.gz": _tar(files(s), "w:gz")}), new)
    yield several("self-extracting.zip", lambda s: b"MZ" + bytes(300) + zipped(files(s)), new)
    yield several(
        "one-locked.zip",
        lambda s: _encrypted(zipped({"0.txt": "FOREIGN\nFOREIGN", **files(s)})),
        new,
        fault="is encrypted",
    )
    yield several(
        "one-bad.zip",
        lambda s: _with_fault(zipped({"0.txt": "FOREIGN\nFOREIGN", **files(s)}, compress=zipfile.ZIP_STORED)),
        new,
        fault="is damaged or cut off in its archive",
    )
    yield several("pax.tar", lambda s: _tar({f"{'long/' * 40}{name}": data for name, data in files(s).items()}), new)
    yield several(
        "absolute.tar", lambda s: _tar({**files(s), "/etc/up.txt": b"FOREIGN\nFOREIGN"}), new, fault="leads out"
    )
    yield several("mail-in.zip", lambda s: zipped({f"{n}.eml": mail(x, x.body) for n, x in enumerate(s)}), new)
    yield several("same-names.zip", lambda s: zipped({f"{n}/a.html": page(x) for n, x in enumerate(s)}), new)
    yield File(
        "looped.zip",
        zipped({"a.zip": zipped({"b.tar": _tar({"c.zip": zipped({"d.zip": zipped({"e.txt": "FOREIGN\nFOREIGN"})})})})}),
        fault="lies in more than 3 archives",
    )
    yield File("zero.zip", b"", fault="is damaged or cut off")
    yield File("zero.tar", b"", fault="is damaged or cut off")


def _with_fault(data):
    """The zip with a letter of its first file changed."""
    return data.replace(b"FOREIGN\nFOREIGN", b"FOREIGN\nFOREIGM", 1)


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


def archives_of_sites(new):
    def pages_of(stories, *more):
        return [(s.url, "200 OK", "text/html; charset=utf-8", page(s).encode()) for s in stories] + list(more)

    moved = ("https://e.org/", "301 Moved Permanently", "text/html", b"FOREIGN")
    image = ("https://e.org/a.png", "200 OK", "image/png", b"FOREIGN")
    yield several("site.warc", lambda s: warc(pages_of(s)), new)
    yield several("site.warc.gz", lambda s: warc(pages_of(s, moved, image), packed=True), new, note="1 image/png")
    yield several(
        "again.warc.gz",
        lambda s: warc([(s[0].url, "200 OK", "text/html", b"FOREIGN, an earlier version"), *pages_of(s)], packed=True),
        new,
        note="more than once",
    )
    yield several(
        "front.warc",
        lambda s: warc(
            pages_of(s, ("https://e.org/front", "200 OK", "text/html", b"<html><body>FOREIGN</body></html>"))
        ),
        new,
        fault="holds no article",
    )
    yield several(
        "cut.warc.gz",
        lambda s: warc(pages_of(s), packed=True) + warc(pages_of(s), packed=True)[:100],
        new,
        fault="cut off after",
    )
    yield several("cut.warc", lambda s: warc(pages_of(s)) + warc(pages_of(s))[:100], new, fault="cut off after")
    yield File("none.warc", b"FOREIGN", fault="is no WARC")
    yield File("bomb.warc.gz", gzip.compress(b"WARC/1.0\r\n" + bytes(30_000_000)), fault="unpacks to more than 20 MB")
    yield File("zero.warc.gz", gzip.compress(b""), fault="is no WARC")
    yield several("new.warc", lambda s: warc(pages_of(s)).replace(b"WARC/1.0", b"WARC/1.1"), new)
    yield several("typed.warc", lambda s: warc([(x.url, "200 OK", "text/html", page(x).encode()) for x in s]), new)
    yield several(
        "chunked.warc",
        lambda s: warc(
            [(x.url, "200 OK", "text/html\r\nTransfer-Encoding: chunked", _chunked(page(x).encode())) for x in s]
        ),
        new,
    )
    yield several(
        "squeezed.warc",
        lambda s: warc(
            [(x.url, "200 OK", "text/html\r\nContent-Encoding: gzip", gzip.compress(page(x).encode())) for x in s]
        ),
        new,
    )
    yield one(
        "document.warc",
        lambda s: warc(
            [
                ("https://e.org/a.json", "200 OK", "application/json", b'{"FOREIGN": 1}'),
                (s.url, "200 OK", "text/html", page(s).encode()),
            ]
        ),
        new,
        note="1 other file not read (1 .json)",
    )
    yield File(
        "only-pictures.warc",
        warc([("https://e.org/a.png", "200 OK", "image/png", b"FOREIGN")]),
        fault="holds no file that can be read",
    )


def _chunked(data):
    half = len(data) // 2
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (data[:half], data[half:], b""))
