"""Dateline as LlamaIndex's users take it: its embedding, its search as a retriever, and a query engine that cites.

```python
engine = citation_query_engine(searcher, llm)
response = engine.query("how many displaced?")  # "About 14,000 residents [1]."
cited = response.source_nodes[0].node  # [1]: article.text[cited.start_char_idx : cited.end_char_idx] == cited.text
```

Importing LlamaIndex takes seconds, and nothing else of this package does it.
"""

from __future__ import annotations

import asyncio

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import LLM
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.query_engine.citation_query_engine import CITATION_QA_TEMPLATE, CITATION_REFINE_TEMPLATE
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import BaseNode, NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.embedding import Embedding
from index.search.protocol import Hit, Search

_SENTENCES = "sentences"


class DatelineEmbedding(BaseEmbedding):
    """One of Dateline's embedding models. The asynchronous methods run it in a thread, and hold no event loop."""

    _embedding: Embedding = PrivateAttr()

    def __init__(self, embedding: Embedding) -> None:
        super().__init__(model_name=embedding.name)
        self._embedding = embedding

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex reports this embedding."""
        return "DatelineEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedding.encode(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


class DatelineRetriever(BaseRetriever):
    """Finds passages by meaning and by words; the nodes are those of `passage_node`.

    Args:
        search: the open store; it stays the caller's.
    """

    def __init__(self, search: Search, *, limit: int = 10) -> None:
        super().__init__()
        self._search = search
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.find(query_bundle.query_str, limit=self._limit)
        return [NodeWithScore(node=passage_node(hit), score=hit.score) for hit in hits]


class CitedSentences(BaseNodePostprocessor):
    """Takes passages apart into their sentences, numbered for a prompt that asks for citations.

    LlamaIndex's own `CitationQueryEngine` splits the text of a node, and loses where each piece stands.
    """

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        del query_bundle
        found = [(sentence, each.score) for each in nodes for sentence in sentence_nodes(each.node)]
        for number, (sentence, _) in enumerate(found, start=1):
            sentence.text_template = f"Source {number}:\n{{content}}\n"
        return [NodeWithScore(node=sentence, score=score) for sentence, score in found]


def citation_query_engine(search: Search, llm: LLM, *, limit: int = 10) -> RetrieverQueryEngine:
    """An engine whose answers cite sentences: its `[n]` is `response.source_nodes[n - 1]`, which has its exact place.

    What the language model says is not verified here, as the Assistant does.

    Args:
        search: the open store; it stays the caller's.
    """
    return RetrieverQueryEngine.from_args(
        DatelineRetriever(search, limit=limit),
        llm=llm,
        node_postprocessors=[CitedSentences()],
        text_qa_template=CITATION_QA_TEMPLATE,
        refine_template=CITATION_REFINE_TEMPLATE,
    )


def passage_node(hit: Hit) -> TextNode:
    """A passage as a node that carries what LlamaIndex's own Chroma store loses: where it and its sentences stand.

    `start_char_idx`, `end_char_idx` and the metadata `sentences` (which no model is shown) are spans in the article's
    text, in code points.
    """
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
            _SENTENCES: [[sentence.start, sentence.end] for sentence in hit.sentences],
        },
        excluded_embed_metadata_keys=[_SENTENCES],
        excluded_llm_metadata_keys=[_SENTENCES],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )


def sentence_nodes(passage: BaseNode) -> list[TextNode]:
    """The sentences of a node that `passage_node` made, each a node with its own place; its metadata is the passage's.

    Raises:
        ValueError: it is another node.
    """
    if not isinstance(passage, TextNode) or _SENTENCES not in passage.metadata:
        raise ValueError("only a passage that Dateline found has sentences to cite; use DatelineRetriever.")
    begin = passage.start_char_idx or 0
    shown = {name: value for name, value in passage.metadata.items() if name != _SENTENCES}
    return [
        TextNode(
            id_=f"{passage.node_id}:{start}",
            text=passage.text[start - begin : end - begin],
            start_char_idx=start,
            end_char_idx=end,
            metadata=shown,
            relationships=passage.relationships,
        )
        for start, end in passage.metadata[_SENTENCES]
    ]
