"""From a Writer's reply to verified statements: the one way by which its words can come into an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Citation, Statement
from assistant.verifier import Fault, FaultKind, Verifier
from assistant.writer.prompts import says_no_answer
from assistant.writer.reply import Draft, Reply
from assistant.writer.sources import Source

__all__ = ["MOST_STATEMENTS", "Drafting"]

MOST_STATEMENTS = 6
"""Statements that an answer has at most; the Writer is then not listened to any longer."""

_MOST_WITHHELD = 12  # a Writer that goes on like this will not get better
_MOST_CITED = 4  # of everything that it was given, anything can be put together
_REPLACEABLE = 3  # how far down the Reader's list a sentence may stand that takes the place of a failed statement


class Drafting:
    """One answer in the making. What `statements` gave out stays as it is, whatever comes after it.

    Args:
        sources: the sentences that the Writer was given, in the order of their numbers, best first.
        verifier: decides what is shown.

    Attributes:
        shown: the statements so far.
        citations: what they cite, by marker.
        kept, replaced, dropped: how many statements of the Writer were shown, shown as the source sentence, left out.
        faults: what was wrong with the last two, by kind.
        declined: whether the Writer said that the sentences do not answer.
    """

    def __init__(self, sources: Sequence[Source], verifier: Verifier) -> None:
        self._sources = sources
        self._verifier = verifier
        self.shown: list[Statement] = []
        self.citations: list[Citation] = []
        self.kept = self.replaced = self.dropped = 0
        self.faults: Counter[FaultKind] = Counter()
        self.declined = False

    def statements(self, reply: Iterable[str], *, limit: int) -> Iterator[Statement]:
        """The statements that may be shown, each as soon as the reply has said it.

        Args:
            reply: the Writer's text in pieces; errors that it raises go through, and what has no end then is left out.
            limit: characters after which the reply is not read on; what has no end then is left out, too.
        """
        reader = Reply()
        read = 0
        for piece in reply:
            piece, read = piece[: max(0, limit - read)], read + len(piece)
            for draft in reader.feed(piece):
                yield from self._take(draft)
                if self._is_enough():
                    return
            if read >= limit:
                return
        for draft in reader.end():
            if not self._is_enough():
                yield from self._take(draft)

    def add_verbatim(self, statement: Statement, cited: Sequence[Citation]) -> Statement | None:
        """Show a statement of source sentences, unless the answer has them already."""
        if all(self._marker(citation, add=False) for citation in cited):
            return None
        return self._show(statement.text, cited, statement.span, verbatim=statement.verbatim)

    def _take(self, draft: Draft) -> Iterator[Statement]:
        if says_no_answer(draft.text):
            self.declined = True
            return
        cited = [self._sources[number - 1] for number in draft.numbers if 1 <= number <= len(self._sources)]
        if not draft.numbers:
            cited = self._supporting(draft.text)
        faults = self._faults(draft, cited)
        if not faults:
            self.kept += 1
            yield self._show(draft.text, [source.citation for source in cited], self._short_answer(draft.text))
            return
        self.faults.update({fault.kind for fault in faults})
        instead = self._instead(cited, faults)
        if instead is None:
            self.dropped += 1
            return
        self.replaced += 1
        yield self._show(instead.citation.sentence, [instead.citation], instead.span, verbatim=True)

    def _faults(self, draft: Draft, cited: Sequence[Source]) -> Sequence[Fault]:
        if not draft.text:
            return [Fault(FaultKind.LENGTH)]
        if len(cited) < len(draft.numbers) or len(cited) > _MOST_CITED:
            return [Fault(FaultKind.MARKER)]
        if any(_plain(draft.text) == _plain(statement.text) for statement in self.shown):
            return [Fault(FaultKind.REPEATED)]
        return self._verifier.verify(draft.text, [source.citation.sentence for source in cited]).faults

    def _supporting(self, text: str) -> list[Source]:
        """The one sentence that best supports a statement which cites none, as small models do, if one does."""
        verdicts = [(self._verifier.verify(text, [source.citation.sentence]), source) for source in self._sources]
        supporting = [(verdict.support, source) for verdict, source in verdicts if verdict.supported]
        return [max(supporting, key=lambda each: each[0])[1]] if text and supporting else []

    def _instead(self, cited: Sequence[Source], faults: Sequence[Fault]) -> Source | None:
        """The sentence that takes the place of a statement that failed: the best one it cites that is not shown yet."""
        if any(fault.kind is FaultKind.REPEATED for fault in faults):
            return None
        best = self._sources[:_REPLACEABLE]
        return next((s for s in best if s in cited and not self._marker(s.citation, add=False)), None)

    def _show(
        self, text: str, cited: Sequence[Citation], span: tuple[int, int] | None, *, verbatim: bool = False
    ) -> Statement:
        same = next((citation for citation in cited if _plain(text) == _plain(citation.sentence)), None)
        if same is not None:  # then it is that sentence, to the byte, and the others have nothing to add
            verbatim, cited = True, [same]
            span, text = (span if text == same.sentence else None), same.sentence
        markers = tuple(self._marker(citation, add=True) for citation in cited)
        sources = tuple(self.citations[marker - 1] for marker in markers)
        statement = Statement(text, markers, span, verbatim, sources)
        self.shown.append(statement)
        return statement

    def _marker(self, citation: Citation, *, add: bool) -> int:
        """The marker of a sentence in this answer; a new one if it has none and `add` says so, else 0."""
        for known in self.citations:
            if (known.article_id, known.start) == (citation.article_id, citation.start):
                return known.marker
        if not add:
            return 0
        self.citations.append(replace(citation, marker=len(self.citations) + 1))
        return len(self.citations)

    def _short_answer(self, text: str) -> tuple[int, int] | None:
        """Where the best sentence's short answer stands in a statement, if it does."""
        for source in self._sources[:_REPLACEABLE]:
            if source.span is not None:
                wanted = source.citation.sentence[slice(*source.span)]
                start = text.find(wanted)
                return (start, start + len(wanted)) if start >= 0 and wanted else None
        return None

    def _is_enough(self) -> bool:
        return len(self.shown) >= MOST_STATEMENTS or self.dropped + self.replaced >= _MOST_WITHHELD


def _plain(text: str) -> str:
    return " ".join(text.split())
