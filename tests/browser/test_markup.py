"""Attacks in texts, as the page divides them into pieces; and the scripts' own tests, where there is Node."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.security.attacks import ATTACKS

ROOT = Path(__file__).parents[2]
STYLES = {"short", "unseen", "strong", "em", "code"}


def test_no_attack_becomes_more_than_text(new_page: Callable[..., Page], seed_address: str) -> None:
    page = new_page(seed_address)
    texts = [attack.text for attack in ATTACKS]
    for markdown in (False, True):
        made = page.evaluate(
            """async ([texts, markdown]) => {
                const { pieces } = await import("/page/markup.js");
                const { written } = await import("/page/dom.js");
                return texts.map((text) => {
                    const shown = pieces(text, { span: [0, Math.floor(text.length / 2)], name: "short", markdown });
                    const elements = written(shown);
                    return [
                        shown.map((piece) => piece.text).join(""),
                        shown.flatMap((piece) => piece.styles),
                        elements.flatMap((each) => [each, ...each.querySelectorAll("*")]).map((each) => each.tagName),
                    ];
                });
            }""",
            [texts, markdown],
        )
        for text, (joined, styles, tags) in zip(texts, made, strict=True):
            assert joined == text
            assert set(styles) <= STYLES
            assert set(tags) <= {"SPAN", "STRONG", "EM", "CODE"}


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not here")
def test_the_scripts_pass_their_own_tests() -> None:
    run = subprocess.run(["node", "--test", "tests/page"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
