"""What a user of the browser app waits for: `python -m evals.workshop.bench.page --home DIR`, on a store that exists.

Starts `dateline serve`, warms it with one page and one answer, then opens the page with an empty browser several times.
Prints the median and the worst of: the first paint, the page ready to be typed in, the first answer from Enter on, the
slowest key typed while it comes (until the next paint), how far things moved meanwhile (layout shifts), and what is
fetched before fonts. With `--check` it fails where the worst is beyond what the page promises.
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

_LIMITS = {
    "first paint, ms": 500.0,
    "ready to type, ms": None,
    "first answer, ms": 600.0,
    "key to next paint, ms": 100.0,
    "layout shift": 0.001,
    "weight before fonts, kB": 700.0,
}
_WATCH = """
window.seen = { shifts: [], keys: [] };
const watch = (all, what) => new PerformanceObserver(list => all.push(...list.getEntries())).observe(what);
watch(seen.shifts, { type: "layout-shift", buffered: true });
watch(seen.keys, { type: "event", durationThreshold: 16 });
"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
_WEIGHT = """[...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
    .filter(({ name }) => !name.endsWith(".woff2")).reduce((sum, each) => sum + each.transferSize, 0) / 1000"""
_TYPED = "since => Math.max(0, ...seen.keys.filter(each => each.startTime > since).map(each => each.duration))"
_MOVED = "since => seen.shifts.filter(each => each.startTime > since).reduce((sum, each) => sum + each.value, 0)"
_PORT = 7899
_PATIENCE = 120.0


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the folder of the store")
    parser.add_argument("--question", default="how many displaced?")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="fail where a figure is beyond what is promised")
    given = parser.parse_args()
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with _served(given.home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _visit(browser, address, given.question)
        visits = [_visit(browser, address, given.question) for _ in range(given.runs)]
        browser.close()
    print(f"| what, n = {given.runs} | median | worst | promised |\n| --- | --- | --- | --- |")  # noqa: T201
    beyond = []
    for (name, limit), values in zip(_LIMITS.items(), zip(*visits, strict=True), strict=True):
        promised = "" if limit is None else f"{limit:g}"
        print(f"| {name} | {statistics.median(values):.4g} | {max(values):.4g} | {promised} |")  # noqa: T201
        if limit is not None and max(values) > limit:
            beyond.append(name)
    print(f"load of the machine (1 min): {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201
    if given.check and beyond:
        raise SystemExit(f"beyond what is promised: {'; '.join(beyond)}")


def _visit(browser: Browser, address: str, question: str) -> tuple[float, ...]:
    """What one user finds who has never been there, in the order of `_LIMITS`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(1000 * _PATIENCE)
    page.add_init_script(_WATCH)
    started = time.perf_counter()
    page.goto(address)
    page.locator(".dl[data-ready]").wait_for()
    ready = 1000 * (time.perf_counter() - started)
    page.locator(".dl-suggestion").first.wait_for()
    weight = float(page.evaluate(_WEIGHT))
    box = page.get_by_label("Question", exact=True)
    box.fill(question)
    since = float(page.evaluate("performance.now()"))
    started = time.perf_counter()
    box.press("Enter")
    page.locator(".dl-turn").wait_for()
    begun = float(page.evaluate("performance.now()"))  # the front page has gone, and nothing may move any more
    page.locator(".dl-statement, .dl-verdict").first.wait_for()
    answered = 1000 * (time.perf_counter() - started)
    page.keyboard.type("and where", delay=30)
    page.locator(".dl-turn[data-state=done] .dl-tools").wait_for()
    page.wait_for_timeout(500)
    figures = (
        page.evaluate(_PAINT),
        ready,
        answered,
        page.evaluate(_TYPED, since),
        page.evaluate(_MOVED, begun),
        weight,
    )
    context.close()
    return tuple(map(float, figures))


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
