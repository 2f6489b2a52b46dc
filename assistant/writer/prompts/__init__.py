"""What a Writer is told: the rules beside this module, and a task. Short, as small models forget what is long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.answer import Form
from assistant.writer.protocol import Task

__all__ = ["GRAMMAR", "NO_ANSWER", "STOP", "says_no_answer", "system_prompt", "task_prompt"]

NO_ANSWER = "NO ANSWER"
"""What a Writer is told to write where the sentences do not answer; the reply is looked through for it."""

STOP = ("\nSentences:", "\nQuestion:", "\nEarlier question:")
"""With what a small model goes on to ask itself; a server that can stop there is told to."""

GRAMMAR = rf"""root ::= "{NO_ANSWER}" | line ("\n" line){{0,5}}
line ::= [^\[\]\n]+ ("[" [1-8] "]"){{1,3}}
"""
"""The form of a reply in GBNF, which llama.cpp holds a model to: a small one cites nothing by itself."""

# Days are shown beside the citations, and one that no sentence says would not pass the Verifier.
_WANTED: dict[Form, str] = {
    "sentence": "Answer in one to three short statements, the answer first.",
    "figures": "Give each number that answers, with what it counts and who says so, one a line, the latest first.",
    "briefing": "Sum up in three to six short statements, the most important first.",
    "timeline": "Say what happened, one event a line, in the order of the days, the oldest first.",
}

# Small models say it in more words; "No answer has come from the ministry" is a statement all the same.
_SAYS_NONE = re.compile(
    r"""[\s."'*`]* (?: NO\ ANSWER\b
      | (?i: no\ answer (?: \b(?!\s+\w)
          | \s+(?:(?:is|was|can\sbe|could\sbe)\s+)?(?:given|provided|found|available|possible|stated)\b ) ) )""",
    re.X,
)


@cache
def system_prompt() -> str:
    """The rules, the same for every task, so that a server has to read them once."""
    text = (files(__package__) / "system.txt").read_text(encoding="utf-8")
    return text.strip().format(no_answer=NO_ANSWER)


def task_prompt(task: Task) -> str:
    """A task: the sentences, each on a line of its own, the conversation, the question, and what is wanted."""
    return "\n".join(_lines(task))  # never str.format, which would look into what it fills in


def _lines(task: Task) -> Iterator[str]:
    yield "Sentences:"
    yield from (f"[{number}] {sentence}" for number, sentence in task.sentences.items())
    yield ""
    for question, answer in task.conversation:
        yield f"Earlier question: {question}"
        yield f"Earlier answer: {answer}"
    yield f"Question: {task.question}"
    if task.failed is None:
        yield _WANTED[task.form]
        return
    yield f"You wrote: {task.failed.text}"
    words = task.failed.words
    yield f"The sentences do not support {f'these words: {words}' if words else 'all of it'}."
    yield "Write that statement again, in one line, as the sentences say it."


def says_no_answer(statement: str) -> bool:
    """Whether a statement of a reply says that there is no answer."""
    return _SAYS_NONE.match(statement) is not None
