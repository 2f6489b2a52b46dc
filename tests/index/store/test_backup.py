"""Backups: taken while others write, restored whole or not at all, and not spoilt by a kill."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest

from index import Embedding, index_paths
from index.doctor import examine, mend
from index.errors import DatelineError, StoreError, UsageError
from index.store.backup import back_up, restore_backup
from tests.index.articles import FLOOD, STRIKE, write
from tests.index.indexing.test_indexer import assert_sound, stored


@pytest.fixture
def home(tmp_path: Path, embedding: Embedding) -> Path:
    home = tmp_path / "home"
    write(home / "uploads", zoo="Zoo\n\nThe zoo has 27 penguins.")
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index_paths(home, [news, home / "uploads" / "zoo.txt"], embedding, passage_tokens=160)
    (home / "users.txt").write_text("maria:...")
    return home


def test_everything_comes_back_in_another_place(home: Path, tmp_path: Path, embedding: Embedding):
    names = back_up(home, tmp_path / "b.tar.gz")
    assert names == ["uploads/zoo.txt", "dateline.db", "users.txt"]
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    before = stored(home)
    shutil.rmtree(home)
    there = tmp_path / "elsewhere" / "home"
    assert restore_backup(there, tmp_path / "b.tar.gz") == names
    assert stored(there) == before
    mend(there, embedding, passage_tokens=160)
    assert_sound(there)
    assert examine(there).sound
    for path in (there, *there.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    # The added file is known by its new place: nothing is added twice.
    summary = index_paths(there, [there / "uploads"], embedding, passage_tokens=160)
    assert (summary.added, summary.updated, summary.removed) == (0, 0, 0)


def test_a_folder_with_something_in_it_is_not_touched(home: Path, tmp_path: Path):
    back_up(home, tmp_path / "b.tar.gz")
    before = stored(home)
    with pytest.raises(UsageError, match="is not empty"):
        restore_backup(home, tmp_path / "b.tar.gz")
    assert stored(home) == before


def test_what_is_cut_off_or_no_backup_restores_nothing(home: Path, tmp_path: Path):
    back_up(home, tmp_path / "b.tar.gz")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "secret").write_text("x")
    foreign = {}
    for name in ("../escaped", "/tmp/escaped", "generations/x", "uploads/a/b/c", "LOCK"):
        with tarfile.open(tmp_path / "f.tar.gz", "w:gz") as archive:
            archive.add(tmp_path / "secret", name)
        foreign[name] = (tmp_path / "f.tar.gz").read_bytes()
    link = tarfile.TarInfo("uploads/link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "f.tar.gz", "w:gz") as archive:
        archive.addfile(link)
    cut = [whole[: int(len(whole) * part)] for part in (0, 0.3, 0.9, 0.999)]
    for content in (*cut, *foreign.values(), (tmp_path / "f.tar.gz").read_bytes(), b"no archive"):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(DatelineError):
            restore_backup(tmp_path / "new", tmp_path / "bad")
        assert not (tmp_path / "new").exists()
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".new")]
    assert not (tmp_path.parent / "escaped").exists()


def test_a_backup_that_is_killed_leaves_the_one_before(home: Path, tmp_path: Path):
    file = tmp_path / "b.tar.gz"
    back_up(home, file)
    good = file.read_bytes()
    (home / "uploads" / "big.txt").write_bytes(os.urandom(30_000_000))
    code = "import sys, pathlib; from index.store.backup import back_up; print(1, flush=True); "
    code += "back_up(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", code, str(home), str(file)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0.05, 0.3))
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert file.read_bytes() == good
    restore_backup(tmp_path / "new", file)


def test_backups_while_articles_come_and_go_are_each_whole(home: Path, tmp_path: Path, embedding: Embedding):
    ended = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            write(tmp_path / "news", **{f"a{number % 4}": f"Story {number}\nThe river rose by {number} metres."})
            index_paths(home, [tmp_path / "news"], embedding, passage_tokens=160)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(5):
            back_up(home, tmp_path / f"{number}.tar.gz")
            time.sleep(0.2)
    finally:
        ended.set()
        writer.join(60)
    for number in range(5):
        there = tmp_path / f"there{number}"
        restore_backup(there, tmp_path / f"{number}.tar.gz")
        found = stored(there)
        assert found["flood"] == FLOOD
        for lines in (text.split("\n") for name, text in found.items() if name.startswith("a")):
            assert lines[0].split()[1] in lines[-1]
    mend(there, embedding, passage_tokens=160)
    # A backup that was made within a run says so; `dateline index` goes on with it.
    assert {found.part for found in examine(there).findings if not found.harmless} <= {"run"}


def test_no_store_is_no_backup(tmp_path: Path):
    with pytest.raises(StoreError, match="no index here"):
        back_up(tmp_path, tmp_path / "b.tar.gz")
    assert list(tmp_path.iterdir()) == []
