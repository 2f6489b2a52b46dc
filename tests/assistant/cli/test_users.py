"""`dateline serve` and who may use it: users are added, and an open door is refused."""

from pathlib import Path

import pytest

from assistant.http.passwords import matches, read_users
from tests.assistant.cli.test_commands import dateline

PASSWORD = "correct horse battery"


def test_a_user_is_added_without_the_password_being_shown(tmp_path: Path):
    file = tmp_path / "users.txt"
    added = dateline("serve", "--users", file, "--add-user", "maria", stdin=f"{PASSWORD}\n")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == f"{file}: maria may use the server from its next start on.\n"
    assert matches(PASSWORD, read_users(file)["maria"])


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (["--add-user", "maria"], {}, "--users FILE"),
        (["--users", "u", "--add-user", "maria"], {}, "8 to 1,024 characters"),
        (["--host", "0.0.0.0"], {}, "--insecure"),
        ([], {"DATELINE_ALLOWED_HOSTS": "a b"}, "DATELINE_ALLOWED_HOSTS"),
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
