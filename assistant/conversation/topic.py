"""What a conversation is about: the phrases that a question without names is read and searched with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.exchanges import Exchange
from assistant.conversation.phrases import Phrase, counted, is_verb, name_runs, phrases_of
from assistant.conversation.words import QUESTION_WORDS, words_of
from index.words import content_words

__all__ = ["topic_of", "with_topic"]

_PHRASES = 3
_OWN = re.compile(r"^(?:its|his|her|their|this|that|these|those|my|your|our)\s+", re.I)
_SHORT = 6  # words up to which an answer names something


def topic_of(exchange: Exchange, carried: Sequence[str] = ()) -> tuple[str, ...]:
    """The phrases that say what an exchange was about, names first, at most three.

    Args:
        exchange: its question stands alone.
        carried: what the exchange before it was about, if its question depended on that.
    """
    phrases = [phrase for phrase in phrases_of(exchange.question) if not _is_lone_verb(phrase)]
    names = [phrase.text for phrase in phrases if _has_name(phrase)]
    nouns = [phrase for phrase in phrases if not _has_name(phrase) and not _is_asked_for(exchange.question, phrase)]
    answered = [name.text for name in name_runs(exchange.answer)]
    if len(words_of(exchange.answer)) <= _SHORT:
        names += answered[:1]
    things = [_OWN.sub("", phrase.text) for phrase in nouns]
    # What nothing was found about is spoken of before what was answered earlier.
    own = [*names, *things, *carried] if exchange.refused else [*names, *carried, *things]
    return _different([*own, *answered, *(phrase.text for phrase in counted(exchange.answer))])[:_PHRASES]


def with_topic(question: str, topic: Sequence[str]) -> str:
    """A question with what it is about in brackets; phrases whose words it has already are left out."""
    has = set(content_words(question))
    new = [phrase for phrase in topic if not set(content_words(phrase)) <= has]
    if not new:
        return question
    asked = question.rstrip()
    end = asked[len(asked.rstrip("?!. ")) :]
    return f"{asked[: len(asked) - len(end)]} ({'; '.join(new)}){end.strip()}"


def _is_lone_verb(phrase: Phrase) -> bool:
    words = words_of(phrase.text)
    return len(words) == 1 and not phrase.is_name and (is_verb(words[0], []) or words[0].lower.endswith("ed"))


def _has_name(phrase: Phrase) -> bool:
    return phrase.is_name or any(word.is_capital for word in words_of(phrase.text)[1:])


def _is_asked_for(question: str, phrase: Phrase) -> bool:
    """Whether a phrase only says what kind of thing is asked for, as in "which village"."""
    before = words_of(question[: phrase.start])
    return bool(before) and before[-1].lower in QUESTION_WORDS - {"where", "when", "why", "who"}


def _different(phrases: Sequence[str]) -> tuple[str, ...]:
    """The phrases without those whose words another one has."""
    kept: list[str] = []
    for phrase in phrases:
        words = set(content_words(phrase))
        if words and not any(words <= set(content_words(other)) for other in kept):
            kept.append(phrase)
    return tuple(kept)
