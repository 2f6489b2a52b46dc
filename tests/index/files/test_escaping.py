"""Markup in feeds and agency items that was escaped once or twice too often: the same text, and never a tag in it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.markup import text_of_html
from tests.index.files.reading import only, read

LINES = [
    "The ferry Halcyon ran aground off Selmouth on Saturday with 214 passengers & 12 crew on board.",
    "Eleven of them were hurt.",
    "“We were lucky”, said the harbour master’s office; shares of Halcyon Lines <HLC.N> fell by 4%.",
]
MARKED = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in LINES)
LISTED = f"<ul class='x'>{''.join(f'<li><b>{html.escape(line, quote=False)}</b></li>' for line in LINES)}</ul><br/>"
HALF = f"<p>{html.escape(LINES[0])}</p><![CDATA[{html.escape(LINES[1])}]]><p>{html.escape(LINES[2])}</p>"
SECTION = f"<div><![CDATA[{html.escape(LINES[1])}]]></div>"
BARE = f"<![CDATA[<p>{html.escape(LINES[0])}</p>]]>{SECTION}<p>{html.escape(LINES[2])}"


def escaped(text, times):
    for _ in range(times):
        text = html.escape(text, quote=False)
    return text


def feed(inner, kind="rss"):
    if kind == "atom":
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title>Ferry</title>{inner}</entry></feed>"
    return f"<rss xmlns:content='urn:c'><channel><item><guid>a</guid><title>Ferry</title>{inner}</item></channel></rss>"


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("inner", [MARKED, LISTED, HALF, BARE], ids=["paragraphs", "list", "half", "sections"])
@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("<description>{}</description>", "rss"),
        ("<description>short</description><content:encoded>{}</content:encoded>", "rss"),
        ("<content:encoded>{}</content:encoded><description>{}</description>", "rss"),
        ("<content type='html'>{}</content>", "atom"),
        ("<summary>{}</summary>", "atom"),
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{}</div></content>", "atom"),
    ],
    ids=["description", "encoded", "both", "content", "summary", "xhtml"],
)
def test_every_level_unwraps_to_the_same_text(times, inner, element, kind):
    article = only(feed(element.replace("{}", escaped(inner, times)), kind), "a.xml")
    assert article.text.splitlines() == LINES


@pytest.mark.parametrize("inner", [MARKED, LISTED, MARKED.replace("<p>", "<![CDATA[").replace("</p>", "]] >")[:-4]])
def test_in_a_section_of_the_feed_itself(inner):
    inner = inner.replace("]] >", "")
    inner = inner if "CDATA" not in inner else MARKED
    for times in (0, 1, 2):
        article = only(feed(f"<description><![CDATA[{escaped(inner, times)}]]></description>"), "a.xml")
        assert article.text.splitlines() == LINES


def test_a_section_in_the_middle_of_plain_text():
    inner = f"{html.escape(LINES[0])} <![CDATA[{LINES[1]}]]> {html.escape(LINES[2])}"
    assert only(feed(f"<description>{inner}</description>"), "a.xml").text == " ".join(LINES)


@pytest.mark.parametrize("times", [0, 1, 2])
def test_titles(times):
    title = escaped("Council of <b>Selmouth</b> meets & talks", times + 1)
    item = f"<item><guid>a</guid><title>{title}</title><description>{escaped(MARKED, 1)}</description></item>"
    assert only(f"<rss><channel>{item}</channel></rss>", "a.xml").title == "Council of Selmouth meets & talks"


@pytest.mark.parametrize(
    "text", ["AT&T rose", "IBM <IBM.N> fell & rose", "x < y and y > z", "<![foo[ by two ]]>", "R&D;"]
)
def test_what_only_looks_like_markup_stays(text):
    assert text_of_html(html.escape(text)) == text


MARKS = ["<p>", "</p>", "<![CDATA[", "]]>", "&lt;", "&amp;", "<b class='x'>", "<!--", "-->"]


@given(st.lists(st.sampled_from([*LINES, *MARKS])))
def test_no_tag_stands_in_a_text(parts):
    for times in (0, 1, 2):
        found = text_of_html(escaped("".join(parts), times))
        assert not re.search(r"</?(?:p|b)[\s>]|<!\[CDATA\[|&(?:amp|lt);", found), found


def test_ninjs_with_escaped_html():
    body = escaped(MARKED, 1).replace('"', '\\"')
    content = read(f'[{{"uri": "u1", "headline": "Ferry", "body_html": "{body}"}}]', "a.json")
    assert content.articles[0].text.splitlines() == LINES
