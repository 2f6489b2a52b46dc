"""What a pronoun of a follow-up stands for: a name or noun phrase of the exchanges before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.conversation.exchanges import Exchange
from assistant.conversation.phrases import Phrase, counted, name_runs, phrases_of
from assistant.conversation.words import PREPOSITIONS, Pronoun, words_of

__all__ = ["antecedent", "unfound"]

_BACK = 3  # exchanges in which a pronoun finds what it stands for
_SHORT = 8  # words up to which an answer is a phrase rather than a sentence
_AT = frozenset("in at near from to into around outside inside across throughout".split())
_NOT_PEOPLE = frozenset(
    """agency airline airlines airport alliance army assembly association authority avenue bank bay board bridge bureau
    church city club coast college commission committee company conference congress corp corporation council county
    court dam department district east federation force forces foundation fund government group gulf harbour hospital
    hotel house inc institute international island islands isle lake league ltd ministry mosque mount mountain museum
    nation nations network news north ocean office organization organisation palace parliament park party police port
    power prison province radio region republic river school sea senate service services society south square stadium
    state states station street team times tower town tribune union united university valley village war west""".split()
)
_PEOPLE = ("er", "or", "ist", "man", "woman", "ian")
_ROLES = frozenset(
    """agent assistant boss boy bride brother candidate captain chief coach daughter executive father girl guard head
    hero husband judge king lieutenant mayor mother nurse pilot president prince princess queen resident secretary
    sergeant singer sister son spokesman spokeswoman star student suspect thief victim wife witness""".split()
)
_NO_ROLES = frozenset(
    """answer border center chamber computer corner corridor danger dinner disaster error factor
    floor helicopter letter list matter meter motor newspaper number offer order paper power quarter reactor river
    sector shelter summer terror theater tower transfer water weather winter""".split()
)
_SOMEBODY = re.compile(r"\b(?:anyone|anybody|someone|somebody)\b", re.I)


def antecedent(pronoun: Pronoun, exchanges: Sequence[Exchange]) -> Phrase | None:
    """The phrase that a pronoun stands for, or None if nothing said before fits it.

    A question that was refused is what is spoken of: where it asks for somebody who was not found, as "who won the
    race?" does, a person is that one, who has no name, and nobody that was spoken of earlier.

    Args:
        pronoun: what the pronoun asks for.
        exchanges: what was said, oldest first; their questions already stand alone.
    """
    for exchange in reversed(exchanges[-_BACK:]):
        for text, phrase in _candidates(pronoun, exchange):
            if _fits(text, phrase, pronoun) and not (text == exchange.answer and _is_place(exchange)):
                return phrase
        if exchange.refused and _is_unfound(pronoun, exchange):
            return None
    return None


def unfound(pronoun: Pronoun, exchanges: Sequence[Exchange]) -> bool:
    """Whether a pronoun stands for somebody whom the last question asked for, and whom nobody named."""
    last = exchanges[-1]
    return last.refused and _is_unfound(pronoun, last) and antecedent(pronoun, exchanges) is None


def _candidates(pronoun: Pronoun, exchange: Exchange) -> Iterator[tuple[str, Phrase]]:
    """The phrases of an exchange with the text that they stand in, the likeliest first."""
    question, answer = exchange.question, exchange.answer
    asked = _asked_for(question)
    in_question = [phrase for phrase in phrases_of(question) if phrase not in asked]
    if pronoun.kind == "person":
        in_question = list(_with_whose(question, in_question))
    said = {word.lower for word in words_of(question)}
    news = [name for name in name_runs(answer) if not {word.lower for word in words_of(name.text)} <= said]
    ranked: list[tuple[str, Sequence[Phrase]]] = []
    if pronoun.kind == "plural":
        if _asks(question, "how many"):
            ranked += [(question, asked), (answer, counted(answer))]
        ranked += [(question, [phrase for phrase in in_question if phrase.plural]), (answer, _joined(answer, news))]
    if _answers_with_name(pronoun, exchange, asked):
        ranked.append((answer, news[:1]))
    names = [phrase for phrase in in_question if phrase.is_name]
    if exchange.refused:  # nothing was found on "the race in Lille": it is the race
        ranked.append((question, [name for name in names if _preposition_before(question, name) not in _AT]))
    else:
        ranked.append((question, names))
    if pronoun.kind == "thing":
        ranked.append((question, [phrase for phrase in in_question if phrase.definite]))
    ranked += [(answer, news), (question, in_question), (answer, counted(answer))]
    ranked.append((answer, [phrase for phrase in phrases_of(answer) if phrase.definite]))
    return ((text, phrase) for text, phrases in ranked for phrase in phrases)


def _answers_with_name(pronoun: Pronoun, exchange: Exchange, asked: Sequence[Phrase]) -> bool:
    """Whether the first new name of an answer is what was asked for, and may be what the pronoun means."""
    if pronoun.kind == "thing":
        asks_thing = asked if not _asks(exchange.question, "how") else _asks(exchange.question, "what")
        return bool(asks_thing) or (_asks(exchange.question, "what", "which") and _is_short(exchange.answer))
    return _asks(exchange.question, "who", "whom", "which", "what")


def _is_place(exchange: Exchange) -> bool:
    return _asks(exchange.question, "where") and _is_short(exchange.answer)


def _asked_for(question: str) -> list[Phrase]:
    """The noun in "which village", "how many people": what the answer is one, or some, of."""
    words = words_of(question)
    for number, word in enumerate(words[:4]):
        if word.lower in ("which", "what", "many"):
            after = words[number + 1].start if number + 1 < len(words) else len(question)
            return [phrase for phrase in phrases_of(question) if phrase.start == after]
    return []


def _fits(text: str, phrase: Phrase, pronoun: Pronoun) -> bool:
    words = words_of(phrase.text)
    if not words:
        return False
    if pronoun.kind == "plural":
        return phrase.is_name or phrase.plural
    if pronoun.kind == "thing":
        return not (phrase.plural and not phrase.is_name) and not _is_role(phrase)
    if not phrase.is_name:
        head = replace(phrase, text=phrase.text.partition(" of ")[0])  # "the president of France" is a president
        return _is_role(head) and not head.plural
    named_so = any(word.lower in _NOT_PEOPLE or word.text.isupper() or word.text.isdigit() for word in words)
    return len(words) <= 4 and not named_so and _preposition_before(text, phrase) not in _AT


def _is_role(phrase: Phrase) -> bool:
    last = words_of(phrase.text)[-1].lower
    said_whose = phrase.definite or any(word.ending in ("'s", "’s") for word in words_of(phrase.text)[:-1])
    like_one = last.endswith(_PEOPLE) and len(last) > 4 and not phrase.is_name and last not in _NO_ROLES
    return said_whose and (last in _ROLES or like_one)


def _with_whose(question: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases, "the president" and "France" as one where it is "the president of France"."""
    rest = list(phrases)
    while rest:
        phrase = rest.pop(0)
        if rest and _is_role(phrase) and question[phrase.end : rest[0].start].split() == ["of"]:
            end = rest.pop(0).end
            phrase = Phrase(question[phrase.start : end], phrase.start, end, is_name=False, definite=True)
        yield phrase


def _is_unfound(pronoun: Pronoun, exchange: Exchange) -> bool:
    """Whether a refused question asks for somebody, or whether there is anybody, as `he` may be."""
    if pronoun.kind != "person":
        return False
    if _asks(exchange.question, "who", "whom") or _SOMEBODY.search(exchange.question):
        return True
    return any(_is_role(replace(phrase, definite=True)) for phrase in _asked_for(exchange.question))


def _joined(text: str, names: Sequence[Phrase]) -> list[Phrase]:
    """The first two names as one phrase, where only `and` is between them."""
    if len(names) < 2 or text[names[0].end : names[1].start].strip() != "and":
        return []
    return [Phrase(text[names[0].start : names[1].end], names[0].start, names[1].end, is_name=True)]


def _asks(question: str, *words: str) -> bool:
    lower = question.lower().lstrip()
    return any(lower.startswith((word, f"and {word}")) for word in words)


def _is_short(answer: str) -> bool:
    return 0 < len(words_of(answer)) <= _SHORT


def _preposition_before(text: str, phrase: Phrase) -> str | None:
    before = words_of(text[max(0, phrase.start - 24) : phrase.start])
    last = before[-1].lower if before else ""
    if last == "the" and len(before) > 1:
        last = before[-2].lower
    return last if last in PREPOSITIONS else None
