"""The sentences that a Writer is given, as data, and the markers by which it cites them: [1], [2][3], [1-3], 【5】."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answer import Citation

NO_SOURCE = 0
"""What a marker that cannot mean a source is read as: [0], [3-1], [1-100000]. No source has this number."""

_OPEN, _CLOSE = r"[\[［【]", r"[\]］】]"
_NUMBER = r"\d{1,9}"
_MARKER = re.compile(
    rf"""{_OPEN}{{1,9}}\ ?(?:(?:sources?|sentences?|citations?|no\.?|\#|\^)\ ?)?{_NUMBER}
         (?:\ ?{_CLOSE}{{0,9}}\ ?(?:(?:[,;、，&–—-]|and\b|to\b)\ ?{_OPEN}{{0,9}}|{_OPEN}{{1,9}})\ ?{_NUMBER}){{0,50}}
         \ ?{_CLOSE}{{1,9}}""",
    re.X | re.I,
)
_RANGE = re.compile(
    rf"({_NUMBER})[^\d,;&、，]{{0,20}}?(?:[–—-]|to\b)[^\d,;&、，]{{0,20}}?({_NUMBER})|({_NUMBER})", re.I
)
_WIDEST = 20  # sources that a range may span; no prompt has more


@dataclass(frozen=True, slots=True)
class Marker:
    """A group of markers in a text.

    Attributes:
        numbers: the sources that it names, in order, as they are written; `NO_SOURCE` for what names none.
    """

    start: int
    end: int
    numbers: tuple[int, ...]


def markers(text: str) -> Iterator[Marker]:
    """The groups of markers of a text, in order, fifty numbers at most in each."""
    for match in _MARKER.finditer(text):
        yield Marker(match.start(), match.end(), tuple(_numbers(match[0])))


def without_markers(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without markers and the spaces before them, and for each number, where in that text its marker stood."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = last = 0
    for marker in markers(text):
        piece = text[last : marker.start].rstrip()
        pieces.append(piece)
        length += len(piece)
        places += ((length, number) for number in marker.numbers)
        last = marker.end
    return "".join([*pieces, text[last:]]), places


def _numbers(marker: str) -> Iterator[int]:
    for match in _RANGE.finditer(marker):
        if match[3] is not None:
            yield int(match[3])
            continue
        first, last = int(match[1]), int(match[2])
        if 0 <= last - first < _WIDEST:
            yield from range(first, last + 1)
        else:
            yield NO_SOURCE


SOURCES = 8
"""How many sentences a Writer is given."""

_LONGEST = 600
"""Characters of a sentence that a Writer is given; a longer one is mostly no sentence, and is left out."""

_OUTLET = 40  # characters of the name of an outlet

# What an article says to a program rather than to its readers. Not a fence, which no list of phrases can be: the
# Verifier is that. It keeps the plainest attempts from being quoted at all.
_INSTRUCTION = re.compile(
    r"""\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}
        \b(?:instruction|prompt|rule|guideline|direction|message|question|sentence|context|above|previous|prior
          |said\ before|you\ (?:were|are)\ told)
      | \b(?:system|developer)\s?(?:prompt|message|instructions?)\b
      | <\|?(?:system|im_start|im_end|assistant|user)
      | \[/?(?:INST|SYS|SYSTEM)\]
      | ^\s*(?:system|assistant|user|human|ai|developer)\s*: | (?<!\#)\#{2,}+\s*(?:system|instruction)
      | \byou\ are\ (?:now\ )?(?:an?\ )?(?:ai|assistant|language\ model|chatbot|llm|dan|jailbroken|unrestricted)\b
      | \b(?:as\ an?|dear|attention,?|note\ to(?:\ the)?|hey,?|to\ the)
        \ (?:ai|assistant|language\ model|llm|model|chatbot|bot)s?\b
      | \b(?:ai|language)\ models?\b[^.!?]{0,40}\b(?:must|should|shall|please|have\ to|reading\ this)\b
      | \b(?:respond|reply|answer)\ (?:only\ )?with\ (?:only|just|exactly|the\ (?:words?|phrase|following|text)|["“'‘])
      | \b(?:respond|reply|answer)\ (?:only\ )?in\ (?:json|french|german|spanish|russian|chinese|base64|capitals)\b
      | ^["“'‘(]*(?:please\ |now\ |instead,?\ |simply\ |just\ |always\ |only\ )*
        (?:say|write|output|print|repeat|reveal|respond|reply|answer|cite
          |tell\ (?:the\ user|them|everyone|people|readers)
          |do\ (?:not|n[o']t)\ (?:follow|obey|mention|cite|answer|use|quote))\b
      | \b(?:cite|citation|marker)s?\b[^.!?]{0,30}\[\d
      | \b(?:begin|end|start)\ (?:your|the|every|each)\ (?:answer|reply|response)
      | \bfrom\ now\ on\b[^.!?]{0,20}\byou\b | \byour\ (?:new\ )?(?:task|instructions?|system\ prompt)\ (?:is|are)\b
      | \b(?:api\ key|password|secret|environment\ variables?)\b[^.!?]{0,40}\b(?:print|reveal|include|output)\b
    """,
    re.X | re.I,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that may be cited.

    Attributes:
        citation: the sentence and where it stands; its marker means nothing yet.
        span: the short answer in it, `[start, end)` in code points, where the Reader marked one.
        article: the text of its article.
    """

    citation: Citation
    span: tuple[int, int] | None = None
    article: str = ""


def sources(candidates: Iterable[Source], limit: int = SOURCES) -> list[Source]:
    """The sentences to give to a Writer, of the Reader's candidates, best first.

    Each text once; nothing that reads as an instruction to a program, nothing too long to be a sentence, or too short.
    """
    found: dict[str, Source] = {}
    for candidate in candidates:
        text = " ".join(candidate.citation.sentence.split())
        if len(text) <= _LONGEST and text not in found and text.count(" ") >= 2 and not is_instruction(text):
            found[text] = candidate
            if len(found) == limit:
                break
    return list(found.values())


def is_instruction(text: str) -> bool:
    """Whether a text seems to tell a program what to do; also if it is written to be seen by programs only."""
    visible = unicodedata.normalize("NFKC", "".join(c for c in text if unicodedata.category(c) != "Cf"))
    return _INSTRUCTION.search(visible) is not None


def prompt_line(source: Source) -> str:
    """A sentence as a Writer is given it, with the day and outlet of its article in front, as far as they are known."""
    outlet = as_data(source.citation.source or "")
    outlet = "" if is_instruction(outlet) else re.sub(r"[()]", "", outlet)[:_OUTLET].strip()
    where = ", ".join(filter(None, (source.citation.date, outlet)))
    return f"({where}) {as_data(source.citation.sentence)}" if where else as_data(source.citation.sentence)


def as_data(sentence: str) -> str:
    """A sentence as a Writer sees it: on one line, without control codes and hidden characters, and with what looks
    like one of our markers in round brackets, so that the numbers in front are the only ones.
    """
    text = "".join(" " if c.isspace() else c for c in sentence if c.isspace() or unicodedata.category(c)[0] != "C")
    text = " ".join(text.split())
    pieces, last = [], 0
    for marker in markers(text):
        inner = text[marker.start : marker.end].strip("[]［］【】 ")
        pieces += [text[last : marker.start], f"({inner})"]
        last = marker.end
    return "".join([*pieces, text[last:]])
