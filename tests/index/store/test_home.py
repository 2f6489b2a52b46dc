"""Files of the home folder that only their user may read."""

import fcntl
import os
import subprocess
import sys

from index.store.home import private_file

TRY_TO_LOCK = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(3)
"""


def test_a_new_file_is_its_users_alone(tmp_path):
    private_file(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_locks_of_this_process_outlast_it(tmp_path):
    # POSIX drops all locks of a process on a file when it closes any descriptor of it, as SQLite's here.
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    os.chmod(path, 0o644)  # noqa: PTH101
    with path.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        private_file(path)
        assert subprocess.run([sys.executable, "-c", TRY_TO_LOCK, str(path)], check=False).returncode == 3
    assert path.stat().st_mode & 0o777 == 0o600
