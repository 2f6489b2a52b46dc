"""Pictures of the page: `python -m tests.browser.screenshots` takes those that the docs show, in few colours.

With `--all` it takes every state, wide, middling and narrow, light and dark, to look them over.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from index import load_embedding
from tests.browser.support import ask, index, launch, open_page, serving

ROOT = Path(__file__).parents[2]
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "phone": (390, 844), "tiny": (320, 640)}
SHOWN = {
    ("wide", "light"): {"front", "citation", "figures"},
    ("wide", "dark"): {"briefing"},
    ("phone", "dark"): {"timeline", "citation"},
}
ANSWERS = {
    "figures": "How many people died in the Sarn flood?",
    "disputed": "How many people were evacuated from the Sarn valley?",
    "briefing": "Give me an overview of the port strike",
    "timeline": "Timeline of the port strike",
    "refusal": "Who won the 2022 World Cup?",
}
CITED = "What was the turnout in the election?"
COLOURS = 128


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", help="the folder that the pictures go to")
    parser.add_argument("--address", help="a server that runs already; by default one is started")
    corpus = ROOT / "evals" / "archive" / "corpus.jsonl"
    parser.add_argument("--corpus", type=Path, default=corpus, help="the articles of the server that is started")
    parser.add_argument("--all", action="store_true", help="every state in every size, in a folder of their own")
    given = parser.parse_args()
    out: Path = given.out
    out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        address = given.address or stack.enter_context(_served(given.corpus))
        browser = launch(stack.enter_context(sync_playwright()))
        for size in SIZES:
            for scheme in ("light", "dark"):
                wanted = None if given.all else SHOWN.get((size, scheme), set())
                if wanted or given.all:
                    take(browser, address, out, size, scheme, wanted)
        browser.close()


@contextlib.contextmanager
def _served(corpus: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index(home, [corpus], load_embedding())
        with serving(home) as address:
            yield address


def take(browser: Browser, address: str, out: Path, size: str, scheme: str, wanted: set[str] | None) -> None:
    """The pictures of one size and colour scheme, or those of them that are wanted."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1 if size in ("wide", "middle") else 2,
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    open_page(page, address)

    def picture(name: str) -> None:
        page.wait_for_timeout(500)  # what moves has come to rest
        path = out / f"{name}-{size}-{scheme}.png"
        page.screenshot(path=path)
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)

    for name, scene in SCENES.items():
        if wanted is None or name in wanted:
            _begin(page, size)
            scene(page, size)
            picture(name)
            for _ in range(2):  # what is open, and the list that it was opened from
                page.keyboard.press("Escape")
    context.close()


def _asked(question: str) -> Callable[[Page, str], None]:
    def scene(page: Page, size: str) -> None:
        turn = ask(page, question)
        if turn.get_attribute("data-kind") == "refusal":
            turn.locator(".dl-follow-head").wait_for()

    return scene


def _front(page: Page, size: str) -> None:
    page.locator(".dl-suggestion").first.wait_for()


def _hovered(page: Page, size: str) -> None:
    turn = ask(page, CITED)
    if size in ("wide", "middle"):
        turn.locator(".dl-cite").first.hover()


def _citation(page: Page, size: str) -> None:
    ask(page, CITED).locator(".dl-cite").nth(1).click()
    page.locator(".dl-text mark").wait_for()
    page.mouse.move(0, 0)


def _scope(page: Page, size: str) -> None:
    page.locator(".dl-scope-open").click()
    page.get_by_label("From … to …").check()


def _opened(button: str, content: str) -> Callable[[Page, str], None]:
    def scene(page: Page, size: str) -> None:
        _show_rail(page, size)
        page.locator(button).click()
        page.locator(content).first.wait_for()

    return scene


def _by_story(page: Page, size: str) -> None:
    _opened(".dl-open-library", ".dl-article")(page, size)
    page.get_by_label("Order").select_option("story")


def _show_rail(page: Page, size: str) -> None:
    if size != "wide":
        page.get_by_role("button", name="Conversations", exact=True).click()


def _begin(page: Page, size: str) -> None:
    _show_rail(page, size)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()
    page.mouse.move(0, 0)


SCENES: dict[str, Callable[[Page, str], None]] = {
    "front": _front,
    **{name: _asked(question) for name, question in ANSWERS.items()},
    "answer": _hovered,
    "citation": _citation,
    "scope": _scope,
    "articles": _opened(".dl-open-library", ".dl-article"),
    "stories": _by_story,
    "settings": _opened(".dl-open-settings", ".dl-settings-writing p"),
}


if __name__ == "__main__":
    main()
