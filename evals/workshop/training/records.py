"""Reads question sets from the folder that is given."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRAINING_SETS = ("squad1_train", "squadshifts_newwiki", "squadshifts_reddit", "squadshifts_amazon")
"""The public sets that training may read, beside `newsroom` and those articles of `squad2_dev` that are named for it;
every other one is for measuring.
"""

_MADE_UP_TITLE = re.compile(r"\w[^\W_]*_\w+|")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that questions are asked about.

    Attributes:
        key: its id in the corpus.
        article: what it shares with the other paragraphs of its article.
        title: the headline, empty where the set has only a made-up one.
        text: the text.
    """

    key: str
    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A question with the place of its answer.

    Attributes:
        key: the question's id.
        question: the question.
        paragraph: id of the paragraph that answers it.
        start: first code point of the answer in the paragraph.
        end: code point after the answer.
        answers: all accepted answers.
    """

    key: str
    question: str
    paragraph: str
    start: int
    end: int
    answers: tuple[str, ...]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a `.jsonl` or `.jsonl.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load_set(folder: Path) -> tuple[dict[str, Paragraph], list[Record]]:
    """The paragraphs and answerable questions of one set.

    Questions whose evidence does not stand where the set says are left out.
    """
    paragraphs = {}
    for item in read_lines(folder / "corpus.jsonl.gz"):
        title = "" if _MADE_UP_TITLE.fullmatch(item["title"] or "") else item["title"]
        article = f"{folder.name}/{item['title']}" if title else f"{folder.name}/{item['id']}"
        paragraphs[item["id"]] = Paragraph(item["id"], article, title, item["text"])
    records = []
    for item in read_lines(folder / "questions.jsonl.gz"):
        if not item["answerable"] or not item["evidence"]:
            continue
        place = item["evidence"][0]
        text = paragraphs[place["doc_id"]].text
        if text[place["start"] : place["end"]] == place["text"] and place["text"].strip():
            records.append(
                Record(
                    item["id"],
                    item["question"],
                    place["doc_id"],
                    place["start"],
                    place["end"],
                    tuple(item["answers"]),
                )
            )
    return paragraphs, records
