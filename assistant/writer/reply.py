"""A Writer's reply, cut into statements as it streams: the same statements whatever the pieces it comes in.

A statement is a sentence with the markers that stand in it or right after it ("... fled. [1]", "... fled [1].", or, at
the start of a line, "[1] ... fled."). It is given out when the text after it shows that it has ended; what was given
out once does not change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.writer.sources import markers, without_markers
from index.language.sentences import split_sentences

STATEMENT_LIMIT = 2_000
"""Characters after which a line without an end is given up: the rest of the line is not read."""

_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’»)"
_OPENERS = "[［【"
_BULLET = re.compile(r"^\s*(?:[-*•·>]+\s+|#+\s+|\(?\d{1,2}[.)]\s+(?=\D))*")
_LABEL = re.compile(r"^(?:answer|statement|response)\s*:\s*", re.I)
_WHERE = re.compile(r"^((?:[\[［【]\d{1,2}[\]］】]\s?)?)\([^()]{1,80}\)\s?")  # the day and outlet, as it was given them
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__")
_THOUGHTS = {f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "reasoning")}
_THOUGHTS["[THINK]"] = "[/THINK]"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as the Writer says it, not verified yet.

    Attributes:
        text: without its markers; empty if it was too long to be read.
        numbers: the sources that it cites, each once, in order of first appearance.
    """

    text: str
    numbers: tuple[int, ...]


class Reply:
    """Reads a reply piece by piece."""

    def __init__(self) -> None:
        self._line = ""
        self._skips = False  # the rest of a line that was too long
        self._opening: str | None = ""  # what came so far, while it may still be the beginning of <think>
        self._thought = ""  # the last characters of what a model thinks aloud
        self._closing = ""  # what ends that; empty while it does not

    def feed(self, text: str) -> Iterator[Draft]:
        """The statements that have ended with this piece of the reply."""
        for character in text:
            for seen in self._after_thinking(character):
                yield from self._take(seen)

    def end(self) -> Iterator[Draft]:
        """The last statements, when the reply has come to its end. One that broke off has none: it may say anything."""
        for seen in self._opening or "":
            yield from self._take(seen)
        self._opening = None
        yield from self._flush(self._line)
        self._line = ""

    def _after_thinking(self, character: str) -> str:
        """The characters to read: none of what stands in <think> ... </think> at the beginning of a reply."""
        if self._closing:
            self._thought = (self._thought + character)[-len(self._closing) :]
            if self._thought == self._closing:
                self._closing = ""
            return ""
        if self._opening is None:
            return character
        self._opening = opening = (self._opening + character).lstrip()
        if opening in _THOUGHTS:
            self._opening, self._closing = None, _THOUGHTS[opening]
            return ""
        if any(mark.startswith(opening) for mark in _THOUGHTS):
            return ""
        seen, self._opening = self._opening, None
        return seen

    def _take(self, character: str) -> Iterator[Draft]:
        if character in "\n\r\v\f\x85\u2028\u2029":
            yield from self._flush(self._line)
            self._line, self._skips = "", False
        elif self._skips or (character.isspace() and self._line[-1:] in ("", " ")) or _is_hidden(character):
            return
        elif len(self._line) >= STATEMENT_LIMIT:
            yield Draft("", ())
            self._line, self._skips = "", True
        elif character.isspace():
            self._line += " "
        else:
            yield from self._add(character)

    def _add(self, character: str) -> Iterator[Draft]:
        """Take a visible character; it may show that a statement ended before it."""
        if character not in _STOPS + _CLOSERS + _OPENERS and self._has_ended():
            yield from self._flush(self._line)
            self._line = ""
        self._line += character
        if character in "]］】":
            cut = _next_marked(self._line)
            if cut:
                yield from self._flush(self._line[:cut])
                self._line = self._line[cut:]

    def _has_ended(self) -> bool:
        """Whether the line so far ends with a sentence and its markers, in one or the other order."""
        line = self._line.rstrip()
        if not line or line[-1] not in _STOPS + _CLOSERS + "]］】":
            return False
        last = None
        for last in markers(line):  # noqa: B007  the last one
            pass
        if last is None or _is_marked_first(line):
            return False
        after = line[last.end :].strip()
        if after:
            return set(after) <= set(_STOPS + _CLOSERS + " ") and any(c in _STOPS for c in after)
        return line[: last.start].rstrip(_CLOSERS + " ").endswith(tuple(_STOPS))

    @staticmethod
    def _flush(line: str) -> Iterator[Draft]:
        """The statements of a piece of the reply that is complete."""
        text = _WHERE.sub(r"\1", _LABEL.sub("", _EMPHASIS.sub("", _BULLET.sub("", line).strip())))
        plain, places = without_markers(text)
        spans = split_sentences(plain)
        if not spans:
            return
        cited: list[list[int]] = [[] for _ in spans]
        for at, number in places:
            holder = max((n for n, span in enumerate(spans) if span.start < at), default=0)
            cited[holder].append(number)
        for span, numbers in zip(spans, cited, strict=True):
            yield Draft(plain[span.start : span.end], tuple(dict.fromkeys(numbers)))


def _is_marked_first(line: str) -> bool:
    """Whether the markers of a line stand before what they belong to."""
    first = next(markers(line), None)
    return first is not None and not _BULLET.sub("", line[: first.start]).strip()


def _next_marked(line: str) -> int:
    """Where, in a line whose markers come first, the marker that ends it begins a further statement; else 0."""
    if not _is_marked_first(line):
        return 0
    last = list(markers(line))[-1]
    before = line[: last.start].rstrip(_CLOSERS + " ")
    return last.start if last.end == len(line) and before.endswith(tuple(_STOPS)) else 0


def _is_hidden(character: str) -> bool:
    """Control codes, and what turns the direction or has no width: none of it belongs into a statement."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")
