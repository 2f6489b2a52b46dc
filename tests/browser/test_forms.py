"""How an answer looks: rows with day and outlet, the drawing of its figures, badges, notices, and its sources."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.forms import HERALD, POST, show_every_form
from tests.browser.test_accessibility import violations

NewPage = Callable[..., Page]
FIGURES, DISPUTED, BRIEFING, TIMELINE = 1, 2, 3, 4
ALONE = """() => [...document.querySelectorAll('.dl-cite')].filter(cite => {
    const said = [...cite.parentElement.querySelector('.dl-said').getClientRects()];
    return !said.some(line => Math.abs(line.bottom - cite.getBoundingClientRect().bottom) < line.height);
}).length"""


@pytest.fixture
def page(new_page: NewPage, seed_address: str, seed_home: Path) -> Page:
    page = new_page(seed_address)
    show_every_form(page, seed_home)
    return page


def test_rows_say_day_and_outlet_once(page: Page) -> None:
    for form in (BRIEFING, TIMELINE):
        rows = page.locator(".dl-turn").nth(form).locator(".dl-row")
        expect(rows).to_have_count(3)
        assert rows.locator(".dl-when").all_text_contents() == [
            f"6\u00a0March\u00a02031{POST}",
            f"6\u00a0March\u00a02031{POST}",
            f"13\u00a0March\u00a02031{HERALD}",
        ]
        assert rows.nth(1).locator(".dl-day").evaluate("day => day.getBoundingClientRect().width") <= 1
        assert rows.nth(2).locator("time").get_attribute("datetime") == "2031-03-13"
    seed = page.locator(".dl-turn").first  # an article without day and outlet
    expect(seed.locator(".dl-day, .dl-outlet")).to_have_count(0)


def test_a_figure_that_changed_is_drawn(page: Page) -> None:
    turn = page.locator(".dl-turn").nth(FIGURES)
    assert turn.locator(".dl-cite").all_text_contents() == ["[1]", "[2]", "[3]"]
    assert turn.locator(".dl-badge").all_text_contents() == ["Latest", "Corrected"]
    expect(turn.locator(".dl-said s")).to_have_text("two-thirds")
    points = turn.get_by_role("figure", name="How the figure changed").get_by_role("button")
    assert [point.inner_text() for point in points.all()] == ["9", "11", "10"]
    expect(turn.locator(".dl-point s")).to_have_text("11")
    expect(points.last).to_have_accessible_name(
        f"301 people, {HERALD} · 11\u00a0March\u00a02031, the latest, citation 1"
    )
    points.nth(1).scroll_into_view_if_needed()  # as the card goes when the page scrolls
    points.nth(1).hover()
    expect(page.get_by_role("tooltip")).to_contain_text(POST)
    points.nth(1).press("Enter")
    expect(page.locator(".dl-place")).to_have_text("Citation 3 of 3")
    expect(page.locator(".dl-text mark")).to_be_visible()


def test_the_other_cited_sentences_are_marked_less(page: Page) -> None:
    turn = page.locator(".dl-turn").nth(FIGURES)
    turn.locator(".dl-cite").first.click()
    expect(page.locator(".dl-text mark")).to_have_count(1)
    expect(page.locator(".dl-text .dl-as-cited")).to_have_count(2)
    page.get_by_label("Next citation").click()
    expect(page.locator(".dl-text mark")).to_contain_text("14,000")
    expect(page.locator(".dl-text .dl-as-cited")).to_have_count(2)


def test_sources_that_dispute_stand_side_by_side(page: Page) -> None:
    turn = page.locator(".dl-turn").nth(DISPUTED)
    bars = turn.get_by_role("figure").get_by_role("button")
    assert [bar.inner_text().split("\n") for bar in bars.all()] == [[HERALD, "3,500"], [POST, "3,100"]]
    assert turn.locator(".dl-badge").all_text_contents() == ["Disputed", "Disputed"]
    bars.first.click()
    expect(page.locator(".dl-place")).to_have_text("Citation 2 of 2")


def test_a_notice_leads_to_the_article_that_says_it(page: Page) -> None:
    told = page.locator(".dl-turn").nth(FIGURES).locator(".dl-told")
    expect(told).to_have_text("The correction: Ten people, not eleven, died. Read it")
    told.get_by_role("button", name="Read it").click()
    expect(page.locator(".dl-place")).to_have_text("Article")


@pytest.mark.parametrize("width", [320, 390, 640, 1024, 1440])
def test_forms_fit_and_axe_finds_nothing(new_page: NewPage, seed_address: str, seed_home: Path, width: int) -> None:
    page = new_page(seed_address, width=width, height=800, scheme="dark" if width == 390 else "light")
    show_every_form(page, seed_home)
    assert page.locator(".dl-turns").evaluate("turns => turns.scrollWidth - turns.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(ALONE) == 0  # no number of a citation begins a line
    assert violations(page) == []


def test_fonts_come_from_here_and_are_kept(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.evaluate("document.fonts.ready.then(() => null)")
    used = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")
    assert {name.strip('"') for name in used} >= {"Source Serif 4", "Source Sans 3"}
    fonts = page.evaluate(
        "performance.getEntriesByType('resource').map(each => each.name).filter(name => name.endsWith('.woff2'))"
    )
    for font in fonts:
        kept = page.request.get(font).headers["cache-control"]
        assert kept == "public, max-age=31536000, immutable"


def test_nothing_shifts_while_an_answer_comes(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.get_by_label("Question", exact=True).fill("How many people have been killed?")
    page.get_by_label("Question", exact=True).press("Enter")
    page.locator(".dl-turn").wait_for()
    page.evaluate("""async () => {
        const painted = () => new Promise(requestAnimationFrame);
        await painted().then(painted);  // the conversation has taken the place of the front page
        window.shifts = 0;
        const sum = list => list.getEntries().forEach(each => (window.shifts += each.value));
        new PerformanceObserver(sum).observe({ type: 'layout-shift', buffered: false });
    }""")
    page.locator(".dl-turn .dl-follow-head").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") == 0
