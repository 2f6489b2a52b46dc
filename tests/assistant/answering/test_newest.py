"""Of several figures that answer nearly as well, the newest goes first, and the earlier one is still shown."""

import datetime as dt

import pytest

from assistant import Assistant
from assistant.answering.newest import newest_first
from assistant.reader import Candidate, Reading
from index import index_paths
from tests.assistant.reader.hits import hit_of
from tests.index.articles import lines

ASKED = "How many people died in the flood?"
FIRST = ("2031-03-06", "Nine people died in the flood.", "Nine people")
LATER = ("2031-03-09", "The flood killed ten people.", "ten people")


def read(*articles, scores=None, nearly=1.0, question=ASKED, asked_on=None):
    """The days in the order of the reading, and how many are shown, for articles (day, sentence, marked words)."""
    candidates = []
    for n, (day, text, marked) in enumerate(articles):
        hit = hit_of(text, "Flood", article=f"a{n}", date=dt.date.fromisoformat(day) if day else None)
        span = (text.index(marked), text.index(marked) + len(marked)) if marked else None
        candidates.append(Candidate(hit, hit.sentences[0], span, (scores or [9.0 - n / 10 for n in range(9)])[n]))
    before = Reading(tuple(candidates), 0.8, 1, nearly)
    after = newest_first(question, before, asked_on and dt.date.fromisoformat(asked_on))
    assert {(one.hit, one.span) for one in after.candidates} == {(one.hit, one.span) for one in candidates}
    assert [one.score for one in after.candidates] == sorted((one.score for one in after.candidates), reverse=True)
    return [one.article.date and one.article.date.isoformat() for one in after.candidates], after.shown


def test_a_later_figure_goes_first_and_the_earlier_one_is_shown_after_it():
    assert read(FIRST, LATER) == (["2031-03-09", "2031-03-06"], 2)


def test_thousands_are_no_age():
    later = ("2031-03-09", "About 14,000, the mayor said, died in the flood of 1,234,567 cubic metres.", "14,000")
    assert read(FIRST, later) == (["2031-03-09", "2031-03-06"], 2)


def test_of_several_later_ones_it_is_the_latest():
    latest = ("2031-03-11", "Eleven people are now known to have died.", "Eleven people")
    assert read(FIRST, LATER, latest) == (["2031-03-11", "2031-03-06", "2031-03-09"], 2)


@pytest.mark.parametrize(
    ("articles", "more"),
    [
        ((LATER, FIRST), {}),  # it is the later one already
        ((FIRST, ("2031-03-09", "The flood killed nine people.", "nine people")), {}),  # the same number
        ((FIRST, ("2031-03-09", "Ten percent of the town was flooded.", "Ten percent")), {}),  # another unit
        ((FIRST, ("2031-03-09", "Hanne Corvin, 34, a nurse, died.", "34")), {}),  # an age
        ((FIRST, ("2031-03-09", "It was the tenth flood.", "tenth")), {}),  # no count
        ((FIRST, ("2031-03-09", "The flood took ten homes.", "ten homes")), {}),  # of other things
        ((FIRST, (None, "The flood killed ten people.", "ten people")), {}),  # nobody knows when
        (((None, *FIRST[1:]), LATER), {}),
        ((FIRST, LATER), {"scores": [9.0, 7.9]}),  # it answers less well
        ((FIRST, LATER), {"nearly": 0.0}),  # the Reader cannot say
        ((FIRST, LATER), {"asked_on": "2031-03-08"}),  # it was not known yet
        ((FIRST, LATER), {"question": "How many people had died by March 6?"}),
        ((FIRST, LATER), {"question": "Who counted the dead of the flood?"}),
    ],
)
def test_it_stays_as_it_was(articles, more):
    assert read(*articles, **more) == ([day for day, *_ in articles], 1)


def test_nothing_read_stays_nothing():
    assert newest_first(ASKED, Reading((), 0.0)) == Reading((), 0.0)


def test_asked_of_real_articles(tmp_path, embedding):
    report = {"id": "report", "title": "Flood in Varn", "date": "2031-03-06", "text": FIRST[1] + " Rain is forecast."}
    later = {"id": "later", "title": "Flood in Varn", "date": "2031-03-09", "text": LATER[1] + " The rain has ended."}
    home = tmp_path / "home"
    index_paths(home, [lines(tmp_path / "news.jsonl", report, later)], embedding, passage_tokens=160)
    with Assistant.open(home) as assistant:
        answer = assistant.ask("How many people died in the flood in Varn?")
        assert [citation.article_id for citation in answer.citations] == ["later", "report"]
        assert answer.short_answer == "ten people"
        before = assistant.ask("How many people died in the flood in Varn?", asked_on="2031-03-07")
        assert before.citations[0].article_id == "report"
