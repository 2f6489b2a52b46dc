"""Whether a question needs its conversation, from its words alone."""

from __future__ import annotations

import re
from typing import Literal

from assistant.conversation.anaphora import open_pronouns, points_back
from assistant.conversation.ellipsis import is_fragment
from assistant.conversation.phrases import name_runs
from assistant.conversation.words import content, words_of

__all__ = ["Dependence", "dependence"]

Dependence = Literal["none", "open", "certain"]

_NO_QUESTION = frozenset(
    "a ah an bye cool fine good great hello hey hi hm hmm i lol much nice no nope oh ok okay please see sure thank "
    "thanks the thx very well wow yeah yep yes you".split()
)


def dependence(question: str) -> Dependence:
    """Whether a question that was asked in a conversation can be understood without it.

    certain: it has a pronoun or a pointer that nothing in it explains, it leaves out its verb, or it names nothing.
    none: it has none of these, and a name: it says itself what it is about. Or it asks nothing: "ok, thanks".
    open: neither. "Where was the video shot?" may go on with what was said or begin something new; words do not tell.
    """
    if _says_nothing(question):
        return "none"
    if is_fragment(question) or open_pronouns(question) or points_back(question):
        return "certain"
    if name_runs(question):
        return "none"
    return "open" if content(words_of(question)) else "certain"


def _says_nothing(question: str) -> bool:
    """Whether there are no words in it, or only such as nothing is asked with: with more put to it, it would get the
    earlier answer once again.
    """
    return all(word in _NO_QUESTION for word in re.findall(r"\w+", question.lower()))
