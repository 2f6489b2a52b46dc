"""The chat on a real store, line by line: what it answers, what its commands do, what it keeps."""

import io
import json
import re
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Reason, Statement, Writing
from assistant.cli.chat import Chat
from assistant.cli.chat_commands import COMMANDS
from assistant.cli.terminal import Printer
from assistant.cli.views import show_turn
from assistant.memory import Conversation, Conversations
from assistant.settings import Settings
from index import index_paths
from tests.assistant.cli.terminals import COMMAND, CTRL_C, CTRL_D, UP, Terminal
from tests.assistant.cli.test_commands import dateline
from tests.assistant.memory.samples import answered, courtesy, follow_up, refused, tentative
from tests.index.articles import FLOOD, write

DISPLACED = "how many displaced?"
ELSEWHERE = "Who won the 2022 World Cup?"
CITED = "approximately 14,000 residents to flee their homes in recent days."
TITLE = "Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive"


def copy_of(home, folder):
    """A store that a test may change."""
    return Path(shutil.copytree(home, folder / "home", ignore=shutil.ignore_patterns("conversations.db*")))


@pytest.fixture(scope="module")
def assistant(seed_home):
    """One that answers and refuses the same questions, whatever the Reader of the day is unsure of."""
    with Assistant.open(settings=Settings.load(home=seed_home, threshold=0.05)) as assistant:
        yield assistant


@pytest.fixture
def kept(tmp_path):
    return Conversations(tmp_path / "kept")


@pytest.fixture
def chat(assistant, kept, monkeypatch, capsys):
    """A function that types lines into a chat and gives back what is written to stdout and to stderr."""

    def typed(*lines, keep=True, conversation=None):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        Chat(assistant, Printer(), kept, conversation or Conversation(), keep=keep).run()
        return capsys.readouterr()

    return typed


def heard_by(assistant, monkeypatch):
    """The conversations that the assistant is told of from now on."""
    heard = []
    stream = assistant.stream

    def listening(question, turns, **more):
        heard.append(turns)
        return stream(question, turns, **more)

    monkeypatch.setattr(assistant, "stream", listening)
    return heard


class Unsure:
    """A Reader that is never sure."""

    threshold, tentative = 1.1, 0.0

    def __init__(self, reader):
        self.read, self.name = reader.read, reader.name


def test_a_question_a_line_and_everything_is_kept(chat, kept):
    shown = chat(DISPLACED, "", "Who won the 2022 World Cup?")
    answer, _, refusal = shown.out.partition(f"\n\n[1] {TITLE}\n")
    assert answer.startswith(f"\n> {DISPLACED}\nThe United Nations")  # no prompt stands before them in a transcript
    assert answer.endswith(f"{CITED} [1]")
    assert re.match(r"\n> Who won the 2022 World Cup\?\n.+\.\n\nThe closest sentences, which may not", refusal)
    assert shown.err == ""
    (turn, refused) = kept.get(1).turns
    assert turn.answer.question == DISPLACED
    assert turn.answer.citations[0].start == 924
    assert refused.answer.status == "not_in_corpus"


def test_the_sources_in_full_and_in_their_place(chat):
    shown = chat(DISPLACED, "/sources", "/source [1]", "/source 2", "/source")
    assert shown.out.count(f"\n[1] {TITLE}\n    The United Nations estimates") == 1
    place = f"\n  A military statement acknowledged[^\n]*\n> The United Nations[^\n]*{CITED}\n  Meanwhile, "
    assert len(re.findall(place, shown.out)) == 2
    assert shown.err == "dateline: name a source of the last answer, as in /source 1; it has 1.\n"


def test_commands_before_any_answer_say_so(chat):
    shown = chat("/sources", "/source 1", "/export x.md", "/list", "/continue", "/continue 4")
    assert shown.out == "No conversation is kept yet.\n"
    assert shown.err.splitlines() == [
        "dateline: there is no answer yet; ask something first.",
        "dateline: there is no answer yet; ask something first.",
        "dateline: there is nothing to export yet; ask something first.",
        "dateline: name the conversation by its number, as in /continue 3; /list names them.",
        "dateline: there is no conversation 4; `dateline conversations list` names those that there are.",
    ]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("/sorces", "did you mean /sources? "), ("/Help", "did you mean /help? "), ("/xyzzy", ""), ("/", "")],
)
def test_an_unknown_command_is_named_with_the_nearest(chat, typed, hint):
    shown = chat(typed, "/help")
    assert shown.err == f"dateline: there is no command {typed}; {hint}/help names those that there are.\n"
    assert [line.split()[0] for line in shown.out.splitlines()] == list(COMMANDS)


def test_a_new_conversation_and_back_to_the_old_one(chat, kept):
    shown = chat(
        DISPLACED, "/new", "who says so?", "/list", "/continue 1", "/list", "and civilians?", "/quit", DISPLACED
    )
    assert [len(kept.get(number).turns) for number in (1, 2)] == [2, 1]
    assert f"Going on with 1: {DISPLACED} (1 question); the last:\n\n> {DISPLACED}\n" in shown.out
    marked = [line for line in shown.out.splitlines() if line.startswith("*")]
    assert [line.split()[1] for line in marked] == ["2", "1"]


def test_an_export_from_the_chat(chat, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = chat(
        DISPLACED,
        "/export a talk.md",
        "/export talk.html",
        "/export talk.JSON",
        "/export talk.JSON",
        "/export talk.pdf",
        "/export no/x.md",
    )
    assert (
        f"> The United Nations estimates that the ongoing violence has forced {CITED}\n"
        in Path("a talk.md").read_text()
    )
    assert json.loads(Path("talk.JSON").read_text())["turns"][0]["sources"][0]["state"] == "current"
    assert Path("talk.html").read_text().count(f"<title>{DISPLACED}</title>") == 1
    assert "Exported to a talk.md.\n" in shown.out
    assert shown.err.splitlines() == [
        "dateline: talk.JSON: there already; name another file, or remove that one first.",
        "dateline: talk.pdf: a conversation is exported as .md, .html or .json; end the name in one of them.",
        "dateline: no/x.md: cannot be written (No such file or directory); name another file.",
    ]
    assert chat(DISPLACED, "/export").out.endswith(Path("a talk.md").read_text().partition("UTC")[2])


def test_what_a_user_thinks_of_an_answer(chat, kept):
    shown = chat(DISPLACED, "/bad it was 41,000", "/good", "/wrong [1] another year", "/wrong 7", "/wrong it")
    assert shown.out.count("Noted; `dateline eval from-feedback` makes a question set of it.\n") == 3
    given = [(each.kind, each.marker, each.note) for each in kept.feedback(1)[1]]
    assert given == [("up", None, ""), ("wrong_citation", 1, "another year")]
    assert shown.err.splitlines() == [
        "dateline: the answer has no citation [7].",
        "dateline: name the citation that is wrong, as in /wrong 1, and if you like say why after it.",
    ]
    assert "is not kept" in chat(DISPLACED, "/good", keep=False).err


def test_nothing_is_noted_of_a_kept_conversation_in_a_chat_that_keeps_nothing(chat, kept, tmp_path):
    chat(DISPLACED)
    shown = chat("/good", DISPLACED, "/bad", keep=False, conversation=kept.get(1))
    assert shown.err.count("is not kept") == 2
    assert kept.feedback(1) == {}


def test_an_export_as_json_has_the_feedback(chat, tmp_path):
    chat(DISPLACED, "/good as it says", f"/export {tmp_path / 'talk.json'}")
    (turn,) = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))["turns"]
    assert [each["note"] for each in turn["feedback"]] == ["as it says"]


def test_without_history_nothing_is_kept_but_the_conversation_is_there(chat, kept):
    shown = chat(DISPLACED, "/sources", "/export", keep=False)
    assert f"# {DISPLACED}\n" in shown.out
    assert not kept.path.exists()


def test_a_damaged_file_stops_no_answer(chat, kept):
    kept.path.parent.mkdir()
    kept.path.write_bytes(b"no conversations" * 1000)
    shown = chat(DISPLACED, "who says so?", "/sources")
    assert shown.out.count(f"[1] {TITLE}") == 3
    assert shown.err == (
        f"dateline: {kept.path}: is damaged (file is not a database); move it away to begin a new one. Questions are "
        "answered without it. From here on this conversation is not kept.\n"
    )


def test_a_conversation_that_is_deleted_meanwhile_goes_on_as_a_new_one(chat, kept, assistant):
    conversation = kept.append(Conversation(), assistant.ask(DISPLACED))
    kept.delete(1)
    shown = chat("who says so?", conversation=conversation)
    assert shown.err == "dateline: this conversation was deleted meanwhile; it goes on as a new one.\n"
    assert [(each.id, each.questions) for each in kept.overviews()] == [(2, 1)]


def test_the_conversation_is_handed_to_the_assistant(chat, assistant, monkeypatch):
    heard = heard_by(assistant, monkeypatch)
    chat(DISPLACED, "who says so?", "/new", "and civilians?")
    assert [len(turns) for turns in heard] == [0, 2, 0]
    assert heard[1][0] == {"speaker": "user", "text": DISPLACED}
    assert heard[1][1]["articles"] == ["000_498ac0c67ef683ba"]


def test_how_a_question_was_taken_is_shown_beside_the_answer(capsys):
    for answer, said in (
        (follow_up(earlier="how many \x1b displaced?"), "(read as a follow-up to: how many \\x1b displaced?)"),
        (replace(answered(), standalone_question="how many fled?"), "(asked as: how many fled?)"),
    ):
        show_turn(Printer(), Conversation().with_turn(answer).turns[0], None)
        assert f"\n> {answer.question}\n{said}\n\n" in capsys.readouterr().out


def test_what_only_may_answer_and_why_nothing_does_is_said_first(capsys):
    Printer().answer(tentative())
    assert capsys.readouterr().out.startswith(f"This may answer it:\n{tentative().text}\n\n[1] Aleppo")
    Printer().answer(refused(reason=Reason("missing", "No article mentions \x1b Gaza.", missing=("Gaza",))))
    shown = "No article mentions \\x1b Gaza.\n\nThe closest sentences, which may not answer it:\n  - Four people died"
    assert capsys.readouterr().out.startswith(shown)
    Printer().answer(courtesy())
    assert capsys.readouterr().out == "You are welcome.\n"


def test_an_article_is_named_once_however_many_of_its_sentences_are_cited(capsys):
    one = tentative()
    other = replace(one.citations[0], marker=2, article_id="river", title="River")
    last = replace(one.citations[0], marker=3)
    Printer().footnotes(replace(one, citations=(one.citations[0], other, last)))
    first, second = capsys.readouterr().out.strip().splitlines()
    assert first.startswith("[1][3] Aleppo")
    assert second.startswith("[2] River")


def test_what_only_may_answer_is_said_to_in_a_chat(chat, assistant, monkeypatch):
    monkeypatch.setattr(assistant, "reader", Unsure(assistant.reader))
    monkeypatch.setattr(assistant, "settings", assistant.settings.model_copy(update={"threshold": None}))
    shown = chat("How many people have been killed?")
    assert shown.out.startswith("\n> How many people have been killed?\nThis may answer it:\n")
    assert "301 people" in shown.out
    assert "\x1b" not in shown.out


def test_a_courtesy_is_answered_and_changes_nothing(chat, assistant, kept, monkeypatch):
    heard = heard_by(assistant, monkeypatch)
    shown = chat(ELSEWHERE, "thanks!", "/sources", "who lost?")
    assert "\n> thanks!\nYou are welcome. Ask on whenever you like.\n[1] " in shown.out
    assert [turn["text"] for turn in heard[-1] if turn["speaker"] == "user"] == [ELSEWHERE]
    assert [turn.answer.question for turn in kept.get(1).turns] == [ELSEWHERE, "who lost?"]


def test_the_last_question_can_be_asked_alone(chat, assistant, kept, monkeypatch):
    heard = heard_by(assistant, monkeypatch)
    shown = chat(ELSEWHERE, "who lost?", "/alone")
    assert shown.out.count("\n> who lost?\n") == 2
    assert [len(turns) for turns in heard] == [0, 2, 0]
    assert [turn.answer.question for turn in kept.get(1).turns] == [ELSEWHERE, "who lost?", "who lost?"]


def test_what_became_of_the_words_of_a_writer_is_said_below_the_statements(assistant, capsys):
    answer = replace(assistant.ask(DISPLACED), writing=Writing("gguf:x", note="The Writer \x1b gave an empty reply."))
    Printer().answer(answer)
    assert f"{CITED} [1]\n(The Writer \\x1b gave an empty reply.)\n\n[1] {TITLE}\n" in capsys.readouterr().out


def test_the_short_answer_is_bold_where_it_stands(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    Printer().statement(Statement("In 2020,\n 20 people died.", (1,), (10, 12), verbatim=True))
    assert capsys.readouterr().out == "In 2020, \x1b[1m20\x1b[0m people died. [1]\n"


def test_control_codes_reach_the_terminal_nowhere(tmp_path, embedding, monkeypatch, capsys):
    evil = FLOOD.replace("Four people", "Four people \x1b]0;owned\x07\x1b[2J\u202e").replace(
        "The sirens", "The \x9b2J sirens"
    )
    index_paths(tmp_path / "home", [write(tmp_path / "news", evil=evil)], embedding, passage_tokens=160)
    kept = Conversations(tmp_path / "home")
    lines = [
        "How many people \x1b[31mdied in Lower Varn?",
        "/sources",
        "/source",
        "/list",
        "/continue 1",
        "/export",
        "/\x1b[2J",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    with Assistant.open(tmp_path / "home") as assistant:
        Chat(assistant, Printer(), kept, Conversation()).run()
    shown = capsys.readouterr()
    assert shown.out.count("Four people \\x1b]0;owned\\x07\\x1b[2J\\u202e died") >= 4
    assert not set("\x1b\x07\x9b\u202e") & set(shown.out + shown.err)


def test_which_conversation_to_continue(tmp_path):
    for arguments, message in (
        (["--continue"], "no conversation is kept yet; `dateline chat` begins one."),
        (["--continue", "3"], "there is no conversation 3; `dateline conversations list` names those that there are."),
        (["3"], "to go on with conversation 3, write: dateline chat --continue 3"),
    ):
        done = dateline("chat", *arguments, "--home", tmp_path, stdin="")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"dateline: {message}\n"


if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)


PROMPT = "\n> "

# The first question takes as long as nobody would wait for its answer.
SLOW = """
import time
from assistant import Assistant
stream = Assistant.stream
def slow(*arguments, **more):
    Assistant.stream = stream
    print("searching", flush=True)
    time.sleep(600)
Assistant.stream = slow
"""


@pytest.fixture
def home(seed_home, tmp_path):
    return copy_of(seed_home, tmp_path)


def test_an_evening_at_the_terminal(home):
    with Terminal("chat", "--home", home) as terminal:
        terminal.read_until(PROMPT)
        terminal.type(f"{DISPLACED}\r")
        shown = terminal.read_until(PROMPT)
        assert "\x1b[1mapproximately 14,000 residents\x1b[0m to flee" in shown
        assert "[1] Russian and Syrian Airstrikes" in shown
        # Python's readline sleeps through a Ctrl-C that comes between two keys, before it waits for the next one. So it
        # is given the time that a person takes: the echo, and a moment more on a busy machine.
        terminal.type("half a question")
        terminal.read_until("half a question")
        time.sleep(1)
        terminal.type(CTRL_C)
        assert "Ctrl-D or /quit" in terminal.read_until(PROMPT)
        terminal.type("/sorces\r")
        assert "did you mean /sources?" in terminal.read_until(PROMPT)
        terminal.type("\r")
        terminal.read_until(PROMPT)
        terminal.type(f"{UP}{UP}\r")  # past the command, the question again
        assert "14,000" in terminal.read_until(PROMPT)
        terminal.type("/quit\r")
        assert terminal.read_to_end()[1] == 0
    assert [turn.answer.question for turn in Conversations(home).get(1).turns] == [DISPLACED, DISPLACED]

    # Another day: arrow keys bring the question back, a question that takes too long is stopped, the chat goes on.
    with Terminal("chat", "--continue", "--home", home, code=SLOW + COMMAND) as terminal:
        assert "Going on with 1: how many displaced? (2 questions)" in terminal.read_until(PROMPT)
        assert "14,000" in terminal.read_until(PROMPT)  # the last question was shown like one at a prompt
        terminal.type(UP)
        terminal.read_until(DISPLACED)
        terminal.type("\r")
        terminal.read_until("searching")
        terminal.type(CTRL_C)
        assert "(stopped)" in terminal.read_until(PROMPT)
        terminal.type(f"{DISPLACED}\r")
        assert "14,000" in terminal.read_until(PROMPT)
        terminal.type(CTRL_D)
        assert terminal.read_to_end()[1] == 0
    assert len(Conversations(home).get(1).turns) == 3


def test_deleting_asks_first(tmp_path):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answered())
    for typed, said, code, left in (("\r", "Nothing was deleted.", 1, 1), ("y\r", "Deleted 1 conversation.", 0, 0)):
        with Terminal("conversations", "delete", "1", "--home", tmp_path) as terminal:
            terminal.read_until("Delete “how many displaced?”? This cannot be undone. [y/N]")
            terminal.type(typed)
            shown, exit_code = terminal.read_to_end()
        assert said in shown
        assert exit_code == code
        assert len(kept.overviews()) == left
