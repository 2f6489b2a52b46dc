"""The box in which questions are typed, and the choice of articles over it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from index import Embedding
from tests.browser.conftest import HOSTILE, PLAIN
from tests.browser.support import ask, index, serving, write_articles
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def news_address(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[str]:
    """A server on the same articles, to which no other test adds any: here they are counted."""
    folder = tmp_path_factory.mktemp("composer")
    index(folder / "home", [write_articles(folder / "articles.jsonl", [HOSTILE, *PLAIN])], embedding)
    with serving(folder / "home") as address:
        yield address


def test_the_arrows_bring_back_what_was_asked(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    box = page.get_by_label("Question", exact=True)
    first, second = "How long did the repairs take?", "How many tonnes of cod?"
    for question in (first, second):
        ask(page, question)
    box.fill("half a quest")
    box.press("ArrowUp")
    expect(box).to_have_value(second)
    box.press("ArrowUp")
    box.press("ArrowUp")  # there is none before the first
    expect(box).to_have_value(first)
    box.press("ArrowDown")
    expect(box).to_have_value(second)
    box.press("Escape")
    expect(box).to_have_value("half a quest")
    box.fill("one\ntwo")
    box.press("ArrowUp")  # within the text
    expect(box).to_have_value("one\ntwo")
    page.reload()
    box.press("ArrowUp")
    expect(box).to_have_value(second)


def test_the_box_grows_and_says_when_there_is_nothing_to_send(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    box, send = page.get_by_label("Question", exact=True), page.get_by_role("button", name="Ask", exact=True)
    expect(send).to_be_disabled()
    low = box.evaluate("box => box.offsetHeight")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    expect(send).to_be_enabled()
    assert box.evaluate("box => box.offsetHeight") > low
    assert box.input_value() == "one\ntwo"
    box.fill("line\n" * 60)
    assert box.evaluate("box => box.offsetHeight") < 200


def test_the_scope_by_keyboard_alone(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    opener, scope = page.locator(".dl-scope-open"), page.get_by_role("dialog", name="Which articles may answer")
    page.get_by_label("Question", exact=True).press("Tab")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(scope).to_be_visible()
    expect(page.locator(".dl-scope-count")).to_have_text("3 articles may answer.")
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Latest 30 days")).to_be_checked()
    expect(opener).to_contain_text("since 4\xa0May\xa02024")
    page.keyboard.press("Escape")
    expect(scope).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the cross beside it
    expect(opener).to_contain_text("All 3 articles")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()


def test_on_a_phone_the_scope_is_a_sheet(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address, width=390, height=844, scheme="dark")
    page.locator(".dl-scope-open").click()
    scope = page.locator(".dl-scope-dialog")
    expect(page.locator(".dl-scope-count")).to_have_text("3 articles may answer.")
    page.wait_for_timeout(300)
    place = scope.bounding_box()
    assert place is not None
    assert (place["x"], place["width"], place["y"] + place["height"]) == (0, 390, 844)
    assert violations(page) == []
    page.mouse.click(100, 50)  # on the page behind it
    expect(scope).to_be_hidden()


def test_an_article_is_left_out_again(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    page.locator(".dl-scope-open").click()
    page.get_by_role("button", name="Choose one in the library").click()
    page.get_by_label("More for Storvik library reopens").click()
    page.get_by_role("menuitem", name="Ask about this article only").click()
    opener = page.locator(".dl-scope-open")
    expect(opener).to_contain_text("“Storvik library reopens”")
    opener.click()
    expect(page.locator(".dl-scope-count")).to_have_text("1 article may answer.")
    page.get_by_label("Leave out Storvik library reopens").click()
    expect(opener).to_contain_text("All 3 articles")
