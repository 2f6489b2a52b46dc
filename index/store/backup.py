"""A whole home folder in one file, and back: taken while others ask, index and remove.

The databases are copied by SQLite's own backup, each as it was at one moment; the vector index is not in it, as it is
derived from the record and is built again. What is a moment younger in one part than in another does no harm: the
record is copied last of what it needs, and what it has lost meanwhile is in the trash, which is copied after it.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from index.errors import NoIndexError, StoreError, UsageError
from index.store.home import make_private, private_folder, writer_lock
from index.store.reading import RECORD_NAME
from index.store.trash import TRASH_NAME, move_trash

_DATABASES = (RECORD_NAME, TRASH_NAME, "conversations.db")
_FILES = ("users.txt", "tokens.txt", "audit.1.jsonl", "audit.jsonl")
_UPLOADS = "uploads"
_ABOUT = "about.json"
_FORMAT = 1


def back_up(home: Path, file: Path) -> list[str]:
    """Write everything of a home folder that cannot be made again into one file, all of it or nothing.

    Args:
        file: the file, a tar archive packed with gzip, for its user alone. One that is there is replaced at the end.

    Returns:
        The names of what is in it.

    Raises:
        NoIndexError: there is no store.
        StoreError: a database is damaged, or there is no room.
    """
    if not (home / RECORD_NAME).is_file():
        raise NoIndexError(f"{home}: no index here yet; make one with `dateline index PATHS...`.")
    names: list[str] = []
    with (
        _errors(file),
        _fresh(file) as fresh,
        tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder,
        tarfile.open(fileobj=fresh, mode="w:gz", compresslevel=1) as archive,
    ):
        # Uploads first: of an article that is stored meanwhile the file may be missing, never the other way round.
        for path in _uploads(home):
            _add(archive, path, path.relative_to(home).as_posix(), names)
        for name in _DATABASES:
            if (home / name).is_file():
                copy = Path(folder) / name
                _copy_database(home / name, copy)
                _add(archive, copy, name, names)
                copy.unlink()
        for name in _FILES:
            if (home / name).is_file():
                _add(archive, home / name, name, names)
        about = Path(folder) / _ABOUT
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        about.write_text(json.dumps({"format": _FORMAT, "made": now, "home": str(home.resolve()), "files": names}))
        _add(archive, about, _ABOUT, [])
    return names


def restore_backup(home: Path, file: Path) -> list[str]:
    """Make a home folder from a backup. It must not be there, or be empty: nothing that is there is replaced.

    The files that were added in the browser are known by their new place from then on. The vector index is built by the
    next `dateline index` or `dateline doctor --fix`.

    Returns:
        The names of what was restored.

    Raises:
        UsageError: the folder is not empty, or the file is no backup.
        StoreError: it is damaged or cut off, or there is no room; then nothing is there.
    """
    if home.exists() and any(home.iterdir()):
        raise UsageError(f"{home}: is not empty; name a new folder with --home, or move this one away.")
    private_folder(home.parent)
    fresh = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        with _errors(file):
            names, before = _unpacked(file, fresh)
        with writer_lock(fresh):
            _settle(fresh, before, home.resolve())
        (fresh / "LOCK").unlink()
        if home.exists():
            home.rmdir()
        fresh.rename(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return names


def _unpacked(file: Path, folder: Path) -> tuple[list[str], str]:
    with gzip.open(file) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        for member in archive:
            if not member.isfile() or not _is_ours(member.name):
                raise UsageError(f"{file}: is no backup of Dateline ({member.name!r} does not belong in one).")
            target = private_folder((folder / member.name).parent) / PurePosixPath(member.name).name
            source = archive.extractfile(member)
            assert source is not None
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(source, out)
        while stream.read(1 << 20):  # to the checksum at the end
            pass
    try:
        about = json.loads((folder / _ABOUT).read_text())
        names, before, kind = list(map(str, about["files"])), str(about["home"]), about["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(f"{file}: is no backup of Dateline, or is cut off; use another one.") from None
    if kind != _FORMAT:
        raise UsageError(f"{file}: was made by a newer version of Dateline; update it.")
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise StoreError(f"{file}: lacks {missing[0]}; use another one.")
    (folder / _ABOUT).unlink()
    return names, before


def _settle(folder: Path, before: str, home: Path) -> None:
    """Check the databases, and name what lay in the old home folder by its place in the new one."""
    for name in _DATABASES:
        if (folder / name).is_file():
            with closing(sqlite3.connect(folder / name, isolation_level=None)) as db:
                if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    raise StoreError(f"the {name} of the backup is damaged; use another one.")
                old, new = f"{before}/{_UPLOADS}/", f"{home}/{_UPLOADS}/"
                if name == TRASH_NAME:
                    move_trash(db, old, new)
                if name != RECORD_NAME:
                    continue
                db.execute("BEGIN")
                db.execute("DELETE FROM meta WHERE key = 'generation'")  # the vector index is not in the backup
                for table in ("article", "file", "removed"):
                    db.execute(
                        f"UPDATE {table} SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) = ?",
                        (new, len(old) + 1, len(old), old),
                    )
                db.execute("COMMIT")
                db.execute("PRAGMA journal_mode = WAL")


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, in one step, so that no writer makes it begin again."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as live:
        target.touch(mode=0o600)
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")


def _uploads(home: Path) -> list[Path]:
    return sorted(path for path in (home / _UPLOADS).rglob("*") if path.is_file() and not path.is_symlink())


def _add(archive: tarfile.TarFile, path: Path, name: str, names: list[str]) -> None:
    try:
        source = path.open("rb")
    except FileNotFoundError:  # removed meanwhile
        return
    with source:
        member = archive.gettarinfo(name, name, source)
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        archive.addfile(member, source)
    names.append(name)


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return False
    return name in (*_DATABASES, *_FILES, _ABOUT) or (path.parts[0] == _UPLOADS and len(path.parts) in (2, 3))


@contextmanager
def _fresh(file: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of another when it is complete and on the disk."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            make_private(fresh)
            yield out
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _errors(file: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreError(f"{file}: is no backup of Dateline, or is cut off ({error}); use another one.") from None
    except sqlite3.Error as error:
        raise StoreError(f"a database cannot be copied ({error}); run `dateline doctor`.") from None
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror or error}; check the path and the free space.") from None
