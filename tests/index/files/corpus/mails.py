# ruff: noqa: E501  pages are easier to read in a line each
"""Mails, newsletters and mailboxes."""

import base64
import quopri

from tests.index.files.corpus.making import File, one, several
from tests.index.files.stories import mail, multipart, story


def mails(new):
    yield one("plain.eml", lambda s: mail(s, s.body), new)
    yield one("wrapped.eml", lambda s: mail(s, s.body.replace(", ", ",\r\n")), new)
    yield one("html.eml", lambda s: mail(s, f"<html><body>{s.html()}</body></html>", kind="html"), new)
    yield one(
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
    yield one(
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
    yield one(
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
    yield one(
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
    yield one(
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
    yield one(
        "forwarded.eml",
        lambda s: multipart(
            s,
            [("Content-Type: text/plain", s.body), ("Content-Type: message/rfc822", "Subject: FOREIGN\n\nFOREIGN")],
            "mixed",
        ),
        new,
    )
    yield one("signed.eml", lambda s: mail(s, f"{s.body}\n-- \nFOREIGN signature\n"), new)
    yield one(
        "notices.eml",
        lambda s: mail(
            s,
            f"View this email in your browser\n\n{s.body}\n\n"
            "You are receiving this email because of FOREIGN.\nUnsubscribe\n© 2031 FOREIGN. All rights reserved.\n",
        ),
        new,
    )
    yield one(
        "encoded.eml",
        lambda s: mail(s, s.body, subject=f"=?utf-8?b?{base64.b64encode(s.title.encode()).decode()}?="),
        new,
    )
    yield one("folded.eml", lambda s: mail(s, s.body, subject=s.title.replace(" ", "\n ", 1)), new)
    yield one("unknown.eml", lambda s: mail(s, s.body, charset="x-unknown"), new)
    yield one("nameless.eml", lambda s: mail(s, s.body, identity=False), new)

    def upper(one):
        return one._replace(title=one.title.upper())

    yield several(
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
    yield several(
        "rules.eml",
        lambda s: mail(story(998), "\n\n".join(f"{x.title}\n{'=' * 20}\n\n{x.body}" for x in s), day=_day_of(s)),
        lambda: _same_day(new()),
    )
    yield several(
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
    yield from _letters(new)
    yield from _odd_mails(new)


def _letters(new):
    def marked(name, html, **right):
        return one(f"{name}.eml", lambda s: mail(s, html(s), kind="html"), new, **right)

    yield marked("tables", lambda s: "<table><tr><td>" + "</td></tr><tr><td>".join(s.paragraphs) + "</td></tr></table>")
    yield marked(
        "preheader",
        lambda s: (
            f"<body><div style='display:none;max-height:0'>FOREIGN preview {'&zwnj;&nbsp;' * 40}</div>{s.html()}</body>"
        ),
    )
    yield marked(
        "styled",
        lambda s: (
            f"<html><head><style>FOREIGN{{}}</style><title>FOREIGN</title></head><body><!-- FOREIGN --><!--[if mso]><p>FOREIGN</p><![endif]-->{s.html()}<img src=x alt=FOREIGN></body></html>"
        ),
    )
    yield marked(
        "footed",
        lambda s: (
            f"{s.html()}<p>You are receiving this because you signed up.</p><p><a href=x>Unsubscribe</a> | <a href=y>FOREIGN</a></p><p>FOREIGN Ltd, 1 High Street</p>"
        ),
    )
    yield one(
        "related.eml",
        lambda s: multipart(
            s,
            [
                ("Content-Type: text/html; charset=utf-8", s.html()),
                ("Content-Type: image/png\nContent-ID: <a>", "FOREIGN"),
            ],
            "related",
        ),
        new,
    )
    yield one(
        "nested.eml",
        lambda s: multipart(
            s,
            [
                (
                    "Content-Type: multipart/alternative; boundary=inner",
                    f"--inner\nContent-Type: text/plain; charset=utf-8\n\n{s.body}\n--inner\nContent-Type: text/html\n\n<p>FOREIGN</p>\n--inner--",
                )
            ],
            "mixed",
        ),
        new,
    )
    yield one(
        "signed-by-key.eml",
        lambda s: multipart(
            s,
            [
                ("Content-Type: text/plain; charset=utf-8", s.body),
                (
                    "Content-Type: application/pgp-signature; name=signature.asc\nContent-Disposition: attachment; filename=signature.asc",
                    "FOREIGN",
                ),
            ],
            "signed",
        ),
        new,
        note="signature.asc",
    )
    yield one(
        "invited.eml",
        lambda s: multipart(
            s, [("Content-Type: text/plain; charset=utf-8", s.body), ("Content-Type: text/calendar", "FOREIGN")]
        ),
        new,
    )
    yield one("flowed.eml", lambda s: mail(s, s.body.replace(", ", ", \n"), headers="X-Note: FOREIGN\n"), new)
    yield one("short-date.eml", lambda s: mail(s, s.body, day=f"{s.day:%-d %b %Y} 08:00 EST"), new)
    yield one("undated.eml", lambda s: mail(s, s.body).replace(b"\nDate:", b"\nX-Date:"), new, dated=False)
    yield one("windows.eml", lambda s: mail(s, s.body).replace(b"\n", b"\r\n"), new)
    yield one("lying.eml", lambda s: mail(s, s.body, charset="us-ascii"), new)
    yield one(
        "quoted-name.eml",
        lambda s: mail(s, s.body).replace(b"From: The Harle Courier", b'From: "Courier, The Harle" <a@e.org>, x'),
        new,
    )


def _odd_mails(new):
    yield one(
        "half-parts.eml",
        lambda s: multipart(s, [("Content-Type: text/plain; charset=utf-8", s.body)]).replace(b"--edge--", b""),
        new,
    )
    yield File(
        "secret.eml",
        multipart(
            new(),
            [
                ("Content-Type: application/pgp-encrypted", "Version: 1"),
                ("Content-Type: application/octet-stream", "FOREIGN"),
            ],
            "encrypted",
        ),
        fault="e-mail without text",
    )
    yield File("empty.eml", mail(new(), ""), fault="e-mail without text")
    yield File("zero.eml", b"", fault="is no e-mail")
    yield File("headers.eml", b"From: a@e.org\nSubject: FOREIGN\n", fault="e-mail without text")
    yield File(
        "cyrillic.eml",
        b"From: a@e.org\nSubject: FOREIGN\n\n" + "Президент сказал во вторник, что поедет.".encode("koi8_r"),
        fault="encoding that cannot be told",
    )


def _same_day(one):
    return one._replace(day=story(0).day)


def _day_of(stories):
    return f"{stories[0].day:%a, %d %b %Y} 08:00:00 +0000"
