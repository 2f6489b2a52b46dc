"""States that come now and then: waiting, 200 conversations, and paper."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.support import ask
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]


def test_200_conversations_are_listed_by_when_they_were(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    now = dt.datetime.now(dt.UTC)
    kept: list[dict[str, Any]] = [
        {"id": n, "title": f"Question {n}", "questions": 1, "begun_at": None, "turn": None, "excerpt": "",
         "changed_at": (now - dt.timedelta(days=n)).isoformat()}
        for n in range(200)
    ]  # fmt: skip
    page.route("**/api/conversations", lambda route: route.fulfill(json={"conversations": kept}))
    page.reload()
    expect(page.locator(".dl-kept")).to_have_count(200)
    headings = ["Today", "Yesterday", "The last 7 days", "The last 30 days", "Earlier"]
    expect(page.locator(".dl-list .dl-list-day")).to_have_text(headings)
    assert violations(page) == []


def test_waiting_is_seen_only_when_it_lasts(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    held: list[Route] = []
    page.route("**/api/conversations", lambda route: held.append(route))
    page.get_by_label("Question", exact=True).fill("how many displaced?")
    page.get_by_label("Question", exact=True).press("Enter")
    answer = page.locator(".dl-turn[data-state=looking] .dl-answer")
    answer.wait_for(state="attached")
    delay = answer.evaluate("answer => getComputedStyle(answer).animationDelay")
    assert delay == "0.3s"
    expect(answer).to_be_visible()
    assert violations(page) == []
    held[0].continue_()
    expect(page.locator(".dl-turn[data-state=done]")).to_be_visible()


def test_on_paper_there_is_the_conversation_alone(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address, scheme="dark")
    turn = ask(page, "how many displaced?")
    page.emulate_media(media="print")
    expect(turn.locator(".dl-statement")).to_be_visible()
    expect(turn.locator(".dl-sources")).to_be_visible()
    for gone in (".dl-rail", ".dl-ask-place", ".dl-tools"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.locator(".dl-statement").evaluate("said => getComputedStyle(said).color") == "rgb(0, 0, 0)"
    assert turn.locator(".dl-bracket").first.evaluate("bracket => getComputedStyle(bracket).opacity") == "1"
    bottom = turn.evaluate("turn => turn.getBoundingClientRect().height")
    assert bottom < 700
