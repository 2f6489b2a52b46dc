"""The articles in the browser: listed, searched, added with one that is broken, asked alone, removed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from index import Embedding
from tests.browser.support import ask, index, serving, write_articles
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]
ARTICLES = [
    {"id": "may", "title": "Cod in May", "text": "Fishermen in Lomsund sold 900 tonnes of cod.", "date": "2024-05-31",
     "source": "The Post"},
    {"id": "june", "title": "Cod in June", "text": "Fishermen in Lomsund sold 650 tonnes of cod.",
     "date": "2024-06-30", "source": "The Courier"},
]  # fmt: skip
QUESTION = "How many tonnes of cod did the fishermen in Lomsund sell?"


@pytest.fixture(scope="module")
def library_home(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Path:
    folder = tmp_path_factory.mktemp("library")
    index(folder / "home", [write_articles(folder / "articles.jsonl", ARTICLES)], embedding)
    return folder / "home"


@pytest.fixture(scope="module")
def library_address(library_home: Path) -> Iterator[str]:
    with serving(library_home) as address:
        yield address


def choose(page: Page, title: str, action: str) -> None:
    """Choose from the menu of an article in the library."""
    page.get_by_label(f"More for {title}").click()
    page.get_by_role("menuitem", name=action).click()


def test_add_ask_and_remove(new_page: NewPage, library_address: str, library_home: Path, tmp_path: Path) -> None:
    page = new_page(library_address)
    page.locator(".dl-open-library").click()
    expect(page.locator(".dl-article")).to_have_count(2)
    good = tmp_path / "..zoo <b>.txt"
    good.write_text("Zoo news\nThe Ravnholm zoo has 27 penguins.", encoding="utf-8")
    broken, picture = tmp_path / "broken.jsonl", tmp_path / "picture.png"
    broken.write_text('{"id": "x", "title": ', encoding="utf-8")
    picture.write_bytes(b"\x89PNG")
    page.locator(".dl-library-files").set_input_files([good, broken, picture])
    expect(page.locator(".dl-report")).to_contain_text("1 added")
    faults = page.get_by_role("list", name="What could not be used").get_by_role("listitem")
    expect(faults).to_have_count(2)
    expect(faults.filter(has_text="picture.png")).to_contain_text("files of this kind cannot be read")
    expect(faults.filter(has_text="broken.jsonl")).to_have_count(1)
    expect(page.locator(".dl-article")).to_have_count(3)
    kept = [file.name for file in (library_home / "uploads").iterdir()]
    assert kept == ["zoo _b_.txt"]

    page.get_by_label("Search in the articles").fill("penguins")
    expect(page.locator(".dl-article")).to_have_count(1)
    expect(page.locator(".dl-article")).to_contain_text("Zoo news")
    expect(page.locator(".dl-article")).to_contain_text("2 sentences")
    choose(page, "Zoo news", "Ask about this article only")
    expect(ask(page, QUESTION).locator(".dl-verdict")).to_be_visible()
    expect(ask(page, "How many penguins does the zoo have?").locator(".dl-short")).to_contain_text("27")

    page.locator(".dl-open-library").click()
    choose(page, "Zoo news", "Remove…")
    expect(page.get_by_role("dialog", name="Remove “Zoo news”?")).to_contain_text("For 30 days it can be restored")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".dl-report")).to_contain_text("1 removed")
    assert list((library_home / "uploads").iterdir()) == []
    page.keyboard.press("Escape")
    expect(page.locator(".dl-kept-since")).to_have_text("A source has changed since")
    page.reload()
    expect(page.locator(".dl-badge")).to_have_text("Removed since")


def test_filters_of_source_and_day(new_page: NewPage, library_address: str) -> None:
    page = new_page(library_address)
    scope = page.locator(".dl-scope-open")
    expect(scope).to_contain_text("All 2 articles")
    scope.click()
    page.locator("[name=source]").select_option("The Post")
    expect(page.locator(".dl-scope-count")).to_have_text("1 article may answer.")
    page.get_by_role("button", name="Done").click()
    expect(scope).to_be_focused()
    expect(ask(page, QUESTION).locator(".dl-short")).to_contain_text("900")
    page.get_by_role("button", name="Ask all articles").click()
    expect(scope).to_contain_text("All 2 articles")
    scope.click()
    page.get_by_label("From … to …").check()
    page.locator("[name=since]").fill("2024-06-01")
    expect(ask(page, QUESTION).locator(".dl-short")).to_contain_text("650")
    scope.click()
    page.locator("[name=until]").fill("2024-06-02")
    expect(page.locator(".dl-scope-count")).to_contain_text("No article fits")
    refused = ask(page, QUESTION)
    expect(refused.locator(".dl-verdict")).to_have_text(re.compile("No article is left by the days"))
    expect(refused.locator(".dl-scope")).to_have_text("Asked only of: from 1\xa0June\xa02024, to 2\xa0June\xa02024")
    expect(page.locator(".dl-turn").first.locator(".dl-scope")).to_have_text("Asked only of: The Post")


def test_a_turn_keeps_its_filters_and_is_asked_again_with_them(new_page: NewPage, library_address: str) -> None:
    page = new_page(library_address)
    page.locator(".dl-open-library").click()
    choose(page, "Cod in May", "Ask about this article only")
    ask(page, QUESTION)
    page.get_by_role("button", name="Ask all articles").click()
    page.locator(".dl-scope-open").click()
    page.locator("[name=source]").select_option("The Courier")
    page.get_by_role("button", name="Done").click()
    first = page.locator(".dl-turn").first
    first.get_by_label("Ask again").click()
    again = page.locator(".dl-turn[data-state=done]").nth(1)
    expect(again.locator(".dl-short")).to_contain_text("900")
    page.reload()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(2)
    for turn in (first, again):
        expect(turn.locator(".dl-scope")).to_have_text("Asked only of: “Cod in May”")
    first.get_by_label("Ask again").click()
    last = page.locator(".dl-turn[data-state=done]").nth(2)
    expect(last.locator(".dl-short")).to_contain_text("900")
    expect(last.locator(".dl-scope")).to_have_text("Asked only of: “Cod in May”")
    # What was chosen since stays, also over the reload, for what is asked anew.
    expect(ask(page, QUESTION).locator(".dl-scope")).to_have_text("Asked only of: The Courier")


def test_nothing_outside_of_what_came_in_is_taken(new_page: NewPage, library_address: str, tmp_path: Path) -> None:
    """A page that was tampered with names files of the server."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret\nThe password is swordfish.", encoding="utf-8")
    page = new_page(library_address)
    told = page.evaluate(
        """async id => {
            const body = JSON.stringify({action: 'add', files: [{id, name: '../../evil.txt'}]});
            const sent = {method: 'POST', headers: {'Content-Type': 'application/json'}, body};
            const [last] = (await (await fetch('/api/library/changes', sent)).text()).trim().split('\\n\\n').slice(-1);
            return JSON.parse(last.replace('event: done\\ndata: ', ''));
        }""",
        str(secret),
    )
    assert told["added"] == 0
    assert told["faults"] == [{"file": "../../evil.txt", "reason": "this file did not arrive; add it again."}]
    assert secret.exists()


def test_a_library_of_25_000_articles_stays_quick(new_page: NewPage, library_address: str) -> None:
    page = new_page(library_address)

    def listed(route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        first = int(asked["offset"][0])
        articles = [
            {"id": f"a{n}", "title": f"Article {n}", "date": f"2031-01-{1 + n // 1000:02}", "source": "The Post",
             "url": None, "sentences": 3, "language": "de" if n == 1 else "en"}
            for n in range(first, min(first + int(asked["limit"][0]), 25_000))
        ]  # fmt: skip
        route.fulfill(json={"total": 25_000, "offset": first, "next": None, "articles": articles})

    page.route("**/api/articles?*", listed)
    page.locator(".dl-open-library").click()
    expect(page.locator(".dl-library-count")).to_have_text("25,000 articles")
    expect(page.locator(".dl-article").nth(1)).to_contain_text("In German, which is not read")
    assert page.locator(".dl-article").count() < 60
    assert violations(page) == []
    page.locator(".dl-articles").evaluate("place => place.scrollTo(0, place.scrollHeight)")
    last = page.locator(".dl-article[aria-posinset='25000']")
    expect(last).to_contain_text("Article 24999")
    assert page.locator(".dl-article").count() < 60
    last.get_by_label("More for Article 24999").click()
    menu = page.get_by_role("menu")
    expect(menu).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    page.locator(".dl-articles").evaluate("place => place.scrollTo(0, 12_000 * 68)")
    expect(page.get_by_text("Article 12000", exact=True)).to_be_visible()


def test_order_outlet_and_indexing_one_file_again(new_page: NewPage, library_address: str) -> None:
    page = new_page(library_address)
    page.locator(".dl-open-library").click()
    titles = page.locator(".dl-article-title")
    expect(titles).to_have_text(["Cod in June", "Cod in May"])
    expect(page.locator(".dl-gutter")).to_have_text(["30\xa0June\xa02024", "31\xa0May\xa02024"])
    page.get_by_label("Order").select_option("outlet")
    expect(page.locator(".dl-gutter")).to_have_text(["The Courier", "The Post"])
    page.get_by_label("Order").select_option("story")
    expect(page.locator(".dl-gutter")).to_have_text(["A single article"] * 2)
    page.get_by_label("Outlet", exact=True).select_option("The Post")
    expect(titles).to_have_text(["Cod in May"])
    choose(page, "Cod in May", "Index its file again")
    expect(page.locator(".dl-report")).to_contain_text("unchanged")
    page.get_by_label("More for the articles").click()
    page.get_by_role("menuitem", name="Removed articles").click()
    expect(page.get_by_role("dialog", name="Removed articles")).to_be_visible()
    page.get_by_label("Close the articles").click()
    expect(page.get_by_role("dialog", name="Articles")).to_be_visible()


def test_a_folder_is_added(new_page: NewPage, library_address: str, tmp_path: Path) -> None:
    page = new_page(library_address)
    page.locator(".dl-open-library").click()
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "owls.txt").write_text("Owl news\nThe Ravnholm zoo has 3 owls.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    page.locator(".dl-library-folder").set_input_files(folder)
    expect(page.locator(".dl-report")).to_have_text("Articles: 1 added.")
    choose(page, "Owl news", "Remove…")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".dl-report")).to_contain_text("1 removed")
