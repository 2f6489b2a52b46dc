"""Every conversation, article and citation has an address: Back and Forward go between them, and a link opens them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.support import ask
from tests.browser.test_citations import DISPLACED, expect_marked

NewPage = Callable[..., Page]
KILLED = "How many people have been killed?"
ARTICLE = "000_498ac0c67ef683ba"


def test_back_and_forward_go_between_conversations(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    first = page.url
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()
    ask(page, KILLED)
    page.go_back()  # from the second, which took the place of the empty one
    expect(page).to_have_url(first)
    expect(page.locator(".dl-asked")).to_have_text("how many displaced?")
    page.go_forward()
    expect(page.locator(".dl-asked")).to_have_text(KILLED)
    page.goto(first)
    expect(page.locator(".dl-asked")).to_have_text("how many displaced?")


def test_back_closes_the_source_on_a_phone(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address, width=390, height=844)
    link = ask(page, "how many displaced?").locator(".dl-cite")
    below = page.url
    for _ in range(2):
        link.click()
        expect_marked(page, DISPLACED)
        assert re.search(r"/conversations/\d+/1/1$", page.url)
        page.go_back()
        expect(page.locator(".dl-source")).to_be_hidden()
        assert page.url == below
        expect(page.locator(".dl-asked")).to_be_visible()
    link.click()
    expect_marked(page, DISPLACED)
    page.get_by_label("Close the source").click()
    expect(page).to_have_url(below)
    page.go_forward()
    expect_marked(page, DISPLACED)


def test_a_citation_is_there_again_after_a_reload(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?").locator(".dl-cite").click()
    expect_marked(page, DISPLACED)
    page.reload()
    expect_marked(page, DISPLACED)
    expect(page.locator(".dl-place")).to_have_text("Citation 1")
    page.get_by_label("Close the source").click()
    expect(page.locator(".dl-source")).to_be_hidden()
    assert re.search(r"/conversations/\d+$", page.url)


def test_a_link_to_a_sentence_opens_the_article_there(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "how many displaced?").locator(".dl-cite").click()
    expect_marked(page, DISPLACED)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".dl-link")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{seed_address}/articles/{ARTICLE}#924-1056"

    somebody_else = new_page(link)
    expect_marked(somebody_else, DISPLACED)
    expect(somebody_else.locator(".dl-place")).to_have_text("Article")
    somebody_else.get_by_label("Close the source").click()
    expect(somebody_else.locator(".dl-welcome")).to_be_visible()
    assert somebody_else.url == f"{seed_address}/"


def test_an_article_can_be_read_from_the_library(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.locator(".dl-open-library").click()
    page.locator("a.dl-article-title").click()
    expect(page).to_have_url(f"{seed_address}/articles/{ARTICLE}")
    expect(page.locator(".dl-text")).to_contain_text(DISPLACED)
    expect(page.locator(".dl-text mark")).to_have_count(0)
    turn = ask(page, "how many displaced?")
    page.go_back()
    expect(page.locator(".dl-source")).to_be_hidden()
    expect(turn).to_be_visible()  # what was asked meanwhile stays
    assert re.search(r"/conversations/\d+$", page.url)


def test_an_address_of_nothing_says_so(new_page: NewPage, seed_address: str) -> None:
    page = new_page(f"{seed_address}/articles/none")
    expect(page.locator(".dl-missing")).to_have_text("There is no such article; it may have been removed.")
    page.goto(f"{seed_address}/conversations/999")
    expect(page.locator(".dl-toast")).to_contain_text("There is no conversation 999")
    expect(page.locator(".dl-welcome")).to_be_visible()
    assert page.url == f"{seed_address}/"
