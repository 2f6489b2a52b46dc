"""What became of the sources of an old answer: whether its citations still resolve against the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.answer import Answer, Citation
from index import Article, Sentence

__all__ = ["Library", "SourceNow", "source_now", "sources_now"]


class Library(Protocol):
    """Where articles come from: an Assistant, or the record of a store."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id as it is now, or None."""

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        """The sentences of an article, in order."""


@dataclass(frozen=True, slots=True)
class SourceNow:
    """What became of a cited sentence.

    Attributes:
        state: "current", if it stands where it was cited; "changed", if the article has something else there now;
            "gone", if there is no such article any more.
        start, end: where the same sentence stands in the article now, in code points; None if nowhere.
    """

    state: Literal["current", "changed", "gone"]
    start: int | None = None
    end: int | None = None

    @property
    def remark(self) -> str | None:
        """What to tell a reader, as one sentence; None if the source is as it was."""
        if self.state == "gone":
            return "The article has been removed since."
        if self.state == "current":
            return None
        if self.start is None:
            return "The article has changed since, and no longer has this sentence."
        return "The article has changed since; the sentence stands at another place in it now."

    def to_dict(self) -> dict[str, Any]:
        """The state as JSON has it."""
        return {"state": self.state, "start": self.start, "end": self.end}


def source_now(citation: Citation, library: Library) -> SourceNow:
    """What became of the sentence that a citation points to.

    A sentence counts as moved only if a whole sentence of the article is the same, character for character; if several
    are, it is the one nearest to the old place.

    Raises:
        StoreError: the store cannot be read.
    """
    article = library.article(citation.article_id)
    if article is None:
        return SourceNow("gone")
    if article.text[citation.start : citation.end] == citation.sentence:
        return SourceNow("current", citation.start, citation.end)
    same = [
        sentence
        for sentence in library.sentences(citation.article_id)
        if article.text[sentence.start : sentence.end] == citation.sentence
    ]
    if not same:
        return SourceNow("changed")
    nearest = min(same, key=lambda sentence: abs(sentence.start - citation.start))
    return SourceNow("changed", nearest.start, nearest.end)


def sources_now(answer: Answer, library: Library) -> dict[int, SourceNow]:
    """What became of each source of an answer (or of the closest sentences of a refusal), by marker."""
    return {each.marker: source_now(each, library) for each in (*answer.citations, *answer.closest)}
