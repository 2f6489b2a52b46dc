"""Questions that leave out what the one before said: "why?", "and civilians?", "who says so?", "what about Hama?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.phrases import Phrase, is_verb, name_runs, phrases_of
from assistant.conversation.words import AUXILIARIES, DO, PREPOSITIONS, QUESTION_WORDS, Word, content, words_of
from index.words import content_words

__all__ = ["asks_for_source", "completed", "is_fragment", "without_opening"]

_OPENING = re.compile(r"\W*(?:(?:and|but|or|so|then|also|ok|okay|well|plus)\b[\s,]*)*", re.I)
_ABOUT = re.compile(r"(?:what|how)\s+about\b\s*", re.I)
_WHO_SAYS = re.compile(
    r"""(?: who\s(?:says|said|claims|claimed|reports|reported|confirmed|told\s\w+|thinks)(?:\s(?:so|that|this|it))?
          | says\swho | according\sto\s(?:who|whom|what)
          | (?:what|who|which)(?:\sis|\swas|['’]s)\s(?:the|your|its)\ssource
          | (?:the\s|your\s)?sources? | how\sdo\s(?:we|you|they)\sknow(?:\s(?:that|this|so))? )\W*$""",
    re.X | re.I,
)
_THE = re.compile(r"^the\s+", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
_SENTENCE = 5  # words that make an answer a sentence rather than a phrase
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.I)


def without_opening(question: str) -> str:
    """A question without "and", "but", "so", "then" at its beginning."""
    opening = _OPENING.match(question)
    return question[opening.end() :] if opening else question


def asks_for_source(question: str) -> bool:
    """Whether a question is only about who said what was answered: "who says so?"."""
    return _WHO_SAYS.match(without_opening(question)) is not None


def is_fragment(question: str) -> bool:
    """Whether a question says too little to be one: a question word alone, "who says so", a phrase without a verb."""
    rest = without_opening(question)
    if _WHO_SAYS.match(rest) or _ABOUT.match(rest) or _asks_only(words_of(rest)):
        return True
    began = rest != question.lstrip()
    return began and _is_phrase(rest)


def completed(question: str, before: str, answer: str = "") -> str | None:
    """A fragment as a whole question, made with the question before it; None where the two do not fit together.

    Args:
        question: the fragment.
        before: the last question, which already stands alone.
        answer: what was answered to it: what "so" is in "who says so", if it is a sentence.
    """
    base, rest = before.rstrip(" ?!.…"), without_opening(question).rstrip(" ?!.…")
    if not base or not rest:
        return None
    if asks_for_source(rest):
        said = _SENTENCE_END.split(answer, maxsplit=1)[0].rstrip(" ?!.…")
        if len(words_of(said)) >= _SENTENCE:
            return f"who says: {said}?"
        lowered = base[0].lower() + base[1:]
        asks = words_of(base)[0].lower in QUESTION_WORDS if words_of(base) else False
        return f"who says {lowered}?" if asks else f"who says: {lowered}?"
    about = _ABOUT.match(rest)
    phrase = rest[about.end() :] if about else rest
    words = words_of(phrase)
    if not words:
        return None
    if _asks_only(words):
        return _asked_anew(base, phrase)
    return _with_phrase(base, phrase, words) if about or _is_phrase(phrase) else None


def _asks_only(words: Sequence[Word]) -> bool:
    """Whether all that is there is a question word with what belongs to it: "why", "by how many votes", "to whom"."""
    lower = [word.lower for word in words]
    start = 1 if lower and lower[0] in PREPOSITIONS else 0
    if len(lower) <= start or lower[start] not in QUESTION_WORDS or len(lower) - start > 4:
        return False
    has_verb = any(word in AUXILIARIES for word in lower) or any(is_verb(word, []) for word in words)
    nouns = content(words)
    return not has_verb and not any(word.is_capital for word in nouns) and len(nouns) <= (2 if start else 0)


def _is_phrase(text: str) -> bool:
    """Whether a text has no verb, as far as can be told, and is no question."""
    words = words_of(text)
    lower = {word.lower for word in words}
    return 0 < len(words) <= 8 and not lower & (AUXILIARIES | QUESTION_WORDS)


def _asked_anew(base: str, asks: str) -> str:
    """The question before with other question words: "where did it crash" and "when" make "when did it crash"."""
    words = words_of(base)
    number = next((n for n, word in enumerate(words) if word.lower in QUESTION_WORDS), None)
    helper = next((n for n, word in enumerate(words) if word.lower in AUXILIARIES), None)
    if number is None or helper is None or number > 1 or helper < number or helper + 1 >= len(words):
        return f"{base}, and {asks[0].lower()}{asks[1:]}?"
    subject = base[words[number + 1].start : words[helper].start].strip() if helper > number + 1 else ""
    auxiliary = base[words[helper].start : words[helper].end + len(words[helper].ending)]
    rest = base[words[helper + 1].start :]
    if words[helper].lower in DO:
        return f"{asks} {auxiliary} {rest}?"
    if is_verb(words[helper + 1], []) or words[helper + 1].lower.endswith("ed") or words[helper + 1].lower == "being":
        noun = re.sub(r"^(?:many|much)\s+", "", subject)
        return f"{asks} {auxiliary} {noun} {rest}?" if noun else f"{base}, and {asks[0].lower()}{asks[1:]}?"
    return f"{asks} {auxiliary} {rest}?" if not subject else f"{base}, and {asks[0].lower()}{asks[1:]}?"


def _with_phrase(base: str, phrase: str, words: Sequence[Word]) -> str:
    """The question before with one of its phrases replaced."""
    if words[0].lower in PREPOSITIONS:
        return _with_place(base, phrase, words[0].lower)
    if len(words) == 1 and not words[0].is_capital and is_verb(words[0], [words[0]]):
        verbs = [word for word in words_of(base) if is_verb(word, [word])]
        if verbs:
            return f"{base[: verbs[-1].start]}{phrase}{base[verbs[-1].end :]}?"
    slot = _slot(base, phrase)
    if slot is not None:
        if base[: slot.start].lower().endswith("the "):
            phrase = _THE.sub("", phrase)
        return f"{base[: slot.start]}{phrase}{base[slot.end :]}?"
    many = _HOW_MANY.search(base)
    if many and not name_runs(phrase):
        return f"{base[: many.end()]} {phrase}{base[many.end() :]}?"
    return f"{base}: {phrase}?"


def _with_place(base: str, phrase: str, preposition: str) -> str:
    """The question before with another "in ..."; at its end, where it has none."""
    words = words_of(base)
    for number in range(len(words) - 2, -1, -1):
        if words[number].lower == preposition:
            end = next((p.end for p in phrases_of(base) if p.start >= words[number].end), words[number + 1].end)
            return f"{base[: words[number].start]}{phrase}{base[end:]}?"
    return f"{base} {phrase}?"


def _slot(base: str, phrase: str) -> Phrase | None:
    """The phrase of a question that another one is put in the place of."""
    phrases = [each for each in phrases_of(base) if not _is_participle(each)]
    many = _HOW_MANY.search(base)
    counted = [each for each in phrases if many and base[many.end() : each.start].strip() == ""]
    is_name = bool(name_runs(phrase))
    definite = words_of(phrase)[0].lower in ("the", "this", "that", "these", "those", "his", "her", "its", "their")
    stems = set(content_words(phrase))
    alike = [each for each in phrases if stems & set(content_words(each.text))]
    if alike:
        return alike[-1]
    if not is_name and not definite:
        return counted[0] if counted else None if many else _last(phrases, is_name=False, definite=False)
    return _last([each for each in phrases if each not in counted], is_name=is_name, definite=definite)


def _last(phrases: Sequence[Phrase], *, is_name: bool, definite: bool) -> Phrase | None:
    """The last phrase of the same kind; else the last of all."""
    same = [each for each in phrases if each.is_name == is_name and (is_name or each.definite == definite)]
    found = same or list(phrases)
    return found[-1] if found else None


def _is_participle(phrase: Phrase) -> bool:
    """Whether a phrase is what happened rather than to whom, as in "how many displaced"."""
    words = words_of(phrase.text)
    return len(words) == 1 and not phrase.is_name and words[0].lower.endswith("ed")
