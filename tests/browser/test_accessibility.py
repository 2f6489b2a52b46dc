"""What axe-core finds, and languages that are written from right to left."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import ask
from tests.browser.verdicts import show_every_kind

NewPage = Callable[..., Page]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core finds of any impact, as one line each."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(new_page: NewPage, seed_address: str, seed_home: Path, width: int, scheme: str) -> None:
    page = new_page(seed_address, width=width, height=844, scheme=scheme)
    assert violations(page) == []
    show_every_kind(page, seed_home)
    ask(page, "thanks!")
    assert violations(page) == []
    turn = ask(page, "how many displaced?")
    turn.locator(".dl-follow-head").wait_for()
    assert violations(page) == []
    turn.locator(".dl-cite").first.click()
    expect(page.locator(".dl-text mark")).to_be_visible()
    page.wait_for_timeout(400)  # the sheet comes up, and what is half-way up has another colour
    assert violations(page) == []
    page.keyboard.press("Escape")
    if width < 1200:
        page.get_by_role("button", name="Conversations").click()
        page.wait_for_timeout(400)
    page.locator(".dl-open-library").click()
    expect(page.locator(".dl-article")).to_have_count(1)
    page.get_by_label("Order").select_option("story")
    page.locator(".dl-article-more").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_label("More for the articles").click()
    page.get_by_role("menuitem", name="Removed articles").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".dl-open-settings").click()
    page.locator(".dl-settings-writing p").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # the list, where it lies over the rest
    page.locator(".dl-scope-open").click()
    expect(page.locator(".dl-scope-count")).to_have_text("1 article may answer.")
    page.wait_for_timeout(400)
    assert violations(page) == []


def test_text_from_right_to_left(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    question = "كم عدد طيور البطريق في حديقة الحيوان؟"
    asked = ask(page, question).locator(".dl-asked")
    assert asked.evaluate("asked => getComputedStyle(asked).direction") == "rtl"
    assert asked.text_content() == question


@pytest.mark.parametrize("width", [320, 899, 900, 1199, 1280, 2560])
def test_nothing_is_cut_off_sideways(new_page: NewPage, seed_address: str, width: int) -> None:
    page = new_page(seed_address, width=width, height=844)
    turn = ask(page, "how many displaced? " + "averylongword" * 20)
    turn.locator(".dl-cite").first.click()
    page.locator(".dl-text").wait_for()
    beyond = page.evaluate("""() => [...document.querySelectorAll('.dl *')].filter(each => {
        const place = each.getBoundingClientRect();
        return place.width && getComputedStyle(each).visibility === 'visible'
            && !each.closest('.dl-unseen, .dl-bracket') && (place.right > innerWidth + 1 || place.left < -1);
    }).map(each => each.className)""")
    assert beyond == []
