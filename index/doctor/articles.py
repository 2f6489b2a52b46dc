"""Whether what is cited is byte for byte what is stored: articles, their sentences, passages and keywords."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.article import Article, Sentence, embedded_text, text_hash
from index.doctor.diagnosis import Diagnosis, Finding
from index.errors import StoreError
from index.language.counting import counted
from index.store.inspection import RecordInspection
from index.store.rows import article_hash

_TOKEN = re.compile(r"[a-z0-9]+")
_WORDS = 12  # of a passage, by which the keyword index must find it
_FIX = "run `dateline doctor --fix`, which splits them again."


def check_articles(record: RecordInspection, diagnosis: Diagnosis, sample: int) -> None:
    """Look into some articles, evenly spread over all.

    Args:
        record: the store's record.
        diagnosis: what is found is added to it.
        sample: how many articles.
    """
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
