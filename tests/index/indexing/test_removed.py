"""What was removed by hand stays out while its text is the same, and is taken in again when it is restored."""

import pytest

from index import index_paths, remove, restore, split_sentences
from index.errors import UsageError
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from tests.index.articles import FLOOD, STRIKE, VOTE, lines, write


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def index(home, embedding):
    return lambda *paths: index_paths(home, list(paths), embedding, passage_tokens=160)


@pytest.fixture
def back(home, embedding):
    return lambda *names: restore(home, list(names), embedding, passage_tokens=160)


def stored(home):
    with RecordReader(home / RECORD_NAME) as record:
        return {article.id: article.text for article in record.articles()}


def test_a_removed_article_stays_out_however_often_its_file_is_read(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    assert remove(home, ["flood"], embedding).still_there == [str((news / "flood.txt").resolve())]
    summary = index(news)
    assert (summary.added, summary.kept_out, summary.errors) == (0, 1, [])
    (news / "flood.txt").touch()
    index(news)
    write(news, flood=FLOOD + "  ")  # the text has other bytes: it changed
    assert index(news).added == 1
    assert set(stored(home)) == {"flood", "strike"}


@pytest.mark.parametrize("how", ["id", "file", "folder"])
def test_restored_by_id_file_or_folder_under_the_id_that_it_had(tmp_path, home, index, back, embedding, how):
    news = tmp_path / "news"
    write(news / "monday", flood=FLOOD)
    write(news, strike=STRIKE)
    index(news)
    name = {"id": "monday/flood", "file": str(news / "monday" / "flood.txt"), "folder": str(news / "monday")}[how]
    remove(home, [name], embedding)
    assert (index(news).kept_out, set(stored(home))) == (1, {"strike"})
    summary = back(name)
    assert (summary.added, summary.errors) == (1, [])
    assert stored(home) == {"monday/flood": FLOOD, "strike": STRIKE}
    assert index(news).unchanged == 2


def test_one_line_of_a_file_is_removed_and_the_others_stay(tmp_path, home, index, back, embedding):
    one, two = {"id": "1", "text": FLOOD}, {"id": "2", "text": STRIKE}
    path = lines(tmp_path / "x.jsonl", one, two)
    index(path)
    remove(home, ["1"], embedding)
    lines(path, one, two, {"id": "3", "text": VOTE})
    summary = index(path)
    assert (summary.added, summary.unchanged, summary.kept_out) == (1, 1, 1)
    lines(path, {"id": "1", "text": FLOOD + " Five died."}, two)
    assert index(path).added == 1
    remove(home, ["1"], embedding)
    assert back("1").added == 1
    assert set(stored(home)) == {"1", "2"}


def test_the_same_file_moved_stays_out_by_its_id_and_another_article_with_its_text_comes_in(
    tmp_path, home, index, embedding
):
    path = lines(tmp_path / "x.jsonl", {"id": "1", "text": FLOOD})
    index(path)
    remove(home, ["1"], embedding)
    assert index(path.rename(tmp_path / "y.jsonl")).kept_out == 1
    assert index(lines(tmp_path / "z.jsonl", {"id": "9", "text": FLOOD})).added == 1


def test_what_changed_and_is_removed_again_stays_out_with_its_new_text(tmp_path, home, index, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    remove(home, ["flood"], embedding)
    write(news, flood=VOTE)
    index(news)
    remove(home, ["flood"], embedding)
    assert index(news).kept_out == 1
    write(news, flood=FLOOD)
    assert index(news).added == 1


def test_what_the_trash_gave_back_stays_when_its_file_is_read_again(tmp_path, home, index, embedding):
    one, two = {"id": "1", "text": FLOOD}, {"id": "2", "text": STRIKE}
    path = lines(tmp_path / "x.jsonl", one, two)
    index(path)
    with RecordReader(home / RECORD_NAME) as record:
        (article,) = [each for each in record.articles() if each.id == "1"]
    remove(home, ["1"], embedding)
    with Record(home / RECORD_NAME) as record:  # as the trash does, of an earlier version even without let_in
        record.put_article(article, split_sentences(article.text), [], recipe="x")
    lines(path, one, two, {"id": "3", "text": VOTE})
    summary = index(path)
    assert (summary.added, summary.kept_out, summary.removed) == (1, 0, 0)
    assert set(stored(home)) == {"1", "2", "3"}


def test_what_cannot_be_restored_is_named_and_nothing_is_restored(tmp_path, home, index, back, embedding):
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE)
    index(news)
    with pytest.raises(UsageError, match="nothing of this id or from there was removed"):
        back("flood")
    remove(home, ["flood", "strike"], embedding)
    (news / "flood.txt").unlink()
    with pytest.raises(UsageError, match="is gone, and 'flood' was read from it"):
        back("strike", "flood")
    assert stored(home) == {}
    assert back("strike").added == 1
