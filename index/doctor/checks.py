"""Whether what is cited is byte for byte what is stored, and whether the vector index holds what the record does."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.article import Article, Sentence, embedded_text, text_hash
from index.doctor.diagnosis import Diagnosis, Finding, RecordInspection
from index.errors import ServerError, StoreError
from index.language.numerals import counted
from index.store.rows import article_hash
from index.store.state import GenerationInfo
from index.vectors.building import current_generation
from index.vectors.generation import Generation, Place

_TOKEN = re.compile(r"[a-z0-9]+")
_WORDS = 12  # of a passage, by which the keyword index must find it
_FIX = "run `dateline doctor --fix`, which splits them again."


def check_articles(record: RecordInspection, diagnosis: Diagnosis, sample: int) -> None:
    """Look into some articles, evenly spread over all."""
    hashes = record.article_hashes()
    ids = list(hashes)
    chosen = ids[:: max(1, -(-len(ids) // max(1, sample)))]
    altered, unfound, citations = diagnosis.altered, 0, 0
    for article_id in chosen:
        try:
            article = record.article(article_id)
        except StoreError:  # bytes that are no text
            altered.append(article_id)
            continue
        if article is None:
            continue
        sentences = record.sentences(article_id)
        citations += len(sentences)
        if article_hash(article) != hashes[article_id]:
            altered.append(article_id)
        elif not _exact(record, article, sentences):
            diagnosis.articles.append(article_id)
        else:
            unfound += _not_found(record, article)
    diagnosis.checked |= {"articles_read": len(chosen), "citations": citations}
    if altered:
        what = f"the text of {_named(altered)} is not the one that was stored"
        advice = (
            "run `dateline doctor --fix` and then `dateline index` with their files, which are read again; "
            "what has no file any more, take out with `dateline index --remove ID`."
        )
        diagnosis.findings.append(Finding("articles", what, advice))
    if diagnosis.articles:
        what = f"sentences or passages of {_named(diagnosis.articles)} are not those of the text"
        diagnosis.findings.append(Finding("articles", what, _FIX))
    if unfound:
        what = f"the keyword index does not find {counted(unfound, 'passage')} by their own words"
        diagnosis.findings.append(Finding("keywords", what, "run `dateline doctor --fix`."))


def _exact(record: RecordInspection, article: Article, sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences cover the text in order, and the passages are whole sentences that were embedded so."""
    end = 0
    for sentence in sentences:
        if sentence.start < end or sentence.end <= sentence.start or article.text[end : sentence.start].strip():
            return False
        end = sentence.end
    if end > len(article.text) or article.text[end:].strip():
        return False
    for passage, digest in record.passages_of(article.id):
        if not 0 <= passage.first <= passage.last < len(sentences):
            return False
        span = (sentences[passage.first].start, sentences[passage.last].end)
        if span != (passage.start, passage.end) or digest != text_hash(embedded_text(article.title, passage.text)):
            return False
    return True


def _not_found(record: RecordInspection, article: Article) -> int:
    """How many passages of an article the keyword index does not find by their own first words."""
    missed = 0
    for passage, _ in record.passages_of(article.id):
        # Of other scripts, Python and SQLite do not always agree on what a word is.
        ascii_only = (piece.lower() for piece in passage.text.split() if piece.isascii())
        words = list(dict.fromkeys(word for piece in ascii_only for word in _TOKEN.findall(piece)))[:_WORDS]
        try:
            found = not words or record.finds_by_words(passage.id, " AND ".join(f'"{word}"' for word in words))
        except StoreError:
            found = False
        missed += not found
    return missed


def _named(ids: Sequence[str]) -> str:
    some = ", ".join(repr(i) for i in ids[:3])
    return f"{counted(len(ids), 'article')} ({some}{', ...' if len(ids) > 3 else ''})"


_SAMPLE = 200  # passages of the vector index that are compared with the record, number by number
_BUILD = "run `dateline doctor --fix`, which builds it again from the stored vectors."
_EMBED = "run `dateline doctor --fix`, which embeds them again."


def check_vectors(record: RecordInspection, diagnosis: Diagnosis) -> None:
    """Look at all vectors of the record."""
    model = record.state().model or ""
    missing = record.articles_without_vectors(model)
    if missing:
        diagnosis.findings.append(
            Finding("vectors", f"passages of {counted(len(missing), 'article')} have no vector", _EMBED)
        )
    diagnosis.damaged_vectors = record.damaged_vectors(model)
    if diagnosis.damaged_vectors:
        what = f"{len(diagnosis.damaged_vectors)} vectors are damaged"
        diagnosis.findings.append(Finding("vectors", what, _EMBED))
    unused = record.unused_vectors(model)
    if unused:
        what = f"{unused} vectors belong to no passage"
        diagnosis.findings.append(Finding("space", what, "run `dateline doctor --fix`.", harmless=True))


def check_generation(record: RecordInspection, place: Place, diagnosis: Diagnosis) -> None:
    """Compare the vector index with the record: which passages it holds, and some of their vectors."""
    state = record.state()
    info = current_generation(state, place)
    leftovers = sorted(place.names() - ({info.name} if info else set()))
    if leftovers:
        what = f"{counted(len(leftovers), 'left-over vector index', 'left-over vector indexes')}"
        advice = "the next `dateline index` that changes much, or `dateline doctor --fix`, removes what nobody reads."
        diagnosis.findings.append(Finding("space", what, advice, harmless=True))
    if info is None:
        if record.counts()["passages"]:
            diagnosis.findings.append(Finding("generation", "the vector index is missing", _BUILD))
        return
    try:
        generation = place.open(info.name)
        try:
            _compare(record, generation, info, diagnosis)
        finally:
            generation.close()
    except ServerError:
        raise
    except StoreError as error:
        diagnosis.findings.append(Finding("generation", str(error).split("; ")[0], _BUILD))


def _compare(record: RecordInspection, generation: Generation, info: GenerationInfo, diagnosis: Diagnosis) -> None:
    hashes = record.passage_hashes()
    due = hashes.keys() - record.passage_hashes(after=info.revision).keys()
    held = set(generation.ids())
    lacking = len(due - held)
    if lacking:
        diagnosis.findings.append(
            Finding("generation", f"the vector index lacks {counted(lacking, 'passage')}", _BUILD)
        )
    if len(held) != info.passages:
        what = f"the vector index holds {counted(len(held), 'passage')}, and should hold {info.passages}"
        diagnosis.findings.append(Finding("generation", what, _BUILD))
    ids = sorted(due & held)
    ids = ids[:: max(1, -(-len(ids) // _SAMPLE))]
    stored = record.vectors(info.model, {hashes[i] for i in ids})
    there = generation.vectors(ids) if ids else {}
    wrong = sum(hashes[i] in stored and not _same(there.get(i), stored[hashes[i]]) for i in ids)
    if wrong:
        what = f"{wrong} of {len(ids)} vectors of the vector index are not those of the record"
        diagnosis.findings.append(Finding("generation", what, _BUILD))
    lost = sum(not _finds(generation, i, there[i]) for i in ids if i in there)
    if lost:
        what = f"the vector index does not find {lost} of {len(ids)} of its own passages"
        diagnosis.findings.append(Finding("generation", what, _BUILD))
    diagnosis.checked["vectors"] = len(ids)
    vain = len(held - hashes.keys()) + info.wasted
    if vain > max(1_000, len(hashes) // 5):
        what = f"{vain} vectors in the vector index belong to passages that are not stored any more"
        diagnosis.findings.append(Finding("space", what, _BUILD, harmless=True))


def _same(one: np.ndarray | None, other: np.ndarray) -> bool:
    if one is None or one.shape != other.shape:
        return False
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return lengths > 0 and float(one @ other) / lengths > 0.9999


def _finds(generation: Generation, passage_id: str, vector: np.ndarray) -> bool:
    found, cosine = generation.query(vector, 1)[0]
    return found == passage_id or cosine > 0.999  # another passage may have the same vector
