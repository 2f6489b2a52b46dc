"""The scripts of the page have tests of their own, which need node; where there is none, the browser's have to do."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
SCRIPTS = sorted((Path(__file__).parent / "page").glob("*.test.js"))


@pytest.mark.skipif(NODE is None, reason="the tests of the page's scripts need node 20 or newer")
def test_scripts_of_the_page() -> None:
    assert NODE
    assert SCRIPTS
    done = subprocess.run([NODE, "--test", *map(str, SCRIPTS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
