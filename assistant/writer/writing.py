"""An answer that a Writer phrases: its verified statements as they come; if anything goes wrong, source sentences."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answer import Answer, Statement, Writing
from assistant.conversation import Exchange
from assistant.verifier import FaultKind, Verifier
from assistant.writer.drafting import Anew, Drafting
from assistant.writer.protocol import Failed, Limits, Task, Writer, WriterError
from assistant.writer.reply import Draft, Reply
from assistant.writer.sources import Source, as_data, prompt_line, sources

_EXCHANGES = 2  # of the conversation that the Writer is told
_ANSWER = 300  # characters of an earlier answer


def write_answer(
    verbatim: Answer,
    candidates: Iterable[Source],
    writer: Writer,
    verifier: Verifier,
    limits: Limits,
    *,
    conversation: Sequence[Exchange] = (),
) -> Generator[Statement | Answer, None, None]:
    """The statements of an answer as they are verified, the whole Answer last.

    A refusal stays one, and so does what only may answer: whether the articles answer is decided by the Reader, and the
    Writer is not asked. Closing the generator ends the Writer's request.

    Args:
        verbatim: the answer in source sentences, which is given where the Writer fails.
        candidates: the sentences that the Reader found, best first.
        conversation: what was said before, oldest first; the Writer is told of it where the question follows it.
    """
    if verbatim.status != "answered" or verbatim.tentative:
        yield verbatim
        return
    given = sources(candidates)
    task = Task(
        as_data(verbatim.question),
        {number: prompt_line(source) for number, source in enumerate(given, start=1)},
        verbatim.form,
        [(as_data(one.question), as_data(one.answer[:_ANSWER])) for one in conversation[-_EXCHANGES:]]
        if verbatim.follow_up_to
        else (),
    )
    drafting = Drafting(given, verifier)
    failure = None
    try:
        if given:
            with closing(writer.write(task)) as reply:
                yield from drafting.statements(reply, limit=limits.characters)
    except WriterError as error:
        failure = str(error)
    yield from drafting.settled(None if failure else _anew(writer, task, limits))
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


def _anew(writer: Writer, task: Task, limits: Limits) -> Anew:
    """Has one statement of the answer to a task written anew; the first that the Writer then says is taken."""

    def anew(text: str, words: str, numbers: Sequence[int]) -> Draft | None:
        sentences = {number: task.sentences[number] for number in numbers}
        again = replace(task, sentences=sentences, failed=Failed(as_data(text), as_data(words)))
        reader, read = Reply(), 0
        try:
            with closing(writer.write(again)) as reply:
                for piece in reply:
                    read += len(piece)
                    for draft in reader.feed(piece):
                        return draft
                    if read >= limits.characters:
                        return None
        except WriterError:
            return None  # the source sentence takes its place, as of any statement that is not supported
        return next(reader.end(), None)

    return anew


def _note(drafting: Drafting, failure: str | None, said: int) -> str | None:
    """One line on why the answer is not just what the Writer said; None where it is.

    Args:
        failure: why the Writer gave no answer, or broke off.
        said: how many statements were shown before that.
    """
    withheld = drafting.replaced + drafting.dropped
    of = withheld + drafting.kept
    if failure and said:
        return f"The Writer {failure}; what it had said until then was checked and is shown."
    foreign = not drafting.kept and set(drafting.faults) == {FaultKind.LANGUAGE}
    if not said or foreign:
        why = failure or ("found no answer in the sentences" if drafting.declined else "gave an empty reply")
        if of and not failure:
            why = "did not write in English" if foreign else "said nothing that the sentences it cites support"
        return f"The Writer {why}; this is the source sentence itself."
    if not withheld:
        return None
    were = "was not supported by what it cites" if withheld == 1 else "were not supported by what they cite"
    return (
        f"{withheld} of {of} statement{'s' if of > 1 else ''} of the Writer {were}: "
        f"{drafting.replaced} shown as the source sentence, {drafting.dropped} left out."
    )
