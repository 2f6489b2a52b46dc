"""Which article a notice is about, and what of it is taken back."""

import datetime as dt

import pytest

from assistant.answering.corrections import corrections
from assistant.answering.notices import has_denied, is_withdrawn
from index import Article
from index.language.sentences import split_sentences


def article(name, day, title, text, source="Harle Gazette"):
    return Article(name, title, text, date=dt.date(2030, 5, day), source=source)


def notices(of):
    return corrections(of, tuple(split_sentences(of.text)))


def withdrawn(of, by):
    """The sentences of an article that say only what the notices of another one take back."""
    return [
        of.text[one.start : one.end].strip()
        for one in split_sentences(of.text)
        if any(is_withdrawn(of, one, notice) for notice in notices(by))
    ]


WEDNESDAY = article(
    "tram",
    8,
    "Brakes of a tram fail",
    "The brakes failed on a tram of the harbour line on Tuesday, a conductor said. Nine passengers were bruised.",
)


def test_an_impression_is_taken_back():
    notice = article(
        "note",
        10,
        "Clarification: tram of the harbour line",
        "Our report of Wednesday may have left the impression that the brakes failed on a tram of the harbour line. "
        "The inspectors found the brakes in order. The number of passengers was right.",
    )
    assert withdrawn(WEDNESDAY, notice) == [
        "The brakes failed on a tram of the harbour line on Tuesday, a conductor said."
    ]
    assert notices(notice)[0].text.startswith("The inspectors")


def test_a_report_that_is_named_by_its_day_is_withdrawn_whole():
    notice = article(
        "note",
        10,
        "Withdrawn: brakes of the tram",
        "The Gazette withdraws its report of Wednesday that a tram had bad brakes.",
    )
    assert len(withdrawn(WEDNESDAY, notice)) == 2
    other_day = article("late", 7, WEDNESDAY.title, WEDNESDAY.text)
    other_outlet = article("radio", 8, WEDNESDAY.title, WEDNESDAY.text, source="Coast Radio")
    assert "Nine passengers were bruised." not in withdrawn(other_day, notice) + withdrawn(other_outlet, notice)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "CORRECTED: Tower of Ostrey to be 52 metres high",
            "The tower of Ostrey will be 52 metres high and not 25 metres, as we reported on Monday.",
        ),
        (
            "Correction: height of the tower",
            "In our report the height was wrong. It is 52 metres, the builder says, and not 25 metres.",
        ),
        (
            "Builder revises the height of the tower",
            "The builder revised the height of the tower of Ostrey to 52 metres. It was first given as 25 metres.",
        ),
    ],
)
def test_a_number_that_was_put_right_is_known(title, text):
    wrong = article(
        "tower", 6, "Tower of Ostrey to be 25 metres high", "The height of the tower of Ostrey is 25 metres."
    )
    right = article("right", 7, title, text)
    assert any(has_denied(wrong, split_sentences(wrong.text)[0], notice) for notice in notices(right))


def test_a_correction_that_was_wrong_is_taken_back_itself():
    first = article(
        "first",
        7,
        "Correction: the name of the new ferry",
        "We wrote on Monday that the new ferry is called Ilsa. It is called Irma.",
    )
    second = article(
        "second",
        8,
        "Correction of a correction: the new ferry is the Ilsa",
        "Our correction of Tuesday was wrong. The new ferry is called Ilsa, as we had first reported, and not Irma.",
    )
    assert notices(second)[0].undoes
    assert "It is called Irma." in withdrawn(first, second)
    assert notices(second)[0].text.startswith("The new ferry is called Ilsa")
