"""The word lists: each says what it is, and holds no word twice in a group."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.language
from index.language.words import STOP_WORDS, content_words, folded, list_lines, word_groups, word_list, words

FILES = sorted((Path(index.language.__file__).parent / "data").iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_says_what_it_is_and_no_line_stands_twice(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")
    lines = list_lines(path.stem)
    assert lines
    assert [line for line, times in Counter(lines).items() if times > 1] == []


def test_words_and_groups():
    assert {"the", "don't"} <= word_list("stop_words")
    units = word_groups("units")
    assert units["km"][:2] == ["km", "kms"]
    assert "Mr" in word_groups("sentence_words")["titles"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14,000 residents", ["14000", "residents"]),
        ("3.5 percent", ["3.5", "percent"]),
        ("Assad’s forces", ["assad", "forces"]),
        ("the workers' union", ["the", "workers", "union"]),
        ("U.S.-led", ["u.s", "led"]),
        ("1,2 and 3", ["1,2", "and", "3"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_content_words_are_stems_without_stop_words():
    assert content_words("How many residents were fleeing their homes?") == ["resid", "flee", "home"]


@given(st.text())
def test_no_stop_word_is_a_content_word(text):
    assert all(word not in STOP_WORDS for word in words(text) if content_words(word))
    assert len(content_words(text)) <= len(words(text))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łódź", "Lodz"),
        ("Lech Wałęsa", "Lech Walesa"),
        ("Tromsø", "Tromso"),
        ("Đặng Thị Ngọc Thịnh", "Dang Thi Ngoc Thinh"),
        ("Novak Đoković", "Novak Dokovic"),
        ("Sigurður Ægisson", "Sigurdur AEgisson"),
        ("Þórður", "Thordur"),
        ("Friedrichstraße", "Friedrichstrasse"),
        ("Hœrdt", "Hoerdt"),
        ("Erdoğan, Işık", "Erdogan, Isik"),
        ("İstanbul", "Istanbul"),
        ("São Tomé", "Sao Tome"),
        ("Māori", "Maori"),
        ("Dvořák", "Dvorak"),
        ("Čapek", "Capek"),
        ("Ħamrun", "Hamrun"),
        ("Hawaiʻi", "Hawai'i"),
        ("Əliyev", "Eliyev"),
        ("the ﬁre brigade, oﬃcers", "the fire brigade, officers"),
        ("ＮＡＴＯ ２０３１", "NATO 2031"),
        ("Sel\u00admouth", "Selmouth"),
        ("Sel\u200bmouth", "Selmouth"),
        ("\ufeffSelmouth", "Selmouth"),
        ("Se\u0301bastien", "Sebastien"),
        ("Ёлкин, Йошкар-Ола", "Елкин, Иошкар-Ола"),
        ("Αθήνα", "Αθηνα"),
        ("مُحَمَّد", "محمد"),
        ("ﾄｳｷｮｳ", "トウキョウ"),
        ("№ ½ …", "№ ½ …"),
    ],
)
def test_what_is_typed_is_what_is_written(written, typed):
    assert folded(written) == folded(typed) == typed


@pytest.mark.parametrize("text", ["が", "한국어", "हिन्दी", "ไทย", "می‌خواهم", "東京", "“quoted” – it’s €5"])
def test_marks_that_are_letters_of_their_own_stay(text):
    assert folded(text) == text


@given(st.text())
def test_texts_that_look_alike_are_the_same(text):
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@given(st.text())
def test_what_is_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_english_is_not_touched(text):
    assert folded(text) == text
