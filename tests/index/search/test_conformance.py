"""What every Search keeps to: one whose vectors lie in a folder, on a Chroma server, or are newer than both."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Embedding, Search, Searcher, index_paths, remove
from index.search.protocol import Hit
from index.store.catalogue import ArticleFilter
from index.vectors import building
from tests.index.articles import FLOOD, STRIKE, VOTE, lines
from tests.index.vectors.test_server import Server

QUERY = "Who died when the river rose?"
ARTICLES = [
    {"id": name, "title": text.partition("\n")[0], "text": text.partition("\n")[2], "date": date, "source": source}
    for name, text, date, source in (
        ("flood", FLOOD, "2031-03-03", "The Post"),
        ("strike", STRIKE, "2031-03-04", "The Post"),
        ("vote", VOTE, "2031-03-05", "Tidende"),
        ("late", "Late flood\nThe river Soll rose again in Harle.", "2031-06-01", "Tidende"),
    )
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma"))
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["folder", "server", "newer"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, embedding: Embedding
) -> tuple[Path, str]:
    """A home folder with these articles, and the address of the server that has its vectors, if one has."""
    folder = tmp_path_factory.mktemp(request.param)
    url = request.getfixturevalue("server").url if request.param == "server" else ""
    parts = [ARTICLES[:1], ARTICLES[1:]] if request.param == "newer" else [ARTICLES]
    for n, part in enumerate(parts):
        file = lines(folder / f"{n}.jsonl", *part)
        index_paths(folder / "home", [file], embedding, passage_tokens=32, chroma_url=url)
    return folder / "home", url


@pytest.fixture
def search(store: tuple[Path, str], embedding: Embedding) -> Iterator[Search]:
    searcher = Searcher(store[0], embedding, chroma_url=store[1])
    yield searcher
    searcher.close()


def ids(hits: list[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.article.id for hit in hits))


def test_a_hit_is_what_is_stored_the_best_first_and_none_twice(search: Search) -> None:
    hits = search.find(QUERY)
    assert hits[0].article.id == "flood"
    assert set(ids(hits)) == {"flood", "strike", "vote", "late"}
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert len(search.find(QUERY, limit=2)) == 2
    for hit in hits:
        text = hit.article.text
        assert (hit.passage.article_id, hit.passage.text) == (hit.article.id, text[hit.passage.start : hit.passage.end])
        assert (hit.sentences[0].start, hit.sentences[-1].end) == (hit.passage.start, hit.passage.end)
        assert len(hit.sentences) == hit.passage.last - hit.passage.first + 1
        assert hit.cosine is not None or hit.bm25 is not None


def test_several_queries_count_alike_and_blank_ones_not(search: Search) -> None:
    both = search.find("the river rose", "the union wants a rise")
    assert set(ids(both)[:2]) <= {"flood", "strike", "late"}
    assert ids(search.find("", "  ", QUERY)) == ids(search.find(QUERY))
    assert search.find() == search.find("", " \n") == []


@pytest.mark.parametrize("odd", ["\ud800 river", "\0", '"river" OR (', "*", "river " * 5_000, "洪水"])
def test_any_text_can_be_looked_for(search: Search, odd: str) -> None:
    search.find(odd)
    search.has_words(odd)


def test_a_filter_leaves_what_fits_it_and_nothing_else(search: Search) -> None:
    day = dt.date(2031, 3, 4)
    for wanted, fit in (
        (ArticleFilter(source="The Post"), {"flood", "strike"}),
        (ArticleFilter(since=day), {"strike", "vote", "late"}),
        (ArticleFilter(until=day), {"flood", "strike"}),
        (ArticleFilter(ids=("vote",)), {"vote"}),
        (ArticleFilter(words="river"), {"flood", "late"}),
        (ArticleFilter(ids=("none",)), set()),
    ):
        assert set(ids(search.find(QUERY, among=wanted))) == fit
    scores = {hit.passage.id: hit.cosine for hit in search.find(QUERY)}
    for hit in search.find(QUERY, among=ArticleFilter(source="The Post")):
        assert hit.cosine == pytest.approx(scores[hit.passage.id], abs=1e-3)


def test_what_is_near_in_time_or_favoured_comes_first(search: Search) -> None:
    assert ids(search.find("the river rose", near=dt.date(2031, 6, 1)))[0] == "late"
    assert ids(search.find("the river rose", near=dt.date(2031, 3, 3)))[0] == "flood"
    assert ids(search.find(QUERY, favour={"vote": 5.0}))[0] == "vote"
    assert set(ids(search.find(QUERY, favour={"vote": 5.0}))) == set(ids(search.find(QUERY)))


def test_whether_words_stand_anywhere(search: Search) -> None:
    assert search.has_words("rivers died")  # in any form, and not in one article
    assert not search.has_words("river zeppelin")
    assert not search.has_words("river", ArticleFilter(ids=("vote",)))


def test_what_is_removed_is_seen_within_a_snapshot_alone(
    store: tuple[Path, str], search: Search, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_MOST_WASTED", 1_000_000)
    home, url = store
    with search.snapshot():
        assert "late" in ids(search.find(QUERY))
        remove(home, ["late"], embedding, chroma_url=url)
        assert "late" in ids(search.find(QUERY))
        assert search.has_words("again")
    assert "late" not in ids(search.find(QUERY))
    assert not search.has_words("again")
