"""Names: every word of one stands in the source, and belongs together there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.names import unsupported_names
from index.language.names import names

SOURCE = (
    "The United Nations said Bashar al-Assad’s forces took Aleppo with help from Russia.",
    "Mayor Ingrid Lund met Vladimir Putin in Moscow, the U.S. Department of State said.",
    "An F-16 of the World Health Organization landed near Tel Aviv, which may be a mistake.",
)


@pytest.mark.parametrize(
    "statement",
    [
        "The UN said it.",
        "Assad took Aleppo.",
        "Bashar Assad's army took Aleppo.",
        "Russian help came.",
        "Russians helped.",
        "Putin met Lund.",
        "Mr. Putin met Ms. Lund.",
        "American officials said it.",
        "The US State Department said it.",
        "WHO landed.",
        "The F-16 landed.",
        "Officials said so.",
        "According to Moscow, he met her.",
        "On Monday in March, Aleppo fell.",
        "It fell. Aleppo was taken.",
    ],
)
def test_supported(statement):
    assert unsupported_names(statement, SOURCE) == []


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("Barack Obama said it.", "Barack Obama"),
        ("Obama said it.", "Obama"),
        ("He met Angela Merkel.", "Angela Merkel"),
        ("Ingrid Putin met him.", "Ingrid Putin"),
        ("Vladimir Lund met him.", "Vladimir Lund"),
        ("The F-35 landed.", "F-35"),
        ("NATO landed.", "NATO"),
        ("He flew to Aleppo, Texas.", "Texas"),
        ("The EU said it.", "EU"),
        ("«Obama» said it.", "Obama"),
        ("He uses an iPhone.", "iPhone"),
        ("Austrian help came.", "Austrian"),
    ],
)
def test_missing(statement, missing):
    assert unsupported_names(statement, SOURCE) == [missing]


def test_a_country_and_its_people_are_one_name():
    assert unsupported_names("He was treated in Belgium.", ["He left a Belgian hospital."]) == []
    assert unsupported_names("He was treated in Belgium.", ["He left a Bulgarian hospital."]) == ["Belgium"]


def test_a_name_may_stand_in_a_title():
    title = ["Ingrid Lund Meets Vladimir Putin in Moscow"]
    assert unsupported_names("Lund met Putin.", ["She met him."], title) == []
    assert unsupported_names("Ingrid Lund met him.", ["She met him."], title) == []
    assert unsupported_names("Ingrid Putin met him.", ["She met him."], title) == ["Ingrid Putin"]
    assert unsupported_names("Angela Merkel met him.", ["She met him."], title) == ["Angela Merkel"]


ARTICLE = "Ingrid Lund met Kari Lund. President Vladimir Putin came; President Putin spoke. Ola Berg came. Berg left."


@pytest.mark.parametrize(
    ("statement", "sentence", "is_there"),
    [
        ("Ola Berg left.", "Berg left.", True),
        ("Mr. Ola Berg left.", "Berg left.", True),
        ("Ola left.", "Berg left.", True),
        ("Vladimir Putin spoke.", "Putin spoke.", True),
        ("Vladimir Putin spoke.", "She spoke.", True),
        ("Putin spoke.", "She spoke.", True),
        ("Vladimir Lund spoke.", "She spoke.", False),
        ("Vladimir Put spoke.", "She spoke.", False),
        ("Angela Merkel spoke.", "She spoke.", False),
        ("Ingrid Lund spoke.", "Lund spoke.", False),  # or the other one
        ("Ingrid Lund spoke.", "Ingrid spoke.", True),
        ("Pål Berg left.", "Berg left.", False),
    ],
)
def test_a_name_may_come_from_the_article_if_nobody_else_there_has_its_part(statement, sentence, is_there):
    assert (unsupported_names(statement, [sentence], articles=[ARTICLE]) == []) == is_there


def test_a_small_word_is_no_name():
    assert unsupported_names("WHO said it.", ["The doctors who came said it."]) == ["WHO"]
    assert unsupported_names("The US said it.", ["They told us."]) == ["US"]


def test_dates_are_none():
    assert names("It began on Monday, 5 March 2024.") == []


@given(st.text(max_size=80))
def test_any_text_supports_itself(text):
    assert unsupported_names(text, [text]) == []
