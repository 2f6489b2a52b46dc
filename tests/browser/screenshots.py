"""Pictures of the page, wide and narrow, light and dark: `python -m tests.browser.screenshots --out DIR`."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from index import load_embedding
from tests.browser.support import SEEDS, ask, index, launch, open_page, serving

SIZES = {"wide": (1280, 800), "phone": (390, 844)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="the folder that the pictures go to")
    parser.add_argument("--address", help="a server that runs already; by default one is started on seeds/")
    given = parser.parse_args()
    out: Path = given.out
    out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        address = given.address or stack.enter_context(_seeds_served())
        browser = launch(stack.enter_context(sync_playwright()))
        for size in SIZES:
            for scheme in ("light", "dark"):
                take(browser, address, out, size, scheme)
        browser.close()


@contextlib.contextmanager
def _seeds_served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index(home, [SEEDS], load_embedding())
        with serving(home) as address:
            yield address


def take(browser: Browser, address: str, out: Path, size: str, scheme: str) -> None:
    """The pictures of one size and colour scheme."""
    width, height = SIZES[size]
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        device_scale_factor=1 if size == "wide" else 2,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_page(page, address)

    def picture(name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=out / f"{name}-{size}-{scheme}.png")

    page.locator(".dl-suggestion").first.wait_for()
    picture("empty")
    turn = ask(page, "how many displaced?")
    turn.locator(".dl-follow-head").wait_for()
    if size == "wide":
        turn.locator(".dl-cite").first.hover()
    picture("answer")
    turn.locator(".dl-cite").first.click()
    page.locator(".dl-text mark").wait_for()
    page.mouse.move(0, 0)
    picture("citation")
    page.get_by_label("Close the source").click()
    ask(page, "Who won the 2022 World Cup?")
    picture("refusal")
    if size == "phone":
        page.get_by_role("button", name="Conversations").click()
        picture("list")
    page.locator(".dl-open-library").click()
    page.locator(".dl-article").first.wait_for()
    picture("articles")
    context.close()


if __name__ == "__main__":
    main()
