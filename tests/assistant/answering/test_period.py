"""The days that a question is limited to."""

import datetime as dt

import pytest

from assistant.answering.asked import Asked
from assistant.answering.period import day_of_asking, narrowed, period_of, up_to
from index.errors import QuestionError
from index.store.catalogue import ArticleFilter

SUNDAY = dt.date(2031, 4, 6)


@pytest.mark.parametrize(
    ("question", "basis", "first", "last"),
    [
        ("as of 4 March, how many were missing?", "published", None, "2031-03-04"),
        ("What was known about the dam on 20 March?", "published", None, "2031-03-20"),
        ("what did we know by 10 March?", "published", None, "2031-03-10"),
        ("news of yesterday", "published", "2031-04-05", "2031-04-05"),
        ("yesterday's headlines", "published", "2031-04-05", "2031-04-05"),
        ("articles up to 20 March about the fire", "published", None, "2031-03-20"),
        ("any news since Thursday?", "published", "2031-04-03", None),
        ("this week's news", "published", "2031-03-31", "2031-04-06"),
        ("What happened on 20 March?", "told", "2031-03-20", "2031-03-20"),
        ("what happened last week", "told", "2031-03-24", "2031-03-30"),
        ("what happened in March", "told", "2031-03-01", "2031-03-31"),
        ("what happened between 5 and 20 March", "told", "2031-03-05", "2031-03-20"),
        ("what happened between 5 March and 2 April", "told", "2031-03-05", "2031-04-02"),
        ("what happened since 20 March", "told", "2031-03-20", None),
        ("what happened before 10 March", "told", None, "2031-03-09"),
        ("what happened after 10 March", "told", "2031-03-11", None),
    ],
)
def test_the_wording_says_which_days_are_meant_and_how(question, basis, first, last):
    period = period_of(question, SUNDAY)
    assert period is not None
    assert (period.basis, period.first, period.last) == (basis, first, last)


@pytest.mark.parametrize(
    "question",
    [
        "What is the treaty of 2028 about?",
        "Tell me about the March 5 fire",
        "Summarize the election of March 30",
        "What happened at 9 pm?",
        "how many displaced?",
    ],
)
def test_a_date_that_is_part_of_a_name_limits_nothing(question):
    assert period_of(question, SUNDAY) is None


def test_a_weekday_can_be_left_open():
    assert period_of("what happened on Friday", SUNDAY, weekdays=False) is None
    assert period_of("what happened on Friday 4 April", SUNDAY, weekdays=False) is not None


def test_a_day_that_the_calendar_does_not_have_is_refused_in_one_line():
    with pytest.raises(QuestionError, match="31 February is no day of the calendar") as refused:
        period_of("what was known as of 31 February?", SUNDAY)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("as of 4 March", "articles up to 4 March 2031"),
        ("news of 4 March", "articles of 4 March 2031"),
        ("what happened on 4 March", "what happened on 4 March 2031"),
        ("what happened from 3 to 5 March", "what happened from 3 March 2031 to 5 March 2031"),
        ("what happened since 1 April", "what happened since 1 April 2031"),
    ],
)
def test_the_period_is_said(question, text):
    period = period_of(question, SUNDAY)
    assert period is not None
    assert period.text == text


def test_an_archive_is_asked_on_its_last_day_and_a_living_store_today():
    today = dt.date(2031, 6, 1)
    assert day_of_asking(None, SUNDAY, today) == SUNDAY
    assert day_of_asking(None, dt.date(2031, 5, 30), today) == today
    assert day_of_asking(None, None, today) == today
    assert day_of_asking(dt.date(2031, 3, 1), SUNDAY, today) == dt.date(2031, 3, 1)


def test_a_filter_is_only_ever_made_narrower():
    march = ArticleFilter(source="Tidende", since=dt.date(2031, 3, 1), until=dt.date(2031, 3, 31))
    found = narrowed(march, None, dt.date(2031, 4, 2))
    assert found == march
    assert narrowed(march, dt.date(2031, 3, 5), None).since == dt.date(2031, 3, 5)
    assert narrowed(None, *up_to(SUNDAY).days) == ArticleFilter(until=SUNDAY)


def test_a_filter_by_day_says_what_was_known():
    day = dt.date(2031, 3, 7)
    assert Asked.of("how many?", among=ArticleFilter(until=day)).known_on == day
    assert Asked.of("how many?", asked_on="2031-03-05", among=ArticleFilter(until=day)).known_on == dt.date(2031, 3, 5)
