"""Search on real stores: both ways of finding, fusion, folding, dates, and articles that changed in between."""

import datetime as dt
import threading
from pathlib import Path

import numpy as np
import pytest

from index import Searcher, index_paths
from index.errors import IncompatibleError, NoIndexError
from index.store.home import writer_lock
from index.store.reading import RECORD_NAME
from index.store.record import Record
from index.store.state import Unfinished
from tests.index.articles import FLOOD, STRIKE, VOTE, lines, write


@pytest.fixture
def home(tmp_path, embedding):
    home = tmp_path / "home"
    index_paths(home, [write(tmp_path / "news", flood=FLOOD, strike=STRIKE, vote=VOTE)], embedding, passage_tokens=160)
    return home


@pytest.fixture
def searcher(home, embedding):
    searcher = Searcher(home, embedding)
    yield searcher
    searcher.close()


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("water level in the valley", "flood"),
        ("workers at the port", "strike"),
        ("Ellin", "vote"),
        ("6 percent", "strike"),
    ],
)
def test_meaning_and_words_both_find(searcher, query, article):
    assert searcher.find(query)[0].article.id == article


def test_a_hit_says_how_it_was_found(searcher, embedding):
    best = searcher.find("the river Soll")[0]
    text = f"{best.article.title}\n{best.passage.text}"
    exact = float(np.dot(*embedding.encode(["the river Soll", text])))
    assert best.cosine == pytest.approx(exact, abs=2e-3)  # the store keeps 16-bit floats
    assert best.bm25 is not None
    assert best.bm25 > 0


def test_a_hit_is_a_slice_of_its_article(searcher):
    for hit in searcher.find("people"):
        assert hit.passage.text == hit.article.text[hit.passage.start : hit.passage.end]
        assert (hit.sentences[0].start, hit.sentences[-1].end) == (hit.passage.start, hit.passage.end)
        for sentence in hit.sentences:
            assert hit.passage.start <= sentence.start < sentence.end <= hit.passage.end


def test_several_queries_count_alike_in_any_order(searcher):
    flood, vote = "the river Soll rose", "polls of Mara Ellin"
    hits = searcher.find(flood, vote)
    assert {hit.article.id for hit in hits[:2]} == {"flood", "vote"}
    assert [(hit.article.id, hit.score) for hit in searcher.find(vote, flood)] == [
        (hit.article.id, pytest.approx(hit.score)) for hit in hits
    ]
    alone = {hit.article.id: hit.score for hit in searcher.find(flood)}
    assert all(hit.score > alone.get(hit.article.id, 0.0) for hit in hits[:2])


def test_what_is_found_is_what_words_or_vectors_rank(searcher):
    (ranking,) = searcher.rank(["the river Soll"])
    assert ranking.query == "the river Soll"
    assert {hit.passage.id for hit in searcher.find("the river Soll")} <= ranking.ids


def test_a_query_without_words_ranks_nothing_beside_one_that_does(searcher):
    empty, full = searcher.rank(["  ", "river"])
    assert not empty.ids
    assert full.ids
    assert searcher.find("  ", "river") == searcher.find("river")
    assert searcher.rank([]) == []
    assert searcher.find() == []


def test_an_article_that_is_favoured_goes_before_others_as_good(searcher):
    query = "on Sunday or Tuesday"
    plain = [hit.article.id for hit in searcher.find(query)]
    last = plain[-1]
    assert searcher.find(query, favour={last: 3.0})[0].article.id == last
    assert [hit.article.id for hit in searcher.find(query, favour={"gone": 3.0})] == plain


@pytest.mark.parametrize(
    "query", ["", "   ", "???", "the", '"', "NEAR(", "a* OR b", "title:x", "'; DROP TABLE article; --", "洪水"]
)
def test_any_query_is_only_words(searcher, query):
    assert len(searcher.find(query)) <= 3


def test_an_article_removed_behind_the_back_of_the_vector_index_is_not_found(home, searcher):
    assert searcher.find("river Soll")[0].article.id == "flood"
    with Record(home / RECORD_NAME) as record:
        record.remove_article("flood")
    assert "flood" not in {hit.article.id for hit in searcher.find("river Soll")}


def test_a_run_that_goes_on_or_was_interrupted_is_named(home, searcher):
    assert searcher.gap() is None
    with Record(home / RECORD_NAME) as record:
        record.begin_run(Unfinished("index", ("news",), "model", "2031-03-04T10:00:00+00:00"))
    assert "interrupted" in (searcher.gap() or "")
    with writer_lock(home):
        assert "being indexed right now" in (searcher.gap() or "")


def test_an_open_searcher_sees_the_next_run(tmp_path, searcher, home, embedding):
    assert searcher.gap() is None
    news = write(tmp_path / "news", fire="Fire in Harle\nA fire destroyed the old theatre of Harle on Friday.")
    (news / "strike.txt").unlink()
    index_paths(home, [news], embedding, passage_tokens=160)
    assert searcher.find("theatre burned down")[0].article.id == "fire"
    assert "strike" not in {hit.article.id for hit in searcher.find("dockers stopped work")}
    assert searcher.gap() is None


def test_copies_are_folded_and_named(tmp_path, embedding):
    home = tmp_path / "copies"
    text = FLOOD + " The mayor said help was on its way to everybody who had lost a home."
    copies = [{"id": i, "title": "Flood", "text": text} for i in ("agency", "paper")]
    index_paths(home, [lines(tmp_path / "x.jsonl", *copies)], embedding, passage_tokens=160)
    searcher = Searcher(home, embedding)
    (hit,) = searcher.find("flood")
    searcher.close()
    assert {hit.article.id, *hit.also} == {"agency", "paper"}


def test_what_is_near_in_time_goes_first(tmp_path, embedding):
    home = tmp_path / "dates"
    reports = [
        {"id": day, "title": "Toll of the flood", "date": day, "text": f"The toll of the flood stands at {toll}."}
        for day, toll in [("2031-03-04", "four"), ("2031-03-11", "nine"), ("2031-04-01", "ten")]
    ]
    index_paths(home, [lines(tmp_path / "x.jsonl", *reports)], embedding, passage_tokens=160)
    searcher = Searcher(home, embedding)
    for asked in ("2031-03-04", "2031-03-12", "2031-04-02"):
        near = dt.date.fromisoformat(asked)
        best = searcher.find("toll of the flood", near=near)[0].article
        assert best.date is not None
        assert abs((best.date - near).days) <= 1
    searcher.close()


def test_threads_that_end_leave_no_connection_open(searcher):
    folder = Path("/proc/self/fd")

    def search():
        thread = threading.Thread(target=searcher.find, args=("river",))
        thread.start()
        thread.join()

    def open_files():
        return sum(RECORD_NAME in str(path.readlink()) for path in folder.iterdir() if path.is_symlink())

    search()
    before = open_files()
    for _ in range(5):
        search()
    assert open_files() == before


def test_a_rebuild_with_another_model_is_noticed_while_open(home, searcher):
    assert searcher.find("river")
    with Record(home / RECORD_NAME) as record:
        record.set_model("another", "some-model")
    with pytest.raises(IncompatibleError, match="made with the embedding model some-model"):
        searcher.find("river")
    with Record(home / RECORD_NAME) as record:
        record.set_model("another", searcher.embedding.name)
    with pytest.raises(IncompatibleError, match=r"another version of the embedding model all-MiniLM.* --rebuild`\.$"):
        searcher.find("river")


def test_no_store(tmp_path, embedding):
    with pytest.raises(NoIndexError, match="make one with `dateline index"):
        Searcher(tmp_path / "nowhere", embedding)
    assert not (tmp_path / "nowhere").exists()


def test_the_vector_search_finds_what_an_exact_search_finds(tmp_path, embedding):
    """The approximate search of Chroma against all vectors of the record."""
    home = tmp_path / "many"
    subjects = ["river", "mayor", "dockers", "council", "train", "school", "harvest", "bridge", "theatre", "hospital"]
    events = [
        "was closed",
        "was praised",
        "opened again",
        "made a loss",
        "asked for help",
        "was on fire",
        "won a prize",
    ]
    places = ["Varn", "Harle", "Soll", "Torven", "Mirr", "Ostfeld", "Lund", "Karst"]
    articles = [
        {"id": f"{s}-{e}-{p}", "title": p, "text": f"The {s} of {p} {e}."}
        for s in subjects
        for e in events
        for p in places
    ]
    index_paths(home, [lines(tmp_path / "x.jsonl", *articles)], embedding, passage_tokens=160)
    searcher = Searcher(home, embedding)
    hashes = searcher.record.passage_hashes()
    vectors = searcher.record.vectors(embedding.fingerprint, hashes.values())
    ids = list(hashes)
    matrix = np.stack([vectors[hashes[i]] for i in ids])
    queries = [f"{s} in {p}" for s in subjects for p in places]
    found = 0
    for vector in embedding.encode(queries):
        exact = {ids[n] for n in np.argsort(-(matrix @ vector))[:10]}
        found += len(exact & {i for i, _ in searcher.vectors.query(vector, 10)})
    searcher.close()
    assert found / (10 * len(queries)) >= 0.98
