"""Every report in a folder of what people bring is in, or named: none doubled, none under a wrong title or of a wrong
day, none with text that is not its own; in whatever order the files lie, and wherever the folder goes."""

import random
import shutil
from pathlib import Path

import pytest

from index import Article, index_paths
from index.files.formats import suffix_of
from index.files.parsing import FileLimits
from index.store.reading import RecordReader
from tests.index.files.corpus import manifest, write_corpus

ON_A_BUSY_MACHINE = 120  # seconds
LIMITS = FileLimits(max_mb=20, seconds=ON_A_BUSY_MACHINE)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus").resolve() / "news"
    return folder, write_corpus(folder, manifest())


@pytest.fixture(scope="module")
def indexed(corpus, tmp_path_factory, embedding):
    folder, _ = corpus
    home = tmp_path_factory.mktemp("home")
    summary = index_paths(home, [folder], embedding, passage_tokens=160, limits=LIMITS)
    return summary, stored(home)


def stored(home):
    with RecordReader(home / "dateline.db") as record:
        return {article_id: record.article(article_id) for article_id in record.article_ids()}


def test_the_corpus_is_as_large_and_as_bad_as_it_should_be(corpus):
    files = corpus[1].values()
    assert len(files) >= 300
    assert len({suffix_of(Path(file.name), file.data) for file in files if file.is_read}) >= 25
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
    assert not any("FOREIGN" in article.text[article.body :] + article.title for article in indexed[1].values())


@pytest.mark.parametrize(("said", "right"), [("errors", "fault"), ("warnings", "warning")])
def test_what_is_not_in_or_kept_without_its_day_is_named_with_its_reason_and_nothing_else_is(
    corpus, indexed, said, right
):
    found = getattr(indexed[0], said)
    wrong = []
    for path, file in corpus[1].items():
        reasons = [error.reason for error in found if error.where.startswith((f"{path}/", f"{path}:", f"{path},"))]
        reasons += [error.reason for error in found if error.where == str(path)]
        expected = getattr(file, right)
        if bool(reasons) != (expected is not None) or not all((expected or "") in reason for reason in reasons[:1]):
            wrong.append((path.name, reasons, expected))
    assert wrong == []
    assert all("\n" not in str(error) for error in found)


def test_what_is_worth_knowing_is_said(corpus, indexed):
    notes = [str(note) for note in indexed[0].notes]
    for path, file in corpus[1].items():
        if file.note is not None:
            assert [note for note in notes if note.startswith(str(path)) and file.note in note], (file.name, notes)


def test_files_of_other_kinds_are_listed(corpus, indexed):
    assert set(indexed[0].unread) == {path for path, file in corpus[1].items() if not file.is_read}


def test_in_another_order_in_another_place_the_ids_are_the_same_and_nothing_is_doubled(
    corpus, indexed, tmp_path, embedding
):
    names = list(manifest().items())
    random.Random(5).shuffle(names)
    files = write_corpus(tmp_path / "elsewhere", dict(names))
    home = tmp_path / "home"
    given = [*(path for path, file in files.items() if file.stories), tmp_path / "elsewhere"]
    index_paths(home, given, embedding, passage_tokens=160, limits=LIMITS)
    assert stored(home).keys() == indexed[1].keys()
    shutil.move(tmp_path / "elsewhere", tmp_path / "moved")
    moved = index_paths(home, [tmp_path / "moved"], embedding, passage_tokens=160, limits=LIMITS)
    assert (moved.added, moved.updated, moved.removed) == (0, 0, 0)
    after = stored(home)
    assert {article_id: text_of(article) for article_id, article in after.items()} == {
        article_id: text_of(article) for article_id, article in indexed[1].items()
    }
    assert all(str(tmp_path / "moved") in str(article.path) for article in after.values())


def text_of(article):
    return article.title, article.date, article.source, article.url, article.text
