"""`dateline user`, `token` and `log`: who may use the server, and what was done; an open door is refused."""

import json
from pathlib import Path

import pytest

from assistant.cli.options import RoleOption
from assistant.http.clients import ROLES
from assistant.http.tokens import digest_of, read_tokens
from assistant.http.users import matches, read_users
from tests.assistant.cli.test_commands import dateline

PASSWORD = "correct horse battery"


def test_a_user_is_added_without_the_password_being_shown(tmp_path: Path):
    file = tmp_path / "users.txt"
    home = tmp_path / "home"
    added = dateline("user", "add", "maria", "--users", file, "--home", home, stdin=f"{PASSWORD}\n")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == f"{file}: maria may use the server as reader.\n"
    assert matches(PASSWORD, read_users(file)["maria"].stored)
    refused = dateline("user", "add", "jo", "--users", file, "--home", home, stdin="short\n")
    assert refused.returncode == 2
    assert refused.stderr == "dateline: a password has 8 to 1,024 characters.\n"


def test_users_are_kept_in_the_home_folder_with_their_roles(tmp_path: Path):
    home = tmp_path / "home"

    def user(*arguments: str, code: int = 0) -> str:
        run = dateline("user", *arguments, "--home", home, stdin=f"{PASSWORD}\n")
        assert run.returncode == code, run.stderr
        return str(run.stdout if code == 0 else run.stderr)

    assert user("list") == "There are no users; `dateline user add NAME` adds one.\n"
    user("add", "maria", "--role", "admin")
    user("add", "jo")
    user("role", "jo", "editor")
    assert user("list") == "admin   maria\neditor  jo\n"
    assert user("add", "jo") == f"{home / 'users.txt'}: jo may use the server as editor.\n"
    assert json.loads(user("list", "--json")) == {
        "users": [{"name": "maria", "role": "admin"}, {"name": "jo", "role": "editor"}]
    }
    user("remove", "maria")
    assert list(read_users(home / "users.txt")) == ["jo"]
    assert "there is no user maria" in user("remove", "maria", code=2)
    assert "there is no user maria" in user("role", "maria", "admin", code=2)
    assert user("role", "jo", "root", code=2)
    logged = dateline("log", "--home", home)
    assert [line.split("  ", 2)[2] for line in logged.stdout.splitlines()] == [
        "user added: maria: admin",
        "user added: jo: reader",
        "role given: jo: editor",
        "user added: jo: editor",
        "user removed: maria",
    ]
    assert PASSWORD not in (home / "audit.jsonl").read_text()
    entries = json.loads(dateline("log", "--home", home, "--json", "--limit", "1").stdout)["entries"]
    assert [(e["what"], e["which"], e["count"]) for e in entries] == [("user removed", ["maria"], 1)]


def test_tokens_are_shown_once_and_kept_hashed(tmp_path: Path):
    made = dateline("token", "add", "desk", "--role", "editor", "--home", tmp_path)
    token = made.stdout.strip()
    assert made.returncode == 0
    assert "not shown again" in made.stderr
    assert [each.digest for each in read_tokens(tmp_path / "tokens.txt")] == [digest_of(token)]
    listed = dateline("token", "list", "--home", tmp_path, env={"DATELINE_TOKENS": "wire:a-token-of-some-length"})
    assert [line.split() for line in listed.stdout.splitlines()] == [
        ["editor", str(read_tokens(tmp_path / "tokens.txt")[0].made), "desk"],
        ["reader", "of", "the", "settings", "wire"],
    ]
    assert dateline("token", "revoke", "desk", "--home", tmp_path).returncode == 0
    assert dateline("token", "revoke", "desk", "--home", tmp_path).returncode == 2
    assert all(token not in file.read_text() for file in tmp_path.iterdir())


def test_the_roles_of_the_command_line_are_those_that_there_are():
    assert [option.value for option in RoleOption] == list(ROLES)


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (["--host", "0.0.0.0"], {}, "--insecure"),
        ([], {"DATELINE_ALLOWED_HOSTS": "a b"}, "DATELINE_ALLOWED_HOSTS"),
        ([], {"DATELINE_TOKENS": "short"}, "dateline token add NAME"),
    ],
)
def test_what_cannot_be_is_one_line(
    seed_home: Path, tmp_path: Path, arguments: list[str], env: dict[str, str], said: str
):
    refused = dateline("serve", "--home", seed_home, *arguments, stdin="short\n", env=env, cwd=tmp_path)
    assert refused.returncode in (1, 2)
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []
