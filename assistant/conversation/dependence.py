"""Whether a question needs its conversation, from its words alone."""

from __future__ import annotations

from typing import Literal

from assistant.conversation.anaphora import open_pronouns, points_back
from assistant.conversation.ellipsis import is_fragment
from assistant.conversation.phrases import name_runs
from assistant.conversation.words import content, words_of

__all__ = ["Dependence", "dependence"]

Dependence = Literal["none", "open", "certain"]


def dependence(question: str) -> Dependence:
    """Whether a question that was asked in a conversation can be understood without it.

    certain: it has a pronoun or a pointer that nothing in it explains, it leaves out its verb, or it names nothing.
    none: it has none of these, and a name: it says itself what it is about.
    open: neither. "Where was the video shot?" may go on with what was said or begin something new; words do not tell.
    """
    if is_fragment(question) or open_pronouns(question) or points_back(question):
        return "certain"
    if name_runs(question):
        return "none"
    return "open" if content(words_of(question)) else "certain"
