"""The command line as a user has it: real processes, their output, their exit codes."""

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.index.articles import FLOOD, lines, write


def dateline(*arguments, stdin=None, env=None, cwd=None):
    """Run a command; warnings of its Python are errors."""
    return subprocess.run(
        [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        cwd=cwd,
        timeout=120,
        check=False,
    )


def test_ctrl_c_is_one_line_too(seed_home):
    chat = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", "chat", "--no-history", "--home", seed_home],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        assert chat.stderr is not None
        chat.stdin.write("/help\n")
        chat.stdin.flush()
        while "/quit" not in chat.stdout.readline():
            pass
        chat.send_signal(signal.SIGINT)
        assert chat.stderr.read().startswith("dateline: stopped; ")
    assert chat.returncode == 1


def test_stories_are_listed(tmp_path):
    flood = FLOOD.partition("\n")[2]
    articles = [
        {"id": "a", "title": "Flood in Varn", "text": flood, "date": "2031-03-03", "source": "Post"},
        {"id": "b", "title": "Four dead in \x1b[1mLower Varn", "text": flood, "date": "2031-03-04", "source": "Herald"},
        {"id": "c", "title": "A cup final", "text": "Nobody scored, and the bakers went home."},
    ]
    indexed = dateline("index", lines(tmp_path / "news.jsonl", *articles), "--home", tmp_path / "home")
    assert indexed.returncode == 0, indexed.stderr
    listed = dateline("stories", "--home", tmp_path / "home")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.splitlines()[1:] == [
        "  2031-03-03 to 2031-03-04; 2 articles; Post, Herald",
        "A cup final",
        "  no date; 1 article",
    ]
    assert "\x1b" not in listed.stdout
    assert dateline("stories", "--limit", 1, "--home", tmp_path / "home").stdout.endswith("1 more: --limit 2.\n")
    as_json = json.loads(dateline("stories", "--min-articles", 2, "--json", "--home", tmp_path / "home").stdout)
    assert [story["article_ids"] for story in as_json["stories"]] == [["a", "b"]]
    assert dateline("stories", "--home", tmp_path / "none").returncode == 1


def test_index_then_ask(tmp_path, seeds):
    home = tmp_path / "home"
    indexed = dateline("index", seeds, "--home", home)
    assert indexed.returncode == 0
    assert indexed.stdout.startswith("1 added, 0 updated, 0 unchanged in ")
    assert "holds 1 article, 15 sentences" in indexed.stdout
    asked = dateline("ask", "how many displaced?", "--home", home)
    assert asked.returncode == 0
    answer, _, source = asked.stdout.partition("\n\n")
    assert answer.endswith("approximately 14,000 residents to flee their homes in recent days. [1]")
    assert source == "[1] Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive\n"
    assert asked.stderr == ""


def test_an_id_is_removed_as_it_is_written_and_an_empty_path_removes_nothing(tmp_path):
    home, wire = tmp_path / "home", tmp_path / "wire.jsonl"
    ids = ("https://example.org/news/1", "tag:x//y/./z")
    wire.write_text("".join(json.dumps({"id": each, "title": "Flood", "text": FLOOD}) + "\n" for each in ids))
    assert dateline("index", wire, "--home", home).returncode == 0
    empty = dateline("index", "--remove", "", "--home", home, cwd=tmp_path)
    assert (empty.returncode, empty.stderr.startswith("dateline: a path is empty")) == (2, True)
    removed = dateline("index", "--remove", *ids, "--home", home)
    assert removed.returncode == 0
    assert ", 2 removed in" in removed.stdout


def test_json_is_one_document_and_nothing_else(seed_home):
    asked = dateline("ask", "how many displaced?", "--json", "--home", seed_home)
    document = json.loads(asked.stdout)
    assert document["status"] == "answered"
    assert document["citations"][0]["sentence"] in document["answer"]
    assert asked.stderr == ""


def test_a_refusal_is_done(seed_home):
    asked = dateline("ask", "Who won the 2022 World Cup?", "--home", seed_home)
    assert asked.returncode == 0
    reason, _, closest = asked.stdout.partition("\n\nThe closest sentences, which may not answer it:\n")
    document = json.loads(dateline("ask", "Who won the 2022 World Cup?", "--json", "--home", seed_home).stdout)
    assert reason == document["reason"]["text"]
    assert closest.startswith(f"  - {document['closest'][0]['sentence']}\n")


def test_chat_answers_line_by_line(seed_home):
    chat = dateline(
        "chat",
        "--no-history",
        "--home",
        seed_home,
        stdin=f"how many displaced?\n{'x' * 3000}\nWho won the World Cup?\n",
    )
    assert chat.returncode == 0
    assert "14,000" in chat.stdout
    assert "> Who won the World Cup?" in chat.stdout
    assert "The closest sentences, which may not answer it:" in chat.stdout
    assert chat.stderr == "dateline: the question has 3,000 characters; ask it in at most 2,000 characters.\n"


def test_what_is_removed_stays_out_and_is_restored(tmp_path):
    home, news = tmp_path / "home", write(tmp_path / "news", flood=FLOOD, strike=FLOOD.replace("Flood", "Strike"))
    dateline("index", news, "--home", home)
    flood, strike = (str((news / name).resolve()) for name in ("flood.txt", "strike.txt"))
    removed = dateline("index", "--remove", news, "--home", home)
    assert (removed.returncode, removed.stdout[:42]) == (0, "0 added, 0 updated, 0 unchanged, 2 removed")
    assert removed.stderr.splitlines()[-1] == (
        f"dateline: {flood} (and 1 other file): the file is still there; what was removed stays out while its text is "
        "the same. `dateline index --restore PATH` takes it in again."
    )
    again = dateline("index", news, "--home", home)
    assert (again.returncode, again.stdout[:67]) == (
        0,
        "0 added, 0 updated, 0 unchanged, 2 removed before and kept out in 0",
    )
    assert dateline("index", "--restore", news, "--home", home).stdout.startswith("2 added")
    (news / "flood.txt").unlink()
    document = json.loads(dateline("index", "--remove", flood, strike, "--json", "--home", home).stdout)
    assert (document["removed"], document["still_there"]) == (2, [strike])


def test_one_is_not_said_as_if_it_were_many(seed_home):
    looked = dateline("doctor", "--home", seed_home)
    assert "sound. 1 article, 4 passages; looked into 1 article with 15 sentences, and 4 vectors" in looked.stdout


def test_index_as_json(tmp_path):
    news = write(tmp_path / "news", flood=FLOOD, title="Only a title")
    done = dateline("index", news, "--json", "--home", tmp_path / "home")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert (document["added"], document["articles"]) == (1, 1)
    assert [skipped["where"] for skipped in document["skipped"]] == [str(news / "title.txt")]
    assert f"dateline: skipped {news / 'title.txt'}: has no text below its title" in done.stderr


WRONG = {
    "an empty question": (["ask", "  "], 2, "the question is empty"),
    "a long question": (["ask", "why " * 2500], 2, "in at most 2,000 characters"),
    "an empty folder": (["index", "{tmp}/empty"], 2, "no articles there; add files that end in .txt"),
    "no such path": (["index", "{tmp}/nowhere"], 2, "there is no such file or folder"),
    "no such day": (["ask", "how many?", "--asked-on", "soon"], 2, "YYYY-MM-DD"),
    "no index yet": (["ask", "how many?", "--home", "{tmp}/nothing"], 1, "no index here yet; make one with"),
    "nothing to rebuild": (["index", "--rebuild", "--home", "{tmp}/nothing"], 1, "no index here yet"),
    "a home that cannot be written": (["index", "{seeds}", "--home", "/dev/null/home"], 1, "cannot be written to"),
    "an unknown model": (["ask", "how many?", "model"], 1, "no-such-model"),
    "an unknown setting": (["ask", "how many?", "setting"], 2, "DATELINE_COLOUR is not a setting"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_is_one_line_that_says_what_to_do(name, tmp_path, seeds, seed_home):
    arguments, code, message = WRONG[name]
    (tmp_path / "empty").mkdir()
    environment = {"model": {"DATELINE_EMBEDDING_MODEL": "no-such-model"}, "setting": {"DATELINE_COLOUR": "red"}}
    env = environment.get(arguments[-1])
    arguments = [a.format(tmp=tmp_path, seeds=seeds) for a in (arguments[:-1] if env else arguments)]
    done = dateline(*arguments, env={"DATELINE_HOME": str(seed_home), **(env or {})})
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("dateline: ")
    assert done.stderr.count("\n") == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_traceback_only_with_debug(tmp_path):
    assert "Traceback" in dateline("ask", "how many?", "--home", tmp_path, "--debug").stderr


@pytest.mark.parametrize("arguments", [["--nonsense"], ["ask"], ["nonsense"], ["serve", "--port", "many"]])
def test_wrong_use_exits_with_2(arguments):
    done = dateline(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["index", "ask", "chat", "serve"])
def test_help_explains_every_command(command):
    done = dateline(command, "--help", env={"COLUMNS": "200"})
    assert done.returncode == 0
    assert "--home" in done.stdout


def test_help_names_what_goes_with_any_command():
    assert "--debug" in dateline("--help").stdout


def test_the_version():
    assert dateline("--version").stdout == f"dateline {version('dateline')}\n"


def test_control_codes_of_an_article_never_reach_the_terminal(tmp_path):
    evil = "Flood\nFour people \x1b]0;owned\x07\x1b[2Jdied in Lower \u202eVarn on Monday, the mayor said."
    news = write(tmp_path / "news", evil=evil)
    dateline("index", news, "--home", tmp_path / "home")
    done = dateline("ask", "How many people died in Lower Varn on Monday?", "--home", tmp_path / "home")
    assert "Four people" in done.stdout
    assert not set("\x1b\x07\u202e") & set(done.stdout)
    assert "\\x1b[2J" in done.stdout


def test_a_terminal_without_unicode(seed_home):
    question = "Which part of the country has President Bashar al-Assad regained control of?"
    for arguments in (["ask", question], ["ask", question, "--json"]):
        done = dateline(*arguments, "--home", seed_home, env={"PYTHONIOENCODING": "ascii"})
        assert done.returncode == 0
        assert "two-thirds" in done.stdout


def test_ask_imports_nothing_that_it_does_not_need(seed_home):
    code = (
        "import sys; sys.argv[1:] = ['ask', 'how many displaced?', '--home', sys.argv[1]]\n"
        "from assistant.cli import main\nmain()\n"
    )
    probe = code.replace("main()\n", "\ntry: main()\nfinally: print(sorted(sys.modules), file=sys.stderr)\n")
    done = subprocess.run([sys.executable, "-c", probe, str(seed_home)], capture_output=True, text=True, check=False)
    assert "14,000" in done.stdout
    for heavy in ("gradio", "llama_index", "torch", "sentence_transformers", "transformers", "pandas"):
        assert f"'{heavy}'" not in done.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--workers", "2"], "--workers is for --engine ray"),
        (["--engine", "ray", "--watch"], "use --watch, --remove and --restore without it"),
        (["--engine", "spark"], "spark"),
    ],
)
def test_engines_that_make_no_sense(tmp_path, options, expected):
    wrong = dateline("index", tmp_path, "--home", tmp_path / "home", *options)
    assert wrong.returncode == 2
    assert expected in wrong.stderr
    assert not (tmp_path / "home").exists()


def test_index_says_what_else_there_is_and_reads_mapped_columns(tmp_path):
    news = write(tmp_path / "news", flood=FLOOD)
    (news / "wire.csv").write_text("Kopf,Inhalt\nRiver rises,The river rose by two metres on Monday.\n")
    (news / "picture.png").write_bytes(b"\x89PNG")
    done = dateline("index", news, "--map", "text=Inhalt,title=Kopf", "--json", "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["added"], document["skipped"], document["not_read"]) == (2, [], [str(news / "picture.png")])
    again = dateline("index", news, "--home", tmp_path / "home")
    assert again.stdout.startswith("0 added, 0 updated, 2 unchanged, 1 other file not read (1 .png) in ")


def test_help_waits_for_no_library_that_it_does_not_need():
    code = (
        "import sys; sys.argv[1:] = ['--help']\nfrom assistant.cli import main\n"
        "try: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "Ask a collection of news articles." in done.stdout
    assert not {"chromadb", "numpy", "onnxruntime", "pydantic", "index.files"} & set(done.stderr.split())
