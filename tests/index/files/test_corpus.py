"""Every report in a folder of what people bring is in, or named: none doubled, none under a wrong title or of a wrong
day, none with text that is not its own."""

import shutil
from pathlib import Path

import pytest

from index import Article, index_paths
from index.files.parsing import FileLimits
from index.store.reading import RecordReader
from tests.index.files.corpus import write_corpus

ON_A_BUSY_MACHINE = 120  # seconds


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus").resolve() / "news"
    return folder, write_corpus(folder)


@pytest.fixture(scope="module")
def limits():
    return FileLimits(max_mb=20, seconds=ON_A_BUSY_MACHINE)


@pytest.fixture(scope="module")
def indexed(corpus, limits, tmp_path_factory, embedding):
    folder, _ = corpus
    home = tmp_path_factory.mktemp("home")
    summary = index_paths(home, [folder], embedding, passage_tokens=160, limits=limits)
    return summary, stored(home)


def stored(home):
    with RecordReader(home / "dateline.db") as record:
        return {article_id: record.article(article_id) for article_id in record.article_ids()}


def test_the_corpus_is_as_large_and_as_bad_as_it_should_be(corpus):
    files = corpus[1].values()
    assert len(files) >= 150
    assert sum(file.fault is not None or not file.is_read for file in files) >= len(files) / 3


def test_every_report_is_in_once_with_its_title_day_and_text_and_nothing_else(corpus, indexed):
    by_file: dict[str, list[Article]] = {}
    for article in indexed[1].values():
        by_file.setdefault(article.path, []).append(article)
    wrong = []
    for path, file in corpus[1].items():
        found = sorted((a.title, str(a.date), " ".join(a.text[a.body :].split())) for a in by_file.pop(str(path), ()))
        right = sorted((s.title, str(s.day if file.dated else None), " ".join(s.body.split())) for s in file.stories)
        if found != right:
            wrong.append((f"{path.parent.name}/{path.name}", found, right))
    assert wrong == []
    assert by_file == {}
    assert not any("FOREIGN" in article.text + article.title for article in indexed[1].values())


def test_what_is_not_in_is_named_with_its_reason_and_nothing_else_is(corpus, indexed):
    summary = indexed[0]
    assert summary.warnings == []
    wrong = []
    for path, file in corpus[1].items():
        said = [error for error in summary.errors if error.where.startswith(str(path))]
        right = [] if file.fault is None else [file.fault]
        if len(said) < len(right) or any(fault not in said[0].reason for fault in right) or (said and not right):
            wrong.append((path.name, [error.reason for error in said], file.fault))
    assert wrong == []
    assert all("\n" not in str(error) for error in summary.errors)


def test_what_is_worth_knowing_is_said(corpus, indexed):
    notes = [str(note) for note in indexed[0].notes]
    for path, file in corpus[1].items():
        if file.note is not None:
            assert [note for note in notes if note.startswith(str(path)) and file.note in note], (file.name, notes)


def test_files_of_other_kinds_are_listed(corpus, indexed):
    assert set(indexed[0].unread) == {path for path, file in corpus[1].items() if not file.is_read}


def test_after_a_move_the_ids_are_the_same_and_nothing_is_doubled(corpus, indexed, limits, tmp_path, embedding):
    kinds = ("archives", "pages", "word")
    for kind in kinds:
        shutil.copytree(corpus[0] / kind, tmp_path / "elsewhere" / kind)
    index_paths(tmp_path / "home", [tmp_path / "elsewhere"], embedding, passage_tokens=160, limits=limits)
    before = {i for i, article in indexed[1].items() if Path(article.path).parent.name in kinds}
    assert stored(tmp_path / "home").keys() == before
