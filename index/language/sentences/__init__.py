"""Splits the text of an article into sentences.

A line break ends a sentence, unless the text is hard-wrapped; within a paragraph the rules of `rules` decide.
Time is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.article import Sentence
from index.language.sentences.line_breaks import joined, paragraphs
from index.language.sentences.rules import ends_sentence
from index.language.sentences.stops import STOP, Stop

MAX_SENTENCE = 2000
"""The most code points in a sentence. What has no end after so many (a table, a log, no punctuation) is cut, at the end
of a clause or between words if it can be: a passage never cuts a sentence, and a page has to show it."""

_WORD = re.compile(r"[^\W_]")
_VISIBLE = re.compile(r"\S")
_CLAUSE = re.compile(r"(?<=[,;:–—|])\s+")
_SPACE = re.compile(r"\s+")


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of `text`, in order.

    For every string: spans are not empty, do not overlap, begin and end at a visible character (one that is not
    whitespace), and together hold every visible character once. None begins within a grapheme, and none is longer than
    `MAX_SENTENCE` unless a single grapheme is.
    """
    sentences: list[Sentence] = []
    for start, end in paragraphs(text):
        for first, last in _within(text, start, end):
            if last - first <= MAX_SENTENCE:
                sentences.append(Sentence(first, last))
            else:
                sentences.extend(_cut(text, first, last))
    return sentences


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of the paragraph `[start, end)`, which begins and ends at a visible character."""
    word = _WORD.search(text, start, end)
    if word is not None:
        for match in STOP.finditer(text, start, end):
            # A stop within a word or a number, at the paragraph's end, or before the sentence has said anything.
            if match.lastgroup == "close" or match.end() >= end or match.start() < word.start():
                continue
            stop = Stop(text, start, end, match)
            if not ends_sentence(stop) or joined(text, stop.next, start):
                continue
            word = _WORD.search(text, stop.next, end)
            if word is None:  # only signs are left: they go with the sentence
                break
            yield start, stop.end
            start = stop.next
    yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The span `[start, end)` in pieces of at most `MAX_SENTENCE`."""
    while end - start > MAX_SENTENCE:
        stop, resume = _cut_point(text, start, end)
        yield Sentence(start, stop)
        start = resume
    if start < end:
        yield Sentence(start, end)


def _cut_point(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first piece of `[start, end)` ends and where the next begins."""
    limit = start + MAX_SENTENCE
    for pattern, low in ((_CLAUSE, start + MAX_SENTENCE // 2), (_SPACE, start + 1)):
        spaces = [space.start() for space in pattern.finditer(text, low, limit + 1)]
        for space in reversed(spaces):
            visible = _VISIBLE.search(text, space, end)
            if visible is not None and not joined(text, visible.start(), start):
                return space, visible.start()
    at = limit
    while at > start and _within_grapheme(text, at, start):
        at -= 1
    if at == start:
        at = limit
        while at < end and _within_grapheme(text, at, start):
            at += 1
    return at, at


def _within_grapheme(text: str, at: int, start: int) -> bool:
    """Whether a cut here would go through a grapheme, or leave a space at an edge (one that carries an accent)."""
    return joined(text, at, start) or (at < len(text) and text[at].isspace()) or text[at - 1].isspace()
