"""Pictures of the page, wide and narrow, light and dark: `python -m tests.browser.screenshots --out DIR`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from index import load_embedding
from tests.browser.support import SEEDS, ask, index, launch, open_page, serving

SIZES = {"wide": (1280, 800), "phone": (390, 844)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="the folder that the pictures go to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index(home, [SEEDS], load_embedding())
        with serving(home) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            for size in SIZES:
                for scheme in ("light", "dark"):
                    take(browser, address, out, size, scheme)
            browser.close()


def take(browser: Browser, address: str, out: Path, size: str, scheme: str) -> None:
    """The four pictures of one size and colour scheme."""
    width, height = SIZES[size]
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        device_scale_factor=1 if size == "wide" else 2,
    )
    page = open_page(context.new_page(), address)

    def picture(name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=out / f"{name}-{size}-{scheme}.png")

    page.locator("#dl-messages .example").first.wait_for()
    picture("empty")
    ask(page, "how many displaced?")
    picture("answer")
    page.locator(".dl-cite").first.click()
    page.locator("mark").wait_for()
    picture("citation")
    page.get_by_label("Close the source").click()
    ask(page, "Who won the 2022 World Cup?")
    picture("refusal")
    context.close()


if __name__ == "__main__":
    main()
