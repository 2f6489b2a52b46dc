"""Made-up reports, each of which can be told from all others, and files around them."""

import datetime as dt
import gzip
import html
import io
import zipfile
from typing import NamedTuple

PLACES = "Vell Harle Orrin Lorn Sarn Teck Mirow Adel Brask Corrin Dunmere Eskel".split()
KINDS = "Storm Flood Strike Vote Fire Trial Merger Drought Summit Protest".split()


class Story(NamedTuple):
    title: str
    day: dt.date
    paragraphs: tuple[str, ...]
    source: str = "The Harle Courier"

    @property
    def body(self):
        return "\n".join(self.paragraphs)

    @property
    def url(self):
        return f"https://e.org/{self.title.lower().replace(' ', '-')}"

    def html(self):
        return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in self.paragraphs)


def story(n):
    place, kind = PLACES[n % len(PLACES)], KINDS[n // len(PLACES) % len(KINDS)]
    paragraphs = (
        f"The {kind.lower()} in {place} left {100 + n} people without a home, minister Lena Sorrell said on Tuesday.",
        f"Some {1000 + 7 * n} more were waiting for buses at {n + 3} schools, where the mayor spoke to them.",
        f"The district has {2000 + 13 * n} beds; its council meets in {n + 2} days to say who pays for the repairs.",
    )
    return Story(f"{kind} number {n} troubles {place}", dt.date(2031, 1, 1) + dt.timedelta(days=n), paragraphs)


def page(story, *, head="", nav=True, lang="en"):
    menu = "<nav><ul><li>FOREIGN menu</li><li>FOREIGN sport</li></ul></nav>" if nav else ""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{html.escape(story.title)}</title>{head}'
        f'<meta property="article:published_time" content="{story.day}T09:00:00Z"></head><body>{menu}'
        f"<article><h1>{html.escape(story.title)}</h1>{story.html()}</article>"
        "<footer>FOREIGN foot</footer></body></html>"
    )


def text(story, mark="\n"):
    return mark.join([story.title, f"date: {story.day}", f"source: {story.source}", *story.paragraphs]) + mark


def zipped(files, *, compress=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def mail(story, body, *, kind="plain", headers="", subject=None, day=None, charset="utf-8", identity=True):
    when = day or f"{story.day:%a, %d %b %Y} 23:30:00 -0500"
    known = f"Message-ID: <{story.title.replace(' ', '.').lower()}@e.org>\n" if identity else ""
    return (
        f"From: {story.source} <news@e.org>\nTo: FOREIGN reader <reader@e.org>\nSubject: {subject or story.title}\n"
        f"Date: {when}\n{known}MIME-Version: 1.0\n{headers}Content-Type: text/{kind}; charset={charset}\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}"
    ).encode(charset if charset != "x-unknown" else "utf-8")


def multipart(story, parts, kind="alternative"):
    inner = "".join(f"--edge\n{head}\n\n{body}\n" for head, body in parts)
    return (
        f"From: {story.source} <news@e.org>\nSubject: {story.title}\nDate: {story.day:%d %b %Y} 08:00:00 +0000\n"
        f"Message-ID: <m{story.day}@e.org>\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=edge\n\n"
        f"FOREIGN preamble\n{inner}--edge--\n"
    ).encode()


def docx(story, *, style="Title", table=False, struck=False, box=False, header=True):
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    document.core_properties.title = "FOREIGN template"
    document.core_properties.created = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    document.sections[0].header.paragraphs[0].text = "FOREIGN running head"
    document.add_paragraph(story.title, style=style)
    if header:
        document.add_paragraph(f"date: {story.day}")
        document.add_paragraph(f"source: {story.source}")

    def run(words):
        return f'<w:t xml:space="preserve">{words}</w:t>'

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for number, paragraph in enumerate(story.paragraphs):
        if table and number == 1:
            document.add_table(1, 1).cell(0, 0).text = paragraph
            continue
        added = document.add_paragraph("" if struck or box else paragraph)
        if struck:
            half = len(paragraph) // 2
            for piece in (
                f"<w:r {space}>{run(paragraph[:half])}</w:r>",
                f'<w:del {space} w:id="1" w:author="x"><w:r><w:delText>FOREIGN struck</w:delText></w:r></w:del>',
                f'<w:ins {space} w:id="2" w:author="x"><w:r>{run(paragraph[half:])}</w:r></w:ins>',
            ):
                added._p.append(parse_xml(piece))
        if box:
            added._p.append(
                parse_xml(f"<w:sdt {space}><w:sdtContent><w:r><w:t>{paragraph}</w:t></w:r></w:sdtContent></w:sdt>")
            )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(story, *, info=True, code="ansi"):
    def escaped(line):
        return "".join(c if ord(c) < 128 and c not in "\\{}" else f"\\u{ord(c)}?" for c in line)

    about = r"{\info{\title FOREIGN title}{\author FOREIGN}{\creatim\yr1999\mo1\dy1}}" if info else ""
    lines = [story.title, f"date: {story.day}", *story.paragraphs]
    return (
        rf"{{\rtf1\{code}\deff0{{\fonttbl{{\f0 Times;}}}}{about}\f0 " + r"\par ".join(map(escaped, lines)) + "}"
    ).encode()


def epub(stories, *, publisher="The Harle Courier", day=None, nav=True, locked=False, container=True, fonts=False):
    files = {"mimetype": "application/epub+zip"}
    if container:
        files["META-INF/container.xml"] = (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
        )
    if locked:
        files["META-INF/encryption.xml"] = (
            '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
            + "".join(f'<enc:CipherReference URI="OEBPS/s{n}.xhtml"/>' for n in range(len(stories)))
            + "</encryption>"
        )
    if fonts:
        files["OEBPS/a.otf"] = "FOREIGN"
        files["META-INF/encryption.xml"] = '<encryption><CipherReference URI="OEBPS/a.otf"/></encryption>'
    items = "".join(f'<item id="s{n}" href="s{n}.xhtml"/>' for n in range(len(stories)))
    refs = "".join(f'<itemref idref="s{n}"/>' for n in range(len(stories)))
    files["OEBPS/content.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>FOREIGN book</dc:title><dc:date>{day or stories[0].day}</dc:date>"
        f"<dc:publisher>{publisher}</dc:publisher></metadata><manifest>"
        f'<item id="nav" href="nav.xhtml" properties="nav"/><item id="c" href="cover.xhtml"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/><itemref idref="c"/>{refs}</spine></package>'
    )
    files["OEBPS/nav.xhtml"] = "<html><body><nav>" + "FOREIGN contents " * 30 + "</nav></body></html>"
    files["OEBPS/cover.xhtml"] = "<html><body>FOREIGN cover</body></html>"
    for n, one in enumerate(stories):
        files[f"OEBPS/s{n}.xhtml"] = (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>FOREIGN</title></head>'
            f"<body><h1>{html.escape(one.title)}</h1>{one.html()}</body></html>"
        )
    return zipped(files)


def warc(records, *, packed=False):
    """Records: (url, status, content type, bytes). Not made by the library that reads them."""
    made = [_record("warcinfo", None, "application/warc-fields", b"software: FOREIGN\r\n")]
    for url, status, kind, data in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
        made.append(_record("response", url, "application/http; msgtype=response", answer))
    return b"".join(gzip.compress(record) if packed else record for record in made)


def _record(kind, url, content_type, block):
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2035-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def mhtml(story, *, kind="text/html", location=None, extra=""):
    import quopri

    body = quopri.encodestring(page(story).encode()).decode()
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {location or story.url}\nSubject: FOREIGN\n"
        "Date: Mon, 01 Jan 2035 00:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="edge"\n\n\n'
        f"--edge\nContent-Type: {kind}\nContent-ID: <frame@mhtml.blink>\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: {location or story.url}\n\n{body}\n{extra}--edge--\n"
    ).encode()
