"""What people say to be polite, and the line that they get for it."""

from __future__ import annotations

from index.words import words

__all__ = ["courtesy"]

_THANKS = frozenset("thank thanks thx ty cheers appreciated".split())
_HELLO = frozenset("hello hi hey morning afternoon evening greetings".split())
_BYE = frozenset("bye goodbye later".split())
_OTHER = frozenset(
    "ok okay lol haha hm hmm wow yes yeah yep no nope fine great good cool nice sorry please see sure right perfect "
    "awesome interesting got ah oh well".split()
)
_ALONG = frozenset("a all an for i it is lot me much my so that the there this to u up very you your".split())


def courtesy(text: str) -> str | None:
    """A friendly line for a text that asks nothing, as "great, thank you!" or an emoji; None for a question."""
    said = set(words(text))
    if not said:
        return None if any(sign.isalnum() for sign in text) else _line(said)
    polite = _THANKS | _HELLO | _BYE | _OTHER
    return _line(said) if said & polite and said <= polite | _ALONG else None


def _line(said: set[str]) -> str:
    if said & _THANKS:
        return "You are welcome. Ask on whenever you like."
    if said & _BYE:
        return "Goodbye. The conversation is kept."
    if said & _HELLO:
        return "Hello! Ask me something about the articles, such as: how many displaced?"
    return "All right. What would you like to know about the articles?"
