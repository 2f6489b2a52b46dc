"""Whether the dates and times of a statement stand in its sources.

"5 March" is "March 5th"; "March 2024" stands in "5 March 2024", but not the other way round. What depends on the day of
writing ("yesterday", "last week") is compared as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.language.text import parsed

__all__ = ["unsupported_dates"]


def unsupported_dates(statement: str, sentences: Sequence[str]) -> list[str]:
    """The dates and times of a statement of which no sentence has all that they say, as they are written in it."""
    there = [parts for sentence in sentences for moment in parsed(sentence).moments for parts in moment.said]
    missing = [
        moment.text
        for moment in parsed(statement).moments
        if not all(any(parts.stands_in(other) for other in there) for parts in moment.said)
    ]
    return list(dict.fromkeys(missing))
