"""Kept answers of the forms that take articles of several days and outlets, whatever the Reader of the day finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.answer import Answer, Citation, Figure, Form, Notice, Statement
from assistant.memory import Conversations
from tests.browser.support import ask
from tests.browser.verdicts import cited

POST, HERALD = "The Varnholt Post", "Sarn Herald"
CORRECTION = "KESSING, Torvenia (CWN) - Ten people, not eleven, died."
_KILLED, _DISPLACED, _REGAINED = cited("301 people", 1), cited("14,000", 2), cited("two-thirds", 3)


def show_every_form(page: Page, home: Path) -> None:
    """Begin a conversation on the page, and keep with it an answer of each form."""
    ask(page, "how many displaced?")
    kept = Conversations(home)
    conversation = kept.get(int(page.url.rpartition("/conversations/")[2]))
    for answer in (figures(), disputed(), days("briefing"), days("timeline")):
        conversation = kept.append(conversation, answer)
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(len(conversation.turns))


def figures() -> Answer:
    """A figure that changed, with one that was taken back."""
    latest, earlier = _of(_KILLED, "2031-03-11", HERALD), _of(_DISPLACED, "2031-03-06", POST)
    void = _of(_REGAINED, "2031-03-08", POST)
    return Answer(
        "How many died?",
        "How many died?",
        "answered",
        tuple(_said(each) for each in (latest, earlier)),
        (latest, earlier, void),
        form="figures",
        figures=(
            Figure(9, "nine", "people", "2031-03-06", POST, 2, "earlier"),
            Figure(11, "two-thirds", "people", "2031-03-08", POST, 3, "withdrawn"),
            Figure(10, "301 people", "people", "2031-03-11", HERALD, 1, "latest"),
        ),
        notices=(Notice(3, "corrected", latest.article_id, CORRECTION),),
        confidence=0.9,
    )


def disputed() -> Answer:
    """Two figures of one day."""
    one, other = _of(_KILLED, "2031-03-06", POST), _of(_DISPLACED, "2031-03-06", HERALD)
    return Answer(
        "How many fled?",
        "How many fled?",
        "answered",
        (_said(one), _said(other)),
        (one, other),
        form="figures",
        figures=(
            Figure(3500, "3,500", "people", "2031-03-06", HERALD, 2, "disputed"),
            Figure(3100, "3,100 people", "people", "2031-03-06", POST, 1, "disputed"),
        ),
        confidence=0.9,
    )


def days(form: Form) -> Answer:
    """What happened on two days, the first in two reports of one outlet."""
    places = (("2031-03-06", POST), ("2031-03-06", POST), ("2031-03-13", HERALD))
    citations = tuple(_of(each, *place) for each, place in zip((_KILLED, _DISPLACED, _REGAINED), places, strict=True))
    statements = tuple(_said(each) for each in citations)
    return replace(
        Answer("What happened?", "What happened?", "answered", statements, citations, confidence=0.9),
        form=form,
    )


def _of(citation: Citation, day: str, outlet: str) -> Citation:
    return replace(citation, date=day, source=outlet)


def _said(citation: Citation) -> Statement:
    return Statement(citation.sentence, (citation.marker,), None, verbatim=True)
