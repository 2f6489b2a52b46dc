"""What a Writer is told: the texts beside this module, filled with a question and numbered sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

__all__ = ["NO_ANSWER", "question_prompt", "says_no_answer", "system_prompt"]

NO_ANSWER = "NO ANSWER"
"""What a Writer is told to write where the sentences do not answer; the reply is looked through for it."""

# Small models say it in more words; "No answer has come from the ministry" is a statement all the same.
_SAYS_NONE = re.compile(
    r"""[\s."'*`]* (?: NO\ ANSWER\b
      | (?i: no\ answer (?: \b(?!\s+\w)
          | \s+(?:(?:is|was|can\sbe|could\sbe)\s+)?(?:given|provided|found|available|possible|stated)\b ) ) )""",
    re.X,
)


@cache
def system_prompt() -> str:
    """The rules, the same for every question."""
    return _text("system.txt").format(no_answer=NO_ANSWER)


def question_prompt(question: str, sentences: Sequence[str]) -> str:
    """The question and its sentences, numbered from 1 on, each on a line of its own.

    Args:
        question: on one line.
        sentences: as `sources.as_data` gives them.
    """
    numbered = "\n".join(f"[{number}] {sentence}" for number, sentence in enumerate(sentences, start=1))
    # Not str.format on anything that holds text of an article: what was filled in is never looked at again.
    before, _, after = _text("question.txt").partition("{sentences}")
    return f"{before}{numbered}{after.replace('{question}', ' '.join(question.split()))}"


def says_no_answer(statement: str) -> bool:
    """Whether a statement of a reply says that there is no answer."""
    return _SAYS_NONE.match(statement) is not None


@cache
def _text(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8").strip()
