"""Documents of word processors, books and PDF."""

import datetime as dt
import io
from textwrap import wrap
from zipfile import ZipFile

from tests.index.files.corpus.making import File, one, quoting, several
from tests.index.files.pdfs import column, make_pdf
from tests.index.files.stories import Story, docx, epub, page, rtf, story, zipped


def word(new):
    yield one("titled.docx", docx, new)
    yield one("headed.docx", lambda s: docx(s, style="Heading 1"), new)
    yield one("normal.docx", lambda s: docx(s, style="Normal"), new)
    yield one("undated.docx", lambda s: docx(s, header=False), new, dated=False)
    yield one("table.docx", lambda s: docx(s, table=True), new)
    yield one("tracked.docx", lambda s: docx(s, struck=True), new)
    yield one("controls.docx", lambda s: docx(s, box=True), new)
    yield File("half.docx", docx(new())[:-400], fault="is damaged or cut off")
    yield File("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), fault="is encrypted")
    yield File("other.docx", zipped({"a.txt": "FOREIGN"}), fault="is no whole Word document")
    yield File("bomb.docx", zipped({"word/document.xml": bytes(30_000_000)}), fault="unpacks to more than 20 MB")
    yield one(
        "linked.docx", lambda s: _word(s, lambda p, t: _inner(p, f"<w:hyperlink {W}>{_run(t)}</w:hyperlink>")), new
    )
    yield one(
        "fields.docx",
        lambda s: _word(
            s,
            lambda p, t: _inner(
                p,
                f"<w:r {W}><w:instrText>FOREIGN</w:instrText></w:r>",
                f'<w:fldSimple {W} w:instr="FOREIGN">{_run(t)}</w:fldSimple>',
            ),
        ),
        new,
    )
    yield one("broken-runs.docx", lambda s: _word(s, lambda p, t: [p.add_run(letter) for letter in t]), new)
    yield one(
        "tabs.docx", lambda s: _word(s, lambda p, t: p.add_run(t.replace(" ", "\t", 2).replace(", ", ",\n"))), new
    )
    yield one(
        "tagged.docx",
        lambda s: _word(s, lambda p, t: _inner(p, f'<w:smartTag {W} w:element="place">{_run(t)}</w:smartTag>')),
        new,
    )
    yield one("letterhead.docx", lambda s: _word(s, lambda p, t: p.add_run(t), before=3), new)
    yield File("blank.docx", _word(Story("", dt.date(2031, 1, 1), ())), fault="no text below its title")
    yield File("book.docx", epub([new()]), fault="is no whole Word document")
    yield File("zero.docx", b"", fault="is damaged or cut off")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(words):
    return f'<w:r {W}><w:t xml:space="preserve">{words}</w:t></w:r>'


def _inner(paragraph, *pieces):
    from docx.oxml import parse_xml

    for piece in pieces:
        paragraph._p.append(parse_xml(piece))


def _word(s, fill=None, before=0):
    """A document whose paragraphs are filled by a function of theirs."""
    from docx import Document

    document = Document()
    for _ in range(before):
        document.add_paragraph("")
    if s.title:
        document.add_paragraph(s.title, style="Title")
        document.add_paragraph(f"date: {s.day}")
    for paragraph in s.paragraphs:
        fill(document.add_paragraph(), paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rich_text(new):
    yield one("plain.rtf", rtf, new)
    yield one("letters.rtf", rtf, lambda: quoting(new()))
    yield one("bare.rtf", lambda s: rtf(s, info=False), new)
    yield File("named.rtf", b"FOREIGN text that is none", fault="is not RTF")
    yield File("empty.rtf", rb"{\rtf1\ansi }", fault="no text below its title")

    def of(name, body, head="", **right):
        return one(
            f"{name}.rtf",
            lambda s: rf"{{\rtf1\ansi\ansicpg1252 {head}{body([s.title, f'date: {s.day}', *s.paragraphs])}}}".encode(
                "cp1252"
            ),
            new,
            **right,
        )

    yield of("lines", lambda lines: "\\\n".join(lines), r"{\*\expandedcolortbl;;}\f0\fs24 \cf0 ")
    yield of(
        "fonts",
        r"\par ".join,
        r"{\fonttbl\f0\froman FOREIGN;}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 FOREIGN;}}",
    )
    yield of("heads", r"\par ".join, r"{\header FOREIGN head\par}{\footer FOREIGN foot\par}")
    yield of(
        "pictures",
        lambda lines: (
            r"\par ".join(lines[:3]) + r"{\pict\pngblip\picw9 " + "89504e47" * 40 + r"}\par " + r"\par ".join(lines[3:])
        ),
    )
    yield of(
        "fields",
        lambda lines: r"\par ".join(lines).replace(
            "minister", r'{\field{\*\fldinst HYPERLINK "https://e.org/FOREIGN"}{\fldrslt minister}}'
        ),
    )
    yield of("bold", lambda lines: r"\pard\plain {\b " + lines[0] + r"}\par " + r"\par\pard ".join(lines[1:]))
    yield one(
        "western.rtf",
        lambda s: (
            r"{\rtf1\ansi\ansicpg1252 "
            + r"\par ".join([s.title, f"date: {s.day}", *s.paragraphs]).translate(
                {c: rf"\'{bytes([b]).hex()}" for b, c in WESTERN.items()}
            )
            + "}"
        ),
        lambda: quoting(new()),
    )
    yield File("cut.rtf", rb"{\rtf1\ansi FOREIGN title", fault="no text below its title")


WESTERN = {b: ord(bytes([b]).decode("cp1252")) for b in range(160, 256)} | {
    b: ord(bytes([b]).decode("cp1252")) for b in (145, 146, 147, 148, 150, 151)
}


def books(new):
    def same(stories):
        return tuple(s._replace(day=stories[0].day) for s in stories)

    for name, options in {
        "paper.epub": {},
        "calibre.epub": {"publisher": "calibre"},
    }.items():
        first = several(name, lambda s, options=options: epub(s, **options), new)
        yield first._replace(stories=same(first.stories))
    yield File("locked.epub", epub([new(), new()], locked=True), fault="is encrypted")
    yield File("bare.epub", epub([new()], container=False), fault="is no whole EPUB")
    yield File("half.epub", epub([new()])[:-30], fault="is damaged or cut off")
    yield File("covers.epub", epub([Story("FOREIGN", story(0).day, ("FOREIGN",))]), fault="no document with text")
    yield from _odd_books(new)


def _odd_books(new):
    def made(name, change, **options):
        first = several(name, lambda s: _changed(epub(s, **options), change), new)
        return first._replace(stories=tuple(s._replace(day=first.stories[0].day) for s in first.stories))

    def in_package(old, new_text):
        return lambda name, data: data.replace(old, new_text) if name.endswith(".opf") else data

    yield made("fonts.epub", lambda _, data: data, fonts=True)
    yield made(
        "dates.epub",
        in_package(
            b"<dc:date>",
            b'<dc:date xmlns:o="http://www.idpf.org/2007/opf" o:event="modification">2035-01-01</dc:date><dc:date>',
        ),
    )
    yield made("spaced.epub", in_package(b"s0.xhtml", b"./s0.xhtml"))
    yield made(
        "declared.epub",
        lambda name, data: (
            data.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>')
            if name.endswith("xhtml")
            else data
        ),
    )
    yield made("aside.epub", in_package(b'<itemref idref="c"/>', b'<itemref idref="c" linear="no"/>'))
    yield File(
        "missing.epub",
        _changed(epub([new()]), lambda name, data: None if name.endswith("s0.xhtml") else data),
        fault="is missing",
    )
    yield File(
        "malformed.epub", _changed(epub([new()]), in_package(b"<manifest>", b"<manifest")), fault="not well-formed"
    )
    yield File("document.epub", docx(new()), fault="is no whole EPUB")
    yield File("bomb.epub", zipped({"META-INF/container.xml": bytes(30_000_000)}), fault="unpacks to more than 20 MB")
    yield File("named.epub", b"FOREIGN", fault="is damaged or cut off")


def _changed(data, change):
    """The zip with its files changed by a function of name and bytes; None takes one out."""
    with ZipFile(io.BytesIO(data)) as archive:
        files = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped({name: content for name, content in files.items() if content is not None})


def pdfs(new):
    def lines(s):
        return [line for paragraph in s.paragraphs for line in (*wrap(paragraph, 70), "")]

    def info(s):
        return f"/CreationDate (D:{s.day:%Y%m%d}093000Z)"

    def paper(s, title="", head=True):
        rows = [(50, 760, 20, s.title)] if head else []
        return make_pdf([[*rows, *column(lines(s))]], info(s) + (f" /Title ({title})" if title else ""))

    yield one("plain.pdf", paper, new)
    yield one("titled.pdf", lambda s: paper(s, title=s.title), new)
    yield one("word.pdf", lambda s: paper(s, title="Microsoft Word - FOREIGN.doc"), new)
    yield one("undated.pdf", lambda s: make_pdf([[(50, 760, 20, s.title), *column(lines(s))]]), new, dated=False)
    yield one("report", paper, new)
    yield one(
        "pages.pdf",
        lambda s: make_pdf(
            [
                [
                    (50, 820, 8, f"The Courier, page {n}"),
                    *([(50, 760, 20, s.title)] if n == 1 else []),
                    *column(wrap(p, 70)),
                ]
                for n, p in enumerate(s.paragraphs, 1)
            ],
            info(s),
        ),
        new,
    )
    yield one("letters.pdf", paper, lambda: quoting(new()))
    yield File("scan.pdf", make_pdf([[]]), fault="next to no text")
    yield File("cut.pdf", make_pdf([column(["FOREIGN"])])[:150], fault="is not a whole PDF file")
    yield File("none.pdf", b"FOREIGN", fault="is not a whole PDF file")
    yield File("page.pdf", page(new()).encode(), fault="is not a whole PDF file")
    yield File("zero.pdf", b"", fault="is not a whole PDF file")
    yield File(
        "locked.pdf",
        make_pdf([column(["FOREIGN"])]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /FOREIGN >>"),
        fault="is ",
    )
