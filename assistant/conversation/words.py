"""Words of a question with their places, and the closed classes of English that say how a question hangs together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "AUXILIARIES",
    "BE",
    "CLAUSE_STARTS",
    "CONNECTIVES",
    "DETERMINERS",
    "DO",
    "FUNCTION_WORDS",
    "PREPOSITIONS",
    "PRONOUNS",
    "QUESTION_WORDS",
    "Pronoun",
    "Word",
    "content",
    "words_of",
]

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[.,'’&/-][^\W_]+)*", re.UNICODE)
_ENDING = re.compile(r"(?:n['’]t|['’](?:s|re|ll|d|ve|m))$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: as it is written, without `'s`, `'re` and the like.
        start, end: its span in the text, in code points.
        ending: what was cut off, such as `'s`.
    """

    text: str
    start: int
    end: int
    ending: str = ""

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = []
    for match in _WORD.finditer(text):
        ending = _ENDING.search(match[0], 1)
        cut = len(match[0]) if ending is None else ending.start()
        found.append(Word(match[0][:cut], match.start(), match.start() + cut, match[0][cut:]))
    return found


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a third-person pronoun asks of the thing that it stands for.

    Attributes:
        kind: "person", "thing" or "plural".
        possessive: whether it is a determiner, as `his` is.
    """

    kind: str
    possessive: bool = False


PRONOUNS: dict[str, Pronoun] = {
    **dict.fromkeys(("he", "him", "she", "her", "himself", "herself"), Pronoun("person")),
    **dict.fromkeys(("his", "hers"), Pronoun("person", possessive=True)),
    **dict.fromkeys(("it", "itself"), Pronoun("thing")),
    "its": Pronoun("thing", possessive=True),
    **dict.fromkeys(("they", "them", "themselves"), Pronoun("plural")),
    **dict.fromkeys(("their", "theirs"), Pronoun("plural", possessive=True)),
}

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
BE = frozenset("is are was were be been being am isn't aren't wasn't weren't".split())
DO = frozenset("do does did".split())
AUXILIARIES = BE | DO | frozenset("has have had can could will would shall should may might must ca wo".split())
DETERMINERS = frozenset("the a an this that these those my your our his her its their some any all each every".split())
PREPOSITIONS = frozenset(
    """about above across after against along among around as at before behind below beside besides between by despite
    during except for from in inside into like near of off on onto out outside over per regarding since through
    throughout to toward towards under until upon via with within without""".split()
)
CLAUSE_STARTS = frozenset(
    "after although and because before but if or since so that though unless until when where whether while who whose "
    "which why how".split()
)
"""Words after which a pronoun may stand for something that the same question said before."""

CONNECTIVES = frozenset("and but or so then also ok okay well plus".split())
"""Words with which a question goes on from what was said."""

FUNCTION_WORDS = (
    QUESTION_WORDS
    | AUXILIARIES
    | DETERMINERS
    | PREPOSITIONS
    | CLAUSE_STARTS
    | CONNECTIVES
    | frozenset(PRONOUNS)
    | frozenset(
        """i me you we us he she they one ones not no yes many much more most less least few several other others
        another else same such both either neither here there now then than too very just only also still even ever
        yet again please exactly tell give show let many much long far often get got go going today yesterday tomorrow
        twice once how's""".split()
    )
)
"""Words that name nothing by themselves."""


def content(words: Sequence[Word]) -> list[Word]:
    """The words that name something."""
    return [word for word in words if word.lower not in FUNCTION_WORDS and len(word.text) > 1]
