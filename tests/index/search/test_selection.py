"""Searching a part of the store finds what the whole store would, were the rest not there."""

import datetime as dt
import json
from pathlib import Path

import pytest

from assistant import Assistant
from index import Embedding, Searcher, index_paths
from index.store.catalogue import ArticleFilter
from index.store.reading import RecordReader

ARTICLES = [
    {"id": "may", "title": "Cod in May", "text": "Fishermen in Lomsund sold 900 tonnes of cod.", "date": "2024-05-31"},
    {
        "id": "june",
        "title": "Cod in June",
        "text": "Fishermen in Lomsund sold 650 tonnes of cod.",
        "date": "2024-06-30",
    },
    {"id": "post", "title": "Cod again", "text": "In Lomsund 700 tonnes of cod were sold.", "source": "The Post"},
    {"id": "zoo", "title": "Zoo", "text": "The Ravnholm zoo has 27 penguins.", "source": "The Post"},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Path:
    folder = tmp_path_factory.mktemp("selection")
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    index_paths(folder / "home", [file], embedding, passage_tokens=160)
    return folder / "home"


def found(home: Path, embedding: Embedding, wanted: ArticleFilter) -> set[str]:
    searcher = Searcher(home, embedding)
    try:
        return {hit.article.id for hit in searcher.find("How much cod was sold?", among=wanted)}
    finally:
        searcher.close()


def test_filters_of_day_source_and_article(home: Path, embedding: Embedding) -> None:
    assert found(home, embedding, ArticleFilter()) == {"may", "june", "post", "zoo"}
    assert found(home, embedding, ArticleFilter(since=dt.date(2024, 6, 1))) == {"june"}
    assert found(home, embedding, ArticleFilter(until=dt.date(2024, 6, 1))) == {"may"}
    assert found(home, embedding, ArticleFilter(source="The Post")) == {"post", "zoo"}
    assert found(home, embedding, ArticleFilter(ids=("zoo", "may"))) == {"zoo", "may"}
    assert found(home, embedding, ArticleFilter(ids=("zoo",), source="Another")) == set()


def test_all_articles_are_ranked_as_without_a_filter(home: Path, embedding: Embedding) -> None:
    searcher = Searcher(home, embedding)
    try:
        whole = searcher.rank(["cod in Lomsund"])[0]
        part = searcher.rank(["cod in Lomsund"], among=ArticleFilter())[0]
    finally:
        searcher.close()
    assert part.keyword == whole.keyword
    assert [i for i, _ in part.dense] == [i for i, _ in whole.dense]
    assert [c for _, c in part.dense] == pytest.approx([c for _, c in whole.dense], abs=1e-3)


def test_the_assistant_answers_from_the_part(home: Path) -> None:
    question = "How many tonnes of cod did the fishermen in Lomsund sell?"
    with Assistant.open(home) as assistant:
        assert assistant.ask(question, among=ArticleFilter(ids=("june",))).citations[0].article_id == "june"
        assert assistant.ask(question, among=ArticleFilter(ids=("zoo",))).status == "not_in_corpus"
        assert assistant.ask(question, among=ArticleFilter(ids=("gone",))).closest == ()


def test_sources_are_counted(home: Path) -> None:
    with RecordReader(home / "dateline.db") as record:
        assert record.sources() == [("The Post", 2)]
        assert record.page(ArticleFilter(ids=("zoo", "may")), offset=0, limit=10)[0] == 2
