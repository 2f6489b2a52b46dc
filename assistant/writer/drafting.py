"""From a Writer's reply to verified statements: the one way by which its words can come into an answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Statement
from assistant.verifier import Cited, Fault, FaultKind, Verdict, Verifier
from assistant.writer.prompts import says_no_answer
from assistant.writer.reply import Draft, Reply
from assistant.writer.sources import Source, is_instruction
from index.language.detect import language_of

MOST_STATEMENTS = 6
"""Statements that an answer has at most; the Writer is then not listened to any longer."""

_MOST_WITHHELD = 12  # a Writer that goes on like this will not get better
_MOST_CITED = 4  # of everything that it was given, anything can be put together
_MOST_ANEW = 3  # statements of an answer that are written anew: each is one more request
_REPLACEABLE = 3  # how far down the Reader's list a sentence may stand that takes the place of a failed statement
_HOPELESS = {FaultKind.REPEATED, FaultKind.FORM, FaultKind.LANGUAGE, FaultKind.LENGTH}

Anew = Callable[[str, str, Sequence[int]], Draft | None]
"""Has a statement written once more: its text, the words without support, and the numbers of sentences to go by."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A draft with the sources that it cites, its citations put right, and what is wrong with it."""

    draft: Draft
    cited: Sequence[Source]
    faults: Sequence[Fault]


class Drafting:
    """One answer in the making. What it gave out stays as it is, whatever comes after it.

    Args:
        sources: the sentences that the Writer was given, in the order of their numbers, best first.

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
        self._held: list[_Checked] = []  # the first that failed, and all after it: they keep their order
        self._said: set[str] = set()
        self.shown: list[Statement] = []
        self.citations: list[Citation] = []
        self.kept = self.replaced = self.dropped = 0
        self.faults: Counter[FaultKind] = Counter()
        self.declined = False

    def statements(self, reply: Iterable[str], *, limit: int) -> Iterator[Statement]:
        """The statements that may be shown, each as soon as the reply has said it, until the first that fails.

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

    def settled(self, anew: Anew | None) -> Iterator[Statement]:
        """What `statements` held back: what failed is written anew, or else its source sentence takes its place.

        Args:
            anew: asks the Writer; None where it cannot be asked any more.
        """
        asked = 0
        for held in self._held:
            best = held
            if held.faults and anew is not None and asked < _MOST_ANEW and _HOPELESS.isdisjoint(_kinds(held.faults)):
                asked += 1
                best = self._once_more(held, anew)
            yield from self._give_out(best)
        self._held = []

    def add_verbatim(self, statement: Statement, cited: Sequence[Citation]) -> Statement | None:
        """Show a statement of source sentences, unless the answer has them already."""
        if all(self._marker(citation, add=False) for citation in cited):
            return None
        return self._show(statement.text, cited, statement.span, verbatim=statement.verbatim)

    def _take(self, draft: Draft) -> Iterator[Statement]:
        if says_no_answer(draft.text):
            self.declined = True
            return
        if draft.text and (draft.text.endswith("?") or not any(c.isalnum() for c in draft.text)):
            return  # the question over again, the lines of a table
        checked = self._checked(draft)
        if checked.faults or self._held:
            self._held.append(checked)
        else:
            yield from self._give_out(checked)

    def _give_out(self, checked: _Checked) -> Iterator[Statement]:
        text = checked.draft.text
        if not checked.faults and any(_plain(text) == _plain(statement.text) for statement in self.shown):
            checked = replace(checked, faults=[Fault(FaultKind.REPEATED)])  # a source sentence that was shown instead
        if not checked.faults:
            self.kept += 1
            yield self._show(text, [source.citation for source in checked.cited], self._short_answer(text))
            return
        self.faults.update(_kinds(checked.faults))
        instead = self._instead(checked)
        if instead is None:
            self.dropped += 1
            return
        self.replaced += 1
        yield self._show(instead.citation.sentence, [instead.citation], instead.span, verbatim=True)

    def _once_more(self, held: _Checked, anew: Anew) -> _Checked:
        """The draft written anew if that is supported, and else the one that failed."""
        cited = held.cited or self._sources[:_REPLACEABLE]
        numbers = [n for n, source in enumerate(self._sources, start=1) if source in cited]
        words = ", ".join(dict.fromkeys(fault.words for fault in held.faults if fault.words))
        draft = anew(held.draft.text, words, numbers)
        if draft is None or not draft.text or says_no_answer(draft.text):
            return held
        checked = self._checked(draft)
        return held if checked.faults else checked

    def _checked(self, draft: Draft) -> _Checked:
        cited = [self._sources[number - 1] for number in draft.numbers if 1 <= number <= len(self._sources)]
        cited = cited if len(cited) <= _MOST_CITED else []
        fault = self._is_no_statement(draft.text)
        self._said.add(_plain(draft.text))
        if fault is not None:
            return _Checked(draft, cited, [Fault(fault)])
        (verdict,) = self._verdicts(draft.text, [cited])
        if verdict.supported:
            return _Checked(draft, cited, ())
        right = self._supporting(draft.text)
        if right is not None:
            return _Checked(draft, [right], ())
        foreign = language_of(draft.text) not in ("en", None)
        return _Checked(draft, cited, [Fault(FaultKind.LANGUAGE)] if foreign else verdict.faults)

    def _is_no_statement(self, text: str) -> FaultKind | None:
        """What is wrong with a text by itself."""
        if not text:
            return FaultKind.LENGTH
        if _plain(text) in self._said:
            return FaultKind.REPEATED
        return FaultKind.FORM if " " not in text or "|" in text or is_instruction(text) else None

    def _supporting(self, text: str) -> Source | None:
        """The one sentence that best supports a statement which cites none, as small models do, or a wrong one."""
        verdicts = self._verdicts(text, [[source] for source in self._sources])
        found = [(verdict.support, n) for n, verdict in enumerate(verdicts) if verdict.supported]
        return self._sources[max(found, key=lambda each: (each[0], -each[1]))[1]] if found else None

    def _verdicts(self, text: str, choices: Iterable[Sequence[Source]]) -> list[Verdict]:
        """Of a statement with each choice of what it might cite."""
        return self._verifier.verify_all([_cited(text, choice) for choice in choices])

    def _instead(self, checked: _Checked) -> Source | None:
        """The sentence that takes the place of a statement that failed: the best one it cites that is not shown yet."""
        if FaultKind.REPEATED in _kinds(checked.faults):
            return None
        best = self._sources[:_REPLACEABLE]
        return next((s for s in best if s in checked.cited and not self._marker(s.citation, add=False)), None)

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
        failed = sum(bool(held.faults) for held in self._held)
        return len(self.shown) + len(self._held) - failed >= MOST_STATEMENTS or failed >= _MOST_WITHHELD


def _kinds(faults: Iterable[Fault]) -> set[FaultKind]:
    return {fault.kind for fault in faults}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _cited(text: str, sources: Sequence[Source]) -> Cited:
    citations = [source.citation for source in sources]
    return Cited(
        text,
        [citation.sentence for citation in citations],
        [citation.title for citation in citations],
        [dt.date.fromisoformat(citation.date) if citation.date else None for citation in citations],
        [source.article for source in sources],
    )
