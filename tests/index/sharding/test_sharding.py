"""Shards that arrive in any order, and that stop arriving: what is stored is whole, and nothing is embedded twice."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Embedding, index_paths
from index.article import Article
from index.doctor import examine
from index.embedding.runtime import OnnxEncoder
from index.errors import EngineError
from index.sharding import ShardedEmbedding, SplitArticle, cut_shards, embed_shards
from index.sharding.ray_engine import RayEmbedding
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.articles import FLOOD, STRIKE, VOTE, lines, write

TEXTS = {name: f"{name} of Torven\n" + f"The {name} was seen in Torven. " * 30 for name in ("king", "duke", "bear")}


class Elsewhere(OnnxEncoder):
    """Embeds in this process, but hands the shards back last one first; it fails before shard number `fails_at`."""

    shard_texts = 1
    window = 1_000

    def __init__(self, fails_at=None):
        super().__init__()
        self.fails_at = fails_at
        self.texts = []

    def encode_shards(self, shards):
        for number in reversed(range(len(shards))):
            if number == self.fails_at:
                raise EngineError("the workers are gone.")
            self.texts += shards[number]
            yield number, self.encode(shards[number])


def vectors_of(home, embedding):
    with RecordReader(home / RECORD_NAME) as record:
        hashes = record.passage_hashes()
        vectors = record.vectors(embedding.fingerprint, set(hashes.values()))
        return {passage: vectors[digest].tobytes() for passage, digest in hashes.items()}


def test_the_embedding_of_these_tests_is_one(embedding):
    assert isinstance(Elsewhere(), ShardedEmbedding)
    assert not isinstance(embedding, ShardedEmbedding)


def test_the_same_store_whatever_the_order(tmp_path, embedding):
    news = write(tmp_path / "news", flood=FLOOD, copy=FLOOD, strike=STRIKE, vote=VOTE, **TEXTS)
    sharded = Elsewhere()
    for home, model in (("plain", embedding), ("sharded", sharded)):
        assert index_paths(tmp_path / home, [news], model, passage_tokens=160).added == 7
    assert vectors_of(tmp_path / "sharded", embedding) == vectors_of(tmp_path / "plain", embedding)
    assert examine(tmp_path / "sharded").findings == []
    assert len(sharded.texts) == len(set(sharded.texts)), "the copy of an article was embedded again"


def test_what_arrived_before_a_failure_is_stored_and_not_embedded_again(tmp_path, embedding):
    texts = TEXTS | {"flood": FLOOD, "strike": STRIKE, "vote": VOTE}
    news = write(tmp_path / "news", **texts)
    broken = Elsewhere(fails_at=2)
    with pytest.raises(EngineError, match="gone"):
        index_paths(tmp_path / "home", [news], broken, passage_tokens=160)
    with RecordReader(tmp_path / "home" / RECORD_NAME) as record:
        stored = record.article_ids()
        assert record.articles_without_vectors(embedding.fingerprint) == []
    assert stored == ["king", "strike", "vote"]
    again = Elsewhere()
    summary = index_paths(tmp_path / "home", [news], again, passage_tokens=160)
    assert summary.added == 3
    assert summary.finished
    assert not set(broken.texts) & set(again.texts)
    assert examine(tmp_path / "home").findings == []
    index_paths(tmp_path / "plain", [news], embedding, passage_tokens=160)
    assert vectors_of(tmp_path / "home", embedding) == vectors_of(tmp_path / "plain", embedding)


def test_a_file_is_not_read_to_its_end_before_all_its_articles_are_stored(tmp_path, embedding):
    rows = [{"id": name, "title": name, "text": text} for name, text in TEXTS.items()]
    archive = lines(tmp_path / "archive.jsonl", *rows)
    with pytest.raises(EngineError):
        index_paths(tmp_path / "home", [archive], Elsewhere(fails_at=0), passage_tokens=160)
    with RecordReader(tmp_path / "home" / RECORD_NAME) as record:
        assert len(record.article_ids()) == 2
        assert record.file_state(str(archive)) is None
    summary = index_paths(tmp_path / "home", [archive], Elsewhere(), passage_tokens=160)
    assert (summary.added, summary.unchanged) == (1, 2)


def split(number, hashes):
    article = Article(id=str(number), title="", text="")
    return SplitArticle(article, [], [], {digest: f"text {digest}" for digest in hashes})


@given(
    articles=st.lists(st.sets(st.sampled_from("abcdefghij"), max_size=6), max_size=30),
    known=st.sets(st.sampled_from("abcdefghij")),
    size=st.integers(1, 8),
)
def test_shards_hold_every_article_and_every_missing_text_once(articles, known, size):
    shards = cut_shards([split(n, sorted(hashes)) for n, hashes in enumerate(articles)], known, size)
    assert [a.article.id for shard in shards for a in shard.articles] == [str(n) for n in range(len(articles))]
    texts = [digest for shard in shards for digest in shard.texts]
    assert sorted(texts) == sorted(set().union(*articles) - known)
    assert all(len(shard.texts) >= size for shard in shards[:-1])
    assert all(len(shard.texts) < size + 6 for shard in shards)


def test_texts_are_embedded_as_they_are_asked_for(embedding: Embedding):
    shards = cut_shards([split(0, ["a"]), split(1, []), split(2, ["b"])], set(), 1)
    for model in (embedding, Elsewhere()):
        found = {digest: vector for _, some in embed_shards(model, shards) for digest, vector in some.items()}
        assert found.keys() == {"a", "b"}
        assert np.array_equal(found["b"], embedding.encode(["text b"])[0])


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match=r"^the engine ray needs an extra .* pip install '\.\[ray\]'\.$"):
        RayEmbedding("default")
