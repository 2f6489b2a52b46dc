"""Sentences: the invariants for every string, a table of hard cases, a held-out set, and linear time."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evals.workshop.bench.sentences import boundary_counts, read_gold
from index.language.sentences import MAX_SENTENCE, split_sentences

GOLD = Path(__file__).parent / "data" / "sentences_gold.txt"


def pieces(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


def check_invariants(text: str) -> None:
    sentences = split_sentences(text)
    covered = 0
    for sentence in sentences:
        assert covered <= sentence.start < sentence.end <= len(text)
        assert not text[covered : sentence.start].strip(), "a visible character is left out"
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        covered = sentence.end
        if sentence is not sentences[0]:
            assert unicodedata.category(text[sentence.start])[0] != "M"
            assert text[sentence.start] not in "\u200c\u200d"
            assert text[sentence.start - 1] != "\u200d"
    assert not text[covered:].strip()


any_text = st.text(st.characters(codec=None), max_size=200)
"""Every code point, lone surrogates too."""
newsy_text = st.lists(
    st.sampled_from(
        [
            *".!?…\"'“”‘’()[]«»—-,:;*•。！؟।",
            *("\n", "\n\n", "\r\n", " ", "  ", "\t", "\u00a0", "\u2028", "\u200b", "\u200d", "\ufeff", "\x03"),
            *("\u0301", "\u094d", "\ufe0f", "👍", "🏽", "👩", "🇫", "🇷", "\ud83d", "\ude00", "ᄀ", "ᅡ", "각"),
            *("Mr", "Gen", "U.S", "U.N", "J.K", "p.m", "Inc", "No", "Jan", "St", "Ph.D", "e.g", "vs", "Yahoo"),
            *("He", "The", "said", "she", "asked", "I", "Smith", "5", "3.5", "1.", "(AP)", "--", "...", " ... "),
            *("[...]", " ", "$", "@", "#", "–", "(CNN)", "Who", "Why?", '"Why?" Smith asked', "New", "ET", "V", "10"),
            *("www.example.org", "desk@example.org", "the", "ended", "war", "と", "नमस्ते", "السلام", "中文"),
        ]
    ),
    max_size=60,
).map("".join)


@given(any_text)
def test_invariants_hold_for_any_string(text: str) -> None:
    check_invariants(text)


@settings(max_examples=500)
@given(newsy_text)
def test_invariants_hold_for_what_looks_like_news(text: str) -> None:
    check_invariants(text)


@given(newsy_text)
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)


@given(newsy_text)
def test_blank_lines_around_a_text_only_move_its_sentences(text: str) -> None:
    text = text.strip()
    moved = split_sentences(f"\n\n{text}\n\n")
    assert [(one.start - 2, one.end - 2) for one in moved] == [(one.start, one.end) for one in split_sentences(text)]


@example(unit=";;;;;;;;\u200d;;;;;;;;;;;\u0301;;;;;;;;;", times=134)
@example(unit=";;;;;;;;;;;;;;;;;;;; \u0301;;;;;;;;", times=67)
@given(st.text("ab cd.é\u0301👩\u200d👍🏽🇫🇷,; ", min_size=1, max_size=40), st.integers(50, 200))
def test_long_text_is_cut_at_the_maximum(unit: str, times: int) -> None:
    text = unit.replace(".", "x") * times
    check_invariants(text)
    joining = sum(unicodedata.category(char)[0] == "M" or char in "\u200d🏽" for char in unit)
    if not joining:  # else the whole text may be one grapheme, which may reach over the maximum
        assert all(sentence.end - sentence.start <= MAX_SENTENCE for sentence in split_sentences(text))


# `|` marks a boundary and is no part of the text.
CASES = {
    "two": "The dam held.| The town did not.",
    "question": "Who paid?| Nobody knows.",
    "exclamation": "They won!| It took nine years.",
    "interrobang": "You did what?!| He laughed.",
    "one-word": "Why?| Because.",
    "no-stop": "No stop at all",
    "title-mr": "They met Mr. Brown and Mrs. Green.| Ms. White was late.",
    "title-rank": "Lt. Col. Ann Reyes and Brig. Gen. Omar Haddad spoke.| Sgt. Pike did not.",
    "title-politics": "Sen. Mary Cole, Rep. Al Dunn and Gov. Jo Park agreed.| Lt. Gov. Sam Hill did not.",
    "title-dr-prof": "Dr. Noor and Prof. Lund wrote it.| It is short.",
    "title-rev": "The Rev. Paul Ames led the prayer.| Hundreds came.",
    "saint": "St. Petersburg and Mt. Hood are far from Ft. Worth.| So is Rome.",
    "us-adjective": "The U.S. Army and the U.N. Security Council disagree.| They often do.",
    "us-ends": "He came back to the U.S.| The trial begins in May.| She stayed.",
    "us-ends-noun": "She fled to the U.S.| Officials there gave her a visa.",
    "us-lower": "The U.S. is not alone.| The U.K. agrees.",
    "dc": "They marched in Washington, D.C., and in L.A. on Sunday.| It rained.",
    "inc-middle": "Acme Inc. Chief Executive Lee Roy quit.| Shares of Bolt Corp. fell.",
    "inc-ends": "She sold it to Acme Inc.| The price was not given.",
    "co-ltd": "Dorn & Co. and Mill Ltd. merged.| In 2010 they parted.",
    "jr": "Sammy Dale Jr. sang.| His son, Sammy Dale III, did not.",
    "jr-ends": "The prize went to Sammy Dale Jr.| He was not there.",
    "clock-ends": "The polls closed at 9 p.m.| Counting took all night.",
    "clock-day": "It opens at 8 a.m. Monday and closes at 5 p.m. Eastern.| Entry is free.",
    "clock-zone": "The launch is set for 3:14 p.m. ET on Friday.| It may slip.",
    "clock-local": "A bomb went off at 6 p.m. Kabul time.| Two died.",
    "month": "He died on Jan. 5, 1999, in Oslo.| She died in Feb. 2001.",
    "month-ends": "The talks ended in Sept.| The war did not.",
    "state": "They live in Tulsa, Okla., and in Reno, Nev. but work elsewhere.| Few do.",
    "state-ends": "A train derailed near Salem, Ore.| Nobody was hurt.",
    "state-ends-noun": "A train derailed near Salem, Ore.| Rescuers came within minutes.",
    "party-state": "Sen. Ann Coe, D-N.Y., and Rep. Bo Day (R-Ariz.) voted no.| It passed.",
    "degree": "Eva Lind, Ph.D., and Tom Ray, M.D., wrote it.| It sold well.",
    "eg-ie": "Bring food, e.g. Rice, i.e. what keeps.| Leave the rest.",
    "vs": "Brown vs. Board and Roe v. Wade are famous.| Others are not.",
    "number": "He ranks No. 3 in the world.| She is No. 1.",
    "no-word": "Would he pay?| No.| He would not.",
    "etc": "They took chairs, tables, etc. and left.| They took lamps, etc.| Then they came back.",
    "initials": "J.K. Rowling met George W. Bush and J. R. Ewing.| It went well.",
    "initial-ends": "He took vitamin C.| It did not help.",
    "plan-b": "There is no plan B.| There never was.",
    "decimals": "It rose 3.5 percent to $4.25.| It was $3.99 in 2.5 hours.",
    "thousands": "It cost 1.200.000 dinars.| That is a lot.",
    "version": "They run release 2.0.1 of it.| It is old.",
    "digit-starts": "Shots were fired.| 12 people died.",
    "money-starts": "It was a lot.| $5 million, to be exact.",
    "quote-ends": 'She said, "We lost."| He nodded.',
    "quote-curly": "She said, “We lost.”| He nodded.",
    "quote-inside": '"We lost.| We will win," she said.',
    "quote-asked": '"Did we lose?" he asked.| She nodded.',
    "quote-asked-name": '"Did we lose?" Mayor Lopez asked.| "No," she said.',
    "quote-shouted-name": "“Get down!” Haddad shouted.| Nobody moved.",
    "quote-question-ends": '"Did we lose?"| The crowd was silent.',
    "quote-quote": '"No."| "Why not?"| "Because."',
    "quote-nested": "“He told me, ‘Leave it.’”| She left it.",
    "quote-nested-straight": "\"He told me, 'Leave it.'\"| She left it.",
    "quote-single": "'It is over.'| That was all he said.",
    "quote-british": "He called it “a farce”.| She laughed.",
    "quote-lower": '"It is late." he said.| She yawned.',
    "quote-colon": 'He was blunt: "It is over.| Go home."',
    "quote-title": 'The musical "Help! My Cat Sings" opened on Friday.| It closed on Saturday.',
    "quote-guillemets": "« Non », dit-il.| « Pourquoi ? »| Elle se tut.",
    "quote-german": "„Das reicht.“| Er ging.",
    "quote-opens-after-us": 'He left the U.S.| "I was afraid," he said.',
    "brackets": "The storm (the third. Or the fourth?) passed.| It rained.",
    "brackets-sentence": "It passed.| (A fourth is coming.)| Schools closed.",
    "brackets-two": "It passed.| (A fourth is coming.| It is bigger.)| Schools closed.",
    "brackets-square": "“[The mayor] lied.| He lied again.”",
    "ticker": "Acme Corp. (ACM) fell.| Bolt Inc. (BLT) rose.",
    "footnote": "It opened in 1920.[1]| It closed in 1930.[2][3]| It reopened.",
    "ellipsis-on": "I waited... and waited.| Nobody came.",
    "ellipsis-ends": "I waited...| Nobody came.",
    "ellipsis-char": "I waited…| Nobody came.",
    "ellipsis-i": "Well... I think so.| Maybe.",
    "ellipsis-spaced": "I waited . . . and waited.| Nobody came.",
    "ellipsis-between": '"They left. ...| Nobody stayed," he said.',
    "ellipsis-bracket": "He said the law [...] must change.| It did.",
    "ellipsis-head": "... and so it went.| It ended.",
    "brand": "Yahoo! News and Jeopardy! fans agree.| They rarely do.",
    "brand-ends": "He works at Yahoo!| The pay is good.",
    "list": "1. Boil water.| 2. Add salt.| 3. Wait.",
    "list-letters": "A. Yes.| B. No.",
    "roman": "IV. The fall of the house",
    "url": "See www.example.org/a.html?Id=5 for more.| Or write to a.b@example.org.| We reply.",
    "domain": "Sites such as Booking.com and Amazon.com gained.| Others lost.",
    "glued": "The war ended.|The peace did not.",
    "glued-quote": 'The war ended."|She wept.',
    "glued-question": "Who won?|Nobody did.",
    "glued-not": "Will.I.Am and J.Crew met at U.S.-led talks.| It is Node.js.",
    "small-name": "He hates phones.| iPhone sales rose.| al-Qaida grew.",
    "dateline-ap": "ALEPPO, Syria (AP) - Planes struck a market.| Ten died.",
    "dateline-cnn": "(CNN) -- Planes struck a market.| Ten died.",
    "dateline-reuters": "LONDON (Reuters) — Shares fell.| Bonds rose.",
    "dateline-state": "RENO, Nev. (AP) — A bus crashed.| It was full.",
    "dateline-dc": "WASHINGTON, D.C. — The House voted.| It was close.",
    "dateline-saint": "ST. LOUIS (UPI) -- A bus crashed.| It was full.",
    "dateline-date": "PARIS, Jan. 5 (Reuters) - Shares fell.| Bonds rose.",
    "semicolon": "He left; she stayed.| Then: silence.",
    "dash-credit": "He left.| — Ann Reyes",
    "bullets": "Today: • Rain.| • Wind.",
    "headline": "Dam breaks in valley|\n\nBy Ann Reyes|\n\nA dam broke on Monday.| Ten died.",
    "headline-single": "Dam breaks in valley|\nA dam broke on Monday.|\nTen died.",
    "crlf": "One line|\r\n\r\nThe next.|\r\nAnd one more.",
    "control": "It ended.|\n REUTER\n\x03",
    "chinese": "大坝倒塌了。|十人死亡！|为什么？",
    "japanese": "「行きます。」と彼は言った。|彼女は泣いた。",
    "hindi": "बाँध टूट गया।| दस लोग मरे।",
    "arabic": "هل انهار السد؟| نعم.| مات عشرة.",
    "russian": "Плотина рухнула.| Погибли десять человек.",
    "urdu": "ڈیم ٹوٹ گیا۔| دس لوگ مر گئے۔",
    "german": "Am 3. Oktober kamen ca. 500 Leute.| Dr. Weiß sprach, z.B. über Geld.",
    "emoji": "It was fun.| 😀 More tomorrow.",
    "only-signs": "* * *",
    "trailing-signs": "It was fun. :-)",
    "zero-width": "It ended.\u200b| It began again.",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_hard_case(marked: str) -> None:
    assert pieces(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


WRAPPED = (
    "The dam above the town of Kestrel broke on Monday after a week\n"
    "of rain, and ten people died, said Gen. Omar Haddad of the civil\n"
    "guard. Hundreds were missing. The water came at night, when most\n"
    "people in the valley, including the family of the U.S. consul to\n"
    "the province, were asleep.\n"
    "    The river was still rising on Tuesday, and more rain is on its\n"
    "way.\n"
)


def test_hard_wrapped_text_is_joined() -> None:
    assert [" ".join(piece.split()) for piece in pieces(WRAPPED)] == [
        "The dam above the town of Kestrel broke on Monday after a week of rain, and ten people died, said Gen. Omar "
        "Haddad of the civil guard.",
        "Hundreds were missing.",
        "The water came at night, when most people in the valley, including the family of the U.S. consul to the "
        "province, were asleep.",
        "The river was still rising on Tuesday, and more rain is on its way.",
    ]


def test_headline_over_hard_wrapped_text_stands_alone() -> None:
    assert pieces("Dam breaks\nBy Ann Reyes\n\n" + WRAPPED)[:2] == ["Dam breaks", "By Ann Reyes"]


def test_lines_of_a_list_are_not_joined() -> None:
    lines = ["apples from Kestrel", "pears", "a bag of flour", "Eggs"]
    assert pieces("\n".join(lines)) == lines


def test_empty_text_has_no_sentences() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \r\n\t\u2029") == []


def test_long_sentence_is_cut_after_a_clause_then_between_words_then_anywhere() -> None:
    clauses = pieces("the river, " + "word " * 250 + "and so, " + "word " * 300)
    assert [piece[-7:] for piece in clauses[:1]] == ["and so,"]
    assert all(len(piece) <= MAX_SENTENCE for piece in clauses)
    assert {piece[:4] for piece in pieces("word " * 5000)} == {"word"}
    assert [len(piece) for piece in pieces("x" * 4500)] == [2000, 2000, 500]


def test_a_grapheme_is_never_cut() -> None:
    family = "👩\u200d👩\u200d👧"
    assert {piece.replace(family, "") for piece in pieces(family * 1500)} == {""}
    assert {len(piece) % 2 for piece in pieces("🇫🇷" * 3001)} == {0}
    assert len(pieces("e" + "\u0301" * 5000)) == 1


UNITS = [
    *(
        ".",
        '"',
        '." ',
        ". ",
        " . ",
        "A.",
        ".A",
        '."A',
        "(",
        "(A. ",
        "? ",
        '?" Smith ',
        "... ",
        "Inc. ",
        ' "A! b',
        "1. ",
    ),
    *(
        "\n",
        "a\n",
        " ",
        "a ",
        "a, ",
        "x",
        "\u0301",
        "\u200d",
        "🇫",
        "“Help! A",
        "。",
        "[1]",
        ".\u200b",
        "\x03\n",
        "a. \u0301",
    ),
]


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_time_is_linear(unit: str) -> None:
    """Eight times the text may take about eight times as long; quadratic time would be 64 times."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            split_sentences(text)
            best = min(best, time.process_time() - begun)
        return best

    small = seconds(10_000)
    assert seconds(80_000) < 24 * small + 0.05


def test_held_out_gold() -> None:
    """The floor for text that the splitter was not tuned on. See the head of the file."""
    true, false, missed = boundary_counts(read_gold(GOLD), split_sentences)
    assert 2 * true / (2 * true + false + missed) >= 0.97
