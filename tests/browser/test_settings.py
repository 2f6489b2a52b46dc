"""The settings: theme, size of the text, what writes the answers, where the data lies, and deleting conversations."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.support import ask, serving
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]


def test_theme_and_size_stay(new_page: NewPage, seed_address: str, seed_home: Path) -> None:
    page = new_page(seed_address)
    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog", name="Settings")
    expect(dialog).to_contain_text("No language model is set.")
    expect(dialog).to_contain_text("DATELINE_WRITER=auto")
    expect(dialog).to_contain_text(str(seed_home.resolve()))
    assert violations(page) == []
    dialog.get_by_label("Dark").check()
    dialog.get_by_label("Larger").check()
    assert violations(page) == []
    for _ in range(2):
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 21)"
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
        page.reload()
    page.get_by_role("button", name="Settings").click()
    expect(dialog.get_by_label("Dark")).to_be_checked()
    dialog.get_by_label("Same as system").check()
    dialog.get_by_label("Normal").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(22, 23, 21)"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_all_conversations_are_deleted(new_page: NewPage, seed_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    with serving(home) as address:
        page, other = new_page(address), new_page(address)
        for each in (page, other):
            ask(each, "how many displaced?")
        page.get_by_role("button", name="Settings").click()
        page.get_by_role("button", name="Delete all my conversations").click()
        page.get_by_role("button", name="Delete all", exact=True).click()
        expect(page.locator(".dl-welcome")).to_be_visible()
        expect(page.locator(".dl-kept")).to_have_count(0)
        expect(page).to_have_url(re.compile(r"/$"))
        other.reload()
        expect(other.locator(".dl-kept")).to_have_count(1)
        for each in (page, other):
            each.goto("about:blank")
