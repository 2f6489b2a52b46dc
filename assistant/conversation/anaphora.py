"""What in a question stands for something that was said before it: pronouns, demonstratives, `else`, `the same`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.conversation.phrases import Phrase, phrases_of
from assistant.conversation.words import (
    AUXILIARIES,
    BE,
    CLAUSE_STARTS,
    FUNCTION_WORDS,
    PRONOUNS,
    QUESTION_WORDS,
    Pronoun,
    Word,
    content,
    words_of,
)

__all__ = ["open_pronouns", "points_back"]

# "is it true that", "how long does it take to": nothing is meant by it.
_IDLE_IT = re.compile(
    r"""\bit(?:['’]s)?\s(?:is\s|was\s|be\s|been\s)?(?:\w+\s){0,2}?(?:true|possible|legal|illegal|safe|likely|worth|time|okay
        |better|easy|hard|difficult|important|necessary|common|normal|mean|take|takes|took|cost|costs|rain\w*|snow\w*)
        \s(?:that|to|for|if|when)\b | \bit\s(?:\w+ing\s)?(?:rain|snow)\w*""",
    re.X | re.I,
)
_ENOUGH = 5
_ENOUGH_IN_A_SENTENCE_BEFORE = 2
_ENDS = (".", "!", "?", ":", ";")
_BINDING = AUXILIARIES - {"had", "have", "has", "will"}
_REFLEXIVES = frozenset("himself herself itself themselves".split())
_CLAUSES = CLAUSE_STARTS | frozenset("said say says think thinks thought claim claims claimed deny denies know".split())
_SPAN_OF_TIME = frozenset(
    """week weekend month year day days morning afternoon evening night season summer winter spring autumn fall century
    decade time moment age""".split()
)
_POINTERS = re.compile(
    r"""\b(?: (?:what|who|where|anything|anyone|anybody|something|someone|nothing|nobody|how)\selse | elsewhere
            | other\s(?!than\b) | others | the\ssame(?=\W*$) | the\ssame\s(?:one|thing|way|time|day|place|person)\b
            | the\s(?:latter|above) | instead | likewise
            | thereafter | therefore | afterwards? | beforehand | previously\s(?:said|mentioned)
            | (?:which|what|this|that|other|first|second|third|last|next|latest|old|new|big|small|\w+er|\w+est)
              \sones?(?!\s(?:of|who|day|hour|million|hundred)\b) | ones
            | (?:say|says|said|saying|think|thinks|thought|believe|believes|do|does|did|why|how|if|is|was)\sso(?=\W*$)
            | (?:tell\sme|say|know|what|anything)\smore(?=\W*$)
            | (?:either|neither|both|all|each|any|some|one|many|most|none|which|two)\sof\s(?:them|those|these|it) )""",
    re.X | re.I,
)
_EACH_OTHER = re.compile(r"\b(?:each|every)\sother\b", re.I)
_HAS_THERE = re.compile(r"\b(?:over|out|up|down|from|get|go|went|been|live|lives|lived|happen\w*)\sthere\b", re.I)


def open_pronouns(question: str) -> list[tuple[Word, Pronoun]]:
    """The third-person pronouns of a question that nothing in the question itself explains, in order."""
    words = words_of(question)
    phrases = phrases_of(question)
    idle = [match.span() for match in _IDLE_IT.finditer(question)]
    found = []
    for number, word in enumerate(words):
        pronoun = PRONOUNS.get(word.lower)
        if pronoun is None or any(start <= word.start < end for start, end in idle):
            continue
        if word.lower == "her" and number + 1 < len(words) and words[number + 1].lower not in FUNCTION_WORDS:
            pronoun = Pronoun("person", possessive=True)
        if not (_said_enough(question, words, number) or _explained(words, number, pronoun, phrases)):
            found.append((word, pronoun))
    return found


def points_back(question: str) -> bool:
    """Whether a question points at what was said before by another word than a pronoun."""
    words = words_of(question)
    found = _POINTERS.finditer(_EACH_OTHER.sub(lambda m: "-" * len(m[0]), question))
    pointers = {match.start() for match in found if not _names_its_one(question, match)}
    for number, word in enumerate(words):
        points = word.start in pointers or _demonstrates(words, number) or _is_place(question, words, number)
        if points and not _said_enough(question, words, number):
            return True
    return False


def _names_its_one(question: str, pointer: re.Match[str]) -> bool:
    """Whether the question itself says what "this one" is one of, as in "the last strike before this one"."""
    ends_in_one = pointer[0].lower().endswith((" one", " ones"))
    return ends_in_one and any(not phrase.is_name for phrase in phrases_of(question[: pointer.start()]))


def _said_enough(question: str, words: Sequence[Word], number: int) -> bool:
    """Whether so much of the question stands before a word that what the word means will be there too."""
    before = content(words[:number])
    ended = any(
        question[one.end : two.start].strip(" \"'”’)")[:1] in _ENDS for one, two in pairwise(words[: number + 1])
    )
    return len(before) >= (_ENOUGH_IN_A_SENTENCE_BEFORE if ended else _ENOUGH)


def _explained(words: Sequence[Word], number: int, pronoun: Pronoun, phrases: Sequence[Phrase]) -> bool:
    """Whether the question itself says what a pronoun stands for."""
    word = words[number]
    before = [phrase for phrase in phrases if phrase.end <= word.start and _agree(phrase, pronoun)]
    asked_for = words[0].lower in ("who", "which", "what")
    if word.lower in _REFLEXIVES:
        return bool(before) or asked_for
    if before and (pronoun.possessive or any(_CLAUSES & _between(words, phrase, number) for phrase in before)):
        return True
    if (before or asked_for) and not pronoun.possessive:
        return _begins_clause(words, number)  # "which company announced it will"
    if not pronoun.possessive:
        return False
    if asked_for and number > 1 and not any(each.lower in _BINDING for each in words[1:number]):
        return True  # "which commodity will have its price frozen", but not "who is his father"
    names = {phrase.start for phrase in phrases if phrase.is_name}
    later = range(number + 2, len(words))  # "of its byproducts does Hyundai Steel say"
    return any(words[n].start in names and words[n - 1].lower in AUXILIARIES for n in later)


def _agree(phrase: Phrase, pronoun: Pronoun) -> bool:
    return phrase.is_name or phrase.plural == (pronoun.kind == "plural")


def _begins_clause(words: Sequence[Word], number: int) -> bool:
    """Whether a pronoun is the subject of a clause that follows a verb without "that"."""
    before = words[number - 1].lower if number else ""
    after = words[number + 1].lower if number + 1 < len(words) else ""
    return bool(before) and before not in FUNCTION_WORDS and after in AUXILIARIES


def _between(words: Sequence[Word], phrase: Phrase, number: int) -> set[str]:
    return {word.lower for word in words[:number] if word.start >= phrase.end}


def _demonstrates(words: Sequence[Word], number: int) -> bool:
    """Whether `this`, `these`, `those` or `that` points back, rather than at a time or into its own sentence."""
    word, before = words[number], words[number - 1].lower if number else ""
    after = words[number + 1].lower if number + 1 < len(words) else ""
    if word.lower in ("this", "these", "those"):
        return after not in _SPAN_OF_TIME | {"one", "ones"} and not (
            word.lower == "those" and after in ("who", "in", "with", "of")
        )
    if word.lower != "that" or after in _SPAN_OF_TIME:
        return False
    after_auxiliary = before in AUXILIARIES and (before not in BE or number < 3)
    return not after or number == 0 or after_auxiliary or before in ("about", "after", "before", "like", "with", "of")


def _is_place(question: str, words: Sequence[Word], number: int) -> bool:
    """Whether `there` is a place rather than the first word of "there is"."""
    word = words[number]
    if word.lower != "there" or word.ending:
        return word.lower == "here" and not word.ending and number == len(words) - 1
    around = {each.lower for each in words[max(0, number - 1) : number + 2]} - {"there"}
    if around & (BE | {"will", "exist", "exists", "any", "enough", "still"}):
        return number == len(words) - 1 and words[0].lower in QUESTION_WORDS - {"how", "what", "which"}
    return number == len(words) - 1 or _HAS_THERE.search(question) is not None
