"""Asking: a server that is lost, nothing that moves, signs of what was done, and what can be undone."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from assistant.memory import Conversations
from index import Embedding
from tests.browser.support import ask, index, serving, write_articles
from tests.browser.test_citations import DISPLACED, expect_marked

NewPage = Callable[..., Page]
KILLED = "How many people have been killed?"
SHIFTS = """() => {
    window.shifts = [];
    const seen = (list) => window.shifts.push(...list.getEntries().map((entry) => [
        entry.value, ...entry.sources.map(({ node }) => node?.className ?? node?.nodeName),
    ]));
    new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: false });
}"""


def test_a_lost_server_is_said_once_and_the_question_is_kept(
    new_page: NewPage, faults: list[str], seed_address: str
) -> None:
    page = new_page(seed_address)
    ask(page, KILLED)

    def lose(route: Route) -> None:
        route.abort("connectionrefused")

    page.route("**/api/**", lose)
    box = page.get_by_label("Question", exact=True)
    box.fill("how many displaced?")
    box.press("Enter")
    expect(page.locator(".dl-lost")).to_be_visible(timeout=2_000)
    lost = page.locator(".dl-turn[data-state=lost]")
    expect(lost.locator(".dl-asked")).to_have_text("how many displaced?")
    lost.get_by_role("button", name="Send it again").click()  # as yet in vain
    expect(lost).to_have_count(1)
    page.wait_for_timeout(2_500)
    assert page.locator("body").inner_text().count("cannot be reached") == 1
    expect(page.locator(".dl-toast")).to_have_count(0)
    page.unroute("**/api/**", lose)
    expect(page.locator(".dl-lost")).to_be_hidden()
    lost.get_by_role("button", name="Send it again").click()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(2)
    expect(page.locator(".dl-turn")).to_have_count(2)
    assert all("ERR_CONNECTION_REFUSED" in fault for fault in faults)
    faults.clear()


def test_a_server_that_ends_in_the_middle_of_an_answer_is_lost(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    statement: dict[str, Any] = {
        "text": "Half",
        "citations": [],
        "span": None,
        "verbatim": True,
        "sources": [],
        "markdown": [],
    }
    begun = f"event: statement\ndata: {json.dumps(statement)}\n\n"
    page.route(
        "**/api/conversations", lambda route: route.fulfill(body=begun, content_type="text/event-stream"), times=1
    )
    page.get_by_label("Question", exact=True).fill("how many displaced?")
    page.get_by_label("Question", exact=True).press("Enter")
    expect(page.locator(".dl-turn[data-state=lost]")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".dl-turn .dl-short")).to_contain_text("14,000")
    expect(page.locator(".dl-turn")).to_have_count(1)


def test_nothing_moves_while_an_answer_comes_or_changes(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    page.evaluate(SHIFTS)
    turn = ask(page, "And how many of them were civilians?")
    turn.locator(".dl-follow-head").or_(turn.locator(".dl-tools")).first.wait_for()
    turn.get_by_label("Good answer").click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.shifts") == []


def test_the_source_is_that_of_the_answer_that_is_asked(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    ask(page, "How long did the repairs of the Storvik library take?").locator(".dl-cite").first.click()
    expect_marked(page, "The Storvik library reopened after 412 days of repairs.")
    turn = ask(page, "How many tonnes of cod did the fishermen in Lomsund sell?")
    expect_marked(page, "Fishermen in Lomsund sold 900 tonnes of cod in May.")
    expect(page.locator(".dl-cite[aria-current]")).to_have_count(1)
    expect(turn.locator(".dl-cite[aria-current]")).to_have_text("[1]")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile(r"/conversations/\d+/2/1$"))


def test_what_was_thought_can_be_taken_back(new_page: NewPage, seed_address: str, seed_home: Path) -> None:
    page = new_page(seed_address)
    turn = ask(page, "how many displaced?")
    number = int(page.url.rpartition("/")[2])
    up, sign = turn.get_by_label("Good answer"), turn.locator(".dl-sign")
    up.click()
    expect(sign).to_have_text("Thank you, noted.")
    expect(up).to_have_attribute("aria-pressed", "true")
    up.click()
    expect(sign).to_have_text("Taken back.")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(up).to_be_focused()

    turn.locator(".dl-cite").click()
    expect_marked(page, DISPLACED)
    wrong = page.locator(".dl-wrong")
    wrong.click()
    expect(wrong).to_have_text("Marked as wrong")
    expect(turn.locator(".dl-cite")).to_have_attribute("aria-current", "true")
    expect_marked(page, DISPLACED)
    assert [each.kind for each in Conversations(seed_home).feedback(number)[1]] == ["wrong_citation"]
    wrong.click()
    expect(wrong).to_have_text("This citation is wrong")
    assert Conversations(seed_home).feedback(number) == {}


def test_copying_is_seen(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = ask(page, "how many displaced?")
    turn.get_by_label("Copy the answer").click()
    expect(turn.locator(".dl-sign")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"how many displaced?\n\n{DISPLACED} [1]\n\n[1] Russian and Syrian")


def test_filters_stay_and_make_sense(new_page: NewPage, tmp_path: Path, embedding: Embedding) -> None:
    articles = [
        {"id": f"a{n}", "title": f"Cod {n}", "text": f"Fishermen sold {n}00 tonnes of cod.", "date": f"2024-0{n}-01",
         "source": "The Post"}
        for n in (1, 2)
    ]  # fmt: skip
    index(tmp_path / "home", [write_articles(tmp_path / "articles.jsonl", articles)], embedding)
    with serving(tmp_path / "home") as address:
        page = new_page(address)
        page.locator(".dl-scope-open").click()
        page.locator("[name=source]").select_option("The Post")
        page.get_by_label("From … to …").check()
        page.locator("[name=since]").fill("2024-02-01")
        page.reload()
        expect(page.locator(".dl-scope-open")).to_contain_text("The Post · since 1\xa0February\xa02024")
        page.locator(".dl-scope-open").click()
        expect(page.locator("[name=source]")).to_have_value("The Post")
        expect(page.locator("[name=since]")).to_have_value("2024-02-01")
        page.locator("[name=until]").fill("2024-01-01")
        expect(page.get_by_role("alert")).to_have_text("From is later than To; change one of them.")
        box = page.get_by_label("Question", exact=True)
        box.fill("How many tonnes of cod did the fishermen sell?")
        box.press("Enter")
        expect(page.locator("[name=until]")).to_be_focused()
        expect(page.locator(".dl-turn")).to_have_count(0)
        expect(box).to_have_value("How many tonnes of cod did the fishermen sell?")
        page.locator("[name=until]").fill("2024-03-01")
        box.press("Enter")
        expect(page.locator(".dl-short")).to_contain_text("200")
        page.goto("about:blank")
