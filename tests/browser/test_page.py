"""What the page does beside answering: refusals, errors, hostile text, other users, colours."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE, HOSTILE_QUESTION
from tests.browser.support import ask

NewPage = Callable[..., Page]

PARTS = (
    *("mark", ".dl-text p", ".dl-panel-title", ".dl-question p", ".dl-verbatim", ".dl-source", ".dl-number"),
    *(".dl-cite", "#dl-send", "#dl-new", ".dl-header p"),
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
    ask(page, "Who won the 2022 World Cup?")
    refusal = page.locator(".dl-refusal")
    expect(refusal).to_contain_text("The articles do not say.")
    expect(refusal).to_contain_text("The closest sentences, which may not answer it:")
    assert 1 <= refusal.locator("li").count() <= 3
    closest = refusal.locator("li .dl-verbatim").first.evaluate("said => said.textContent")
    refusal.locator(".dl-cite").first.click()
    expect(page.locator("mark")).to_be_focused()
    assert page.locator("mark").evaluate("mark => mark.textContent") == closest


def test_errors_are_one_line_in_the_chat(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".dl-error")).to_contain_text("The question is empty")
    ask(page, "why " * 2_500)
    expect(page.locator(".dl-error").last).to_contain_text(re.compile(r"The question has [\d,]+ characters"))
    assert len(page.get_by_label("Question").input_value()) > 2_000  # what was typed is not lost
    ask(page, "How many people have been killed?")
    expect(page.locator(".dl-answer")).to_contain_text("301 people")
    assert "Traceback" not in page.locator("body").inner_text()


def test_hostile_text_is_shown_and_never_runs(new_page: NewPage, news_address: str) -> None:
    page = new_page(news_address)
    ask(page, HOSTILE_QUESTION)
    assert page.locator(".dl-question").evaluate("asked => asked.textContent") == HOSTILE_QUESTION
    sentence = HOSTILE["text"].split("\n")[0]
    said = page.locator(".bot .dl-verbatim").evaluate_all("all => all.map(each => each.textContent)")
    assert sentence in said
    link = page.locator(".bot .dl-cite").nth(said.index(sentence))
    link.click()
    expect(page.locator("mark")).to_be_focused()
    assert page.locator("mark").evaluate("mark => mark.textContent") == sentence
    assert page.locator(".dl-panel-title").evaluate("title => title.textContent") == HOSTILE["title"]
    expect(page.locator(".dl-panel-origin")).to_contain_text(HOSTILE["source"])
    expect(page.locator(".dl-original")).to_have_count(0)  # no link to a javascript: address
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#dl-page :is(img, script, svg[onload], b, em, code, del, table)").count() == 0
    assert page.locator("#dl-page a:not([href^='#cite-'])").count() == 0


def test_users_do_not_see_each_other(new_page: NewPage, seed_address: str) -> None:
    one, other = new_page(seed_address), new_page(seed_address)
    ask(one, "how many displaced?")
    ask(other, "Who won the 2022 World Cup?")
    expect(other.locator(".dl-question")).to_have_count(1)
    expect(other.locator("#dl-messages")).not_to_contain_text("14,000")
    # The same link means another sentence to each; one that another user has means nothing.
    other.evaluate("""() => {
        const link = document.createElement('a');
        link.href = '#cite-1-9';
        link.id = 'forged';
        link.textContent = 'forged';
        document.querySelector('.dl-refusal').append(link);
    }""")
    other.locator("#forged").click()
    expect(other.locator(".dl-missing")).to_contain_text("conversation that has ended")
    one.reload()
    one.locator(".dl-welcome").wait_for()
    expect(one.locator(".dl-question")).to_have_count(0)


def test_questions_to_begin_with_are_answered(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    expect(page.locator(".dl-welcome")).to_contain_text("1 article is indexed")
    example = page.locator("#dl-messages .example").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".dl-answer")).to_be_visible()
    expect(page.locator(".dl-question")).to_have_text(question)
    expect(page.get_by_label("Question")).to_be_focused()


def test_colours_are_legible_in_light_and_dark(new_page: NewPage, seed_address: str) -> None:
    for scheme in ("light", "dark"):
        page = new_page(seed_address, scheme=scheme)
        ask(page, "How many people have been killed?")
        page.locator(".dl-cite").first.click()
        expect(page.locator("mark")).to_be_focused()
        page.mouse.move(0, 0)
        for part in PARTS:
            assert page.locator(part).first.evaluate(CONTRAST) >= 4.5, (scheme, part)
        assert page.locator("html").get_attribute("lang") == "en"
        background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        assert (background == "rgb(22, 23, 21)") == (scheme == "dark")


def test_what_is_typed_while_an_answer_is_looked_for_stays(new_page: NewPage, seed_address: str) -> None:
    page = new_page(seed_address)
    box = page.locator("#dl-question textarea")
    box.fill("how many displaced?")
    box.press("Enter")
    expect(box).to_have_value("")
    box.fill("and how many civilians")
    expect(page.locator(".dl-answer")).to_be_visible()
    page.wait_for_timeout(500)
    expect(box).to_have_value("and how many civilians")
