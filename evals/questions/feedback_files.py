"""A question set from feedback as files: one to run, and one to complete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.cli.exporting import write_new
from assistant.cli.terminal import Printer
from assistant.memory import REFUSAL
from assistant.visible import one_line
from evals.questions.from_feedback import Draft, FeedbackSet
from evals.questions.question_set import Question
from index.errors import UsageError
from index.language.counting import counted

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
