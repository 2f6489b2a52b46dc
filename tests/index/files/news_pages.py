# ruff: noqa: E501, C901  pages are easier to read in a line each
"""A made-up newsroom's pages, feeds and folders, a third of them broken or odd, and what is right for each of them.

Foreign text (consent, paywalls, teasers, what is hidden) always has the word ZORBLAX in it, so that none can hide.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field

PLACES = "Varn Harle Selmouth Vell Orrin Lorn Druse Kellow Maris Tann".split()
NAMES = ["Mara Ellin", "Jon Akers", "Ilse Brandt", "Lena Sorrell", "Tomas Greel", "Ada Minning"]
CONSENT = (
    "<p>We and our ZORBLAX partners use cookies to store and access personal data such as browsing data on your device. "
    "By clicking “Accept all” you agree to the use of cookies. You can change your choices in our privacy policy.</p>"
    "<p>With your consent ZORBLAX and our 842 partners use precise geolocation data. Manage your preferences.</p>"
)
PAYWALL = (
    "<p>This article is for ZORBLAX subscribers only. Subscribe now to continue reading: unlimited digital access for "
    "1 crown a month, cancel any time. Already a subscriber? Log in to your account.</p>"
)
TEASER = "<h3><a href='/x'>ZORBLAX council votes to close the zoo</a></h3><p>The ZORBLAX zoo is to close in May, says its director, who spoke at length.</p>"


@dataclass
class Story:
    """One article: the headline, its day, and its sentences in order."""

    number: int
    title: str = ""
    day: dt.date = dt.date.min
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        n, place, name = self.number, PLACES[self.number % 10], NAMES[self.number % 6]
        self.title = f"Storm number {n} reaches {place}"
        self.day = dt.date(2031, 1 + n % 12, 13 + n % 15)
        self.lines = [
            f"Storm number {n} reached {place} in the morning and took {n + 3} roofs with it, said mayor {name}.",
            f"The fire brigade of {place} counted {n + 20} calls by noon, and {n + 2} people were hurt by falling tiles.",
            f"“Nobody has seen such a storm in {n + 30} years,” said {name}, who had come to the town hall on foot.",
            f"The railway to {PLACES[(n + 3) % 10]} stays closed until the line has been looked at, its owner said.",
        ]

    @property
    def paragraphs(self) -> str:
        return "\n".join(f"<p>{html.escape(line)}</p>" for line in self.lines)


@dataclass
class Case:
    """A file, and the articles that it holds; none where it is to be named as a fault.

    Attributes:
        odd: whether the file is broken or odd.
        extra: lines that belong to the first article beside those of its story.
        updated: the day of its last change.
    """

    name: str
    data: bytes
    stories: list[Story]
    odd: bool = False
    extra: list[str] = field(default_factory=list)
    updated: dt.date | None = None


def page(story: Story, body: str, head: str = "", title: str = "") -> str:
    menu = "".join(f"<li><a href='/{w}'>{w} ZORBLAX</a></li>" for w in ("Home", "World", "Sport"))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title or story.title + ' | The Post'}</title>"
        f"<meta property='og:title' content='{story.title}'><meta property='og:site_name' content='The Post'>{head}</head>"
        f"<body><header><nav><ul>{menu}</ul></nav></header>{body}<footer><ul>{menu}</ul><p>Copyright ZORBLAX Press</p>"
        "</footer></body></html>"
    )


def article(story: Story, inner: str = "", after: str = "") -> str:
    return f"<main><article><h1>{story.title}</h1>{inner}{story.paragraphs}{after}</article></main>"


def meta(story: Story, name: str = "article:published_time", time: str = "T09:00:00Z") -> str:
    return f"<meta property='{name}' content='{story.day}{time}'>"


def ld(*nodes: dict[str, object]) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(node)}</script>" for node in nodes)


def node(story: Story, kind: str | list[str] = "NewsArticle", **more: object) -> dict[str, object]:
    return {"@type": kind, "headline": story.title, "datePublished": f"{story.day}T08:00:00+01:00", **more}


LATER, EARLIER = "2031-12-30", "2029-01-02"

PAGES: dict[str, Callable[[Story], str]] = {
    "plain": lambda s: page(s, article(s), meta(s)),
    "aside": lambda s: page(
        s,
        article(s).replace("main>", "div>").replace("article>", "aside>") + f"<div id=cookie>{CONSENT}</div>",
        meta(s),
    ),
    "consent-before": lambda s: page(
        s, f"<div class='cmp-container' role=dialog>{CONSENT}</div>" + article(s), meta(s)
    ),
    "consent-in-main": lambda s: page(s, f"<main><div class=gdpr-banner>{CONSENT}</div>{article(s)[6:]}", meta(s)),
    "paywall-after": lambda s: page(s, article(s, after=f"<div class=paywall>{PAYWALL}</div>"), meta(s)),
    "newsletter": lambda s: page(
        s,
        article(
            s,
            after="<div class='newsletter-signup'><h2>Sign up</h2><p>Sign up to our ZORBLAX newsletter for a round-up of the stories of the day, every morning.</p></div>",
        ),
        meta(s),
    ),
    "hidden": lambda s: page(
        s,
        article(
            s,
            f"<div hidden><p>ZORBLAX {'hidden words of another page ' * 5}</p></div>",
            f"<p style='display: none'>ZORBLAX {'not to be seen ' * 9}</p><div aria-hidden=true><p>ZORBLAX {'not to be read aloud ' * 9}</p></div>",
        ),
        meta(s),
    ),
    "template": lambda s: page(
        s,
        article(
            s,
            f"<template><p>ZORBLAX {'a mould ' * 20}</p></template><noscript><p>ZORBLAX switch on scripts to read more of this page, please do it now.</p></noscript>",
        ),
        meta(s),
    ),
    "related": lambda s: page(
        s, article(s, after=f"<div class='related-stories'><h2>Related</h2>{TEASER * 3}</div>"), meta(s)
    ),
    "teaser-cards": lambda s: page(
        s,
        article(s)
        + "<section>"
        + f"<article class=card>{TEASER}<time datetime='{EARLIER}'>x</time></article>" * 4
        + "</section>",
        meta(s),
    ),
    "read-more": lambda s: page(
        s,
        article(
            s,
            "<p class=read-more><a href='/z'>READ MORE: ZORBLAX zoo closes its doors for ever after a vote of the council</a></p>",
        ),
        meta(s),
    ),
    "most-read": lambda s: page(s, f"<div class=sidebar><h2>Most read</h2>{TEASER * 2}</div>" + article(s), meta(s)),
    "ld-article": lambda s: page(s, article(s), ld(node(s, dateModified=LATER))),
    "ld-video": lambda s: page(
        s,
        article(s),
        ld({"@type": "VideoObject", "name": "Storms", "datePublished": EARLIER, "uploadDate": EARLIER}) + meta(s),
    ),
    "ld-site": lambda s: page(
        s, article(s), ld({"@type": "WebSite", "name": "The Post", "datePublished": EARLIER}, node(s))
    ),
    "ld-graph": lambda s: page(
        s,
        article(s),
        ld(
            {
                "@graph": [
                    {"@type": "WebPage", "datePublished": LATER},
                    {"@type": "Organization"},
                    node(s, ["NewsArticle", "Article"]),
                ]
            }
        ),
    ),
    "ld-other-article": lambda s: page(
        s, article(s), ld({"@type": "NewsArticle", "headline": "ZORBLAX zoo closes", "datePublished": EARLIER}, node(s))
    ),
    "ld-list": lambda s: page(
        s,
        article(s),
        ld(
            {
                "@type": "ItemList",
                "itemListElement": [{"@type": "NewsArticle", "headline": "ZORBLAX", "datePublished": EARLIER}],
            }
        )
        + meta(s),
    ),
    "meta-modified": lambda s: page(
        s,
        article(s),
        f"<meta property='article:modified_time' content='{LATER}'><meta property='og:updated_time' content='{LATER}'>"
        + meta(s),
    ),
    "related-time": lambda s: page(
        s,
        f"<div class=teaser><article>{TEASER}<time datetime='{EARLIER}'>2 January</time></article></div>"
        + article(s, f"<p class=byline>By Ada Minning <time datetime='{s.day}T07:00'>this morning</time></p>"),
    ),
    "updated-time": lambda s: page(
        s,
        article(
            s,
            f"<div class=meta>Updated <time class=updated datetime='{LATER}'>x</time> Published <time class=published datetime='{s.day}'>x</time></div>",
        ),
    ),
    "microdata": lambda s: page(
        s,
        article(
            s, f"<meta itemprop=datePublished content='{s.day}'><meta itemprop=dateModified content='{LATER}'>"
        ).replace("<article>", "<article itemscope itemtype='https://schema.org/NewsArticle'>"),
    ),
    "microdata-video": lambda s: page(
        s,
        article(
            s,
            f"<div itemscope itemtype='https://schema.org/VideoObject'><meta itemprop=datePublished content='{EARLIER}'></div>",
        ),
        meta(s),
    ),
    "text-dateline": lambda s: page(
        s, article(s).replace("<p>", f"<p>{PLACES[s.number % 10].upper()}, {s.day:%-d %B %Y} (HP) — ", 1)
    ),
    "published-line": lambda s: page(s, article(s, f"<div class=date>Published {s.day:%-d %B %Y}, 10:00</div>")),
    "zone-behind": lambda s: page(s, article(s), meta(s, time="T23:30:00-05:00")),
    "zone-ahead": lambda s: page(s, article(s), meta(s, time="T00:30:00+13:00")),
    "rfc-2822": lambda s: page(s, article(s), f"<meta name=pubdate content='{s.day:%a, %d %b %Y} 23:10:00 -0800'>"),
    "digits": lambda s: page(s, article(s), f"<meta name=date content='{s.day:%Y%m%d}093000'>"),
    "milliseconds": lambda s: page(
        s,
        article(s),
        f"<meta name=publishdate content='{int(dt.datetime(s.day.year, s.day.month, s.day.day, 9, tzinfo=dt.UTC).timestamp())}000'>",
    ),
    "points": lambda s: page(s, article(s), f"<meta name=date content='{s.day:%d.%m.%Y}'>"),
    "no-h1": lambda s: page(s, article(s).replace("h1>", "h2>"), meta(s)),
    "consent-unmarked": lambda s: page(s, article(s, CONSENT), meta(s)),
    "paywall-unmarked": lambda s: page(s, article(s, after=PAYWALL), meta(s)),
    "aside-h2": lambda s: page(
        s,
        article(s).replace("main>", "div>").replace("article>", "aside>").replace("h1>", "h2>")
        + f"<div class=cookie-notice>{CONSENT}</div>",
        meta(s),
    ),
    "modal-open": lambda s: page(
        s,
        f"<div id=root aria-hidden=true>{article(s)}</div><div role=dialog class=onetrust-pc>{CONSENT}</div>",
        meta(s),
    ),
    "screen-reader": lambda s: page(
        s, article(s, f"<p class='visually-hidden'>ZORBLAX {'for screen readers ' * 9}</p>"), meta(s)
    ),
    "inline-link": lambda s: page(
        s,
        article(
            s,
            after="<p><strong>Read next:</strong> <a href='/z'>ZORBLAX zoo closes its doors for ever after a vote of the council of the town</a></p>",
        ),
        meta(s),
    ),
    "related-list": lambda s: page(
        s,
        article(
            s,
            after="<ul class=article-list>"
            + "<li><a href='/z'>ZORBLAX zoo closes its doors for ever after a vote</a></li>" * 5
            + "</ul>",
        ),
        meta(s),
    ),
    "comments": lambda s: page(
        s,
        article(s)
        + "<div id=comments><h3>3 comments</h3>"
        + f"<div class=comment><p>ZORBLAX I think that {'it is wrong ' * 12}</p></div>" * 3
        + "</div>",
        meta(s),
    ),
    "ld-other-words": lambda s: page(
        s,
        article(s),
        ld(node(s, headline=f"{PLACES[s.number % 10]} storm number {s.number}: what we know", dateModified=LATER)),
    ),
    "ld-only-changed": lambda s: page(
        s, article(s), ld({"@type": "NewsArticle", "headline": s.title, "dateModified": LATER}) + meta(s)
    ),
    "figure": lambda s: page(
        s,
        article(
            s,
            "<figure><img src=x alt='ZORBLAX'><figcaption hidden>ZORBLAX picture of the day by somebody</figcaption></figure>",
        ),
        meta(s),
    ),
    "ld-section": lambda s: page(
        s,
        article(s),
        "<script type='application/ld+json; charset=utf-8'>//<![CDATA[\n" + json.dumps(node(s)) + "\n//]]></script>",
    ),
    "ambiguous-and-address": lambda s: page(
        s,
        article(s),
        f"<meta name=date content='{s.day:%m/%d/%Y}'><link rel=canonical href='https://post.example/{s.day:%Y/%m/%d}/storm'>",
    ),
    "divs": lambda s: page(
        s,
        f"<div class='layout newsletter-page'><div class='story related-topic'><div class=card><h1>{s.title}</h1><div class=text>{s.paragraphs}</div></div></div></div>",
        meta(s),
    ),
    "body-marked": lambda s: page(s, article(s), meta(s)).replace(
        "<body>", "<body class='cookie-banner-visible paywall-off'><div id=app class='consent-given'>"
    ),
    "header-time": lambda s: page(
        s,
        article(s)
        .replace("<h1>", "<header class='article-header'><h1>")
        .replace("</h1>", f"</h1><time datetime='{s.day}T10:00'>x</time></header>"),
    ),
    "heading-twice": lambda s: page(
        s,
        f"<div class=hero><h1>{s.title}</h1></div>"
        + article(s).replace("<h1>", "<h2 hidden>").replace("</h1>", "</h2>"),
        meta(s),
    ),
}
"""Pages with one article, each its story."""

ODD: dict[str, Callable[[Story], str | bytes]] = {
    "cut-off": lambda s: page(s, article(s), meta(s)).partition("</article>")[0],
    "unclosed": lambda s: page(s, article(s), meta(s)).replace("</p>", "").replace("</h1>", ""),
    "cp1252": lambda s: page(s, article(s), meta(s)).replace("charset=utf-8", "charset=windows-1252").encode("cp1252"),
    "utf-16": lambda s: page(s, article(s), meta(s)).encode("utf-16"),
    "ld-broken": lambda s: page(
        s, article(s), '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>' + meta(s)
    ),
    "ld-huge": lambda s: page(
        s, article(s), "<script type='application/ld+json'>" + "[" * 5000 + "</script>" + meta(s)
    ),
    "ld-odd-types": lambda s: page(
        s,
        article(s),
        ld({"@type": {"a": 1}, "headline": 7, "datePublished": ["x"]}, node(s, mainEntityOfPage=[1, {"@id": 3}])),
    ),
    "meta-nonsense": lambda s: page(s, article(s), "<meta name=date content='soon'>" + meta(s)),
    "deep": lambda s: page(s, "<div>" * 200 + article(s), meta(s)),
    "table": lambda s: page(
        s,
        f"<table><tr><td><ul><li>ZORBLAX</li></ul></td><td><h1>{s.title}</h1>{s.paragraphs}</td></tr></table>",
        meta(s),
    ),
}

ODD |= {
    "live-drawn": lambda s: page(
        s,
        f"<main><h1>{s.title}</h1><p>{s.lines[0]}</p><div id=posts></div></main>",
        ld(
            node(
                s,
                "LiveBlogPosting",
                liveBlogUpdate=[
                    {
                        "@type": "BlogPosting",
                        "articleBody": f"<p>{html.escape(line)}</p>",
                        "datePublished": f"{s.day}T10:0{n}:00Z",
                    }
                    for n, line in enumerate(s.lines[1:])
                ],
            )
        ),
    ),
    "no-date-but-changed": lambda s: page(
        s, article(s), ld({"@type": "NewsArticle", "headline": s.title, "dateModified": LATER}), s.title
    ),
    "about-cookies": lambda s: page(s, article(s), meta(s)),
}

GERMAN = "<p>Wir verwenden Cookies und brauchen dafür deine Einwilligung, ZORBLAX. Mehr steht in der Datenschutzerklärung. Alle akzeptieren oder Einstellungen ändern.</p>"

NOTHING: dict[str, Callable[[Story], str | bytes]] = {
    "only-consent": lambda s: page(s, f"<main><article><h1>{s.title}</h1>{CONSENT}</article></main>", meta(s)),
    "only-paywall": lambda s: page(
        s,
        f"<main><h1>{s.title}</h1>{PAYWALL}<p>Choose a plan: ZORBLAX Basic, Premium or Family, billed monthly.</p></main>",
        meta(s),
    ),
    "only-german-consent": lambda s: page(s, f"<main><h1>{s.title}</h1>{GERMAN * 2}</main>", meta(s)),
    "hidden-behind-paywall": lambda s: page(
        s,
        f"<main><h1>{s.title}</h1><div class=article-text style='display:none'>{s.paragraphs}</div><div class=offer>{PAYWALL}</div></main>",
        meta(s),
    ),
    "only-robot-check": lambda s: page(
        s,
        f"<h1>{s.title}</h1><p>ZORBLAX: Please verify you are a human. Enable JavaScript and cookies to continue. Checking your browser before accessing the page, this takes a few seconds only.</p>",
    ),
    "only-menu": lambda s: page(
        s,
        f"<main><h1>{s.title}</h1><ul>"
        + "".join(f"<li><a href='/{n}'>ZORBLAX section {n} of the paper</a></li>" for n in range(30))
        + "</ul></main>",
        meta(s),
    ),
    "only-teasers": lambda s: page(
        s, "<main>" + f"<article class=card>{TEASER}</article>" * 8 + "</main>", title="The Post: news"
    ),
    "empty": lambda _: b"",
    "drawn-by-script": lambda s: page(s, "<div id=root></div><script>draw('ZORBLAX ' * 99)</script>", meta(s)),
    "binary": lambda _: bytes(range(256)) * 20,
}


def rss(story: Story, times: int, *, section: bool = False, encoded: bool = False) -> str:
    inner = story.paragraphs
    if section:
        inner = inner.replace(f"<p>{html.escape(story.lines[1])}</p>", f"<![CDATA[{html.escape(story.lines[1])}]]>")
    for _ in range(times):
        inner = html.escape(inner, quote=False)
    text = f"<description>{inner}</description>"
    if encoded:
        text = (
            f"<description>Short of it.</description><content:encoded><![CDATA[{story.paragraphs}]]></content:encoded>"
        )
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Post</title>"
        f"<item><guid>urn:{story.number}</guid><title>{story.title}</title><pubDate>{story.day:%a, %d %b %Y} 22:00:00 -0700"
        f"</pubDate>{text}</item></channel></rss>"
    )


def cases() -> list[Case]:
    """All files; the same at every call."""
    found: list[Case] = []

    def add(name: str, make: Callable[[Story], str | bytes], *, odd: bool, stories: int = 1) -> None:
        story = Story(len(found))
        if name == "about-cookies":
            story.title = f"Court of {PLACES[story.number % 10]} rules on cookies and consent"
            story.lines.append(
                "The court said that sites must ask for consent before they use cookies to store personal data."
            )
        made = make(story)
        if name.startswith("no-date"):
            story.day = dt.date.min
        data = made.encode() if isinstance(made, str) else made
        updated = dt.date.fromisoformat(LATER) if name in (*UPDATED, "no-date-but-changed") else None
        extra = ["10:00", "10:01", "10:02"] if name == "live-drawn" else []
        found.append(Case(f"{name}-{len(found)}.html", data, [story] * stories, odd, extra, updated))

    for turn in range(2):
        for name, make in list(PAGES.items())[: len(PAGES) if turn else 33]:
            add(name, make, odd=False)
        for name, odd_make in ODD.items():
            add(name, odd_make, odd=True)
    for _ in range(3):
        for name, none in NOTHING.items():
            add(name, none, odd=True, stories=0)
    for times in (1, 2, 3):
        for section in (False, True):
            story = Story(len(found))
            found.append(Case(f"feed-{len(found)}.xml", rss(story, times, section=section).encode(), [story], section))
    story = Story(len(found))
    found.append(Case(f"feed-{len(found)}.xml", rss(story, 1, encoded=True).encode(), [story]))
    found += [_two(len(found)), _two(len(found) + 2), _live(len(found) + 9), _live(len(found) + 10)]
    for folder in range(10):
        for name in ("storm.txt", "index.html"):
            story = Story(len(found) + 20)
            text = f"{story.title}\ndate: {story.day}\n\n" + "\n".join(story.lines)
            data = text if name == "storm.txt" else page(story, article(story), meta(story))
            found.append(Case(f"2031/day-{folder}/{name}", data.encode(), [story]))
    return found


UPDATED = ("ld-article", "meta-modified", "updated-time", "microdata", "ld-other-words", "ld-only-changed")
"""Pages that say when they were changed last."""


def _two(number: int) -> Case:
    one, two = Story(number + 200), Story(number + 201)
    second = f"<article><h2>{two.title}</h2><time datetime='{two.day}'>x</time>{two.paragraphs}</article>"
    text = page(
        one, article(one, f"<time datetime='{one.day}'>x</time>").replace("</main>", second + "</main>"), meta(one)
    )
    return Case(f"two-{number}.html", text.encode(), [one, two], odd=True)


def _live(number: int) -> Case:
    story = Story(number + 300)
    times = ["09:15", "10:40", "12:05"]
    heads = [f"Roofs are off in {place}" for place in PLACES[:3]]
    posts = "".join(
        f"<article class='live-post'><time datetime='{story.day}T{time}'>{time}</time><h2>{head}</h2><p>{line}</p></article>"
        for time, head, line in zip(times, heads, story.lines[1:], strict=True)
    )
    points = "<section class=key-points><h2>Key points</h2><ul><li>The sea wall holds for now, says the mayor</li></ul></section>"
    body = f"<main><h1>{story.title}</h1><p>{story.lines[0]}</p>{points}<div class=posts>{posts}</div></main>"
    data = page(story, body, ld(node(story, "LiveBlogPosting", coverageStartTime=f"{story.day}T06:00")))
    extra = [*times, *heads, "Key points", "The sea wall holds for now, says the mayor"]
    return Case(f"live-{number}.html", data.encode(), [story], odd=True, extra=extra)
