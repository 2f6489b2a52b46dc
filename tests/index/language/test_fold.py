"""Letters as people type them: what is the same when folded, and what is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.fold import folded


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
