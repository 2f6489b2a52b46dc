"""What a user of the browser app waits for: `python -m evals.workshop.bench.page --home DIR`, on a store that exists.

Starts `dateline serve`, warms it with one page and one answer, then opens the page with an empty browser several times.
Prints the median and the worst of: the first paint, the page ready to be typed in, and the first answer from Enter on.
Needs Chromium (CHROMIUM names it if it is not in the path) and the extra `dev`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
_PORT = 7899
_PATIENCE = 120.0


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the folder of the store")
    parser.add_argument("--question", default="how many displaced?")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with _served(given.home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _visit(browser, address, given.question)
        visits = [_visit(browser, address, given.question) for _ in range(given.runs)]
        browser.close()
    print(f"| what, n = {given.runs} | median ms | worst ms |\n| --- | --- | --- |")  # noqa: T201
    for name, values in zip(("first paint", "ready to type", "first answer"), zip(*visits, strict=True), strict=True):
        print(f"| {name} | {statistics.median(values):.0f} | {max(values):.0f} |")  # noqa: T201
    print(f"load of the machine (1 min): {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201


def _visit(browser: Browser, address: str, question: str) -> tuple[float, float, float]:
    """Milliseconds of one user who has never been there: first paint, ready, first answer."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(1000 * _PATIENCE)
    started = time.perf_counter()
    page.goto(address)
    page.locator(".dl[data-ready]").wait_for()
    ready = 1000 * (time.perf_counter() - started)
    paint = float(page.evaluate(_PAINT))
    page.get_by_label("Question", exact=True).fill(question)
    started = time.perf_counter()
    page.get_by_label("Question", exact=True).press("Enter")
    page.locator(".dl-statement, .dl-verdict").first.wait_for()
    answered = 1000 * (time.perf_counter() - started)
    context.close()
    return paint, ready, answered


@contextmanager
def _served(home: Path) -> Iterator[str]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "serve", "--port", str(_PORT)]
    address = f"http://127.0.0.1:{_PORT}"
    with subprocess.Popen([*command, "--home", str(home)], stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + _PATIENCE
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("dateline serve did not come up")
                time.sleep(0.2)
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):  # noqa: S310  our own
            return True
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    main()
