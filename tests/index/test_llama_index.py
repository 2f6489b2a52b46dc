"""Dateline within LlamaIndex, as its users use it: an embedding, a retriever, and query engines with a scripted LLM."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import TextNode

from index import Embedding, Searcher
from index.llama_index import (
    CitedSentences,
    DatelineEmbedding,
    DatelineRetriever,
    citation_query_engine,
    passage_node,
    sentence_nodes,
)

QUESTION = "how many displaced?"


class Scripted(CustomLLM):
    """A language model that cites the source which has some words, as it stands in its prompt."""

    words: str

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=16_384)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        del formatted
        (number,) = re.findall(rf"Source (\d+):\n[^\n]*{re.escape(self.words)}", prompt)
        return CompletionResponse(text=f"About {self.words} residents fled [{number}].")

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:
        raise NotImplementedError


@pytest.fixture(scope="module")
def searcher(seed_home: Any, embedding: Embedding) -> Iterator[Searcher]:
    searcher = Searcher(seed_home, embedding)
    yield searcher
    searcher.close()


def test_nodes_are_the_hits_with_their_offsets(searcher: Searcher) -> None:
    found = DatelineRetriever(searcher, limit=3).retrieve(QUESTION)
    hits = searcher.find(QUESTION, limit=3)
    assert [each.node.node_id for each in found] == [hit.passage.id for hit in hits]
    assert [each.score for each in found] == [hit.score for hit in hits]
    for each, hit in zip(found, hits, strict=True):
        assert isinstance(each.node, TextNode)
        assert hit.article.text[each.node.start_char_idx : each.node.end_char_idx] == each.node.get_content()
        assert each.node.ref_doc_id == each.node.metadata["article_id"] == hit.article.id


def test_the_sentences_of_a_passage_are_exact(searcher: Searcher) -> None:
    for hit in searcher.find(QUESTION):
        nodes = sentence_nodes(passage_node(hit))
        assert [(node.start_char_idx, node.end_char_idx) for node in nodes] == [
            (sentence.start, sentence.end) for sentence in hit.sentences
        ]
        for node in nodes:
            assert hit.article.text[node.start_char_idx : node.end_char_idx] == node.text
            assert node.ref_doc_id == hit.article.id


def cited(response: Any) -> tuple[TextNode, str]:
    """The node that the one marker of a response means, and the text of the response."""
    assert isinstance(response, Response)
    (marker,) = re.findall(r"\[(\d+)\]", response.response or "")
    node = response.source_nodes[int(marker) - 1].node
    assert isinstance(node, TextNode)
    return node, response.response or ""


def test_the_citation_engine_cites_a_sentence_at_its_place(searcher: Searcher) -> None:
    node, text = cited(citation_query_engine(searcher, Scripted(words="14,000")).query(QUESTION))
    article = searcher.record.article(node.metadata["article_id"])
    assert article is not None
    assert (node.start_char_idx, node.end_char_idx) == (924, 1056)
    assert article.text[924:1056] == node.text
    assert text.startswith("About 14,000 residents fled")


def test_a_retriever_query_engine_made_by_hand_does_the_same(searcher: Searcher) -> None:
    engine = RetrieverQueryEngine.from_args(
        DatelineRetriever(searcher), llm=Scripted(words="14,000"), node_postprocessors=[CitedSentences()]
    )
    assert cited(engine.query(QUESTION))[0].start_char_idx == 924


def test_an_index_of_llama_index_takes_the_nodes_and_the_embedding(searcher: Searcher, embedding: Embedding) -> None:
    nodes = [passage_node(hit) for hit in searcher.find(QUESTION)]
    index = VectorStoreIndex(nodes, embed_model=DatelineEmbedding(embedding))
    (best,) = index.as_retriever(similarity_top_k=1).retrieve(QUESTION)
    assert best.node.node_id in {node.node_id for node in nodes}
    assert {node.node_id: node.start_char_idx for node in nodes}[best.node.node_id] == best.node.start_char_idx  # type: ignore[attr-defined]


def test_the_embedding_gives_the_same_vectors_in_threads_too(embedding: Embedding) -> None:
    texts = ["The river rose.", "", "Nine people died."]
    expected = embedding.encode([QUESTION, *texts])
    ours = DatelineEmbedding(embedding)
    assert (ours.model_name, ours.class_name()) == (embedding.name, "DatelineEmbedding")

    async def ask() -> list[list[float]]:
        return [await ours.aget_query_embedding(QUESTION), *await ours.aget_text_embedding_batch(texts)]

    alone = [ours.get_query_embedding(QUESTION), *ours.get_text_embedding_batch(texts)]
    for found in (alone, asyncio.run(ask())):
        assert np.array_equal(np.array(found, dtype=np.float32), expected)
    assert np.array_equal(np.array(ours.get_text_embedding(texts[0]), dtype=np.float32), expected[1])
