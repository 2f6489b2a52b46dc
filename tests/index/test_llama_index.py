"""The LlamaIndex retriever gives what search gives, with the offsets."""

from llama_index.core.schema import TextNode

from index import Searcher


def test_nodes_are_the_hits_with_their_offsets(seed_home, embedding):
    searcher = Searcher(seed_home, embedding)
    found = searcher.as_llama_index(limit=3).retrieve("how many displaced?")
    hits = searcher.find("how many displaced?", limit=3)
    searcher.close()
    assert [each.node.node_id for each in found] == [hit.passage.id for hit in hits]
    assert [each.score for each in found] == [hit.score for hit in hits]
    for each, hit in zip(found, hits, strict=True):
        assert isinstance(each.node, TextNode)
        assert hit.article.text[each.node.start_char_idx : each.node.end_char_idx] == each.node.get_content()
        assert each.node.ref_doc_id == each.node.metadata["article_id"] == hit.article.id
