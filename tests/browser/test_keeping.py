"""Conversations: kept for their own browser alone, found, named, exported, deleted, and there again after a reload."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.memory import Conversations
from tests.browser.support import ask

NewPage = Callable[..., Page]


def test_a_conversation_is_there_after_a_reload_and_goes_on(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    address = page.url
    assert re.search(r"/conversations/\d+$", address)
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".dl-short")).to_contain_text("14,000")
    ask(page, "How many people have been killed?")
    expect(page.locator(".dl-turn")).to_have_count(2)
    assert page.url == address
    page.locator(".dl-turn").first.locator(".dl-cite").first.click()
    expect(page.locator(".dl-text mark")).to_contain_text("14,000")


def test_a_reload_in_the_middle_of_a_turn_finds_its_answer(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.get_by_label("Question", exact=True).fill("how many displaced?")
    page.get_by_label("Question", exact=True).press("Enter")
    page.locator(".dl-turn").wait_for()
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".dl-asked")).to_have_text("how many displaced?")
    expect(page.locator(".dl-kept")).to_have_count(1)


def test_users_do_not_see_each_other(new_page: NewPage, seed_address: str) -> None:
    one, other = new_page(seed_address), new_page(seed_address)
    ask(one, "how many displaced?")
    ask(other, "Who won the 2022 World Cup?")
    expect(other.locator(".dl-asked")).to_have_count(1)
    expect(other.locator(".dl-kept")).to_have_count(1)
    expect(other.locator(".dl")).not_to_contain_text("how many displaced?")
    other.goto(one.url)
    other.locator(".dl[data-ready]").wait_for()
    expect(other.locator(".dl-toast")).to_contain_text("There is no conversation")
    expect(other.locator(".dl-turn")).to_have_count(0)


def test_list_search_name_and_delete(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    ask(page, "Who won the 2022 World Cup?")
    expect(page.locator(".dl-kept")).to_have_count(2)

    page.get_by_label("Search conversations").fill("14,000")
    expect(page.locator(".dl-kept")).to_have_count(1)
    page.locator(".dl-kept").click()
    expect(page.locator(".dl-asked")).to_have_text("how many displaced?")
    page.get_by_label("Rename the conversation").click()
    page.get_by_label("Name of the conversation").fill("<b>Aleppo</b>")
    page.get_by_label("Name of the conversation").press("Enter")
    expect(page.locator(".dl-title")).to_have_text("<b>Aleppo</b>")
    page.get_by_label("Search conversations").fill("")
    expect(page.locator(".dl-kept").filter(has_text="<b>Aleppo</b>")).to_have_count(1)

    page.get_by_label("Delete the conversation").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".dl-kept")).to_have_count(2)
    page.get_by_label("Delete the conversation").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".dl-kept")).to_have_count(1)
    page.locator(".dl-welcome").wait_for()


def test_export(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    texts = {}
    for form in ("Markdown", "JSON", "HTML to print"):
        page.get_by_label("Export the conversation").click()
        with page.expect_download() as saved:
            page.get_by_role("menuitem", name=form).click()
        texts[saved.value.suggested_filename] = Path(saved.value.path()).read_text("utf-8")
    assert set(texts) == {f"how-many-displaced.{ending}" for ending in ("md", "json", "html")}
    assert all("14,000 residents" in text for text in texts.values())
    document = json.loads(texts["how-many-displaced.json"])
    assert document["turns"][0]["sources"] == [{"marker": 1, "state": "current", "start": 924, "end": 1056}]


def test_what_the_user_thinks_is_kept_with_the_answer(new_page: NewPage, seed_address: str, seed_home: Path) -> None:
    page = new_page(seed_address)
    turn = ask(page, "how many displaced?")
    turn.get_by_label("Bad answer").click()
    expect(turn.get_by_label("Bad answer")).to_have_attribute("aria-pressed", "true")
    turn.get_by_label("Good answer").click()
    expect(turn.get_by_label("Bad answer")).to_have_attribute("aria-pressed", "false")
    turn.locator(".dl-cite").click()
    page.get_by_role("button", name="This citation is wrong").click()
    expect(page.locator(".dl-wrong")).to_have_text("Marked as wrong")
    page.reload()
    expect(page.get_by_label("Good answer")).to_have_attribute("aria-pressed", "true")
    given = Conversations(seed_home).feedback(int(page.url.split("/")[4]))
    assert [(each.kind, each.marker) for each in given[1]] == [("up", None), ("wrong_citation", 1)]
