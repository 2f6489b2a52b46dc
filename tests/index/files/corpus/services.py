"""JSON documents, as services, programs and newsrooms give them."""

import json

from tests.index.files.corpus.making import File, items, lines, one, several


def json_documents(new):
    yield several(
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
                    for i in items(s)
                ],
            }
        ),
        new,
        note="urlToImage",
    )
    yield several(
        "cut.json",
        lambda s: json.dumps(
            {
                "articles": [
                    {**i, "content": i["content"] + "… [+1234 chars]", "description": "FOREIGN"}
                    for i in items(s, text="content")
                ]
            }
        ),
        new,
        note="cut off",
    )
    yield several(
        "multihop.json",
        lambda s: json.dumps(
            [{**i, "author": "FOREIGN", "category": "FOREIGN"} for i in items(s, text="body", date="published_at")]
        ),
        new,
        note="category",
    )
    yield one(
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
    yield several(
        "elastic.json",
        lambda s: json.dumps(
            {"took": 1, "hits": {"total": 3, "hits": [{"_id": str(n), "_source": i} for n, i in enumerate(items(s))]}}
        ),
        new,
    )
    yield several("by-id.json", lambda s: json.dumps({f"key-{n}": i for n, i in enumerate(items(s))}), new)
    yield several(
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
    yield several(
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
    yield several("lines.json", lambda s: lines(items(s, text="short_description", title="headline", url="link")), new)
    yield several("list.json", lambda s: json.dumps(items(s, text="body")), new)
    yield several(
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
    yield several("mixed.json", lambda s: json.dumps([*items(s), 7, {"title": "FOREIGN"}]), new, fault="is no object")
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
    yield File("cut-off.json", json.dumps(items([new()]))[:150].encode(), fault="is not JSON")
    yield from _services(new)


def _each(name, make, around, new, **right):
    """A document with the reports in a list, each as its service writes it, within what is around the list."""
    return several(name, lambda s: json.dumps(around(list(map(make, s)))), new, **right)


def _services(new):
    def plain(s, date="publishedAt", text="content", **more):
        return {"title": s.title, text: s.body, "url": s.url, date: f"{s.day}T08:00:00Z", **more}

    yield _each(
        "gnews.json",
        lambda s: (
            plain(s, description="FOREIGN", image="FOREIGN", source={"name": s.source, "url": "https://e.org"})
            | {"content": f"{s.body} ... [1234 chars]"}
        ),
        lambda some: {"totalArticles": 3, "articles": some},
        new,
        note="cut off",
    )
    yield _each(
        "currents.json",
        lambda s: (
            plain(s, text="description", date="published", category=["FOREIGN"], image="None")
            | {"published": f"{s.day} 08:00:00 +0000"}
        ),
        lambda some: {"status": "ok", "news": some},
        new,
        note="category",
    )
    yield _each(
        "paid-plans.json",
        lambda s: plain(
            s, text="description", date="pubDate", source_id="courier", content="ONLY AVAILABLE IN PAID PLANS"
        ),
        lambda some: {"status": "success", "totalResults": 3, "results": some},
        new,
    )
    yield _each(
        "mediastack.json",
        lambda s: plain(s, text="description", date="published_at", source=s.source, category="FOREIGN"),
        lambda some: {"pagination": {"limit": 3}, "data": some},
        new,
    )
    yield _each(
        "event-registry.json",
        lambda s: {
            "uri": s.url,
            "lang": "eng",
            "date": str(s.day),
            "time": "08:00:00",
            "title": s.title,
            "body": s.body,
            "url": s.url,
            "source": {"uri": "e.org", "title": s.source},
        },
        lambda some: {"articles": {"page": 1, "results": some}},
        new,
    )
    yield _each(
        "times.json",
        lambda s: {
            "headline": {"main": s.title, "kicker": "FOREIGN"},
            "pub_date": f"{s.day}T05:00:00+0000",
            "web_url": s.url,
            "lead_paragraph": s.body,
            "source": s.source,
        },
        lambda some: {"status": "OK", "response": {"docs": some, "meta": {"hits": 3}}},
        new,
    )
    yield _each(
        "diffbot.json",
        lambda s: {
            "type": "article",
            "title": s.title,
            "text": s.body,
            "date": f"{s.day:%a, %d %b %Y} 08:00:00 GMT",
            "siteName": s.source,
            "pageUrl": s.url,
        },
        lambda some: {"request": {"api": "article"}, "objects": some},
        new,
    )
    yield _each(
        "removed.json",
        plain,
        lambda some: {
            "articles": [
                *some,
                {
                    "title": "[Removed]",
                    "content": "[Removed]",
                    "description": "[Removed]",
                    "url": "https://removed.com",
                },
            ]
        },
        new,
        fault="has no `text`",
    )
    yield _each(
        "solr.json",
        lambda s: {"id": s.url, "title": [s.title], "content": [s.body], "date": [f"{s.day}T08:00:00Z"]},
        lambda some: {"responseHeader": {"status": 0}, "response": {"numFound": 3, "docs": some}},
        new,
    )
    yield _each(
        "graph.json",
        lambda s: {"node": plain(s)},
        lambda some: {"data": {"articles": {"edges": some, "pageInfo": {}}}},
        new,
    )
    yield _each(
        "rows.json",
        lambda s: {"row_idx": 1, "row": plain(s), "truncated_cells": []},
        lambda some: {"features": [{"name": "title"}], "rows": some},
        new,
    )
    yield _each(
        "couch.json",
        lambda s: {"id": s.url, "key": s.url, "value": {"rev": "1"}, "doc": {"_id": s.url, **plain(s)}},
        lambda some: {"total_rows": 3, "rows": some},
        new,
    )
    yield _each(
        "ninjs.json",
        lambda s: {"uri": s.url, "headline": s.title, "versioncreated": f"{s.day}T08:00:00Z", "body_text": s.body},
        lambda some: some,
        new,
    )
    yield _each(
        "content-of-media.json",
        lambda s: {
            "id": s.url,
            "type": "story",
            "headline": s.title,
            "bodyText": s.body,
            "firstPublished": f"{s.day}T08:00:00Z",
        },
        lambda some: {"results": some},
        new,
    )
    yield _each(
        "linked.json",
        lambda s: {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": s.title,
            "articleBody": s.body,
            "datePublished": f"{s.day}T08:00:00Z",
            "dateModified": "2035-01-01",
            "publisher": {"@type": "Organization", "name": s.source},
            "url": s.url,
        },
        lambda some: some,
        new,
    )
    yield _each(
        "linked-graph.json",
        lambda s: {"@type": "NewsArticle", "headline": s.title, "articleBody": s.body, "datePublished": f"{s.day}"},
        lambda some: {"@context": "https://schema.org", "@graph": some},
        new,
    )
