"""The day that a sentence is about."""

import datetime as dt

import pytest

from assistant.answer import Period
from assistant.answering.days import day_told, is_background, tells_of, told_first
from assistant.reader import Candidate, Reading
from index import Article, Hit, Passage, Sentence

PUBLISHED = dt.date(2031, 3, 19)  # a Wednesday


def told(text, date=PUBLISHED):
    return Article("one", "Title", text, date=date), Sentence(0, len(text))


def tells(text, first, last):
    article, sentence = told(text)
    return tells_of(article, sentence, first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The roof fell in on Monday.", dt.date(2031, 3, 17)),
        ("The levee broke on 5 March, a court heard on Tuesday.", dt.date(2031, 3, 18)),
        ("The gate will open on Friday.", None),
        ("They had been waiting since Monday.", None),
        ("The company hopes to finish by Friday.", None),
        ("Nobody was hurt.", None),
    ],
)
def test_the_last_day_that_was_is_told(text, day):
    assert day_told(*told(text)) == day


def test_without_a_date_of_the_article_a_weekday_is_no_day():
    assert day_told(*told("The roof fell in on Monday.", None)) is None


def test_what_was_long_before_is_background():
    assert is_background(*told("The last flood came in 2019."))
    assert not is_background(*told("The roof fell in on Monday."))
    assert not is_background(*told("Nobody was hurt."))


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("The roof fell in on Tuesday.", True),
        ("The roof fell in on Monday.", False),
        ("The gate will open on Friday.", False),
        ("Nobody was hurt.", False),
    ],
)
def test_a_sentence_tells_of_the_day_before_its_article_where_it_names_it(text, does):
    day = dt.date(2031, 3, 18)
    assert tells(text, day, day) is does


def test_what_names_no_day_is_of_the_day_of_its_article():
    assert tells("Nobody was hurt.", PUBLISHED, PUBLISHED)
    assert tells("The gate will open on Friday.", PUBLISHED, PUBLISHED)


def test_the_year_of_a_day_does_not_tell_of_it():
    assert not tells("It was the wettest year since 2031.", dt.date(2031, 1, 2), dt.date(2031, 1, 2))
    assert tells("The last flood came in 2019.", dt.date(2019, 1, 1), dt.date(2019, 12, 31))


def candidate(text, score):
    article, sentence = told(text)
    passage = Passage("p", article.id, 0, 0, 0, len(text), text)
    return Candidate(Hit(passage, article, (sentence,)), sentence, None, score)


def test_of_sentences_that_are_nearly_as_good_that_of_the_day_goes_first():
    monday, tuesday, far = (
        candidate("Three were hurt on Monday.", 2.0),
        candidate("Four were hurt on Tuesday.", 1.0),
        candidate("Five were hurt on Sunday.", -3.0),
    )
    reading = Reading((monday, tuesday, far), 0.8)
    first = told_first(reading, of_day("2031-03-18"))
    assert first is not None
    assert [one.text for one in first.candidates] == [tuesday.text, monday.text, far.text]
    assert told_first(reading, of_day("2031-03-17")) == reading
    assert told_first(reading, of_day("2031-03-16")) is None  # a hint makes no bad answer a good one
    assert told_first(Reading((), 0.0), of_day("2031-03-16")) is None


def of_day(day):
    return Period(day, day, "told", "what happened then")
