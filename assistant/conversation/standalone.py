"""A question made independent of its conversation, by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation.anaphora import open_pronouns
from assistant.conversation.antecedents import antecedent, unfound
from assistant.conversation.dependence import Dependence, dependence
from assistant.conversation.ellipsis import asks_for_source, completed, is_fragment
from assistant.conversation.exchanges import Exchange, Turn, exchanges_of
from assistant.conversation.phrases import Phrase
from assistant.conversation.topic import topic_of, with_topic
from assistant.conversation.words import Pronoun, Word

__all__ = ["Standalone", "stand_alone"]

_CITED_BACK = 2  # exchanges whose cited articles stay candidates
_ANSWER_WORDS = 40  # of an earlier answer that are searched for again


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question as it can be understood without its conversation.

    Attributes:
        typed: as the user put it.
        question: the same made independent; `typed`, character for character, where that is not needed.
        dependence: whether it needed the conversation, from its words alone; where that is "open", `question` is what
            it says if it does.
        context: the exchange before it, its question standing alone, to search with; empty without a conversation.
        articles: ids of the articles cited in the last exchanges, the latest first.
    """

    typed: str
    question: str
    dependence: Dependence = "none"
    context: str = ""
    articles: tuple[str, ...] = ()

    @property
    def depends(self) -> bool:
        """Whether the question was, or may have to be, read with its conversation."""
        return self.dependence != "none"

    @property
    def read_as(self) -> str:
        """What the Reader is asked. What stands in brackets in an open question finds passages, but is not asked for:
        no sentence has it beside what is, and the Reader would doubt every one.
        """
        return self.typed if self.dependence == "open" else self.question

    def as_typed(self) -> Standalone:
        """The same question, taken as it stands."""
        return replace(self, question=self.typed, dependence="none")


def stand_alone(question: str, conversation: Sequence[Turn]) -> Standalone:
    """The question, made independent of the conversation.

    Every earlier question is made independent first, so that what one turn carries over reaches the next. Nothing here
    looks into the articles; `assistant.conversation.search` does, and decides what the words leave open.

    Args:
        question: as it was typed.
        conversation: the earlier turns, oldest first.
    """
    exchanges = exchanges_of(conversation)
    told: list[Exchange] = []
    topic: tuple[str, ...] = ()
    for exchange in exchanges:
        needs = dependence(exchange.question) if told else "none"
        if told and asks_for_source(exchange.question):  # what was asked before it is still what is spoken of
            told.append(replace(exchange, question=told[-1].question, topic=told[-1].topic))
            continue
        own, carried = _resolved(exchange.question, needs, told, topic)
        if exchange.refused:  # its own words are what is spoken of, before what they are read with
            now = replace(exchange, question=own, topic=tuple(carried))
        else:
            now = replace(exchange, question=with_topic(own, carried))
        topic = topic_of(now, () if needs == "none" else topic) or topic
        told.append(now)
    if not told:
        return Standalone(question, question)
    last = told[-1]
    context = f"{with_topic(last.question, last.topic)} {' '.join(last.answer.split()[:_ANSWER_WORDS])}".strip()
    needs = dependence(question)
    whole = with_topic(*_resolved(question, needs, told, topic))
    return Standalone(question, whole, needs, context, _cited(exchanges))


def _cited(exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """The articles that the last exchanges cited; none from before a question on something new that was refused."""
    cited: list[str] = []
    for exchange in reversed(exchanges[-_CITED_BACK:]):
        cited += exchange.articles
        if exchange.refused and dependence(exchange.question) == "none":
            break
    return tuple(dict.fromkeys(cited))


def _resolved(
    question: str, needs: Dependence, told: Sequence[Exchange], topic: Sequence[str]
) -> tuple[str, Sequence[str]]:
    """A question with what it needs of the conversation put into it, and what it has to be read with besides."""
    if needs == "none":
        return question, ()
    if is_fragment(question):
        whole = completed(question, told[-1].question, told[-1].answer)
        if whole is not None:
            return whole, told[-1].topic
    found = _antecedents(question, told)
    whole = question
    for word, pronoun, phrase in reversed(found):
        whole = f"{whole[: word.start]}{_in_place_of(pronoun, phrase)}{whole[word.end :]}"
    if any(unfound(pronoun, told) for _, pronoun in open_pronouns(question)):
        asked = told[-1].question.rstrip("?!. ")
        return whole, (f"{asked[:1].lower()}{asked[1:]}",)
    # A name says enough; "the attack" in place of "it" does not.
    return whole, () if any(phrase.is_name for _, _, phrase in found) else topic


def _antecedents(question: str, told: Sequence[Exchange]) -> list[tuple[Word, Pronoun, Phrase]]:
    """The pronouns of a question with what they stand for, as far as that is found; the first of each kind only."""
    found: list[tuple[Word, Pronoun, Phrase]] = []
    for word, pronoun in open_pronouns(question):
        if pronoun.kind in {other.kind for _, other, _ in found}:
            continue  # "did he say that he": the second follows the first
        phrase = antecedent(pronoun, told)
        if phrase is not None and phrase.text not in {other.text for _, _, other in found}:
            found.append((word, pronoun, phrase))
    return found


def _in_place_of(pronoun: Pronoun, phrase: Phrase) -> str:
    if not pronoun.possessive:
        return phrase.text
    return (
        f"{phrase.text}'" if phrase.plural and not phrase.is_name and phrase.text.endswith("s") else f"{phrase.text}'s"
    )
