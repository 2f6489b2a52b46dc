"""A question, its answer, and the way from a citation to the sentence in its article."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index import Article, Embedding
from index.store.reading import RECORD_NAME
from index.store.record import Record
from tests.browser.support import ask, index, write_articles

NewPage = Callable[..., Page]
DISPLACED = (
    "The United Nations estimates that the ongoing violence has forced approximately 14,000 residents to flee their "
    "homes in recent days."
)
IN_VIEW = """mark => {
    const inside = (a, b) =>
        a.top >= b.top - 1 && a.bottom <= b.bottom + 1 && a.left >= b.left - 1 && a.right <= b.right + 1;
    const place = mark.getBoundingClientRect();
    const line = mark.getClientRects()[0];  // a sentence may begin in the middle of a line
    if (!line) return false;  // the panel is only just being opened
    const middle = document.elementFromPoint(line.left + 8, line.top + 8);
    return inside(place, mark.closest('.dl-scroll').getBoundingClientRect())
        && inside(place, new DOMRect(0, 0, innerWidth, innerHeight))
        && (mark.contains(middle) || middle === mark);
}"""


def article_with(home: Path, words: str) -> Article:
    with Record(home / RECORD_NAME) as record:
        return next(article for article in record.articles() if words in article.text)


def expect_marked(page: Page, sentence: str) -> None:
    """Exactly this sentence is marked, and it is really to be seen."""
    mark = page.locator(".dl-text mark")
    expect(mark).to_have_count(1)
    expect(mark).to_have_text(sentence)
    for _ in range(100):  # and no `wait_for_function`, whose script the page's policy forbids
        if mark.evaluate(IN_VIEW):
            break
        page.wait_for_timeout(100)
    assert mark.evaluate(IN_VIEW)
    assert mark.evaluate("mark => mark.textContent") == sentence


def sideways(page: Page) -> int:
    return int(page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_from_question_to_sentence(
    new_page: NewPage, seed_address: str, seed_home: Path, width: int, height: int
) -> None:
    page = new_page(seed_address, width=width, height=height)
    assert sideways(page) <= 0
    turn = ask(page, "how many displaced?")
    assert turn.locator(".dl-said").evaluate("said => said.textContent") == DISPLACED
    expect(turn.locator(".dl-short")).to_contain_text("14,000")
    turn.get_by_role("button", name="Citation 1: Russian and Syrian").click()
    expect_marked(page, DISPLACED)

    article = article_with(seed_home, DISPLACED)
    expect(page.locator(".dl-source-title")).to_have_text(article.title)
    shown = page.locator(".dl-text").evaluate(
        "text => [...text.querySelectorAll('p')].map(p => p.textContent).join('\\n')"
    )
    assert shown.split() == article.text[article.body :].split()
    assert sideways(page) <= 0


def test_hover_and_focus_show_the_sentence(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    turn = ask(page, "How long did the repairs of the Storvik library take?")
    link, card = turn.locator(".dl-cite").first, page.get_by_role("tooltip")
    expect(card).to_be_hidden()
    link.hover()
    for part in ("412 days of repairs.", "Storvik library reopens", "Storvik Tidende · 2\u00a0June\u00a02024"):
        expect(card).to_contain_text(part)
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()
    page.get_by_label("Question", exact=True).focus()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(card).to_be_visible()
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")  # only the card
    expect(card).to_be_hidden()


def test_on_a_phone_the_source_is_a_sheet_that_closes(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address, width=390, height=844)
    link = ask(page, "how many displaced?").locator(".dl-cite")
    by_key: Callable[[], None] = lambda: page.keyboard.press("Escape")  # noqa: E731
    by_button: Callable[[], None] = lambda: page.get_by_label("Close the source").click()  # noqa: E731
    for close in (by_key, by_button):
        link.click()
        expect_marked(page, DISPLACED)
        expect(page.get_by_role("dialog", name="Source")).to_be_focused()
        assert page.locator(".dl-chat").evaluate("chat => chat.inert")
        close()
        expect(page.locator(".dl-text mark")).to_be_hidden()
        expect(link).to_be_focused()


def test_keyboard_alone(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.keyboard.type("Who won the 2022 World Cup?")  # the box has the focus from the start
    page.keyboard.press("Enter")
    first, second, third = (page.locator(".dl-cite").nth(at) for at in range(3))
    page.get_by_text("The closest sentences").focus()
    expect(third).to_be_hidden()
    page.keyboard.press("Enter")
    third.wait_for()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(third).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(second).to_be_focused()
    assert second.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".dl-source")).to_be_focused()
    expect(page.locator(".dl-place")).to_have_text("Citation 2 of 3")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert reached == ["Previous citation", "Next citation", "Close the source", "Article"]
    sentence = page.locator(".dl-near").nth(2).locator(".dl-said").text_content() or ""
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dl-place")).to_have_text("Citation 3 of 3")
    expect_marked(page, sentence)
    expect(page.get_by_label("Next citation")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator(".dl-source")).to_be_hidden()
    expect(third).to_be_focused()


def test_an_earlier_answer_keeps_its_own_source(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    first = ask(page, "How long did the repairs of the Storvik library take?").locator(".dl-cite").first
    second = ask(page, "How many tonnes of cod did the fishermen in Lomsund sell?").locator(".dl-cite").first
    second.click()
    expect_marked(page, "Fishermen in Lomsund sold 900 tonnes of cod in May.")
    first.click()
    expect_marked(page, "The Storvik library reopened after 412 days of repairs.")
    expect(page.locator(".dl-source-head .dl-origin")).to_contain_text("Storvik Tidende · 2\u00a0June\u00a02024")
    original = page.get_by_role("link", name="Read the original at storvik.example")
    assert original.get_attribute("href") == "https://storvik.example/library"
    assert original.get_attribute("rel") == "noopener noreferrer"


def test_a_changed_or_removed_article_is_not_shown_in_place_of_the_cited_one(
    new_page: NewPage, news_address: str, news_home: Path, tmp_path: Path, embedding: Embedding
) -> None:
    article = {"id": "zoo", "title": "Zoo news", "text": "The Ravnholm zoo has 27 penguins.\nIts doors open at nine."}
    file = write_articles(tmp_path / "zoo.jsonl", [article])
    index(news_home, [file], embedding)
    page = new_page(news_address)
    link = ask(page, "How many penguins does the Ravnholm zoo have?").locator(".dl-cite").first
    link.click()
    expect_marked(page, "The Ravnholm zoo has 27 penguins.")  # indexed while the server runs

    write_articles(file, [{**article, "text": "A new season.\nThe Ravnholm zoo has 27 penguins."}])
    index(news_home, [file], embedding)
    link.click()
    expect(page.locator(".dl-remark")).to_contain_text("stands at another place now")
    expect_marked(page, "The Ravnholm zoo has 27 penguins.")

    write_articles(file, [{**article, "text": "The Ravnholm zoo has 31 penguins.\nIts doors open at nine."}])
    index(news_home, [file], embedding)
    link.click()
    expect(page.locator(".dl-missing")).to_contain_text("has changed since")
    expect(page.locator(".dl-text mark")).to_have_count(0)
    expect(page.locator(".dl-text blockquote")).to_have_text("The Ravnholm zoo has 27 penguins.")

    write_articles(file, [{"id": "other", "title": "Other news", "text": "The Ravnholm zoo is closed."}])
    index(news_home, [file], embedding)
    link.click()
    expect(page.locator(".dl-missing")).to_contain_text("has been removed since")
