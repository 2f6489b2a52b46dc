"""Grouping whole sentences into passages that fit the window of the embedding model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from index.article import Article, Passage, Sentence


def group_sentences(
    article: Article, sentences: Sequence[Sentence], token_counts: Sequence[int], *, limit: int
) -> list[Passage]:
    """The passages of an article: consecutive runs of its body's sentences, each of at most `limit` tokens.

    The runs are about equally long, so that the last one is not a scrap without context. A sentence that is longer than
    `limit` by itself is a passage of its own. The headline and header lines before `article.body` belong to no passage:
    the headline is embedded with every passage instead.

    Args:
        article: the article.
        sentences: all its sentences, in order.
        token_counts: tokens of each sentence, without special tokens.
        limit: tokens that a passage may have, the headline not counted.
    """
    first = next((n for n, sentence in enumerate(sentences) if sentence.end > article.body), len(sentences))
    total = sum(token_counts[first:])
    target = total / max(1, -(-total // limit))
    runs: list[tuple[int, int]] = []
    run_start, used = first, 0
    for n in range(first, len(sentences)):
        too_long = used + token_counts[n] > limit
        # A run ends at the sentence boundary nearest to its fair share of the article.
        past_target = used + token_counts[n] / 2 > target
        if n > run_start and (too_long or past_target):
            runs.append((run_start, n - 1))
            run_start, used = n, 0
        used += token_counts[n]
    if run_start < len(sentences):
        runs.append((run_start, len(sentences) - 1))
    return [_passage(article, sentences, start, end) for start, end in runs]


def _passage(article: Article, sentences: Sequence[Sentence], first: int, last: int) -> Passage:
    # A sentence that the body starts inside of would be a fault of the file's format; it is kept whole.
    start, end = sentences[first].start, sentences[last].end
    text = article.text[start:end]
    identity = f"{article.id}\x00{start}\x00{article.title}\x00{text}".encode("utf-8", "surrogatepass")
    return Passage(
        id=hashlib.sha256(identity).hexdigest()[:32],
        article_id=article.id,
        first=first,
        last=last,
        start=start,
        end=end,
        text=text,
    )
