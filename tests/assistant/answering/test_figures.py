"""Which figures are of one quantity, how they stand, and that the newest that holds goes first."""

import datetime as dt
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Statement
from assistant.answering.asked import Asked
from assistant.answering.corrections import corrections
from assistant.answering.figures import changed, points, with_figures
from assistant.reader import Candidate, Reading
from index import Article, Hit, Passage, split_sentences

MARCH = (dt.date(2031, 3, 1), dt.date(2031, 4, 1))
ASKED = "How many people died in the flood?"
FIRST = ("2031-03-06", "Nine people died in the flood.", "Nine people")
LATER = ("2031-03-09", "The flood killed ten people.", "ten people")


def read(*articles: Any) -> Reading:
    """A reading of articles, best first: day, text of one sentence, marked words, and if wanted outlet and log-odds."""
    found = []
    for n, (day, text, marked, *more) in enumerate(articles):
        source = more[0] if more else "Gazette"
        odds = more[1] if len(more) > 1 else 5.0
        date = dt.date.fromisoformat(day) if day else None
        article = Article(f"a{n}", "Flood", text, date=date, source=source)
        sentences = tuple(split_sentences(text))
        hit = Hit(Passage(f"p{n}", f"a{n}", 0, 0, 0, len(text), text), article, sentences)
        span = (text.index(marked), text.index(marked) + len(marked))
        found.append(Candidate(hit, sentences[0], span, 9.0 - n / 10, span, odds))
    return Reading(tuple(found), 0.8)


def figures(*articles, question=ASKED, asked_on=None):
    """The texts of the figures, oldest first, each with how it stands; and the days of what is shown."""
    reading = read(*articles)
    notices = [each for one in reading.candidates for each in corrections(one.article, tuple(one.hit.sentences))]
    found = points(Asked.of(question, asked_on=asked_on).limited(MARCH, MARCH[1]), reading, notices)
    after = changed(question, reading, found)
    assert all(one.score <= after.candidates[0].score for one in after.candidates)
    shown = after.candidates[: after.shown]
    answer = Answer(
        question,
        question,
        "answered",
        tuple(Statement(one.text, (n,), one.span, verbatim=True) for n, one in enumerate(shown, start=1)),
        tuple(Citation.to(one.article, one.sentence, n) for n, one in enumerate(shown, start=1)),
    )
    answer = with_figures(answer, found)
    used = [*range(1, len(shown) + 1), *(figure.citation for figure in answer.figures)]
    assert list(dict.fromkeys(used)) == [citation.marker for citation in answer.citations]
    for figure in answer.figures:
        assert figure.text in answer.citations[figure.citation - 1].sentence
    return {figure.text: figure.standing for figure in answer.figures}, [one.text for one in shown]


def test_a_later_figure_goes_first_and_the_one_that_it_replaces_after_it():
    assert figures(FIRST, LATER) == ({"Nine people": "earlier", "ten people": "latest"}, [LATER[1], FIRST[1]])


def test_all_figures_oldest_first_and_only_the_last_before_is_a_statement():
    latest = ("2031-03-11", "Eleven people are now known to have died.", "Eleven people")
    found, shown = figures(FIRST, LATER, latest)
    assert list(found) == ["Nine people", "ten people", "Eleven people"]
    assert shown == [latest[1], LATER[1]]


def test_two_of_one_day_contradict_each_other_and_both_are_shown():
    other = ("2031-03-06", "The flood killed twelve people, the hospital said.", "twelve people", "Coast Radio")
    found, shown = figures(FIRST, other)
    assert set(found.values()) == {"disputed"}
    assert shown == [FIRST[1], other[1]]


def test_one_of_the_next_day_and_another_outlet_contradicts_unless_it_says_that_it_rose():
    other = ("2031-03-07", "The flood killed twelve people, the hospital said.", "twelve people", "Coast Radio")
    assert set(figures(FIRST, other)[0].values()) == {"disputed"}
    rose = ("2031-03-07", "The toll of the flood rose to twelve people.", "twelve people", "Coast Radio")
    assert list(figures(FIRST, rose)[0].values()) == ["earlier", "latest"]


@pytest.mark.parametrize(
    "text",
    [
        "Ten people, not nine, died in the flood.",
        "In the flood died ten people and not nine, as the district had said.",
    ],
)
def test_a_denied_figure_is_withdrawn_and_no_statement(text):
    found, shown = figures(FIRST, ("2031-03-09", text, "en people"))
    assert list(found.values()) == ["withdrawn", "latest"]
    assert shown == [text]


def test_a_correction_of_a_correction_brings_the_first_figure_back():
    wrong = ("2031-03-08", "Ten people, not nine, died in the flood.", "Ten people")
    again = ("2031-03-10", "Nine people, not ten, died in the flood after all.", "Nine people")
    found, shown = figures(wrong, FIRST, again)
    assert shown[0] == again[1]
    assert found["Ten people"] == "withdrawn"
    assert found["Nine people"] == "latest"


def test_two_of_one_day_that_correct_each_other_are_disputed():
    one = ("2031-03-08", "Ten people, not nine, died in the flood.", "Ten people", "Gazette")
    two = ("2031-03-08", "Nine people, not ten, died in the flood.", "Nine people", "Coast Radio")
    assert set(figures(one, two)[0].values()) == {"disputed"}


def test_where_nobody_knows_a_day_they_are_in_the_order_of_reading():
    undated = [(None, *article[1:]) for article in (LATER, FIRST)]
    found, shown = figures(*undated)
    assert list(found) == ["Nine people", "ten people"]
    assert shown[0] == LATER[1]


def test_copies_of_one_story_and_a_figure_that_stays_count_once():
    copy = (FIRST[0], *FIRST[1:], "Coast Radio")
    again = ("2031-03-07", "The flood killed nine people, the ministry said.", "nine people")
    assert len(figures(FIRST, copy, again, LATER)[0]) == 2


def test_bounds_and_shares_are_kept_as_they_are_said():
    first = ("2031-03-06", "At least 40 people died in the flood.", "40 people")
    later = ("2031-03-09", "The flood killed up to 60 people.", "60 people")
    assert list(figures(first, later)[0]) == ["40 people", "60 people"]
    turnout = ("2031-03-06", "Turnout was 51 per cent.", "51 per cent"), ("2031-03-09", "Turnout was 54.5%.", "54.5%")
    assert list(figures(*turnout, question="What was the turnout?")[0]) == ["51 per cent", "54.5%"]


@pytest.mark.parametrize(
    ("articles", "more"),
    [
        ((LATER,), {}),
        ((FIRST, ("2031-03-09", "The flood killed nine people.", "nine people")), {}),  # the same number
        ((FIRST, ("2031-03-09", "Ten percent of the town was flooded.", "Ten percent")), {}),  # another unit
        ((FIRST, ("2031-03-09", "The flood was ten metres high.", "ten metres")), {}),
        ((FIRST, ("2031-03-09", "Hanne Corvin, 34, a nurse, died.", "34")), {}),  # an age
        ((FIRST, ("2031-03-09", "It was the tenth flood.", "tenth")), {}),  # no count
        ((FIRST, ("2031-03-09", "The flood took ten homes.", "ten homes")), {}),  # of other things
        ((FIRST, ("2031-03-09", "Two more people died in the flood.", "Two more people")), {}),  # no new total
        ((FIRST, ("2031-03-09", "In Hosk two people died in the flood.", "two people")), {}),  # of a part
        ((FIRST, ("2031-03-09", "Two of them died in the flood.", "Two")), {}),
        ((FIRST, ("2031-03-09", "Five people died in the flood overnight.", "Five people")), {}),
        ((FIRST, ("2031-03-09", "Thirty people could have died in the flood.", "Thirty people")), {}),  # only feared
        ((FIRST, ("2031-03-09", "Ten years ago a flood killed thirty people.", "thirty people")), {}),  # another one
        ((FIRST, ("2031-03-09", "The flood killed 90,000 people.", "90,000 people")), {}),  # of another size altogether
        (
            (FIRST, ("2031-03-09", "The flood spared ten people.", "ten people", "Gazette", -6.0)),
            {},
        ),  # it answers something else
        ((FIRST, LATER), {"asked_on": "2031-03-08"}),  # it was not known yet
        ((FIRST, LATER), {"question": "How many people had died by March 6?"}),
        ((FIRST, LATER), {"question": "How many people died at first?"}),
        ((FIRST, LATER), {"question": "Who counted the dead of the flood?"}),
        ((FIRST, LATER), {"question": "Did the flood kill nine people?"}),
    ],
)
def test_there_is_nothing_to_tell(articles, more):
    found, shown = figures(*articles, **more)
    assert found == {}
    assert shown == [articles[0][1]]


def test_a_rate_is_compared_with_a_rate():
    first = ("2031-03-06", "The strike costs five million crowns a day.", "five million crowns")
    whole = ("2031-03-09", "The strike cost 60 million crowns.", "60 million crowns")
    rate = ("2031-03-09", "The strike costs six million crowns a day.", "six million crowns")
    asked = "How much does the strike cost?"
    assert figures(first, whole, question=asked)[0] == {}
    assert list(figures(first, rate, question=asked)[0].values()) == ["earlier", "latest"]


def test_a_number_leaves_its_unit_to_the_one_before_it():
    first = ("2031-03-06", "The union wants nine per cent; the company offers four.", "four")
    later = ("2031-03-09", "The company offers six per cent.", "six per cent")
    found, _ = figures(first, later, question="pay offer")
    assert found == {"four": "earlier", "six per cent": "latest"}


def test_nothing_read_stays_nothing():
    assert points(Asked.of(ASKED), Reading((), 0.0)) == []
    assert changed(ASKED, Reading((), 0.0), []) == Reading((), 0.0)


def test_the_cost_of_something_else_is_no_earlier_figure():
    bridge = ("2031-03-09", "The bridge of Munt will cost 12 million crowns.", "12 million crowns")
    hall = ("2031-03-06", "The concert hall will cost 30 million crowns.", "30 million crowns")
    before = ("2031-03-05", "The bridge of Munt was to cost nine million crowns.", "nine million crowns")
    found, _ = figures(bridge, hall, before, question="cost of the bridge")
    assert list(found) == ["nine million crowns", "12 million crowns"]


def test_what_is_of_a_later_day_than_the_question_does_not_lead():
    _, shown = figures(LATER, FIRST, asked_on="2031-03-07")
    assert shown == [FIRST[1]]


def test_what_puts_the_best_figure_right_leads_however_it_answers():
    best = ("2031-03-08", "The death toll of the flood stands at 11.", "11")
    right = ("2031-03-11", "Ten people, not eleven, died in the flood.", "Ten people", "Gazette", -3.0)
    found, shown = figures(best, right)
    assert found == {"11": "withdrawn", "Ten people": "latest"}
    assert shown == [right[1]]


def test_the_same_said_with_another_number_is_a_newer_figure():
    first = ("2031-03-08", "Three people are still missing.", "Three people")
    later = ("2031-04-05", "One person is still missing: Hanne Corvin, a nurse.", "One person", "Gazette", -8.0)
    found, shown = figures(first, later, question="How many people are being looked for?")
    assert found == {"Three people": "earlier", "One person": "latest"}
    assert shown[0] == later[1]


def test_of_a_month_the_figures_of_that_month_and_the_newest_of_them():
    first = ("2031-03-17", "Fourteen ships were waiting.", "Fourteen ships")
    later = ("2031-03-24", "31 ships were waiting.", "31 ships")
    after = ("2031-04-03", "38 ships were waiting.", "38 ships")
    found, shown = figures(first, after, later, question="How many ships were waiting in March?")
    assert found == {"Fourteen ships": "earlier", "31 ships": "latest"}
    assert shown[0] == later[1]


def test_another_number_of_the_same_article_is_no_other_figure():
    text = "Edda won by 43 votes. A bundle of 100 votes had been lost."
    article = Article("a", "Recount", text, date=MARCH[0])
    sentences = tuple(split_sentences(text))
    hit = Hit(Passage("p", "a", 0, 1, 0, len(text), text), article, sentences)
    spans = [(12, 20), (12, 21)]
    found = [
        Candidate(hit, one, span, score, span, score)
        for one, span, score in zip(sentences, spans, (6.0, 1.0), strict=True)
    ]
    asked = Asked.of("How many votes did Edda win by?")
    assert [point.value for point in points(asked, Reading(tuple(found), 0.9))] == [43]


SURE = ("Gazette", 5.0)


@pytest.mark.parametrize(
    ("question", "articles", "lead"),
    [
        # A difference is no figure; what it is added to is.
        (
            "How many houses are lost?",
            (
                ("2031-03-18", "260 houses will be pulled down.", "260 houses"),
                ("2031-03-20", "It finds 310 houses lost, fifty more than the ministry.", "fifty"),
            ),
            "310 houses",
        ),
        # The missing are not the dead, nor is one of the dead a count of them.
        (ASKED, (FIRST, ("2031-03-09", "The number of missing people fell to two.", "two", *SURE)), None),
        (ASKED, (FIRST, ("2031-03-09", "One of the dead was a nurse.", "One", *SURE)), None),
        # The best sentence with a number, where the best of all has none, or one of the past.
        (
            "What do the polls give the Alliance?",
            (
                ("2031-03-09", "The polls give the Alliance a lead.", "a lead"),
                ("2031-03-09", "In the polls the Alliance has 38 per cent.", "38 per cent"),
                ("2031-03-19", "In the polls the Alliance has 41 per cent.", "41 per cent"),
            ),
            "41 per cent",
        ),
        (
            "How long did the strike last?",
            (
                ("2031-03-05", "The last strike was in 2022 and lasted four days.", "four days"),
                ("2031-03-19", "The strike has lasted ten days.", "ten days"),
                ("2031-03-29", "After nineteen days of strike there is an agreement.", "nineteen days", "Gazette", 0.8),
            ),
            "nineteen days",
        ),
        # What puts any figure right, or says again what one of them says, is the newest.
        (
            "flood dead",
            (
                ("2031-03-06", "Nine people died in the flood.", "Nine people"),
                ("2031-03-11", "Ten people, not eleven, died in the flood.", "Ten people", "Gazette", -3.0),
            ),
            "Ten people",
        ),
        (
            "current number of missing",
            (
                ("2031-03-11", "The number of missing people fell from three to two.", "two"),
                ("2031-03-08", "Three people are still missing.", "Three people"),
                ("2031-04-05", "One person is still missing.", "One person", "Gazette", -8.0),
            ),
            "One person",
        ),
        # Now is no moment of the past.
        (
            "What is the pay offer at the moment?",
            (
                ("2031-03-05", "The pay offer is four per cent.", "four per cent"),
                ("2031-03-19", "The pay offer is 5.5 per cent.", "5.5 per cent"),
            ),
            "5.5 per cent",
        ),
    ],
)
def test_which_figure_leads(question, articles, lead):
    found, shown = figures(*articles, question=question)
    if lead is None:
        assert (found, shown) == ({}, [articles[0][1]])
    else:
        assert list(found)[-1] == lead
        assert lead in shown[0]


def test_whom_the_question_names_leads_though_another_says_otherwise():
    union = ("2031-03-10", "According to the union 2,400 workers stayed away.", "2,400 workers")
    company = ("2031-03-10", "The port company said that 1,900 workers had stayed away.", "1,900 workers")
    for whom, first in (("union", union), ("port company", company)):
        found, shown = figures(union, company, question=f"How many workers stayed away according to the {whom}?")
        assert set(found.values()) == {"disputed"}
        assert shown[0] == first[1]


def test_a_worse_sentence_of_before_the_day_of_asking_gives_the_figure_all_the_same():
    after = ("2031-03-28", "The payment rises to 3,500 crowns.", "3,500 crowns", "Gazette", -0.5)
    before = ("2031-03-07", "The payment is 2,000 crowns.", "2,000 crowns", "Gazette", -0.9)
    assert figures(after, before, question="How much is the payment?", asked_on="2031-03-08")[1] == [before[1]]
