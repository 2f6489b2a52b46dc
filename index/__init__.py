"""From article files to a store that can be searched."""

import index.offline  # isort: skip  # noqa: F401  before any library that would call home
from index.article import Article, Passage, Sentence
from index.embedding import Embedding, load_embedding
from index.indexer import index_paths, rebuild, remove, restore
from index.search import Hit, Ranking, Searcher
from index.sentences import split_sentences
from index.settings import Settings
from index.summary import IndexSummary

__all__ = [
    "Article",
    "Embedding",
    "Hit",
    "IndexSummary",
    "Passage",
    "Ranking",
    "Searcher",
    "Sentence",
    "Settings",
    "index_paths",
    "load_embedding",
    "rebuild",
    "remove",
    "restore",
    "split_sentences",
]
