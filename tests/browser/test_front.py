"""The front page: what there is, the newest stories with a briefing each, and questions that are answered."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from index import Embedding
from tests.browser.support import ask, index, serving
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) sum += value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""
ARCHIVE = Path(__file__).parents[2] / "evals" / "archive" / "corpus.jsonl"


@pytest.fixture(scope="module")
def archive_address(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[str]:
    home = tmp_path_factory.mktemp("archive") / "home"
    index(home, [ARCHIVE], embedding)
    with serving(home) as address:
        yield address


def test_an_archive_is_told_by_its_newest_stories(new_page: NewPage, archive_address: str) -> None:
    page = new_page(archive_address)
    told: list[str | re.Pattern[str]] = ["46 articles", "4 outlets", re.compile(r"^3\sMarch to 6\sApril\s2031$")]
    expect(page.locator(".dl-folio span")).to_have_text(told)
    stories = page.locator(".dl-story")
    expect(stories).to_have_count(4)
    expect(page.locator(".dl-examples li")).to_have_count(3)
    assert violations(page) == []

    title = stories.first.locator("h3").inner_text()
    stories.first.locator("h3 a").click()
    expect(page.locator(".dl-source-title")).to_have_text(title)
    expect(page.locator(".dl-text mark")).to_have_count(1)
    page.get_by_label("Close the source").click()
    stories.first.get_by_role("button", name=f"What happened: {title}").click()
    turn = page.locator(".dl-turn[data-state=done]")
    expect(turn.locator(".dl-asked")).to_have_text(f"Brief me on “{title}”.")
    expect(turn).to_have_attribute("data-kind", "answer")
    expect(page.locator(".dl-scope-said")).to_have_text("All 46 articles")  # what is asked next is asked of all


def test_what_is_suggested_is_answered_in_the_scope(new_page: NewPage, archive_address: str) -> None:
    page = new_page(archive_address)
    expect(page.locator(".dl-examples li")).to_have_count(3)
    page.locator(".dl-scope-open").click()
    with page.expect_response("**/api/suggestions?source=*"):
        page.locator(".dl-scope-dialog [name=source]").select_option(index=1)
    page.get_by_role("button", name="Done").click()
    outlet = page.locator(".dl-scope-said").inner_text()
    expect(page.locator(".dl-examples li").first).to_be_visible()
    page.locator(".dl-examples button").first.click()
    turn = page.locator(".dl-turn[data-state=done]")
    expect(turn).to_have_attribute("data-kind", "answer")
    expect(turn.locator(".dl-scope")).to_contain_text(outlet)


def test_one_article_makes_a_front_page_too(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address, width=390, height=844, scheme="dark")
    expect(page.locator(".dl-folio")).to_have_text("1 article")
    expect(page.locator(".dl-story")).to_have_count(1)
    expect(page.locator(".dl-story h3")).to_contain_text("Aleppo")
    expect(page.locator(".dl-examples li").first).to_be_visible()
    assert violations(page) == []
    page.locator(".dl-brief").click()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_attribute("data-kind", "answer")


def test_the_front_page_comes_when_the_server_is_back(new_page: NewPage, faults: list[str], seed_address: str) -> None:
    page = new_page(seed_address)
    page.locator(".dl-story").wait_for()

    def lose(route: Route) -> None:
        route.abort("connectionrefused")

    page.route("**/api/**", lose)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".dl-lost")).to_be_visible()
    expect(page.locator(".dl-story")).to_have_count(0)
    page.unroute("**/api/**", lose)
    expect(page.locator(".dl-story")).to_have_count(1)
    assert all("ERR_CONNECTION_REFUSED" in fault for fault in faults)
    faults.clear()


def test_nothing_moves_while_the_page_fills_and_an_answer_comes(new_page: NewPage, seed_address: str) -> None:
    for width in (1280, 390):
        page = new_page(seed_address, width=width)
        page.locator(".dl-suggestion").first.wait_for()
        ask(page, "how many displaced?").locator(".dl-follow-head").wait_for()
        assert page.evaluate(SHIFTS) < 0.001


def test_the_first_story_is_begun_with_a_whole_sentence(new_page: NewPage, seed_address: str) -> None:
    lead = new_page(seed_address).locator(".dl-first .dl-story-lead")
    expect(lead).to_contain_text(re.compile(r"\.$"))
    assert lead.evaluate("lead => lead.scrollHeight <= lead.clientHeight")
