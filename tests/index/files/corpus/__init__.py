"""A folder of over 300 files of the kinds that people bring, a third of them broken, odd or hostile, and what is right
for each: which reports are in it, or what is said of it."""

from itertools import count
from pathlib import Path

from tests.index.files.corpus.archives import archives, archives_of_sites
from tests.index.files.corpus.documents import books, pdfs, rich_text, word
from tests.index.files.corpus.feeds import feeds
from tests.index.files.corpus.json_files import json_lines
from tests.index.files.corpus.mailboxes import mailboxes
from tests.index.files.corpus.mails import mails
from tests.index.files.corpus.making import File
from tests.index.files.corpus.page_dates import pages_by_dates
from tests.index.files.corpus.pages import pages, saved_pages
from tests.index.files.corpus.programs import json_of_programs
from tests.index.files.corpus.services import json_documents
from tests.index.files.corpus.tables import parquet, tables
from tests.index.files.corpus.texts import markdown, texts
from tests.index.files.stories import story

__all__ = ["KINDS", "File", "manifest", "write_corpus"]

KINDS = [
    tables,
    parquet,
    json_lines,
    json_documents,
    json_of_programs,
    feeds,
    pages,
    pages_by_dates,
    saved_pages,
    archives_of_sites,
    word,
    rich_text,
    books,
    pdfs,
    mails,
    mailboxes,
    archives,
    texts,
    markdown,
]


def manifest():
    """All files by the names of their folders and themselves, each with reports of its own."""
    numbers = count()

    def new():
        return story(next(numbers))

    return {f"{kind.__name__}/{file.name}": file for kind in KINDS for file in kind(new)}


def write_corpus(folder: Path, files: dict[str, File]) -> dict[Path, File]:
    """Writes the files in the order given; returns them by their paths."""
    for name, file in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.data)
    return {folder / name: file for name, file in files.items()}
