"""Claims that people have judged against a document, for measuring the Verifier: a folder with claims and a corpus.

Each line of `claims.jsonl.gz`, or else of `questions.jsonl.gz`, is a claim, `context_doc` its document, and `answers`
begins with "supported" where people found that the document supports it. `cited` are the sentences that a claim cites.
Most sets do not say; for every claim of such a set the same rule takes the sentences that are nearest to it.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.verifier import Cited
from assistant.verifier.verifier import coverage
from evals.errors import QuestionSetError
from index import Embedding
from index.language.sentences import split_sentences

SUPPORTED = "supported"

_LISTED = 40  # sentences that are embedded; those with the most words in common
# Texts that were cut into tokens: "27 - year - old", "3, 000", "98. 7".
_TOKENISED = [
    (re.compile(r"(?<=\d), (?=\d{3}\b)"), ","),
    (re.compile(r"(?<=\d)\. (?=\d)"), "."),
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),
    (re.compile(r"(?<=[$£€]) (?=\d)"), ""),
]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that somebody, or some program, wrote about a document.

    Attributes:
        supported: whether people found it supported by the document as a whole.
        day: the day on which it was published, where the set says so.
        cited: the sentences that it cites, where the set says which.
        kind: what was done to make it, where the set says so: "num", "para".
    """

    id: str
    text: str
    supported: bool
    document: str
    source: str
    title: str = ""
    day: dt.date | None = None
    cited: tuple[str, ...] = ()
    kind: str = ""


def load_claims(folder: Path) -> list[Claim]:
    """The claims of a set.

    Raises:
        QuestionSetError: there is none, or it is of another kind.
    """
    questions = folder / "claims.jsonl.gz"
    try:
        articles = {line["id"]: line for line in _lines(folder / "corpus.jsonl.gz")}
        return [
            _claim(line, articles[line["context_doc"]])
            for line in _lines(questions if questions.exists() else folder / "questions.jsonl.gz")
        ]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise QuestionSetError(
            [f"{folder}: is no set of claims ({error}); it needs questions.jsonl.gz and corpus.jsonl.gz."]
        ) from None


def _claim(line: dict[str, Any], document: dict[str, Any]) -> Claim:
    cited = tuple(one["text"] for one in line.get("cited", ()))
    tidy: Callable[[str], str] = str if cited else untokenised  # who cites to the letter has whole sentences
    return Claim(
        line["id"],
        tidy(line["question"]),
        line["answers"][0] == SUPPORTED,
        line["context_doc"],
        tidy(document["text"]),
        document.get("title") or "",
        dt.date.fromisoformat(document["date"]) if document.get("date") else None,
        cited,
        line.get("type") or "",
    )


def half_of(claim: Claim) -> int:
    """0 or 1, by the number of the document: what is chosen by looking at half 0 is reported on half 1."""
    number = re.search(r"(?<!\d)\d++$", claim.document)
    return (int(number[0]) if number else zlib.crc32(claim.document.encode())) % 2


def held_against(claim: Claim, embedding: Embedding, count: int) -> Cited:
    """A claim with the sentences that it cites, or with those of its document that are nearest to it."""
    return cited_by(claim, claim.cited or nearest(claim, embedding, count))


def cited_by(claim: Claim, sentences: Sequence[str]) -> Cited:
    """A claim with sentences of its document that it cites."""
    titles = [claim.title] if claim.title else []
    return Cited(claim.text, sentences, titles, [claim.day] * len(sentences), [claim.source])


def nearest(claim: Claim, embedding: Embedding, count: int) -> list[str]:
    """The sentences of the document that are nearest to a claim, by words and by meaning, in their order there."""
    spans = split_sentences(claim.source)
    texts = list(dict.fromkeys(claim.source[span.start : span.end] for span in spans))
    shared = np.array([coverage(claim.text, [text]) for text in texts])
    listed = np.sort(np.argsort(-shared, kind="stable")[:_LISTED])
    vectors = embedding.encode([claim.text, *(texts[n] for n in listed)])
    scores = shared[listed] + vectors[1:] @ vectors[0]
    best = np.sort(np.argsort(-scores, kind="stable")[:count])
    return [texts[listed[n]] for n in best]


def untokenised(text: str) -> str:
    """The text with numbers and compound words put together again, where a program had cut them into tokens."""
    for form, instead in _TOKENISED:
        text = form.sub(instead, text)
    return text


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def documents(claims: Sequence[Claim]) -> list[str]:
    """The document of each claim: claims about one document are not independent."""
    return [claim.document for claim in claims]
