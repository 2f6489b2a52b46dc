"""What the page does beside answering: refusals, errors, stopping, hostile text, colours, accessibility."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE, HOSTILE_QUESTION
from tests.browser.support import ask
from tests.browser.verdicts import show_every_kind

NewPage = Callable[..., Page]

PARTS = (
    *(
        ".dl-text mark",
        ".dl-text p",
        ".dl-source-title",
        ".dl-asked",
        ".dl-said",
        ".dl-from",
        ".dl-number",
        ".dl-short",
        ".dl-alone",
        ".dl-understood span",
        ".dl-may",
        ".dl-verdict",
        ".dl-courtesy",
    ),
    *(
        ".dl-cite",
        ".dl-send",
        ".dl-new",
        ".dl-brand",
        ".dl-kept-more",
        ".dl-place",
        ".dl-follow-head",
        ".dl-suggestion",
    ),
)
CONTRAST = """element => {
    const shades = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const light = colour => {
        const [r, g, b] = shades(colour).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    let behind = element;
    while (/, 0\\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const [a, b] = [light(getComputedStyle(element).color), light(getComputedStyle(behind).backgroundColor)];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}"""


def test_refusal_names_the_closest_sentences(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    refusal = ask(page, "Who won the 2022 World Cup?")
    expect(refusal).to_have_attribute("data-kind", "refusal")
    expect(refusal.locator(".dl-verdict")).to_have_text(re.compile(r"^No article mentions .*World Cup\.$"))
    refusal.get_by_text("The closest sentences, which may not answer it").click()
    expect(refusal.locator(".dl-short, .dl-sources")).to_have_count(0)
    assert 1 <= refusal.locator(".dl-near").count() <= 3
    expect(page.locator(".dl-live")).to_have_text(re.compile(r"mentions .*World Cup\. \d close sentences? follow"))
    closest = refusal.locator(".dl-near .dl-said").first.text_content()
    refusal.locator(".dl-cite").first.click()
    expect(page.locator(".dl-text mark")).to_have_text(closest or "")


def test_errors_are_one_line_and_nothing_typed_is_lost(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    box = page.get_by_label("Question", exact=True)
    for _ in range(3):
        box.press("Enter")  # nothing was typed: nothing happens
    send = page.get_by_role("button", name="Ask", exact=True)
    expect(send).to_be_disabled()
    box.fill("  \n ")
    expect(send).to_be_disabled()
    box.press("Enter")
    expect(page.locator(".dl-turn")).to_have_count(0)
    turn = ask(page, "why " * 2_500)
    expect(turn.locator(".dl-error")).to_contain_text(re.compile(r"The question has [\d,]+ characters"))
    assert len(box.input_value()) > 2_000
    answered = ask(page, "How many people have been killed?")
    expect(answered).to_contain_text("301 people")
    assert "Traceback" not in page.locator("body").inner_text()


def test_asking_again_editing_and_suggestions(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    box = page.get_by_label("Question", exact=True)
    example = page.locator(".dl-welcome .dl-suggestion").first
    question = example.inner_text()
    example.click()
    turn = page.locator(".dl-turn").first
    expect(turn.locator(".dl-statement").first).to_be_visible()
    expect(turn.locator(".dl-asked")).to_have_text(question)
    expect(box).to_be_focused()

    turn.get_by_label("Edit the question").click()
    expect(box).to_be_focused()
    expect(box).to_have_value(question)
    box.fill("")
    turn.get_by_label("Ask again").click()
    expect(page.locator(".dl-turn[data-state=done]")).to_have_count(2)
    expect(page.locator(".dl-asked").nth(1)).to_have_text(question)

    follow_up = page.locator(".dl-turn").nth(1).locator(".dl-follow .dl-suggestion").first
    further = follow_up.inner_text()
    follow_up.click()
    last = page.locator(".dl-turn").nth(2)
    expect(last.locator(".dl-asked")).to_have_text(further)
    expect(last.locator(".dl-statement").first).to_be_visible()
    expect(last.locator(".dl-verdict")).to_have_count(0)


def test_what_is_typed_while_an_answer_is_looked_for_stays(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    box = page.get_by_label("Question", exact=True)
    box.fill("how many displaced?")
    box.press("Enter")
    expect(box).to_have_value("")
    box.fill("and how many civilians")
    expect(page.locator(".dl-statement").first).to_be_visible()
    expect(box).to_have_value("and how many civilians")


def test_stop(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.get_by_label("Question", exact=True).fill("how many displaced?")
    # Both at once: an answer takes a quarter of a second, and where Stop was there is Ask again.
    page.evaluate("""() => {
        const button = document.querySelector('.dl-send');
        button.click();
        if (button.ariaLabel !== 'Stop') throw new Error(button.ariaLabel);
        button.click();
    }""")
    turn = page.locator(".dl-turn").first
    expect(turn).to_have_attribute("data-state", "stopped")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    turn.get_by_label("Ask again").click()
    expect(page.locator(".dl-turn").nth(1).locator(".dl-short")).to_contain_text("14,000")


def test_hostile_text_is_shown_and_never_runs(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    turn = ask(page, HOSTILE_QUESTION)
    assert turn.locator(".dl-asked").text_content() == HOSTILE_QUESTION
    sentence = HOSTILE["text"].split("\n")[0]
    said = turn.locator(".dl-said").evaluate_all("all => all.map(each => each.textContent)")
    assert sentence in said
    link = turn.locator(".dl-cite").nth(said.index(sentence))
    link.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(HOSTILE["title"])
    link.click()
    mark = page.locator(".dl-text mark")
    expect(mark).to_have_count(1)
    assert mark.text_content() == sentence
    assert page.locator(".dl-source-title").text_content() == HOSTILE["title"]
    expect(page.locator(".dl-source-head .dl-origin")).to_contain_text(HOSTILE["source"])
    assert page.locator(".dl a").count() == 0  # no link to a javascript: address
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".dl :is(img, script, b, em, code, del, table):not(.dl-settings *)").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_legible(new_page: NewPage, seed_address: str, seed_home: Path, scheme: str) -> None:
    page = new_page(seed_address, scheme=scheme)
    show_every_kind(page, seed_home)
    ask(page, "thanks!")
    turn = ask(page, "How many people have been killed?")
    turn.locator(".dl-follow-head").wait_for()
    turn.locator(".dl-cite").first.click()
    expect(page.locator(".dl-text mark")).to_be_visible()
    page.mouse.move(0, 0)
    for part in PARTS:
        assert page.locator(part).first.evaluate(CONTRAST) >= 4.5, part
    assert page.locator("html").get_attribute("lang") == "en"
    background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert (background == "rgb(22, 23, 21)") == (scheme == "dark")


def test_nothing_moves_while_an_answer_comes(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    ask(page, "how many displaced?")
    page.evaluate("""() => {
        window.moved = [];
        const watch = () => {
            const asked = [...document.querySelectorAll('.dl-asked')].at(1)?.getBoundingClientRect().top;
            const box = document.querySelector('.dl-question').getBoundingClientRect().top;
            if (asked !== undefined) window.moved.push([asked, box]);
            requestAnimationFrame(watch);
        };
        watch();
    }""")
    turn = ask(page, "How many people have been killed?")
    turn.locator(".dl-follow-head").wait_for()
    places = page.evaluate("window.moved")
    assert len(places) > 2
    assert max(place[0] for place in places) - min(place[0] for place in places) <= 1
    assert len({place[1] for place in places}) == 1
