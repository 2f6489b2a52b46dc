"""An answer that a Writer phrases: its verified statements as they come; if anything goes wrong, source sentences."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace

from assistant.answer import Answer, Statement, Writing
from assistant.verifier import Verifier
from assistant.writer.drafting import Drafting
from assistant.writer.errors import WriterError
from assistant.writer.protocol import Limits, Writer
from assistant.writer.sources import Source, as_data, sources

__all__ = ["write_answer"]


def write_answer(
    verbatim: Answer, candidates: Iterable[Source], writer: Writer, verifier: Verifier, limits: Limits
) -> Generator[Statement | Answer, None, None]:
    """The statements of an answer as they are verified, the whole Answer last.

    A refusal stays one, and so does what only may answer: whether the articles answer is decided by the Reader, and the
    Writer is not asked. Closing the generator ends the Writer's request.

    Args:
        verbatim: the answer in source sentences, which is given where the Writer fails.
        candidates: the sentences that the Reader found, best first.
        writer: phrases the answer.
        verifier: decides which of its statements are shown.
        limits: how much of its reply is read.
    """
    if verbatim.status != "answered" or verbatim.tentative:
        yield verbatim
        return
    given = sources(candidates)
    drafting = Drafting(given, verifier)
    failure = None
    question = as_data(verbatim.standalone_question)
    reply = writer.write(question, [as_data(source.citation.sentence) for source in given])
    try:
        if given:
            yield from drafting.statements(reply, limit=limits.characters)
    except WriterError as error:
        failure = str(error)
    finally:
        reply.close()
    said = len(drafting.shown)
    if failure or not said:
        for statement in verbatim.statements:
            cited = [verbatim.citations[marker - 1] for marker in statement.citations]
            added = drafting.add_verbatim(statement, cited)
            if added is not None:
                yield added
    writing = Writing(
        writer=writer.name,
        kept=drafting.kept,
        replaced=drafting.replaced,
        dropped=drafting.dropped,
        faults={str(kind): count for kind, count in sorted(drafting.faults.items())},
        note=_note(drafting, failure, said),
    )
    statements, citations = tuple(drafting.shown), tuple(drafting.citations)
    yield replace(verbatim, statements=statements, citations=citations, writing=writing)


def _note(drafting: Drafting, failure: str | None, said: int) -> str | None:
    """One line on why the answer is not just what the Writer said; None where it is.

    Args:
        drafting: the answer.
        failure: why the Writer gave no answer, or broke off.
        said: how many statements were shown before that.
    """
    withheld = drafting.replaced + drafting.dropped
    of = withheld + drafting.kept
    if failure and said:
        return f"The Writer {failure}; what it had said until then was checked and is shown."
    if not said:
        why = failure or ("found no answer in the sentences" if drafting.declined else "gave an empty reply")
        if of and not failure:
            why = "said nothing that the sentences it cites support"
        return f"The Writer {why}; this is the source sentence itself."
    if not withheld:
        return None
    were = "was not supported by what it cites" if withheld == 1 else "were not supported by what they cite"
    return (
        f"{withheld} of {of} statement{'s' if of > 1 else ''} of the Writer {were}: "
        f"{drafting.replaced} shown as the source sentence, {drafting.dropped} left out."
    )
