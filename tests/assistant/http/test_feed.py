"""The Atom feed: valid XML that says what was answered, whatever the articles and the questions say."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from assistant.http.feed import atom
from assistant.memory import Watch, WatchedAnswer
from tests.assistant.memory.samples import DISPLACED, answered, answers, any_text, refused, texts

HOST = "http://127.0.0.1:7860"
HOSTILE = "</title><script>alert(1)</script>]]>&amp;<!-- \x00\x0b\x1b[2J\u202e\ud800\ufffe\uffff <?x ?> \"'"
MOMENT = dt.datetime(2031, 3, 4, 9, 30, tzinfo=dt.UTC)


def watched(answer, number=1, watch_id=1, question="how many displaced?"):
    return WatchedAnswer(Watch(watch_id, question, None, MOMENT, MOMENT, 1), number, MOMENT, (), answer)


def entries(feed):
    return ET.fromstring(feed).findall("{http://www.w3.org/2005/Atom}entry")


def test_an_entry_says_what_is_answered_and_leads_to_its_sentence():
    feed = atom([watched(answered()), watched(refused(), number=2)], HOST)
    root = ET.fromstring(feed)
    assert root.findtext("{*}updated") == "2031-03-04T09:30:00Z"
    assert [root.findtext(f"{{*}}{tag}") for tag in ("id", "author/{*}name")] == [
        f"{HOST}/api/watches/feed",
        "Dateline",
    ]
    first, second = entries(feed)
    assert first.findtext("{*}title") == f"how many displaced? {DISPLACED[:3]}"
    assert first.findtext("{*}content") == (
        f"{DISPLACED} [1]\n[1] Aleppo · A paper · 2024-11-30 · https://news.example/1"
    )
    assert first.find("{*}link").get("href") == f"{HOST}/articles/aleppo#924-{924 + len(DISPLACED)}"
    assert second.find("{*}link").get("href") == f"{HOST}/"


def test_ids_stay_and_are_never_shared():
    several = [watched(answered(), number, watch) for number in (1, 2) for watch in (1, 2)]
    ids = [entry.findtext("{*}id") for entry in entries(atom(several, HOST))]
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    elsewhere = entries(atom([watched(answered(start=7))], "https://news.example"))
    assert elsewhere[0].findtext("{*}id") == ids[0]


def test_an_empty_feed_is_a_feed():
    assert ET.fromstring(atom([], HOST)).findtext("{*}updated") == "1970-01-01T00:00:00Z"


@any_text
@given(st.lists(st.tuples(answers, texts | st.just(HOSTILE)), max_size=3))
def test_any_text_is_text(some):
    feed = atom([watched(answer, number, question=text) for number, (answer, text) in enumerate(some, 1)], HOST)
    found = entries(feed)
    assert len(found) == len(some)
    for entry in found:
        assert [child.tag.rpartition("}")[2] for child in entry] == ["id", "title", "updated", "link", "content"]
        assert all(len(child) == 0 for child in entry)
        said = "".join(child.text or "" for child in entry)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff\ufffe\uffff]", said)


def test_hostile_text_is_shown_as_it_is():
    (entry,) = entries(atom([watched(answered(sentence=HOSTILE, article_id="../x?<>\ud800"), question=HOSTILE)], HOST))
    assert "</title><script>alert(1)</script>]]>&amp;<!-- \\x00" in entry.findtext("{*}title")
    assert entry.find("{*}link").get("href").startswith(f"{HOST}/articles/..%2Fx%3F%3C%3E%3F#")
