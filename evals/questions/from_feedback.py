"""What users thought of answers, as a question set: what they approved is complete, all else a person must complete.

A thumb up says that the answer was right, so its question can be asked again and the answer held against it. A thumb
down or a wrong citation only says that something was wrong; what would have been right, nobody has said yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.memory import Conversation, Conversations, Feedback, Library, Turn, source_now
from assistant.memory.rows import storable
from evals.questions.question_set import Evidence, Question
from evals.questions.question_set import Turn as EarlierTurn

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
    """What feedback came to.

    Attributes:
        questions: those that can be asked as they are.
        drafts: those that a person must complete.
    """

    questions: tuple[Question, ...]
    drafts: tuple[Draft, ...]


def from_feedback(kept: Conversations, library: Library) -> FeedbackSet:
    """The questions whose answers have feedback, oldest first; the same question twice is one.

    Args:
        kept: the conversations.
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
