"""Which words a hedge or a negation governs, as far as that can be seen without a parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.language.sentences.splitting import MAX_SENTENCE
from index.language.words import STOP_WORDS, stem

__all__ = ["HEDGES", "NEGATIONS", "Scope", "free_words", "scopes", "stems"]

_GOVERNED = 2  # content words after the mark: its verb, and what comes with it
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.,;:!?()“”\"—–]")
# Verbs that carry no meaning of their own: what counts is the word after them.
_LIGHT = STOP_WORDS | frozenset("be been being is was were are have had has made make making take took taken".split())

HEDGES = re.compile(
    r"""(?<![\w-])(?: (?-i:may|might|could)(?!\s+(?:\d|have\s+to\b)) | perhaps | possibly | (?<!as\ )possible
      | potential(?:ly)?
      | probabl[ey] | likely | unlikely | presumably | apparently | seemingly | seem(?:s|ed)?\s+to
      | appear(?:s|ed)?\s+to
      | alleg(?:e|es|ed|edly|ing|ation|ations) | reportedly | supposed(?:ly)? | purported(?:ly)? | rumou?r(?:s|ed)?
      | suspect(?:s|ed|ing)? | accus(?:e|es|ed|ing|ation|ations) | claim(?:s|ed|ing)? | unconfirmed | unverified
      | believe[sd]? | thought\s+to | estimat(?:e|es|ed|ing) | expect(?:s|ed|ing)? | (?:is|are|was|were)\s+said\s+to
      | suggest(?:s|ed|ing)? | fear(?:s|ed)? | so-called | threaten(?:s|ed)?\s+to | plan(?:s|ned|ning)?\s+to
      | propos(?:e|es|ed|al) | consider(?:s|ed|ing)? )(?!\w)""",
    re.X | re.I,
)
"""What makes a claim uncertain: "may", "reportedly", "is expected to"."""

NEGATIONS = re.compile(
    r"""(?<!\w)(?: (?<!whether\ or\ )not(?!\s+(?:only|just|least|more|fewer|less|long\s+after)\b) | \w+n['’]t | cannot
      | no(?!\s+(?:more|fewer|less|doubt)\b)(?!\.) | never | none | nobody | nothing | neither | nor | without | hardly
      | unable | refus(?:e|es|ed|ing)\s+to | fail(?:s|ed|ing)?\s+to | den(?:y|ies|ied|ying) | lack(?:s|ed|ing)?
      | reject(?:s|ed|ing)? | rul(?:e|es|ed|ing)\s+out | declin(?:e|es|ed|ing)\s+to | stopp?(?:s|ed)?\s+short\s+of
      | prevent(?:s|ed|ing)? | dismiss(?:es|ed|ing)? )(?!\w)""",
    re.X | re.I,
)
"""What denies: "not", "never", "failed to"."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A mark in a sentence with what it governs.

    Attributes:
        mark: the hedge or negation as it is written.
        governs: stems of the first content words after it, in its clause.
    """

    mark: str
    governs: frozenset[str]


def scopes(text: str, marks: re.Pattern[str]) -> list[Scope]:
    """Every match of `marks` in a text, with what it governs."""
    return [Scope(match[0], frozenset(_first(text, match.end()))) for match in marks.finditer(text)]


def free_words(texts: Iterable[str], marks: re.Pattern[str]) -> set[str]:
    """The stems of the words that stand somewhere in the texts without being governed by one of `marks`."""
    free: set[str] = set()
    for text in texts:
        words = Counter(stems(text))
        words.subtract(word for match in marks.finditer(text) for word in _first(text, match.end()))
        words.subtract(word for match in marks.finditer(text) for word in stems(match[0]))
        free.update(word for word, count in words.items() if count > 0)
    return free


def stems(text: str) -> Iterator[str]:
    """The stems of the content words of a text, in order, with repetitions."""
    for match in _WORD.finditer(text.lower()):
        word = match[0].replace("’", "'")
        if word[0].isalpha() and word not in _LIGHT:
            yield stem(word.removesuffix("'s"))


def _first(text: str, start: int) -> list[str]:
    """The stems of the first content words of the clause that goes on at `start`."""
    found: list[str] = []
    for match in _WORD.finditer(text[start : start + MAX_SENTENCE].lower()):
        word = match[0].replace("’", "'")
        if not word[0].isalpha():
            if found or word in ".;:!?":
                break
            continue
        if word not in _LIGHT:
            found.append(stem(word.removesuffix("'s")))
            if len(found) == _GOVERNED:
                break
    return found
