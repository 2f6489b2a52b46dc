"""Which language a text is in, measured on 40 short texts of each of ten languages, and of English (`texts/`)."""

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.detect import language_of

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = sorted(path.stem for path in TEXTS.glob("*.txt"))


def texts(code):
    return (TEXTS / f"{code}.txt").read_text(encoding="utf-8").splitlines()


def test_there_are_ten_languages_and_english():
    assert len(LANGUAGES) == 11
    assert all(len(set(texts(code))) == 40 for code in LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_short_texts_are_recognised(code):
    wrong = [(language_of(text), text) for text in texts(code) if language_of(text) != code]
    assert len(wrong) <= 2, wrong  # .95 of 40


def test_english_with_foreign_names_is_never_another_language():
    assert {language_of(text) for text in texts("en")} <= {"en", None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_decomposed_accents_make_no_difference(code):
    for text in texts(code):
        assert language_of(unicodedata.normalize("NFD", text)) == language_of(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("暴风雨中有多少人死亡？", "zh"),
        ("嵐で何人が死亡しましたか", "ja"),
        ("폭풍으로 몇 명이 사망했습니까?", "ko"),
        ("Πόσοι άνθρωποι πέθαναν στην καταιγίδα;", "el"),
        ("כמה אנשים מתו בסערה?", "he"),
        ("तूफ़ान में कितने लोग मारे गए?", "hi"),
        ("มีผู้เสียชีวิตกี่คนจากพายุ", "th"),
        ("Скільки людей загинуло під час шторму?", "uk"),
        ("چند نفر در طوفان کشته شدند؟", "fa"),
        ("Hur många människor dog i stormen?", "sv"),
        ("Kolik lidí zemřelo při bouři?", "cs"),
        ("Hányan haltak meg a viharban és mikor?", "hu"),
        ("Berapa banyak orang tewas dalam badai itu?", "id"),
        ("Kuinka monta ihmistä kuoli myrskyssä?", "fi"),
        ("Câți oameni au murit în furtună?", "ro"),
        ("Có bao nhiêu người chết trong cơn bão?", "vi"),
    ],
)
def test_other_languages_by_their_script_or_their_words(text, code):
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Who is 习近平?", "en"),
        ("What did Владимир Владимирович Путин say?", "en"),
        ("Кто это сказал, неизвестно. «The answer is no», написал он в письме, которое опубликовала газета.", "ru"),
        ("谁是 Emmanuel Macron", "zh"),
        ("Кто такая Ursula von der Leyen?", "ru"),
        ("mayor el paso", None),
        ("Los Angeles Lakers roster", None),
        ("Emmanuel Macron", None),
        ("São Paulo", None),
        ("la", None),
        ("", None),
        ("1998?", None),
        ("🙂🙂", None),
        ("https://example.com/a/b", None),
    ],
)
def test_names_alone_are_of_no_language_and_those_of_another_script_of_that_around_them(text, code):
    assert language_of(text) == code


@given(st.one_of(st.text(), st.text(string.ascii_letters + " '’-äßñ")))
def test_any_text_has_a_code_of_two_letters_or_none(text):
    found = language_of(text)
    assert found is None or (len(found) == 2 and found.isalpha())
