"""What reads pages and PDF is loaded when there is a page or a PDF to read: `dateline ask` never waits for it."""

import subprocess
import sys


def test_the_readers_of_pages_and_pdf_are_loaded_late():
    code = "import sys, index.files, index; print([name for name in sys.argv[1:] if name in sys.modules])"
    late = ["trafilatura", "lxml", "pypdf", "defusedxml", "htmldate", "dateparser"]
    done = subprocess.run([sys.executable, "-c", code, *late], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
