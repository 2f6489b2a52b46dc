"""A text with all that can be read in it, each thing once however many ask for it."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from index.language.moments import Moment, moments
from index.language.names import names
from index.language.numbers import Quantity, quantities
from index.language.sentences import MAX_SENTENCE
from index.language.words import content_words, meanings

# An opening mark without its closing one quotes to the end, and the other way round: what is left open must not escape
# the check. Doubled marks are one.
_MARKED = re.compile(
    r"""^([^“”„«»]*)[”»] | ^([^“”„«»"]*[^\d"])"(?=[^"\w]*$) | “([^”]*)(?:”|$) | [«‹「『《]([^»›」』》]*)(?:[»›」』》]|$)
      | (?:„|,,)((?:(?!'')[^“”])*)(?:[“”]|''|$)
      | (?<!\w)‘((?:[^’]|’(?=\w))*)(?:’(?!\w)|$) | (?:''|``)((?:(?!'').)*)(?:''|$) | `([^`']*)(?:[`']|$)
      | (?<![\w'])'(?!\d\ds|n')((?:[^']|'(?=\w))*)(?:'(?!\w)|$) | ["＂〝]+([^"＂〞]*)(?:["＂〞]+|$)""",
    re.X | re.S,
)


def quotations(text: str) -> list[str]:
    """What stands between quotation marks, as it is written; marks of feet and decades ('90s) are not counted."""
    found = (next((group for group in match.groups() if group is not None), "") for match in _MARKED.finditer(text))
    return [quotation for quotation in found if any(c.isalnum() for c in quotation)]


_KEPT = 2_000  # texts; a question meets some hundred sentences


class Text:
    """What a text says, read when it is first asked for. Nothing of it changes, so threads may share it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Its dates and times, as they are without a day of writing."""
        return tuple(moments(self.text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers, without years."""
        return tuple(quantities(self.text, dates=self.moments))

    @cached_property
    def countable(self) -> tuple[Quantity, ...]:
        """Its numbers, with those that look like years and may count something after all."""
        return tuple(quantities(self.text, years=True, dates=self.moments))

    @cached_property
    def names(self) -> tuple[tuple[str, int], ...]:
        """Its names, each with where it starts."""
        return tuple(names(self.text, dates=self.moments))

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """What stands between quotation marks."""
        return tuple(quotations(self.text))

    @cached_property
    def content_words(self) -> tuple[str, ...]:
        """The stems of its content words."""
        return tuple(content_words(self.text))

    @cached_property
    def concepts(self) -> tuple[frozenset[str], ...]:
        """Its content words, each with those that mean the same."""
        return tuple(map(meanings, self.content_words))


def parsed(text: str) -> Text:
    """A text, with what was read in it before; some thousand sentences are kept, and longer texts are not."""
    return _parsed(text) if len(text) <= MAX_SENTENCE else Text(text)


_parsed = lru_cache(maxsize=_KEPT)(Text)
