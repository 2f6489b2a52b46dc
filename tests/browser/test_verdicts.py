"""How sure an answer is, why there is none, as whose follow-up a question was read, and what is no question."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.memory import Conversations
from tests.browser.support import ask
from tests.browser.verdicts import FOLLOW_UP, KILLED, REASONS, show_every_kind

NewPage = Callable[..., Page]


@pytest.fixture
def page(new_page: NewPage, seed_address: str, seed_home: Path) -> Page:
    page = new_page(seed_address)
    show_every_kind(page, seed_home)
    return page


def test_an_answer_looks_as_sure_as_it_is(page: Page) -> None:
    sure = page.locator("[data-kind=answer]").first
    expect(sure.locator(".dl-short")).to_have_text("301 people")
    expect(sure.locator(".dl-may, .dl-verdict, .dl-alone")).to_have_count(0)
    unsure = page.locator("[data-kind=tentative]")
    expect(unsure.locator(".dl-may")).to_have_text("This may answer it:")
    expect(unsure.locator(".dl-said")).to_contain_text("301 people")
    expect(unsure.locator(".dl-short, .dl-as-short, .dl-verdict")).to_have_count(0)
    expect(unsure.locator(".dl-sources")).to_be_visible()
    for number, (kind, (_, said)) in enumerate(REASONS.items(), start=1):
        refusal = page.locator(".dl-turn").nth(number)
        expect(refusal).to_have_attribute("data-kind", "refusal")
        expect(refusal.locator(".dl-verdict")).to_have_text(said)
        expect(refusal.locator(".dl-near")).to_have_count(0 if kind == "filtered" else 2)
        expect(refusal).not_to_contain_text("The articles do not say.")
        expect(refusal.get_by_label("Good answer")).to_be_visible()
    expect(page.locator(".dl-turn").nth(len(REASONS)).locator(".dl-scope")).to_have_text(
        "Asked only of: from 1\u00a0January\u00a02030"
    )


def test_a_follow_up_says_so_and_can_be_asked_alone(page: Page, seed_home: Path) -> None:
    before = page.locator(".dl-turn").count()
    follow_up = page.locator(".dl-turn").last
    expect(follow_up.locator(".dl-understood").last).to_have_text(f"Read as a follow-up to: {KILLED} Ask it alone")
    with page.expect_request(re.compile(r"/api/conversations/\d+$")) as asked:
        follow_up.get_by_role("button", name="Ask it alone").click()
    alone = page.locator(".dl-turn[data-state=done]").nth(before)
    expect(alone.locator(".dl-asked")).to_have_text(FOLLOW_UP)
    expect(alone.locator(".dl-understood").last).to_be_hidden()
    assert (asked.value.post_data_json or {})["alone"] is True
    with page.expect_request(re.compile(r"/api/conversations/\d+$")) as again:
        alone.get_by_label("Ask again").click()  # once more by itself
    page.locator(".dl-turn[data-state=done]").nth(before + 1).wait_for()
    assert (again.value.post_data_json or {})["alone"] is True
    page.get_by_role("button", name="Ask", exact=True).wait_for()  # it is kept
    kept = Conversations(seed_home).get(int(page.url.rpartition("/")[2]))
    assert [turn.answer.question for turn in kept.turns[-3:]] == [FOLLOW_UP] * 3
    assert [turn.answer.follow_up_to for turn in kept.turns[-3:]] == [KILLED, None, None]


def test_a_courtesy_is_answered_and_is_no_turn(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    hello = ask(page, "Hello!")
    expect(hello.locator(".dl-answer")).to_have_text(re.compile("^Hello! Ask me something"))
    expect(hello.get_by_role("button")).to_have_count(0)
    expect(page.locator(".dl-live")).to_have_text(re.compile("^Hello!"))
    expect(page.locator(".dl-kept")).to_have_count(0)
    ask(page, REASONS["missing"][0])
    thanks = ask(page, "thanks!")
    expect(thanks).to_have_attribute("data-kind", "courtesy")
    expect(thanks).not_to_contain_text("closest")
    expect(page.locator(".dl-title")).to_have_text(REASONS["missing"][0])
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".dl-kept-more")).to_contain_text("1 question")
