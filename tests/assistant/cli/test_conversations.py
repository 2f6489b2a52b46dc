"""`dateline conversations` as a user has it."""

import json

import pytest

from assistant import Assistant
from assistant.memory import Conversation, Conversations
from assistant.settings import Settings
from index import remove
from tests.assistant.cli.test_chat import copy_of
from tests.assistant.cli.test_commands import dateline

DISPLACED = "how many displaced?"
TITLE = "Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive"


@pytest.fixture(scope="module")
def answers(seed_home):
    with Assistant.open(settings=Settings.load(home=seed_home, threshold=0.05)) as assistant:
        return [assistant.ask(DISPLACED), assistant.ask("Who won the 2022 World Cup?")]


@pytest.fixture
def home(seed_home, tmp_path, answers):
    """A store with two conversations, of two questions and of one."""
    home = copy_of(seed_home, tmp_path)
    kept = Conversations(home)
    kept.append(kept.append(Conversation(), answers[0]), answers[1])
    kept.append(Conversation(name="The cup \x1b[2J"), answers[1])
    return home


def conversations(home, *arguments, **more):
    return dateline("conversations", *arguments, "--home", home, **more)


def test_list_show_and_search(home, answers):
    listed = conversations(home, "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    assert listed[0].endswith("The cup \\x1b[2J (1 question)")
    assert listed[1].endswith(f"{DISPLACED} (2 questions)")
    document = json.loads(conversations(home, "list", "--json", "--limit", 1).stdout)
    assert [each["title"] for each in document["conversations"]] == ["The cup \\x1b[2J"]
    found = conversations(home, "search", "displac").stdout.splitlines()
    assert found == [listed[1], f"       1. {DISPLACED}"]
    assert conversations(home, "search", "nothing like it").stdout == "No conversation has these words.\n"
    shown = conversations(home, "show", 1)
    assert f"\n> {DISPLACED}\n\nThe United Nations" in shown.stdout
    assert f"\n[1] {TITLE}\n\n> Who won the 2022 World Cup?\n\n{answers[1].reason.text}\n" in shown.stdout
    assert shown.stderr == ""
    Conversations(home).give_feedback(1, 1, "wrong_citation", marker=1, note="of \x1b another year")
    assert f"\n[1] {TITLE}\n(citation [1] is wrong: of \\x1b another year)\n\n> Who won" in (
        conversations(home, "show", 1).stdout
    )


@pytest.mark.parametrize("arguments", [("show", 1, "--json"), ("export", 1, "--format", "json")])
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_json_is_json_in_every_encoding(home, arguments, encoding):
    Conversations(home).rename(1, "café 😀")
    shown = conversations(home, *arguments, env={"PYTHONIOENCODING": encoding})
    assert json.loads(shown.stdout)["title"] == "café 😀"


def test_sources_that_went_away_are_named(home, embedding):
    assert conversations(home, "check").stdout == "The sources of all conversations are as they were.\n"
    remove(home, ["000_498ac0c67ef683ba"], embedding)
    shown = conversations(home, "show", 1)
    assert f"[1] {TITLE}\n[1] The article has been removed since.\n" in shown.stdout
    assert conversations(home, "check").stdout == f"   1  1.  [1] The article has been removed since. ({TITLE})\n"
    (found,) = json.loads(conversations(home, "check", "--json").stdout)["found"]
    assert (found["conversation"], found["turn"], found["notice"]["kind"]) == (1, 1, "gone")
    sources = [turn["sources"] for turn in json.loads(conversations(home, "show", 1, "--json").stdout)["turns"]]
    assert {source["state"] for turn in sources for source in turn} == {"gone"}


def test_without_an_index_conversations_are_shown_all_the_same(tmp_path, answers):
    Conversations(tmp_path).append(Conversation(), answers[0])
    shown = conversations(tmp_path, "show", 1, "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["turns"][0]["sources"] is None
    assert shown.stderr.startswith(f"dateline: {tmp_path}: no index here yet")
    assert shown.stderr.endswith("The sources could not be looked up.\n")


def test_export_to_files(home, tmp_path, answers, seeds):
    text = (seeds / "000_498ac0c67ef683ba.txt").read_text(encoding="utf-8")
    done = conversations(home, "export", 1, "--to", tmp_path / "talk.json", "--articles")
    assert done.stdout == f"Exported to {tmp_path / 'talk.json'}.\n"
    document = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert [turn["answer"] for turn in document["turns"]] == [answer.to_dict() for answer in answers]
    assert [article["text"] for article in document["articles"]] == [text]
    again = conversations(home, "export", 1, "--to", tmp_path / "talk.json")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "there already; name another file" in again.stderr
    assert conversations(home, "export", 1).stdout.startswith(f"# {DISPLACED}\n\n## {DISPLACED}\n")
    assert json.loads(conversations(home, "export", 1, "--format", "json").stdout)["articles"] == []


def test_rename_and_delete(home):
    assert conversations(home, "rename", 1, "Aleppo").stdout == "1 is now: Aleppo\n"
    refused = conversations(home, "delete", 1)
    assert (refused.returncode, refused.stderr) == (
        2, "dateline: deleting cannot be undone; add --yes to delete without being asked.\n",
    )  # fmt: skip
    assert conversations(home, "delete", 1, 3, "--yes").stderr.startswith("dateline: there is no conversation 3;")
    assert len(Conversations(home).overviews()) == 2
    assert conversations(home, "delete", 1, 1, "--yes").stdout == "Deleted 1 conversation.\n"
    assert [each.id for each in Conversations(home).overviews()] == [2]
    assert conversations(home, "delete", "--all", "--yes").stdout == "Deleted 1 conversation.\n"
    assert conversations(home, "list").stdout == "No conversation is kept yet; `dateline chat` begins one.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "9"], 2, "there is no conversation 9; `dateline conversations list` names those that there are."),
        (["export", "1", "--to", "x.pdf"], 2, "x.pdf: a conversation is exported as .md, .html or .json; end the name"),
        (["delete", "--yes"], 2, "name the conversations to delete, or --all."),
        (["delete", "--all", "1", "--yes"], 2, "name the conversations to delete, or --all."),
    ],
)
def test_an_error_is_one_line(tmp_path, arguments, code, message):
    done = conversations(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(f"dateline: {message}")
    assert done.stderr.count("\n") == 1


def test_a_damaged_file_is_an_error_here(tmp_path):
    (tmp_path / "conversations.db").write_bytes(b"no conversations" * 1000)
    done = conversations(tmp_path, "list")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged (file is not a database); move it away" in done.stderr


def test_help():
    shown = dateline("conversations", "--help", env={"COLUMNS": "200"}).stdout
    for command in ("list", "show", "search", "export", "rename", "delete"):
        assert f"\n  {command} " in shown
