"""PDF files: paragraphs put together from lines, and files that hold no text to be read."""

import datetime as dt
import io
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tests.index.files.pdfs import column, make_pdf
from tests.index.files.reading import fault, only, read

FIRST = [
    "The river Soll rose by two metres on Monday night and flooded the lower streets of Varn, as its may-",
    "or said. Four people died when a bridge gave way at the old mill. Some 1,200 people are spending the",
    "night in schools.",
]
SECOND = [
    "The sirens had been switched off in January to save money, according to the minutes of a well-",
    "attended meeting of the council. Nobody had told the fire brigade.",
]
PARAGRAPHS = [
    "The river Soll rose by two metres on Monday night and flooded the lower streets of Varn, as its mayor said. "
    "Four people died when a bridge gave way at the old mill. Some 1,200 people are spending the night in schools.",
    "The sirens had been switched off in January to save money, according to the minutes of a well-attended meeting "
    "of the council. Nobody had told the fire brigade.",
]
HEADLINE = [(50, 740, 20, "River rises in Varn")]
BODY = column([*FIRST, "", *SECOND])
FURNITURE = [(50, 810, 8, "THE HARLE COURIER | Monday 3 March 2031"), (290, 30, 8, "Page 1")]


def test_paragraphs_are_put_together_and_hyphens_mended():
    article = only(make_pdf([HEADLINE + BODY]), "a.pdf")
    assert article.text.splitlines() == ["River rises in Varn", *PARAGRAPHS]
    assert article.title == "River rises in Varn"
    assert article.text[article.body :].splitlines() == PARAGRAPHS


def test_running_heads_and_page_numbers_go_and_a_paragraph_goes_on_over_the_page():
    pages = [
        FURNITURE + column(FIRST[:2], top=100, step=12),
        [(50, 810, 8, "THE HARLE COURIER | Monday 3 March 2031"), (290, 30, 8, "Page 2"), *column(FIRST[2:])],
        [(50, 810, 8, "THE HARLE COURIER | Monday 3 March 2031"), (290, 30, 8, "Page 3"), *column(SECOND)],
    ]
    assert only(make_pdf(pages), "a.pdf").text.splitlines() == PARAGRAPHS


def test_two_columns_are_read_one_after_the_other():
    left = column(["The river Soll rose by two metres on", "Monday night and flooded the lower"], x=50, top=700)
    right = column(["streets of Varn. Four people died when", "a bridge gave way at the old mill."], x=310, top=700)
    (line,) = only(make_pdf([left + right]), "a.pdf").text.splitlines()
    assert "the lower streets of Varn. Four people died when a bridge gave way" in line


def test_title_and_day_of_the_file():
    info = "/Title (Flood in the lower town) /CreationDate (D:20310304060000+01'00')"
    article = only(make_pdf([BODY], info), "a.pdf")
    assert (article.title, article.date) == ("Flood in the lower town", dt.date(2031, 3, 4))


@pytest.mark.parametrize("title", ["Microsoft Word - flood.docx", "flood.indd", "Untitled", "page7", ""])
def test_a_title_that_is_the_name_of_a_file_is_none(title):
    article = only(make_pdf([HEADLINE + BODY], f"/Title ({title}) /CreationDate (soon)"), "a.pdf")
    assert (article.title, article.date) == ("River rises in Varn", None)


def encrypted(password, algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([BODY]))))
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_that_needs_a_password(algorithm):
    error = fault(encrypted("secret", algorithm), "a.pdf")
    assert str(error) == "/articles/a.pdf: is encrypted; save it without a password and index it again."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_is_only_locked_against_changes(algorithm):
    assert only(encrypted("", algorithm), "a.pdf").text.splitlines() == PARAGRAPHS


def test_a_scanned_file():
    assert "holds next to no text on 3 page(s), as a scan does; run OCR" in fault(make_pdf([[]] * 3), "a.pdf").reason


def test_a_file_with_some_scanned_pages_is_read_and_they_are_named():
    content = read(make_pdf([BODY, []]), "a.pdf")
    assert content.articles[0].text.splitlines() == PARAGRAPHS
    assert "has no text on 1 of 2 pages" in content.warnings[0].reason


def test_letters_that_nobody_can_read():
    signs = column(["\xa7\xb6\xac!#%" * 12 + "abcdefghij"] * 20)
    assert "which letters its signs stand for" in fault(make_pdf([signs]), "a.pdf").reason


BROKEN = {
    "nothing": b"",
    "no PDF": b"<html>not found</html>",
    "only its head": make_pdf([BODY])[:9],
    "no page": make_pdf([BODY]).replace(b"/Kids", b"/Kid_"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file(data):
    assert fault(data, "a.pdf").reason


def test_a_page_that_unpacks_to_200_mb_is_refused():
    zeros = zlib.compress(bytes(200_000_000), 1)
    head = f"<< /Length {len(zeros)} /Filter /FlateDecode >>\nstream\n".encode()
    empty = b"<< /Length 0 >>\nstream\n\n"
    data = make_pdf([[]])
    assert empty in data
    tracemalloc.start()
    reason = fault(data.replace(empty, head + zeros + b"\n"), "a.pdf").reason
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "is not a whole PDF file" in reason
    assert peak < 190_000_000  # pypdf stops at 75 MB, and copies them once


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_with_damage_anywhere_is_read_or_refused(data):
    whole = bytearray(make_pdf([HEADLINE + BODY]))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    content = read(bytes(whole), "a.pdf")
    assert len(content.articles) + len(content.errors) == 1
