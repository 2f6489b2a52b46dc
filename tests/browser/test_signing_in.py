"""Users of a server with passwords: a form signs them in, and a user's conversations are the user's own."""

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.http.users import add_user, remove_user
from tests.browser.support import ask, serving

PASSWORD = "correct horse: battery"


def test_a_user_signs_in_and_finds_what_was_asked(
    new_page: Callable[..., Page], seed_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    for name, role in (("maria", "editor"), ("jo", "reader")):
        add_user(home / "users.txt", name, PASSWORD, role)  # type: ignore[arg-type]

    def sign_in(page: Page, name: str) -> None:
        page.get_by_label("User").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Password").press("Enter")
        page.locator(".dl[data-ready]").wait_for()

    with serving(home) as address:
        maria = new_page(address, ready=".dl-sign-in")
        assert maria.url == f"{address}/sign-in"
        expect(maria.get_by_label("User")).to_be_focused()
        sign_in(maria, "maria")
        ask(maria, "how many displaced?")
        expect(maria.locator(".dl-kept")).to_have_count(1)
        expect(maria.locator(".dl-account-name")).to_have_text("maria")
        maria.reload()
        expect(maria.locator(".dl-asked")).to_have_text("how many displaced?")
        # No script can read the session's secret.
        assert maria.evaluate("document.cookie") == ""
        cookie = maria.context.cookies()[0]
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")

        elsewhere = new_page(address, ready=".dl-sign-in")
        sign_in(elsewhere, "maria")
        expect(elsewhere.locator(".dl-kept")).to_have_count(1)

        jo = new_page(address, ready=".dl-sign-in")
        sign_in(jo, "jo")
        expect(jo.locator(".dl-list-empty")).to_be_visible()
        jo.locator(".dl-open-library").click()
        expect(jo.locator(".dl-article")).to_have_count(1)
        expect(jo.locator(".dl-library-add")).to_be_hidden()
        jo.locator(".dl-article-more").click()
        expect(jo.get_by_role("menuitem")).to_have_text(["Read", "Ask about this article only"])
        for _ in range(2):
            jo.keyboard.press("Escape")

        maria.locator(".dl-sign-out").click()
        maria.locator(".dl-sign-in").wait_for()
        maria.goto(address)
        assert maria.url == f"{address}/sign-in"
        for page in (maria, elsewhere, jo):
            page.goto("about:blank")


def test_a_wrong_password_is_said_and_a_removed_user_is_out(
    new_page: Callable[..., Page], faults: list[str], seed_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    for name in ("maria", "jo"):
        add_user(home / "users.txt", name, PASSWORD)
    with serving(home, quiet=False) as address:
        page = new_page(address, ready=".dl-sign-in")
        page.get_by_label("User").fill("maria")
        page.get_by_label("Password").fill("wrong password")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_have_text("The user, the password or the token is not right.")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".dl[data-ready]").wait_for()
        remove_user(home / "users.txt", "maria")
        page.get_by_label("Search conversations").fill("anything")
        page.locator(".dl-sign-in").wait_for()
        page.goto("about:blank")
    # The browser says so of what the server refuses: 403, then 401.
    assert "status of 403" in faults[0]
    assert all(fault.startswith("console") for fault in faults), faults
    faults.clear()
