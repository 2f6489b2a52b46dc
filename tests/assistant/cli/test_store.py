"""`dateline trash`, `backup` and `restore` as they are typed."""

import json
import shutil
from pathlib import Path

from tests.assistant.cli.test_commands import dateline

ARTICLE = "000_498ac0c67ef683ba"


def test_removed_restored_backed_up_and_in_another_place(seed_home: Path, tmp_path: Path):
    home = shutil.copytree(seed_home, tmp_path / "home")

    def run(*arguments: object, to: Path = home, code: int = 0) -> str:
        done = dateline(*arguments, "--home", to)
        assert done.returncode == code, done.stderr
        return str(done.stdout or done.stderr)

    assert run("trash", "list") == "The trash is empty.\n"
    run("index", "--remove", ARTICLE)
    (removed,) = json.loads(run("trash", "list", "--json"))["removed"]
    assert removed["id"] == ARTICLE
    run("backup", tmp_path / "b.tar.gz")
    assert run("trash", "restore", removed["key"]).startswith("1 added")
    assert "nothing 99 in the trash" in run("trash", "restore", 99, code=2)
    run("index", "--remove", ARTICLE)
    assert run("trash", "empty", "--yes") == "1 article overwritten.\n"
    # The backup was made while it was in the trash, and so it is there.
    there = tmp_path / "there"
    assert run("restore", tmp_path / "b.tar.gz", to=there).endswith(
        "`dateline doctor --fix` builds the vector index.\n"
    )
    run("trash", "restore", removed["key"], to=there)
    run("doctor", to=there)
    assert "is not empty" in run("restore", tmp_path / "b.tar.gz", to=there, code=2)
    logged = [line.split("  ")[2] for line in run("log", to=there).splitlines()]
    assert logged == [f"1 article removed: {ARTICLE}", "backup restored: b.tar.gz", "1 article added: from the trash"]
