"""Pictures of the page, wide, middling and narrow, light and dark: `python -m tests.browser.screenshots --out DIR`."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from index import load_embedding
from tests.browser.support import ask, index, launch, open_page, serving

ARCHIVE = Path(__file__).parents[2] / "evals" / "archive" / "corpus.jsonl"
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "phone": (390, 844)}
ANSWERS = {
    "figures": "How many people died in the Sarn flood?",
    "disputed": "How many people were evacuated from the Sarn valley?",
    "briefing": "Give me an overview of the port strike",
    "timeline": "Timeline of the port strike",
    "refusal": "Who won the 2022 World Cup?",
}
CITED = "What was the turnout in the election?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="the folder that the pictures go to")
    parser.add_argument("--address", help="a server that runs already; by default one is started")
    parser.add_argument("--corpus", type=Path, default=ARCHIVE, help="the articles of the server that is started")
    given = parser.parse_args()
    out: Path = given.out
    out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        address = given.address or stack.enter_context(_served(given.corpus))
        browser = launch(stack.enter_context(sync_playwright()))
        for size in SIZES:
            for scheme in ("light", "dark"):
                take(browser, address, out, size, scheme)
        browser.close()


@contextlib.contextmanager
def _served(corpus: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index(home, [corpus], load_embedding())
        with serving(home) as address:
            yield address


def take(browser: Browser, address: str, out: Path, size: str, scheme: str) -> None:
    """The pictures of one size and colour scheme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if size == "phone" else 1,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_page(page, address)

    def picture(name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=out / f"{name}-{size}-{scheme}.png")

    page.locator(".dl-suggestion").first.wait_for()
    picture("empty")
    for name, question in ANSWERS.items():
        _begin(page, size)
        ask(page, question)
        picture(name)
    _begin(page, size)
    turn = ask(page, CITED)
    if size != "phone":
        turn.locator(".dl-cite").first.hover()
    picture("answer")
    turn.locator(".dl-cite").nth(1).click()
    page.locator(".dl-text mark").wait_for()
    page.mouse.move(0, 0)
    picture("citation")
    page.get_by_label("Close the source").click()
    _show_rail(page, size)
    page.locator(".dl-open-library").click()
    page.locator(".dl-article").first.wait_for()
    picture("articles")
    context.close()


def _show_rail(page: Page, size: str) -> None:
    if size != "wide":
        page.get_by_role("button", name="Conversations", exact=True).click()


def _begin(page: Page, size: str) -> None:
    _show_rail(page, size)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()


if __name__ == "__main__":
    main()
