"""The words of the design as types: Article, Sentence, Passage.

All offsets are half-open spans `[start, end)` in Unicode code points of `Article.text`, which is kept exactly as read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

TITLE_LIMIT = 200
"""Characters of a headline that are embedded; a longer one would crowd out the passage."""


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hexadecimal. Lone surrogates, which JSON can bring in, are hashed as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the collection.

    Attributes:
        id: unique in the collection.
        title: the headline; it may or may not also stand in `text`.
        text: the whole text that sentences and citations point into, as it was read.
        body: offset in `text` at which the body starts. What is before it (headline and header lines, where they are
            part of the text) can be shown, but is not searched for answers.
        path: the file that it was read from.
        updated: the day on which the outlet says that it changed it last, where it says so; never its date.
        file_sha256: the SHA-256 of that file's bytes.
        where: how a message names it: the file, with the line or number where it has several. It is not stored.
        written_date: the date as its file writes it. It is not stored.
        named_by_file: whether its id was made from the name of its file, since nothing gave one. It is not stored.
        part: what such an id goes on with where the file holds several: `/2031/storm` of an archive. It is not stored.
    """

    id: str
    title: str
    text: str
    body: int = 0
    date: dt.date | None = None
    source: str | None = None
    url: str | None = None
    path: str | None = None
    file_sha256: str | None = None
    updated: dt.date | None = None
    where: str = field(default="", compare=False)
    written_date: str = field(default="", compare=False)
    named_by_file: bool = field(default=False, compare=False)
    part: str = field(default="", compare=False)

    def to_dict(self) -> dict[str, str | None]:
        """What readers are told of it, as JSON holds it; not where its file lies."""
        return {
            "id": self.id,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "updated": self.updated.isoformat() if self.updated else None,
            "source": self.source,
            "url": self.url,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article's text: `article.text[start:end]` is the sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: what is embedded and retrieved.

    Attributes:
        id: made from the article's id, the span and the text, so that a passage that did not change keeps its id.
        first, last: the positions of its first and last sentence in the article, both included.
        start, end: its span in the article's text.
        text: `article.text[start:end]`.
    """

    id: str
    article_id: str
    first: int
    last: int
    start: int
    end: int
    text: str


def embedded_text(title: str, passage_text: str) -> str:
    """What is embedded for a passage: its article's headline says what "the city" and "he" are, so it goes along."""
    return f"{title[:TITLE_LIMIT]}\n{passage_text}"
