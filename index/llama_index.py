"""Dateline's search as a LlamaIndex retriever, so that any LlamaIndex engine, agent or evaluation can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

if TYPE_CHECKING:
    from index.search.protocol import Hit
    from index.search.searcher import Searcher

__all__ = ["DatelineRetriever"]


class DatelineRetriever(BaseRetriever):
    """Finds passages by meaning and by words.

    The nodes carry what LlamaIndex's own Chroma store loses: `start_char_idx` and `end_char_idx` are the passage's span
    in the article's text, in code points. Scores are those of the fusion, comparable within one query only.

    Args:
        searcher: the open store; it stays the caller's.
        limit: how many passages a query brings.
    """

    def __init__(self, searcher: Searcher, *, limit: int = 10) -> None:
        super().__init__()
        self._searcher = searcher
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._searcher.find(query_bundle.query_str, limit=self._limit)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    article = hit.article
    return TextNode(
        id_=hit.passage.id,
        text=hit.passage.text,
        start_char_idx=hit.passage.start,
        end_char_idx=hit.passage.end,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "date": article.date.isoformat() if article.date else None,
            "source": article.source,
            "url": article.url,
        },
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
