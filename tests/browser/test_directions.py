"""Characters that turn the direction of reading, or hide: the page spells them out, as the command line does."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.visible import visible
from index import Embedding
from tests.browser.support import ask, index, serving, write_articles

TURNED = "\u202e123\u202c"
ARTICLE = {
    "id": "turned",
    "title": f"Ferry \u2066sinks\u2069 off {TURNED} Brannhavn",
    "text": f"The ferry sank off Brannhavn and killed {TURNED} passengers on Monday.",
    "source": "The \u200bPost\u202e",
    "date": "2024-05-01",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("directions")
    index(folder / "home", [write_articles(folder / "articles.jsonl", [ARTICLE])], embedding)
    with serving(folder / "home") as address:
        yield address


def test_nothing_turns_the_direction_of_reading(new_page: Callable[..., Page], address: str, tmp_path: Path) -> None:
    page = new_page(address)
    turn = ask(page, f"How many passengers were killed {TURNED}?")
    expect(turn).to_contain_text(visible(f"killed {TURNED} passengers"))
    turn.locator("summary").click()  # it is a refusal, with the closest sentences below it
    turn.locator(".dl-cite").first.click()
    expect(page.locator(".dl-source-title")).to_have_text(visible(ARTICLE["title"]))
    page.locator(".dl-close").click()
    page.locator(".dl-open-library").click()
    expect(page.locator(".dl-article-title")).to_have_text(visible(ARTICLE["title"]))
    hidden = """() => {
        const is = /[\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]/;
        const labels = [...document.querySelectorAll("[aria-label], [title]")];
        const said = labels.flatMap((each) => [each.title, each.getAttribute("aria-label") ?? ""]);
        return [document.title, document.querySelector(".dl").innerText, ...said].filter((text) => is.test(text));
    }"""
    assert page.evaluate(hidden) == []


def test_the_page_spells_out_what_the_command_line_does(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(address)
    shown = page.evaluate(
        """async () => {
            const { visible } = await import("/page/text.js");
            const changed = {};
            for (let code = 0; code <= 0x10ffff; code += 1) {
                const text = String.fromCodePoint(code);
                if (visible(text) !== text) changed[code] = visible(text);
            }
            return [changed, visible("a\\r\\nb\\rc\\td")];
        }"""
    )
    every = {code: visible(chr(code)) for code in range(sys.maxunicode + 1)}
    assert {int(code): said for code, said in shown[0].items()} == {
        code: said for code, said in every.items() if said != chr(code)
    }
    assert shown[1] == visible("a\r\nb\rc\td")
