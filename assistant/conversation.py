"""What of a conversation a question needs: its exchanges, which search and the network take along, and courtesies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.tuning import KEPT_EXCHANGES
from assistant.wording import is_refusal
from index.language.sentences import split_sentences
from index.language.text import parsed
from index.language.words import word_groups, words

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
    return last if parsed(last).content_words else text  # "My brother was in the flood. Why?" is whole too


def _line(said: set[str]) -> str:
    if said & _THANKS:
        return "You are welcome. Ask on whenever you like."
    if said & _BYE or {"see", "later"} <= said:
        return "Goodbye."
    if said & (_HELLO | _TIMES):
        return "Hello! Ask me something about the articles, such as: how many displaced?"
    return "All right. What would you like to know about the articles?"


Turn = Mapping[str, Any]
"""`{"speaker": "user" | "agent", "text": ...}`; an agent's may name the articles that it cited, under `articles`."""

_LONGEST = 2_000  # characters of a turn that are looked at
_MARKER = re.compile(r"\[\d{1,3}\]")
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        question: what the user said.
        answer: what was answered; empty where nothing was, or where the question was refused.
        articles: ids of the articles that the answer cited, as far as the turn names them.
        refused: whether it was answered with the reason of a refusal, or with nothing, as a refusal's `answer` is in
            JSON. What is said or named beside that, such as the closest sentences, is no answer.
    """

    question: str
    answer: str = ""
    articles: tuple[str, ...] = ()
    refused: bool = False


def exchanges_of(conversation: Sequence[Turn]) -> list[Exchange]:
    """The last exchanges of a conversation, oldest first.

    Several turns of the agent after one question are one answer; turns of the agent before the first question belong to
    a question that nobody knows, and are one with an empty question. A courtesy is no exchange.
    """
    found: list[Exchange] = []
    polite = False
    for turn in conversation[-2 * KEPT_EXCHANGES :]:
        text = _clean(str(turn["text"]))
        if turn["speaker"] == "user":
            polite = courtesy(text) is not None
            if not polite:
                found.append(Exchange(without_preamble(text)))
            continue
        if polite:
            continue
        before = found.pop() if found else Exchange("")
        found.append(_answered(before, text, turn.get("articles") or ()))
    return [each for each in found if each.question or each.answer][-KEPT_EXCHANGES:]


def _answered(exchange: Exchange, text: str, articles: Iterable[object]) -> Exchange:
    """The exchange with one more turn of the agent."""
    if exchange.refused or (not exchange.answer and (not text or is_refusal(text))):
        return Exchange(exchange.question, refused=True)
    named = tuple(article for article in articles if isinstance(article, str))
    return Exchange(exchange.question, f"{exchange.answer} {text}".strip(), (*exchange.articles, *named))


def _clean(text: str) -> str:
    """The text on one line, without citation markers, tags, and characters that cannot be seen."""
    text = _TAG.sub(" ", _MARKER.sub(" ", text[:_LONGEST]))
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if _visible(c))
    return " ".join(seen.split())


def _visible(character: str) -> bool:
    """Whether it is no formatting character (bidi, zero width), lone surrogate or unassigned code point."""
    return unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn")
