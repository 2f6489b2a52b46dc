"""From article files to a store that can be searched."""

import index.offline  # isort: skip  # noqa: F401  before any library that would call home
from index.article import Article, Passage, Sentence
from index.embedding import Embedding, load_embedding
from index.indexing.indexer import index_paths, rebuild
from index.indexing.removing import put_back, remove, restore
from index.indexing.summary import IndexSummary
from index.language.sentences.splitting import split_sentences
from index.search.protocol import Hit, Search
from index.search.searcher import Ranking, Searcher

__all__ = [
    "Article",
    "Embedding",
    "Hit",
    "IndexSummary",
    "Passage",
    "Ranking",
    "Search",
    "Searcher",
    "Sentence",
    "index_paths",
    "load_embedding",
    "put_back",
    "rebuild",
    "remove",
    "restore",
    "split_sentences",
]
