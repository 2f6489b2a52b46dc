# ruff: noqa: E501  pages are easier to read in a line each
"""Web pages, as servers and browsers save them, under several endings and under none."""

import base64
import html
import json

from tests.index.files.corpus.making import File, one, quoting, several
from tests.index.files.stories import epub, mail, mhtml, page


def pages(new):
    for name in ("a.html", "b.htm", "c.xhtml", "d.shtml", "e.php", "f.aspx", "story", "story.2", "saved.html?page=2"):
        yield one(name, page, new)
    yield one("declared.xhtml", lambda s: '<?xml version="1.0" encoding="utf-8"?>\n' + page(s), new)
    yield File("made.php", b"<?php echo 'FOREIGN'; ?>", is_read=False)
    yield File("LICENSE", b"FOREIGN terms\n\nFOREIGN", is_read=False)
    yield File("program", b"\x7fELF" + bytes(500), is_read=False)
    yield File("empty.xhtml", b"", fault="holds no article")
    yield from _shapes(new)
    yield from _none(new)


def saved_pages(new):
    yield one("saved.mhtml", mhtml, new)
    yield one("saved.mht", lambda s: mhtml(s, extra="--edge\nContent-Type: text/html\n\n<p>FOREIGN frame</p>\n"), new)
    yield File("picture.mhtml", mhtml(new(), kind="image/png"), fault="holds no page")
    yield one("letter", lambda s: mail(s, s.body), new)
    yield one(
        "framed.mht",
        lambda s: mhtml(s).replace(b"--edge\n", b"--edge\nContent-Type: text/css\n\nFOREIGN{}\n--edge\n", 1),
        new,
    )
    yield one("local.mhtml", lambda s: mhtml(s, location="file:///C:/page.html"), new)
    yield one("based.mhtml", lambda s: _based(s, page(s).encode()), new)
    yield one(
        "based-western.mhtml", lambda s: _based(s, page(s).encode("cp1252"), "windows-1252"), lambda: quoting(new())
    )
    yield File("cut.mhtml", mhtml(new())[:330], fault="holds no article")
    yield File("none.mhtml", b"FOREIGN", fault="holds no page")
    yield File(
        "forged.mhtml",
        b"Content-Type: multipart/related; boundary=a\n"
        + b"\n--a\nContent-Type: multipart/related; boundary=a\n" * 200,
        fault="parts in parts",
    )


def _based(s, data, charset="utf-8"):
    inner = base64.encodebytes(data).decode()
    return (
        f"Snapshot-Content-Location: {s.url}\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=edge\n\n--edge\n"
        f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: base64\n\n{inner}\n--edge--\n"
    )


def bare(s, body, head=""):
    """A page of nothing but its article, undated unless something in it says the day."""
    return f"<!DOCTYPE html><html><head><title>{html.escape(s.title)}</title>{head}</head><body>{body}</body></html>"


def article(s, inner="", after=""):
    return f"<article><h1>{html.escape(s.title)}</h1>{inner}{s.html()}{after}</article>"


def _shapes(new):
    def dated(s, body, head=""):
        return bare(s, body, f'<meta property="article:published_time" content="{s.day}T09:00:00Z">{head}')

    def of(name, body, **right):
        return one(f"{name}.html", lambda s: dated(s, body(s)), new, **right)

    yield of("breaks", lambda s: f"<div id=content><h1>{s.title}</h1>" + "<br><br>".join(s.paragraphs) + "</div>")
    yield of(
        "shouted",
        lambda s: f"<CENTER><H1>{s.title}</H1></CENTER><FONT SIZE=2>" + "<P>".join(("", *s.paragraphs)) + "</FONT>",
    )
    yield one(
        "listed.html",
        lambda s: dated(s, f"<article><h1>{s.title}</h1><ul>{s.html().replace('<p>- ', '<li>')}</ul></article>"),
        lambda: _listed(new()),
    )
    yield of(
        "quoted",
        lambda s: (
            f"<article><h1>{s.title}</h1><p>{s.paragraphs[0]}</p><blockquote><p>{s.paragraphs[1]}</p></blockquote><p>{s.paragraphs[2]}</p></article>"
        ),
    )
    yield of(
        "spans",
        lambda s: article(s).replace("people", "<span><b>peo</b>ple</span>").replace("mayor", "<a href='/m'>mayor</a>"),
    )
    yield of("logo", lambda s: f"<header><h1 class=logo>FOREIGN Post</h1></header><main>{article(s)}</main>")
    yield of(
        "archived",
        lambda s: (
            "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp-base'><div id='wm-ipp'><p>FOREIGN 12 captures</p><ul><li>FOREIGN Feb</li></ul></div></div><!-- END WAYBACK TOOLBAR INSERT -->"
            + article(s)
        ),
    )
    yield of(
        "single-file",
        lambda s: (
            f"<!-- Page saved with SingleFile url: {s.url} --><img src='data:image/png;base64,{'A' * 30_000}'>"
            + article(s)
        ),
    )
    yield of("shared", lambda s: article(s, "<ul class=share-buttons><li><a href='/x'>FOREIGN share</a></li></ul>"))
    yield of(
        "advertised",
        lambda s: article(
            s,
            "<div class='ad-slot advert'><p>FOREIGN: buy two tyres and get two more, only this week and while stocks last.</p></div>",
        ),
    )
    yield of("nested", lambda s: f"<div><div><section><div>{article(s)}</div></section></div></div>")
    yield of("half-tags", lambda s: article(s).replace("</p>", "").replace("</article>", ""))
    yield of("references", lambda s: article(s).replace("minister", "&#109;inister"))
    yield one("fragment.html", lambda s: f"<h1>{s.title}</h1>{s.html()}", new, dated=False)
    yield one(
        "titled.html",
        lambda s: (
            f"<html><head><title>{s.title} | The Harle Courier</title></head><body><article>{s.html()}</article></body></html>"
        ),
        new,
        dated=False,
    )
    yield one(
        "amp.html",
        lambda s: dated(
            s, f"<amp-sidebar><ul><li>FOREIGN</li></ul></amp-sidebar>{article(s)}<amp-ad>FOREIGN</amp-ad>"
        ).replace("<html>", "<html ⚡>"),
        new,
    )
    yield one(
        "declared-western.html",
        lambda s: dated(s, article(s), "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'>").encode(
            "cp1252"
        ),
        lambda: quoting(new()),
    )
    yield one("undeclared-western.html", lambda s: dated(s, article(s)).encode("cp1252"), lambda: quoting(new()))
    yield one("wide.html", lambda s: dated(s, article(s)).encode("utf-16"), new)
    yield one(
        "teased.html",
        lambda s: dated(
            s,
            f"<article><h1>{s.title}</h1><p>{s.paragraphs[0]}</p><p>{s.paragraphs[1]}</p><div class=paywall><p>FOREIGN: subscribe now to read on, cancel any time.</p></div></article>",
        ),
        lambda: _begun(new()),
    )
    yield several(
        "two.html",
        lambda s: bare(s[0], "".join(article(x, f"<time datetime='{x.day}'>x</time>") for x in s)),
        new,
        number=2,
    )


def _listed(one):
    return one._replace(paragraphs=tuple(f"- {paragraph}" for paragraph in one.paragraphs))


def _begun(one):
    return one._replace(paragraphs=one.paragraphs[:2])


def _none(new):
    yield File(
        "frames.html",
        b"<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset></html>",
        fault="holds no article",
    )
    yield File(
        "moved.html",
        b"<html><head><meta http-equiv=refresh content='0; url=/FOREIGN'></head><body>FOREIGN</body></html>",
        fault="holds no article",
    )
    yield File(
        "drawn.html",
        bare(
            new(),
            f"<div id=__next></div><script id=__NEXT_DATA__ type='application/json'>{json.dumps({'text': 'FOREIGN ' * 90})}</script>",
        ).encode(),
        fault="holds no article",
    )
    yield File(
        "consent.html",
        bare(
            new(),
            f"<h1>FOREIGN</h1>{'<p>We and our partners use cookies. By clicking Accept all you agree to the use of cookies and to our privacy policy.</p>' * 3}",
        ).encode(),
        fault="only a form",
    )
    yield File(
        "robot.html",
        bare(
            new(),
            f"<h1>Just a moment...</h1>{'<p>Enable JavaScript and cookies to continue. Verify you are human by completing the action below. FOREIGN</p>' * 2}",
        ).encode(),
        fault="holds no article",
    )
    yield File("picture.html", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, fault="is not text")
    yield File("book.html", epub([new()]), fault="is not text")
    yield File("zero.html", b"", fault="holds no article")
    yield File("blank.html", b" \n \n", fault="holds no article")
    yield File(
        "folder.html",
        (
            "<html><body><h1>Index of /news</h1><pre>"
            + "<a href=a>a.html</a> 2031-03-04 FOREIGN 12K\n" * 40
            + "</pre></body></html>"
        ).encode(),
        fault="holds no article",
    )
