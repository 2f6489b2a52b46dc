"""Users of a server with passwords: the browser asks for one, and a user's conversations are the user's own."""

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.http.passwords import add_user
from tests.browser.support import ask, serving

PASSWORD = "correct horse: battery"


def test_a_user_signs_in_and_finds_what_was_asked(
    new_page: Callable[..., Page], seed_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    for name in ("maria", "jo"):
        add_user(tmp_path / "users.txt", name, PASSWORD)
    with serving(home, users=str(tmp_path / "users.txt")) as address:
        maria = new_page(address, user={"username": "maria", "password": PASSWORD})
        ask(maria, "how many displaced?")
        expect(maria.locator(".dl-kept")).to_have_count(1)
        maria.reload()
        expect(maria.locator(".dl-asked")).to_have_text("how many displaced?")
        elsewhere = new_page(address, user={"username": "maria", "password": PASSWORD})
        expect(elsewhere.locator(".dl-kept")).to_have_count(1)
        jo = new_page(address, user={"username": "jo", "password": PASSWORD})
        expect(jo.locator(".dl-list-empty")).to_be_visible()
        for page in (maria, elsewhere, jo):
            page.goto("about:blank")
