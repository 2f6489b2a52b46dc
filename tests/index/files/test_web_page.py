"""HTML pages: the article without the page around it, and pages that hold none."""

import datetime as dt
import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.files.reading import fault, only, read

TITLE = "River rises in Varn"
PARAGRAPHS = [
    "The river Soll rose by two metres on Monday night & flooded the lower streets of Varn, the town's mayor said.",
    "Four people died when a bridge gave way. “We had no warning at all,” said Mara Ellin, who lives beside the mill.",
    "The sirens had been switched off in January to save money, according to minutes of the council's last meeting.",
    "Some 1,200 people are spending the night in schools; the railway to Harle is closed until Thursday at least.",
]
NAVIGATION = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("home", "world", "sport", "weather"))
HEAD = """<meta charset="utf-8"><title>River rises in Varn | The Harle Courier</title>
<meta property="og:title" content="River rises in Varn"><meta property="og:site_name" content="The Harle Courier">
<link rel="canonical" href="https://courier.example/2031/03/04/river">"""


def page(paragraphs=PARAGRAPHS, head=HEAD):
    text = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head>{head}</head><body>
<div class="cookie-banner"><p>We use cookies. By continuing you accept our cookie policy.</p></div>
<header><nav><ul>{NAVIGATION}</ul></nav></header>
<main><article><h1>{TITLE}</h1><div class="share-buttons"><a href="#">Share on Facebook</a></div>{text}</article>
<aside class="related"><h2>Related</h2><ul><li><a href="/a">A story about something else</a></li></ul></aside>
<section class="comments"><div class="comment"><p>First! I think this article is wrong.</p></div></section></main>
<footer><ul>{NAVIGATION}</ul><p>Copyright 2031 The Harle Courier. All rights reserved.</p></footer>
<script>document.write("<p>not text</p>")</script></body></html>"""


def test_the_article_without_the_page_around_it():
    article = only(page(), "river.html")
    assert article.text.splitlines() == [TITLE, *PARAGRAPHS]
    assert article.text[article.body :].splitlines() == PARAGRAPHS
    assert (article.title, article.source) == (TITLE, "The Harle Courier")
    assert (article.id, article.url) == ("river", "https://courier.example/2031/03/04/river")
    assert article.date == dt.date(2031, 3, 4)  # from the address; the page says nothing better


def test_an_old_page_laid_out_with_a_table():
    text = "<br><br>\n".join(html.escape(paragraph) for paragraph in PARAGRAPHS)
    old = f"<html><head><title>{TITLE}</title></head><body><table><tr><td><ul>{NAVIGATION}</ul></td>"
    article = only(f"{old}<td><h1>{TITLE}</h1><font size=2>{text}</font></td></tr></table></body></html>", "a.htm")
    assert article.text[article.body :].splitlines() == PARAGRAPHS


def test_a_page_called_index_has_the_name_of_its_folder():
    assert only(page(), "river-rises/index.html").id == "river-rises"


DATES = {
    '<script type="application/ld+json">{"@graph": [{"datePublished": "2031-03-05T06:00:00Z"}]}</script>': 5,
    '<script type="application/ld+json">{"@graph": {"a": 1}, "datePublished": "2031-03-05"}</script>': 5,
    '<script type="application/ld+json">{"dateModified": "2031-03-05"}</script>': 4,
    '<script type="application/ld+json">{"datePublished": </script>': 4,
    '<meta property="article:published_time" content="2031-03-06T23:00:00+01:00">': 6,
    '<meta name="DC.date.issued" content="7 March 2031">': 7,
    '<meta name="date" content="soon"><meta name="pubdate" content="2031-03-08">': 8,
}


@pytest.mark.parametrize(("head", "day"), DATES.items())
def test_the_day_comes_from_what_the_page_says_to_machines(head, day):
    assert only(page(head=HEAD + head), "a.html").date == dt.date(2031, 3, day)


def test_a_day_that_can_be_two_is_named_and_not_guessed():
    content = read(page(head='<title>x</title><meta name="date" content="04/07/2031">'), "a.html")
    assert [article.date for article in content.articles] == [None]
    assert "one day in London and another in New York" in content.warnings[0].reason


NO_ARTICLE = {
    "nothing": "",
    "no text": "<html></html>",
    "a menu": f"<html><body><ul>{NAVIGATION}</ul></body></html>",
    "a page that a program draws": '<html><body><div id="root"></div><script>draw("a long text ".repeat(99))</script>',
    "a short notice": page(["This page has moved."], head="<title>Moved</title>"),
}


@pytest.mark.parametrize("text", NO_ARTICLE.values(), ids=NO_ARTICLE)
def test_a_page_without_an_article(text):
    assert "holds no article" in fault(text, "a.html").reason


ENCODINGS = {
    "utf-8": None,
    "utf-16": None,
    "utf-8-sig": None,
    "cp1252": None,
    "latin-1": '<meta charset="ISO-8859-1">',
    "cp1251": '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    "shift_jis": '<meta charset="Shift_JIS">',
}
SENTENCES = {
    "cp1251": "Река Солль поднялась на два метра. ",
    "shift_jis": "川が二メートル上がった。",
}


@pytest.mark.parametrize(("encoding", "declared"), ENCODINGS.items())
def test_encodings(encoding, declared):
    sentence = SENTENCES.get(encoding, "Der Fluß stieg über zwei Meter. ")
    text = page([(sentence * 12).strip()], head=declared or "<title>x</title>")
    if encoding in ("cp1251", "shift_jis"):
        text = text.replace("“", '"').replace("”", '"')
    assert sentence.strip() in only(text.encode(encoding), "a.html").text


@pytest.mark.parametrize(
    ("label", "encoding", "sentence"),
    [
        ("shift-jis", "cp932", "川が二メートル上がった。"),
        ("Windows-31J", "cp932", "川が二メートル上がった。"),
        ("windows-874", "cp874", "แม่น้ำสูงขึ้นสองเมตร "),
        ("iso8859-2", "iso8859-2", "Rzeka podniosła się o dwa metry. "),
        ("latin2", "iso8859-2", "Rzeka podniosła się o dwa metry. "),
        ("ibm866", "cp866", "Река Солль поднялась. "),
        ("x-cp1251", "cp1251", "Река Солль поднялась. "),
        ("koi8-u", "koi8-u", "Річка Солль піднялась. "),
        ("macintosh", "mac-roman", "Der Fluß stieg über zwei Meter. "),
    ],
)
def test_labels_that_browsers_know(label, encoding, sentence):
    text = page([(sentence * 30).strip()], head=f'<meta charset="{label}">').replace("“", '"').replace("”", '"')
    assert sentence.strip() in only(text.encode(encoding), "a.html").text


@pytest.mark.parametrize("label", ["klingon", "windows-949x", "cp9999", "iso-8859-17", "rot13", "hex", "idna"])
def test_an_encoding_that_nobody_knows(label):
    data = page(["Der Fluß stieg. " * 20], head=f'<meta charset="{label}">').encode("latin-1")
    assert f"the encoding '{label}', which is not known" in fault(data, "a.html").reason


def test_bytes_that_are_no_characters_are_shown_and_named():
    data = page(["The river \x98 rose. " * 20], head='<meta charset="windows-1251">').encode("latin-1")
    content = read(data.replace(b"\x98", b"\x98\xff"), "a.html")
    assert "holds bytes that are no characters" in content.warnings[0].reason
    assert "\ufffd" in content.articles[0].text


def test_what_is_no_page_at_all():
    assert "is not text" in fault(b"\x00\x01\x02" * 500, "a.html").reason


def test_a_page_nested_thousands_deep_is_read_or_refused():
    content = read("<div>" * 20_000 + "<p>" + "The river rose on Monday. " * 20, "a.html")
    assert len(content.articles) + len(content.errors) == 1


@settings(deadline=None)  # the first page loads the extractor
@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_a_fault(data):
    content = read(b"<p>" + data, "a.html")
    assert len(content.articles) + len(content.errors) == 1
