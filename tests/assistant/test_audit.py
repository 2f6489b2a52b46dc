"""The log of who did what: written by several at once, cut off by a kill, and put aside when it is large."""

import multiprocessing
from pathlib import Path

import pytest

from assistant.audit import Audit


def _note_many(home: Path, who: str) -> None:
    for number in range(200):
        Audit(home).note(who, "articles added", f"a{number}", "x" * 150)


def test_what_was_done_is_read_again(tmp_path: Path):
    audit = Audit(tmp_path / "home")
    assert audit.entries() == []
    audit.note("maria", "articles removed", *(f"a{number}" for number in range(30)))
    audit.note("jo\x1b[2J\nadmin", "signed in")
    first, second = audit.entries()
    assert (first.who, first.what, first.count, len(first.which), first.which[0]) == (
        "maria", "articles removed", 30, 20, "a0",
    )  # fmt: skip
    assert second.who == "jo\\x1b[2J admin"
    assert audit.entries(1) == [second]
    assert audit.path.stat().st_mode & 0o777 == 0o600


def test_several_processes_write_whole_lines(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_note_many, args=(tmp_path, who)) for who in ("maria", "jo", "desk")]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
    entries = Audit(tmp_path).entries()
    assert len(entries) == 600
    for who in ("maria", "jo", "desk"):
        assert [e.which[0] for e in entries if e.who == who] == [f"a{n}" for n in range(200)]


def test_a_line_that_was_cut_off_costs_only_itself(tmp_path: Path):
    audit = Audit(tmp_path)
    audit.note("maria", "signed in")
    whole = audit.path.read_bytes()
    audit.path.write_bytes(whole + whole[:20] + b"\n\xff\n[]\n{}\n" + whole)
    assert [entry.who for entry in audit.entries()] == ["maria", "maria"]


def test_a_large_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.audit._BYTES", 500)
    audit = Audit(tmp_path)
    for number in range(12):
        audit.note("maria", "articles added", f"a{number}")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1_300
    assert audit.entries()[-1].which == ("a11",)


def test_where_it_cannot_be_written_the_work_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "audit.jsonl").mkdir()
    Audit(tmp_path).note("maria", "signed in")
    assert "is not in the log" in caplog.text
