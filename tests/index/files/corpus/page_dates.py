# ruff: noqa: E501  pages are easier to read in a line each
"""Pages that say in one way or another when their article was published, and when it was changed."""

import datetime as dt
import json

from tests.index.files.corpus.making import one
from tests.index.files.corpus.pages import article, bare


def pages_by_dates(new):
    yield from _written(new)
    yield from _described(new)


def _written(new):
    def said(name, line, **right):
        return one(f"{name}.html", lambda s: bare(s, article(s, f"<p class=date>{line(s)}</p>")), new, **right)

    def meta(name, element, **right):
        return one(f"{name}.html", lambda s: bare(s, article(s), element(s.day)), new, **right)

    months = {
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    }
    for code, form in {
        "de": "{0}. {1} {2}",
        "fr": "{0} {1} {2}",
        "es": "{0} de {1} de {2}",
        "ru": "{0} {1} {2}",
    }.items():
        element = f"<meta name=date content='{form}, 10:30'>"
        yield meta(
            f"month-{code}", lambda day, e=element, c=code: e.format(day.day, months[c][day.month - 1], day.year)
        )
    yield meta("japanese", lambda day: f"<meta name=date content='{day.year}年{day.month}月{day.day}日'>")
    yield meta(
        "core",
        lambda day: f"<meta name='DC.date.issued' content='{day}'><meta name='DC.date.modified' content='2035-01-01'>",
    )
    yield meta("sailing", lambda day: f"<meta name='sailthru.date' content='{day:%a, %d %b %Y} 08:00:00 +0000'>")
    yield meta(
        "changed-only",
        lambda _: (
            "<meta http-equiv=last-modified content='Mon, 01 Jan 2035 00:00:00 GMT'><meta property=og:updated_time content=2035-01-01>"
        ),
        dated=False,
    )
    yield meta(
        "seconds",
        lambda day: (
            f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'datePublished': int(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC).timestamp())})}</script>"
        ),
    )
    yield one(
        "address.html",
        lambda s: bare(s, article(s), f"<link rel=canonical href='https://e.org/news/{s.day:%Y/%m/%d}/storm'>"),
        new,
    )
    yield one("dateline.html", lambda s: bare(s, article(s)), lambda: _with_dateline(new()))


def _with_dateline(one):
    first, *rest = one.paragraphs
    return one._replace(paragraphs=(f"VELL, {one.day:%B %-d, %Y} (HP) — {first}", *rest))


def _described(new):
    def node(s, kind="NewsArticle", **more):
        return {
            "@context": "https://schema.org",
            "@type": kind,
            "headline": s.title,
            "datePublished": f"{s.day}T23:30:00-05:00",
            "dateModified": "2035-01-01T00:00:00Z",
            **more,
        }

    def of(name, script, **right):
        return one(
            f"{name}.html",
            lambda s: bare(s, article(s), f"<script type='application/ld+json'>{script(s)}</script>"),
            new,
            **right,
        )

    yield of(
        "listed-nodes", lambda s: json.dumps([{"@type": "BreadcrumbList", "datePublished": "2035-01-01"}, node(s)])
    )
    yield of(
        "graph-in-list",
        lambda s: json.dumps([{"@graph": [{"@type": "WebSite", "datePublished": "2035-01-01"}, node(s)]}]),
    )
    yield of(
        "of-page", lambda s: json.dumps({"@type": "WebPage", "datePublished": "2035-01-01", "mainEntity": node(s)})
    )
    yield of("types", lambda s: json.dumps(node(s, ["Article", "AnalysisNewsArticle"])))
    yield of("address-of-type", lambda s: json.dumps(node(s, "http://schema.org/ReportageNewsArticle")))
    yield of("posting", lambda s: json.dumps(node(s, "BlogPosting")))
    yield of("commented", lambda s: f"<!-- {json.dumps(node(s))} -->")
    yield of("broken-line", lambda s: json.dumps(node(s, description="FOREIGN")).replace("FOREIGN", "FOREIGN\n\tline"))
    yield of(
        "teasers",
        lambda s: json.dumps(
            [
                node(s),
                *(
                    {"@type": "NewsArticle", "headline": f"FOREIGN {n}", "datePublished": "2035-01-01"}
                    for n in range(3)
                ),
            ]
        ),
    )
    yield of(
        "film",
        lambda s: json.dumps(
            [
                {"@type": "VideoObject", "name": s.title, "uploadDate": "2035-01-01", "datePublished": "2035-01-01"},
                node(s),
            ]
        ),
    )
    yield one(
        "micro.html",
        lambda s: bare(
            s,
            "<div itemscope itemtype='http://schema.org/NewsArticle'>"
            + article(
                s,
                f"<span itemprop=datePublished content='{s.day}T10:00'></span><span itemprop=dateModified content='2035-01-01'></span>",
            )
            + "</div>",
        ),
        new,
    )
