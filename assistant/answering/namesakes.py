"""Names that are nearly the same and not of one person: a sentence about Mara Ellin says nothing of Mara Ellins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.answering.refusal import names_in
from index import Hit
from index.language.text import parsed
from index.language.words import without_possessive, words

_NEAR = 0.85  # the share of letters in common from which on two names are taken for each other


def without_namesakes(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The passages without the sentences about somebody whose name is hardly another than one of the question's.

    A name that none of these articles has is a misspelt one, and takes nothing away.

    Args:
        question: what is asked.
        hits: what was found.
    """
    asked = [words(name) for name in names_in(question)]
    has = {hit.article.id: frozenset(words(f"{hit.article.title} {hit.article.text}")) for hit in hits if asked}
    known = [" ".join(name) for name in asked if any(article.issuperset(name) for article in has.values())]
    if not known:
        return list(hits)
    kept = []
    for hit in hits:
        texts = [hit.article.text[one.start : one.end] for one in hit.sentences]
        about = [not any(_is_of_namesake(name, text) for name in known) for text in texts]
        sentences = tuple(one for one, own in zip(hit.sentences, about, strict=True) if own)
        kept += [replace(hit, sentences=sentences)] if sentences else []
    return kept


def _is_of_namesake(asked: str, text: str) -> bool:
    """Whether a sentence names somebody with nearly this name, and the one with this name not before."""
    last = asked.split()[-1]
    for name, _ in parsed(text).names:
        said = " ".join(words(without_possessive(name)))
        if said == last or f" {said} ".endswith(f" {asked} "):
            return False
        wanted = asked if " " in said else last
        tail = " ".join(said.split()[-len(wanted.split()) :])
        if SequenceMatcher(None, wanted, tail).ratio() >= _NEAR:
            return True
    return False
