"""A kept conversation with an answer of each kind, whatever the Reader of the day is sure of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.answer import Answer, Citation, Reason, ReasonKind, Statement
from assistant.memory import Conversations
from index.store.catalogue import ArticleFilter
from tests.browser.support import SEEDS, ask

KILLED = "How many people have been killed?"
FOLLOW_UP = "And how many of them were civilians?"
REASONS: dict[ReasonKind, tuple[str, str]] = {
    "missing": ("What did Macron say in Gaza?", "No article mentions Macron or Gaza."),
    "nothing_close": ("Who won the regatta?", "Nothing in the articles is about this."),
    "not_answered": ("Who leads the Observatory now?", "The articles that come closest do not say."),
    "language": ("¿Cuántos muertos hay?", "Only questions in English are answered so far."),
    "filtered": (KILLED, "No article is left by the days, outlets or articles that you chose."),
}
_ARTICLE = "000_498ac0c67ef683ba"
_COUNT = "301 people"
_TEXT = (SEEDS / f"{_ARTICLE}.txt").read_text("utf-8")
_TITLE, _, _BODY = _TEXT.partition("\n")


def show_every_kind(page: Page, home: Path) -> None:
    """Begin a conversation on the page, and keep with it a sure answer, a tentative one, a follow-up and refusals."""
    ask(page, REASONS["missing"][0])
    number = int(page.url.rpartition("/conversations/")[2])
    kept = Conversations(home)
    conversation = kept.get(number)
    days = ArticleFilter(since=dt.date(2030, 1, 1))
    for kind, (question, said) in REASONS.items():
        closest = () if kind == "filtered" else (cited("Syrian", 1), cited("rebels", 2))
        refusal = Answer(question, question, "not_in_corpus", reason=Reason(kind, said), closest=closest)
        conversation = kept.append(conversation, refusal, days if kind == "filtered" else None)
    sure = _answer(KILLED, _COUNT)
    unsure = replace(_answer("How many have died so far?", None), tentative=True)
    follow_up = replace(_answer(FOLLOW_UP, "28 civilians"), follow_up_to=KILLED)
    for answer in (sure, unsure, follow_up):
        conversation = kept.append(conversation, answer)
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(len(conversation.turns))


def _answer(question: str, short: str | None) -> Answer:
    citation = cited(_COUNT, 1)
    start = citation.sentence.find(short) if short else -1
    span = (start, start + len(short)) if short and start >= 0 else None
    statement = Statement(citation.sentence, (1,), span, verbatim=True)
    return Answer(question, question, "answered", (statement,), (citation,), confidence=0.9)


def cited(words: str, marker: int) -> Citation:
    """The sentence of the seed article that has these words first."""
    found = re.search(rf"[^.\n]*{re.escape(words)}[^.]*\.", _BODY)
    assert found, words
    start = len(_TITLE) + 1 + found.start() + len(found[0]) - len(found[0].lstrip())
    sentence = found[0].strip()
    return Citation(marker, _ARTICLE, _TITLE, None, None, None, start, start + len(sentence), sentence)
