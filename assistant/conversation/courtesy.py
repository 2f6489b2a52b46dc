"""What people say to be polite, and before they come to their question."""

from __future__ import annotations

import re

from index.language.lists import word_groups
from index.language.sentences.splitting import split_sentences
from index.language.words import content_words, words

_LISTS = {kind: frozenset(said) for kind, said in word_groups("courtesies").items()}
_THANKS, _HELLO, _BYE, _TIMES = (_LISTS[kind] for kind in ("thanks", "hello", "goodbye", "times"))
_POLITE = _THANKS | _HELLO | _BYE | _LISTS["other"]

_OF_THEMSELVES = re.compile(r"(?<!\w)(?:I|my|me|we|our)(?!\w)", re.I)


def courtesy(text: str) -> str | None:
    """A friendly line for a text that asks nothing, as "great, thank you!" or an emoji; None for a question."""
    found = words(text)
    said = set(found)
    if not said:
        return None if any(sign.isalnum() for sign in text) else _line(said)
    if not said & _POLITE or not said <= _POLITE | _TIMES | _LISTS["along"]:
        return None
    asks = found[0] == "is" or ("?" in text and not said <= _HELLO)  # "is it fine", "right?"; but not "hello?"
    return None if asks else _line(said)


def without_preamble(text: str) -> str:
    """What was typed without the sentences before it in which people greet or speak of themselves.

    "Hi, I have read a lot about this. How many died?" asks how many died; "The dam broke. How many died?" is whole.
    """
    spans = split_sentences(text)
    for number, span in enumerate(spans[:-1]):
        said = text[span.start : span.end]
        if courtesy(said) is None and (said.rstrip().endswith("?") or not _OF_THEMSELVES.search(said)):
            return text[spans[number].start :]
    last = text[spans[-1].start :] if spans else text
    return last if content_words(last) else text  # "My brother was in the flood. Why?" is whole too


def _line(said: set[str]) -> str:
    if said & _THANKS:
        return "You are welcome. Ask on whenever you like."
    if said & _BYE or {"see", "later"} <= said:
        return "Goodbye."
    if said & (_HELLO | _TIMES):
        return "Hello! Ask me something about the articles, such as: how many displaced?"
    return "All right. What would you like to know about the articles?"
