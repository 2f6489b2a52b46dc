"""Whatever bytes a file has: articles, or one line that names file and reason; nothing is raised, nothing hangs."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.files import SUFFIXES, read_file
from tests.index.files.corpus import manifest

FILES = [file for file in manifest().values() if file.is_read and len(file.data) < 50_000]
SLOW_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONGEST = 10  # seconds
# Bytes beside: tables of the detector of languages; of short lines each takes sixty. (Pages are not among these files:
# their tree takes up to sixty times their size. The process that reads them is held to 512 MB, see test_parsing.py.)
BESIDE = 5_000_000


def check(name, data):
    started = time.monotonic()
    content = read_file(Path("/articles") / name, data, max_mb=5)
    assert time.monotonic() - started < LONGEST
    assert content.articles or content.errors
    for said in (*content.errors, *content.warnings, *content.notes):
        assert said.where.startswith("/articles/")
        assert "\n" not in str(said)
        assert len(said.reason) < 1000
    for article in content.articles:
        assert article.path == f"/articles/{name}"
        assert article.id
        assert article.text[article.body :].strip()


@SLOW_MACHINE
@given(st.sampled_from(SUFFIXES), st.binary(max_size=300))
def test_any_bytes(suffix, data):
    check(f"a{suffix}", data)


@SLOW_MACHINE
@given(st.sampled_from(SUFFIXES), st.sampled_from(FILES))
def test_any_file_under_any_ending(suffix, file):
    check(f"a{suffix}", file.data)


@settings(SLOW_MACHINE, max_examples=300)
@given(st.sampled_from(FILES), st.data())
def test_any_file_that_is_damaged(file, data):
    changed = bytearray(file.data)
    start = data.draw(st.integers(0, max(0, len(changed) - 1)))
    end = data.draw(st.integers(start, min(len(changed), start + 200)))
    changed[start:end] = data.draw(
        st.one_of(st.just(b""), st.binary(max_size=40), st.just(bytes(changed[start:end] * 3)))
    )
    check(file.name, bytes(changed[: data.draw(st.integers(0, len(changed)))] if data.draw(st.booleans()) else changed))


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "a.csv": b'title,content\n"' + b'a,""' * 300_000,
        "tags.csv": b"title,content\na," + b"<p <!-- <a " * 30_000 + b"</p>\n",
        "rules.eml": b"From: a\nSubject: b\n\n" + b"====\nHEADING\n\n" * 50_000,
        "heads.eml": b"From: a\nContent-Type: text/html\n\n" + b"<h2>" * 20_000,
        "many.mbox": b"From a\n\nb\n\n" * 1_000,
        "parts.eml": b"From: a\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3_000,
        "deep.rtf": b"{\\rtf1" + b"{" * 30_000 + b"a",
        "words.rtf": b"{\\rtf1 " + b"\\a1 \\'" * 10_000,
        "deep.json": b'{"articles":' * 20_000,
        "wide.txt": b"a\0" * 300_000,
        "western.txt": b"a\n" + "é“ ".encode("cp1252") * 200_000,
        "rows.csv": b"title,content\n" + b"a,b\n" * 10_000,
        "lines.jsonl": b'{"text": "a b c", "title": "d"}\n' * 20_000,
        "words.rss": b"<rss><item><guid>a</guid><description>"
        + b"&lt;b&gt;word&lt;/b&gt; " * 20_000
        + b"</description></item></rss>",
        "lines.txt": b"a\n" * 300_000,
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_made_to_take_long_take_no_more_memory_than_ten_times_their_size(name, data):
    check(name, data[:1000])  # what the libraries take for themselves is taken by now
    tracemalloc.start()
    check(name, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * len(data) + BESIDE
