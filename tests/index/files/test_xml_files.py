"""Feeds (RSS, Atom) and NewsML-G2."""

import datetime as dt

import pytest

from index.errors import ForeignFileError
from tests.index.files.reading import fault, only, read

TEXT = (
    "The river Soll rose by two metres on Monday night and flooded the lower streets of Varn, its mayor said. "
    "Four people died when a bridge gave way."
)
LONG = f"<p>{TEXT}</p><p>It <b>rains</b> &amp; rains.</p>"
PLAIN = f"{TEXT}\nIt rains & rains."


def rss(*items):
    return f"<rss version='2.0'><channel><title>The Harle Courier</title>{''.join(items)}</channel></rss>"


def item(inner=f"<description>{TEXT}</description>", guid="g1"):
    return (
        f"<item><title>River rises</title><guid isPermaLink='false'>{guid}</guid><link>https://courier.example/1</link>"
        f"<pubDate>Tue, 04 Mar 2031 06:00:00 GMT</pubDate>{inner}</item>"
    )


def test_rss():
    article = only(rss(item()), "news.rss")
    assert (article.id, article.title, article.text) == ("g1", "River rises", TEXT)
    assert (article.source, article.url) == ("The Harle Courier", "https://courier.example/1")
    assert article.date == dt.date(2031, 3, 4)


@pytest.mark.parametrize(
    "inner",
    [
        f"<description>{LONG.replace('&', '&amp;').replace('<', '&lt;')}</description>",
        f"<description>short</description><c:encoded xmlns:c='urn:c'><![CDATA[{LONG}]]></c:encoded>",
        f"<description>short</description><m:description xmlns:m='http://search.yahoo.com/mrss/'>{TEXT * 5}"
        f"</m:description><c:encoded xmlns:c='urn:c'><![CDATA[{LONG}]]></c:encoded>",
    ],
    ids=["escaped", "encoded", "of a picture"],
)
def test_the_text_is_the_longest_that_the_entry_gives(inner):
    assert only(rss(item(inner)), "news.rss").text == PLAIN


def test_marks_that_the_parser_of_html_does_not_know():
    text = "The river rose &lt;![foo[ by two ]]&gt; metres, &lt;b&gt;and&lt;/b&gt; the sirens failed. "
    text += "People in the lower town were woken by their neighbours, who had heard the water in the cellars."
    item = f"<item><guid>g</guid><title>Flood</title><description>{text}</description></item>"
    article = only(f"<rss version='2.0'><channel><title>Wire</title>{item}</channel></rss>", "a.rss")
    assert "rose <![foo[ by two ]]> metres, and the sirens" in article.text


def test_atom():
    article = only(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Harle Courier</title><entry><title>River rises</title>"
        "<id>urn:1</id><link rel='self' href='https://x.example'/><link href='https://courier.example/1'/>"
        "<published>2031-03-04T06:00:00Z</published><updated>2031-03-09T06:00:00Z</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{LONG}</div></content></entry></feed>",
        "news.atom",
    )
    assert (article.id, article.title, article.text) == ("urn:1", "River rises", PLAIN)
    assert (article.source, article.url) == ("The Harle Courier", "https://courier.example/1")
    assert article.date == dt.date(2031, 3, 4)


def test_rss_1():
    rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    entry = f"<item rdf:about='https://courier.example/1'><title>River</title><description>{TEXT}</description></item>"
    assert only(f"{rdf}<channel><title>Courier</title></channel>{entry}</rdf:RDF>", "news.xml").text == TEXT


def test_a_teaser_and_an_entry_without_id_are_named_and_the_others_read():
    bare = f"<item><description>{TEXT}</description></item>"
    content = read(rss(item("<description>More inside.</description>", "g0"), bare, item()), "news.rss")
    assert [article.id for article in content.articles] == ["g1"]
    assert [error.where for error in content.errors] == ["/articles/news.rss, entry 1", "/articles/news.rss, entry 2"]
    assert "next to no text" in content.errors[0].reason
    assert "neither id nor link" in content.errors[1].reason
    assert [error.ids for error in content.errors] == [{"g0"}, None]


def test_a_feed_without_entries():
    assert "a feed without an entry" in fault(rss(), "news.rss").reason


NEWS_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:1">
<itemMeta><provider qcode="nprov:HARLE"><name>Harle Press</name></provider>
<versionCreated>2031-03-09T06:00:00Z</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><contentCreated>2031-03-04T06:00:00Z</contentCreated><headline>River rises</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = f"<inlineXML><html><head><title>x</title></head><body>{LONG}</body></html></inlineXML>"
NITF = f"<inlineXML><nitf><body><body.head>x</body.head><body.content>{LONG}</body.content></body></nitf></inlineXML>"
DATA = f"<inlineData>{PLAIN.replace('&', '&amp;')}</inlineData>"


@pytest.mark.parametrize("content", [XHTML, NITF, DATA], ids=["xhtml", "nitf", "plain"])
def test_newsml(content):
    article = only(NEWS_ITEM.format(status="usable", content=content), "item.xml")
    assert (article.id, article.title, article.text) == ("urn:newsml:1", "River rises", PLAIN)
    assert (article.source, article.date) == ("Harle Press", dt.date(2031, 3, 4))


def test_a_message_of_items_some_of_which_are_no_articles():
    items = [
        NEWS_ITEM.format(status="usable", content=XHTML),
        NEWS_ITEM.format(status="canceled", content=XHTML).replace("newsml:1", "newsml:2"),
        NEWS_ITEM.format(status="usable", content="<remoteContent href='x.jpg'/>").replace("newsml:1", "newsml:3"),
    ]
    content = read(f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>", "message.xml")
    assert [article.id for article in content.articles] == ["urn:newsml:1"]
    assert ["cancelled" in content.errors[0].reason, "holds no text" in content.errors[1].reason] == [True, True]
    assert [error.ids for error in content.errors] == [frozenset({"urn:newsml:2"}), frozenset({"urn:newsml:3"})]


def test_other_xml_is_named_as_such():
    assert isinstance(fault("<project><item/></project>", "pom.xml"), ForeignFileError)
    assert isinstance(fault("<project>", "pom.xml"), ForeignFileError)
    assert not isinstance(fault("<project/>", "news.rss"), ForeignFileError)
    assert not isinstance(fault("<rss><channel>", "news.xml"), ForeignFileError)


ATTACKS = {
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
    "a file of ours": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
}


@pytest.mark.parametrize("declaration", ATTACKS.values(), ids=ATTACKS)
def test_entities_are_refused(declaration):
    assert "declares XML entities" in fault(declaration + rss(item("&a;")), "news.rss").reason


def test_elements_nested_thousands_deep():
    deep = "<b>" * 5_000 + TEXT + "</b>" * 5_000
    assert only(rss(item(f"<description>{deep}</description>")), "news.rss").text == TEXT
