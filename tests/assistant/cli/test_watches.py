"""`dateline watch` as it is typed, with `dateline index` between."""

import json
import os

import pytest

from assistant.memory import Watches
from index import index_paths
from tests.assistant.cli.test_commands import dateline
from tests.assistant.cli.test_watching import watching
from tests.assistant.memory.samples import refused
from tests.assistant.memory.test_watches import CAPTAIN, MONDAY, TUESDAY, WAITING, state
from tests.index.articles import write


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", monday=MONDAY)


@pytest.fixture
def run(tmp_path, news, embedding):
    """Runs a command on a store with one article."""
    index_paths(tmp_path / "home", [news], embedding, passage_tokens=160)

    def run(*arguments, code=0):
        done = dateline(*arguments, "--home", tmp_path / "home")
        assert done.returncode == code, done.stderr
        return done

    return run


def test_followed_and_removed(run):
    begun = run("watch", WAITING).stdout
    assert "120 passengers are waiting on board. [1]" in begun
    assert begun.endswith("This is question 1. `dateline watch --list` says when the answer changes.\n")
    document = json.loads(run("watch", CAPTAIN, "--json").stdout)
    assert (document["id"], document["question"], document["changed"], document["number"]) == (2, CAPTAIN, False, 1)
    assert [each["state"] for each in document["sources"]] == ["current"]

    assert run("watch", "--remove", 1, "--remove", 2).stdout == "No longer followed: 1, 2.\n"
    assert json.loads(run("watch", "--list", "--json").stdout) == {"watches": []}


def test_indexed_listed_and_shown(run, tmp_path, news):
    watches = Watches(tmp_path / "home")
    watches.add(refused(WAITING), state(0))
    write(news, tuesday=TUESDAY)
    indexed = run("index", news, "--json")
    assert json.loads(indexed.stdout)["watches"] == {"asked": 1, "changed": [1], "failed": []}
    assert "1 standing question asked again; answered otherwise now: 1 (`dateline watch --list`)." in indexed.stderr
    lines = run("watch", "--list").stdout.splitlines()
    assert lines[0] == f"    1  {WAITING} (changed since you looked)"
    assert "85" in lines[1]
    assert lines[2] == "       [1] Helicopters reach the Morvane · 2031-03-04"
    assert not watches.latest()[0].has_changed  # it was looked at

    run("index", "--remove", news / "tuesday.txt")
    shown = run("watch", "--show", 1).stdout
    assert shown.count("\nsince ") == 3
    assert shown.count("[1] The article has been removed since.") == 2  # of Tuesday, and of the refusal's closest one


def test_what_cannot_be_asked_again_is_said_and_indexing_is_done(run, tmp_path, news):
    (tmp_path / "home" / "conversations.db").write_bytes(b"no conversations" * 1000)
    write(news, tuesday=TUESDAY)
    done = run("index", news, code=1)
    assert "1 added" in done.stdout
    assert "the standing questions were not asked again: " in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.usefixtures("run")
def test_while_a_folder_is_watched(tmp_path, news):
    watches = Watches(tmp_path / "home")
    watches.add(refused(WAITING), state(0))
    with watching(news, "--home", tmp_path / "home") as watched:
        watched.until("1 standing question asked again; answered otherwise now: 1", 120)
        watched.until("Ctrl-C ends it")
        write(news, tuesday=TUESDAY)
        watched.until("1 standing question asked again; answered otherwise now: 1", 120)
        assert watched.stop() == 0
    assert [each.number for each in watches.history(1)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give one question to follow, or --list, or --show N, or --remove N."),
        (["how many?", "--list"], "give one question to follow"),
        (["--remove", "7"], "there is no standing question 7; `dateline watch --list` names those that there are."),
        (["--show", "7"], "there is no standing question 7"),
    ],
)
def test_an_error_is_one_line(tmp_path, arguments, message):
    done = dateline("watch", *arguments, "--home", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"dateline: {message}")
    assert done.stderr.count("\n") == 1


def test_a_courtesy_is_not_followed(run):
    assert "nothing is asked there; give a question." in run("watch", "Thanks!", code=2).stderr


def test_help_tells_it_from_watching_folders():
    shown = dateline("watch", "--help", env={"COLUMNS": "200"}).stdout
    assert "dateline index --watch" in shown
    assert "--home" in shown
    assert "\n  watch " in dateline("--help", env={"COLUMNS": "200"}).stdout
