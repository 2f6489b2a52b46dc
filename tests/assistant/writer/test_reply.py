"""Markers, and a reply in pieces: the same statements whatever the pieces, and none of them ever changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writer.reply import STATEMENT_LIMIT, Draft, Reply
from assistant.writer.sources import markers, without_markers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1]", (1,)),
        ("[2][3]", (2, 3)),
        ("[1,2]", (1, 2)),
        ("[1, 2 and 4]", (1, 2, 4)),
        ("[1-3]", (1, 2, 3)),
        ("[1]–[3]", (1, 2, 3)),
        ("[1 to 3]", (1, 2, 3)),
        ("[[4]]", (4,)),
        ("[1[2]]", (1, 2)),
        ("[[1], [2]]", (1, 2)),
        ("【5】", (5,)),
        ("［１，２］", (1, 2)),
        ("［１］", (1,)),
        ("[Source 3]", (3,)),
        ("[sentences 1, 2]", (1, 2)),
        ("[^2]", (2,)),
        ("[0]", (0,)),
        ("[99]", (99,)),
        ("[3-1]", (0,)),
        ("[1-100000]", (0,)),
        ("[999999999]", (999_999_999,)),
        ("[sic]", None),
        ("[]", None),
        ("(1)", None),
        ("[1", None),
        ("[9999999999]", None),
    ],
)
def test_markers(text, numbers):
    found = list(markers(f"It fled {text}."))
    assert [marker.numbers for marker in found] == ([] if numbers is None else [numbers])
    assert all(f"It fled {text}."[marker.start : marker.end] == text for marker in found)


def test_text_without_markers():
    assert without_markers("Russia [1] and Syria [2, 3] attacked. [4]") == (
        "Russia and Syria attacked.",
        [(6, 1), (16, 2), (16, 3), (26, 4)],
    )


def drafts(*pieces, whole=True):
    reply = Reply()
    found = [draft for piece in pieces for draft in reply.feed(piece)]
    return [*found, *(reply.end() if whole else ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It fled. [1] Mr. Smith left [2]. He came.[3][4]",
            [("It fled.", 1), ("Mr. Smith left.", 2), ("He came.", 3, 4)],
        ),
        ("[1] It fled. [2] He left.\n[3] More.", [("It fled.", 1), ("He left.", 2), ("More.", 3)]),
        ("Russia [1] and Syria [2] attacked. [3]", [("Russia and Syria attacked.", 1, 2, 3)]),
        ("He left. It fled [1].", [("He left.",), ("It fled.", 1)]),
        ("It fled [1][1], twice [1].", [("It fled, twice.", 1)]),
        ("- It fled [1]\n2. He left [2]\n* **She** came [3]", [("It fled", 1), ("He left", 2), ("She came", 3)]),
        ("Answer: It fled [1]", [("It fled", 1)]),
        ("He said “no.” [1] Then [2]", [("He said “no.”", 1), ("Then", 2)]),
        ("<think>It fled. [1]\n[2]</think>\n\nHe left. [3]", [("He left.", 3)]),
        ("<thing> fled [1].", [("<thing> fled.", 1)]),
        ("It\u200b fl\u202eed\x1b. [1]", [("It fled.", 1)]),
        ("", []),
        ("[1][2]", []),
        ("\n\n \n", []),
    ],
)
def test_statements(text, expected):
    assert drafts(text) == [Draft(said, tuple(numbers)) for said, *numbers in expected]


def test_a_statement_is_there_as_soon_as_the_next_one_begins():
    reply = Reply()
    assert list(reply.feed("It fled. [1] ")) == []
    assert list(reply.feed("H")) == [Draft("It fled.", (1,))]


def test_a_reply_that_broke_off_has_no_last_statement():
    assert drafts("It fled. [1] He left [2]", whole=False) == [Draft("It fled.", (1,))]


def test_a_line_without_an_end_is_given_up():
    found = drafts("word " * 20_000 + "[1].\nIt fled. [2]")
    assert found == [Draft("", ()), Draft("It fled.", (2,))]
    assert drafts("x" * STATEMENT_LIMIT)[0].text == "x" * STATEMENT_LIMIT


REPLIES = st.lists(
    st.sampled_from(
        [
            "It fled",
            "Mr. Smith",
            ". ",
            "! ",
            "[1]",
            "[2]",
            "[",
            "]",
            "[1-3]",
            "[[1]]",
            "【2】",
            "［３］",
            "\n",
            " ",
            "“",
            "”",
            "14,000",
            "- ",
            "**",
            "<think>",
            "</think>",
            "Answer: ",
            "\u200b",
            "The U.S.",
            "[0]",
            "[99]",
            "?",
            ")",
            "1. ",
        ]
    ),
    max_size=25,
).map("".join)


@given(REPLIES | st.text(max_size=60), st.data())
def test_the_pieces_do_not_matter(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert drafts(*pieces) == drafts(text) == drafts(*text)


@given(REPLIES, st.integers(0, 200))
def test_what_was_given_out_stays(text, length):
    said = drafts(text[:length], whole=False)
    assert drafts(text)[: len(said)] == said


@given(REPLIES)
def test_no_marker_is_left_in_a_statement(text):
    for draft in drafts(text):
        assert not list(markers(draft.text))
        assert len(set(draft.numbers)) == len(draft.numbers)
