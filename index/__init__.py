"""From article files to a store that can be searched."""

from typing import TYPE_CHECKING

import index.offline  # noqa: F401  before any library that would call home
from index.lazily import lazily

if TYPE_CHECKING:
    from index.article import Article, Passage, Sentence
    from index.embedding import Embedding, load_embedding
    from index.indexing.indexer import index_paths, rebuild
    from index.indexing.removing import put_back, remove, restore
    from index.indexing.summary import IndexSummary
    from index.language.sentences import split_sentences
    from index.search.protocol import Hit, Search
    from index.search.searcher import Ranking, Searcher
else:  # for a type checker the names above are all that there are
    __getattr__ = lazily(
        __name__,
        {
            "Article": "index.article",
            "Embedding": "index.embedding",
            "Hit": "index.search.protocol",
            "IndexSummary": "index.indexing.summary",
            "Passage": "index.article",
            "Ranking": "index.search.searcher",
            "Search": "index.search.protocol",
            "Searcher": "index.search.searcher",
            "Sentence": "index.article",
            "index_paths": "index.indexing.indexer",
            "load_embedding": "index.embedding",
            "put_back": "index.indexing.removing",
            "rebuild": "index.indexing.indexer",
            "remove": "index.indexing.removing",
            "restore": "index.indexing.removing",
            "split_sentences": "index.language.sentences",
        },
    )

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
