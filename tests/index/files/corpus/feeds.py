"""Feeds (RSS 0.9 to 2.0, Atom) and the items of agencies, with markup at several depths, and XML that is neither."""

import gzip
import html

from tests.index.files.corpus.making import File, one, several

DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:wp="http://wordpress.org/export/1.2/"'
)


def _escaped(text, times=1):
    for _ in range(times):
        text = html.escape(text, quote=False)
    return text


def _section(text):
    return f"<![CDATA[{text}]]>"


def _day(s):
    return f"{s.day:%a, %d %b %Y} 23:30:00 -0500"


def _described(s, inner):
    return f"<description>{inner}</description>"


def _encoded(s, inner, brief="FOREIGN, in short."):
    return f"<description>{brief}</description><content:encoded>{inner}</content:encoded>"


def item(s, text, *, day=_day, identity=True, more=""):
    guid = f'<guid isPermaLink="false">urn:{s.url}</guid>' if identity else ""
    when = f"<pubDate>{day(s)}</pubDate>" if day else ""
    return f"<item><title>{_escaped(s.title)}</title><link>{s.url}</link>{guid}{when}{text}{more}</item>"


def rss(items, *, head=DECLARED, after=""):
    return (
        f'{head}<rss version="2.0" {SPACES}><channel><title>The Harle Courier</title><link>https://e.org</link>'
        f"<description>FOREIGN</description>{''.join(items)}{after}</channel></rss>"
    )


def atom(stories, content, *, more="", dates=True):
    entries = "".join(
        f"<entry><title>{_escaped(s.title)}</title><id>urn:{s.url}</id><link rel='edit' href='https://e.org/FOREIGN'/>"
        f"<link href='{s.url}'/>{f'<published>{s.day}T08:00:00Z</published>' if dates else ''}"
        f"<updated>{'2035-01-01' if dates else s.day}T08:00:00Z</updated>{content(s)}{more}</entry>"
        for s in stories
    )
    return (
        f'{DECLARED}<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harle Courier</title>'
        f"<updated>2035-01-01T00:00:00Z</updated>{entries}</feed>"
    )


def feeds(new):
    yield from _at_several_depths(new)
    yield from _atom_and_others(new)
    yield from _dates(new)
    yield from _odd(new)
    yield from _no_feeds(new)


def _at_several_depths(new):
    def of(name, text, **right):
        return several(name, lambda s: rss(item(x, text(x)) for x in s), new, **right)

    yield of("plain.rss", lambda s: _described(s, _escaped(s.body)))
    yield of("escaped.rss", lambda s: _described(s, _escaped(s.html())))
    yield of("twice.rss", lambda s: _described(s, _escaped(s.html(), 2)))
    yield of("section.rss", lambda s: _described(s, _section(s.html())))
    yield of("escaped-in-section.rss", lambda s: _described(s, _section(_escaped(s.html()))))
    yield of("section-escaped.rss", lambda s: _described(s, _escaped(_section(s.html()))))
    yield of("section-in-section.rss", lambda s: _described(s, _section(_escaped(_section(s.html())))))
    yield of(
        "middle.rss",
        lambda s: _described(
            s, f"{_escaped(s.paragraphs[0])} {_section(s.paragraphs[1])} {_escaped(f'<b>{s.paragraphs[2]}</b>')}"
        ),
    )
    yield of("halves.rss", lambda s: _described(s, _section(s.html()[:90]) + _section(s.html()[90:])))
    yield of("both.rss", lambda s: _encoded(s, _section(s.html())))
    yield of("both-escaped.rss", lambda s: _encoded(s, _escaped(s.html(), 2)))
    yield of("described.rss", lambda s: _encoded(s, "", _escaped(s.html())))
    yield of(
        "scripts.rss",
        lambda s: _encoded(s, _section(f"<style>p{{FOREIGN}}</style>{s.html()}<script>FOREIGN('<p>')</script>")),
    )
    yield of(
        "pictures.rss",
        lambda s: (
            _encoded(s, _section(f"<img src='x' alt='FOREIGN'>{s.html()}"))
            + f"<media:content url='x'><media:title>FOREIGN</media:title><media:description>{'FOREIGN ' * 99}"
            "</media:description></media:content>"
        ),
    )
    yield of(
        "appeared.rss",
        lambda s: _encoded(
            s,
            _section(
                f"{s.html()}<p>The post <a href='{s.url}'>{s.title}</a> appeared first on <a href='/'>FOREIGN</a>.</p>"
            ),
        ),
    )


def _atom_and_others(new):
    def xhtml(s):
        return f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{s.html()}</div></content>'

    yield several("html.atom", lambda s: atom(s, lambda x: f'<content type="html">{_escaped(x.html())}</content>'), new)
    yield several("xhtml.atom", lambda s: atom(s, xhtml), new)
    yield several("text.atom", lambda s: atom(s, lambda x: f"<content>{_escaped(x.body)}</content>"), new)
    yield several("summary.atom", lambda s: atom(s, lambda x: f"<summary>{_escaped(x.body)}</summary>"), new)
    yield several("only-updated.atom", lambda s: atom(s, xhtml, dates=False), new)
    yield several(
        "source.atom",
        lambda s: atom(s, xhtml, more="<source><id>x</id><title>The Harle Courier</title></source>"),
        new,
    )
    yield several(
        "one.rdf.xml",
        lambda s: (
            f'{DECLARED}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            f' {SPACES}><channel rdf:about="https://e.org"><title>The Harle Courier</title></channel>'
            + "".join(
                f'<item rdf:about="{x.url}"><title>{x.title}</title><link>{x.url}</link>'
                f"<dc:date>{x.day}T08:00:00+01:00</dc:date>{_described(x, _escaped(x.body))}</item>"
                for x in s
            )
            + "</rdf:RDF>"
        ),
        new,
    )
    yield several(
        "agency.xml",
        lambda s: (
            f'{DECLARED}<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
            + "".join(
                f'<newsItem guid="urn:{x.url}"><itemMeta><versionCreated>2035-01-01</versionCreated></itemMeta>'
                f"<contentMeta><contentCreated>{x.day}T08:00:00Z</contentCreated><headline>{x.title}</headline>"
                '</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">'
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>FOREIGN</title></head><body>{x.html()}</body>'
                "</html></inlineXML></contentSet></newsItem>"
                for x in s
            )
            + "</itemSet></newsMessage>"
        ),
        new,
    )


def _dates(new):
    def of(name, day, **right):
        return several(name, lambda s: rss(item(x, _described(x, _escaped(x.body)), day=day) for x in s), new, **right)

    yield of("short-year.rss", lambda s: f"{s.day:%a, %d %b %y} 08:00:00 GMT")
    yield of("iso.rss", lambda s: f"{s.day} 08:00:00")
    yield of("eastern.rss", lambda s: f"{s.day:%a, %-d %b %Y} 08:00 EST")
    yield of("wrong-weekday.rss", lambda s: f"Xyz, {s.day:%d %B %Y} 08:00:00 +0200")
    yield of("undated.rss", None, dated=False)
    yield of("nonsense.rss", lambda _: "soon", dated=False, warning="is no day that can be read")


def _odd(new):
    def made(stories, **how):
        return rss([item(s, _described(s, _escaped(s.body))) for s in stories], **how)

    yield several("blank-line.rss", lambda s: f"\n\n{made(s)}", new)
    yield several("doctype.rss", lambda s: made(s, head='<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "r.dtd">'), new)
    yield several(
        "entities.rss", lambda s: made(s).replace("</description>", "&nbsp;&hellip;</description>", 1), new, fault=None
    )
    yield several("marked.rss", lambda s: b"\xef\xbb\xbf" + made(s).encode(), new)
    yield several("wide.rss", lambda s: made(s, head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"), new)
    yield several(
        "western.rss", lambda s: made(s, head='<?xml version="1.0" encoding="windows-1252"?>').encode("cp1252"), new
    )
    yield several("packed.xml.gz", lambda s: gzip.compress(made(s).encode()), new)
    yield several("feed", made, new)
    yield several("linked.rss", lambda s: rss(item(x, _described(x, _escaped(x.body)), identity=False) for x in s), new)
    yield several(
        "exported.xml",
        lambda s: rss(
            [item(x, _encoded(x, _section(x.html()))) for x in s],
            after="<item><title>FOREIGN</title><guid>a</guid><content:encoded></content:encoded></item>",
        ),
        new,
        fault="has next to no text",
    )
    yield several(
        "nameless.rss",
        lambda s: rss([*(item(x, _described(x, x.body)) for x in s), f"<item>{_described(0, 'FOREIGN ' * 50)}</item>"]),
        new,
        fault="neither id nor link",
    )
    yield several(
        "twice-in.rss",
        lambda s: rss([item(s[0], _described(s[0], s[0].body)), item(s[0], _described(0, "FOREIGN words " * 50))]),
        new,
        number=1,
        fault="urn:",
    )
    teaser = new()
    yield File("teasers.rss", rss([item(teaser, "<description>FOREIGN.</description>")]).encode(), fault="as a teaser")
    yield File("cut.rss", made([teaser])[:-60].encode(), fault="is not well-formed")
    yield File("ampersand.rss", made([teaser]).replace("Some", "A&B").encode(), fault="is not well-formed")
    yield File("empty.rss", rss([]).encode(), fault="without an entry")
    yield File(
        "bomb.rss",
        b'<!DOCTYPE rss [<!ENTITY a "FOREIGN"><!ENTITY b "&a;&a;&a;">]><rss><item><guid>&b;</guid></item></rss>',
        fault="declares XML entities",
    )
    yield File("unknown.rss", b'<?xml version="1.0" encoding="x-none"?><rss></rss>', fault="encoding")


def _no_feeds(new):
    yield one("page.xml", lambda s: f"<!DOCTYPE html><html><body>FOREIGN {s.url}", new)._replace(
        stories=(), is_read=False
    )
    yield File("sitemap.xml", b"<urlset><url><loc>https://e.org/FOREIGN</loc></url></urlset>", is_read=False)
    yield File("subscriptions.xml", b"<opml version='2.0'><body><outline text='FOREIGN'/></body></opml>", is_read=False)
    yield File("picture.svg.xml", b"<svg xmlns='http://www.w3.org/2000/svg'><text>FOREIGN</text></svg>", is_read=False)
    yield File("zero.xml", b"", is_read=False)
