"""What users thought of answers, as question sets: what they approved, to run, and what a person must complete."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Citation
from assistant.cli.terminal import Printer
from assistant.cli.views import write_new
from assistant.memory import REFUSAL, Conversation, Conversations, Feedback, Library, Turn, source_now
from assistant.memory.rows import storable
from assistant.visible import one_line
from evals.questions.question_set import Evidence, Question
from evals.questions.question_set import Turn as EarlierTurn
from index.errors import UsageError
from index.language.numerals import counted

_Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a person must complete: whether the articles answer it, how, and where.

    Attributes:
        question: without that; `answerable` means nothing yet.
        reason: why it is not complete.
        shown: the answer, as it was shown.
        remarks: what users said about it, one line each.
        citations: what was cited, or named as closest.
    """

    question: Question
    reason: str
    shown: str
    remarks: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FeedbackSet:
    """What feedback came to."""

    questions: tuple[Question, ...]
    drafts: tuple[Draft, ...]


def from_feedback(kept: Conversations, library: Library) -> FeedbackSet:
    """The questions whose answers have feedback, oldest first; the same question twice is one.

    Args:
        library: the articles as they are now: evidence must still stand there.

    Raises:
        ConversationsError: the conversations cannot be read.
        StoreError: the store cannot be read.
    """
    drafts = [draft for number in kept.judged() for draft in _drafts(kept, number, library)]
    open_keys = {_key(draft.question) for draft in drafts if draft.reason}
    complete: dict[_Key, Question] = {}
    todo = []
    for draft in drafts:
        key, question = _key(draft.question), draft.question
        before = complete.get(key)
        if draft.reason:
            todo.append(draft)
        elif key in open_keys or (before is not None and before.answerable != question.answerable):
            todo.append(replace(draft, reason="another time the answer to the same question was judged otherwise"))
        else:
            complete[key] = question if before is None else _merged(before, question)
    return FeedbackSet(tuple(complete.values()), tuple(todo))


def _drafts(kept: Conversations, number: int, library: Library) -> Iterator[Draft]:
    """The judged turns of a conversation; those without a reason are complete."""
    conversation, feedback = kept.get(number), kept.feedback(number)
    for place, turn in enumerate(conversation.turns):
        if turn.number in feedback:
            before = replace(conversation, turns=conversation.turns[:place])
            yield _draft(turn, feedback[turn.number], before, library)


def _draft(turn: Turn, given: Sequence[Feedback], before: Conversation, library: Library) -> Draft:
    answer = turn.answer
    wrong = {each.marker for each in given if each.kind == "wrong_citation"}
    right = [citation for citation in answer.citations if citation.marker not in wrong]
    reason = _reason(turn, given, right, library)
    answered = answer.status == "answered"
    question = Question(
        id=f"feedback-{before.id}-{turn.number}",
        question=storable(answer.question),
        answerable=answered,
        evidence=[Evidence(doc_id=c.article_id, sentence=c.sentence) for c in right] if not reason else [],
        conversation=[EarlierTurn(speaker=each["speaker"], text=storable(each["text"])) for each in before.earlier()],
        type=_type(given, answered=answered),
    )
    remarks = tuple(each.remark for each in given)
    return Draft(question, reason, answer.text, remarks, (*answer.citations, *answer.closest))


def _reason(turn: Turn, given: Sequence[Feedback], right: Sequence[Citation], library: Library) -> str:
    """Why a judged answer does not say what the right one is; empty where it does."""
    if not any(each.kind == "up" for each in given):
        return "the answer, or a citation of it, was called wrong"
    if turn.answer.status != "answered":
        return ""
    if not right:
        return "the answer was approved, but all its citations were called wrong"
    if any(source_now(citation, library).start is None for citation in right):
        return "an article that it cites has changed or is gone since"
    return ""


def _type(given: Iterable[Feedback], *, answered: bool) -> str:
    kinds = {each.kind for each in given}
    if "up" in kinds:
        return "approved" if answered else "approved_refusal"
    return "rejected" if "down" in kinds else "wrong_citation"


def _key(question: Question) -> _Key:
    """Questions with the same are the same question, asked after the same words."""
    return question.question, tuple((turn.speaker, turn.text) for turn in question.conversation)


def _merged(first: Question, second: Question) -> Question:
    """One question with the evidence of both, as alternatives."""
    return first.model_copy(update={"evidence": list(dict.fromkeys([*first.evidence, *second.evidence]))})


_TODO = """\
# Questions whose answers were called wrong, or cannot be trusted to be right any more.
#
# Complete each one: `answerable` is true or false, not null; if true, add `answers` (short) and `evidence` (where it
# stands). Remove those that teach nothing. `dateline eval check` names what is still missing; then this is a question
# set.
"""


def write_set(found: FeedbackSet, out: Path | None) -> None:
    """Write the complete questions to a file and the others to one beside it, and say so; or the former to stdout.

    Raises:
        UsageError: there is no feedback; `out` is not named as a question set; or one of the files is there already.
    """
    if not found.questions and not found.drafts:
        raise UsageError("no answer has feedback yet; give it in the browser app, or in `dateline chat` with /good.")
    if out is None:
        Printer().text(as_lines(found).rstrip("\n"))
        if found.drafts:
            drafts = counted(len(found.drafts), "question")
            Printer().error(f"{drafts} more to be completed by a person: --out FILE writes them down.")
        return
    todo = _todo_path(out)
    for path in (out, todo):
        if path.exists():
            raise UsageError(f"{path}: there already; name another file, or remove that one first.")
    if found.questions:
        write_new(out, as_lines(found))
        Printer().line(f"wrote {out}: {counted(len(found.questions), 'question')}, complete.")
    if found.drafts:
        write_new(todo, as_todo(found))
        Printer().line(f"wrote {todo}: {counted(len(found.drafts), 'question')} for you to complete.")


def as_lines(found: FeedbackSet) -> str:
    """The complete questions, one a line, as `.jsonl` has them; ASCII, in which any text can be written."""
    return "".join(json.dumps(_document(question)) + "\n" for question in found.questions)


def as_todo(found: FeedbackSet) -> str:
    """The others, as YAML to complete: in each `answerable` is null, with which a set is refused."""
    return "\n".join([_TODO, *("\n".join(_entry(draft)) + "\n" for draft in found.drafts)])


def _todo_path(out: Path) -> Path:
    if out.suffix != ".jsonl":
        raise UsageError(f"{out}: a question set from feedback is written as .jsonl; end the name in that.")
    return out.with_suffix(".todo.yaml")


def _document(question: Question) -> dict[str, Any]:
    document = question.model_dump(exclude_defaults=True)
    return {**document, "answerable": question.answerable}


def _entry(draft: Draft) -> Iterator[str]:
    yield _comment(f"{draft.reason[:1].upper()}{draft.reason[1:]}.")
    for remark in draft.remarks:
        yield _comment(f"- {remark}")
    yield _comment(f"Shown: {draft.shown or REFUSAL}")
    for citation in draft.citations:
        yield _comment(f"[{citation.marker}] {citation.article_id}: {citation.sentence}")
    document = draft.question.model_dump(include={"id", "question", "conversation", "type"})
    fields = {
        "id": document["id"],
        "question": document["question"],
        "answerable": None,
        "answers": [],
        "evidence": [],
        **({"conversation": document["conversation"]} if document["conversation"] else {}),
        "type": document["type"],
    }
    yield yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")


def _comment(text: str) -> str:
    """A comment, which ends with its line and may hold only what YAML can: so is all that others wrote."""
    line = one_line(text)
    return "# " + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
