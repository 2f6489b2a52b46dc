"""Names and noun phrases of a text, by the closed classes of English alone.

There is no tagger here: it would cost half a second and tens of megabytes, and what is built on these phrases is shown
to the user and searched for beside the question as it was typed. A phrase too many or too long costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.conversation.words import DETERMINERS, DO, FUNCTION_WORDS, QUESTION_WORDS, Word, words_of

__all__ = ["Phrase", "counted", "is_verb", "name_runs", "phrases_of"]

# Forms that end a phrase rather than belong to it: frequent verbs, and what follows a name in a question.
_VERBS = frozenset(
    """accuse accused admit affect agree allege allow announce announced appear appeared arrest arrested ask asked
    attend became become began begin begun believe blame blamed born bring broke brought build built buy call called
    came carry cause caused change changed claim claimed come confirm convicted cost create deal decide declare delay
    delayed demand deny describe die died differ discuss drop earn elect elected end ended expect explain faced fall
    feel fell filed find fled flee focus follow force forced found gave get go goes gone gross grow had happen happened
    happens hear held help hit hold hurt identify injured involve join joined kept kill killed knew know known last
    launch lead leads learn leave led left lie lift lifted live lives look lose lost made make makes mean meant meet met
    mention move named need occur offer paid pay plans play played prevent provide put raise ran reach receive received
    recommend release released remain report reported reveal rise rose run said saw say says seek seeks seen sell send
    sent sentenced serve serving set shot show shut sign signed sold speak spend spent spoke stand start started stay
    steal stood stop strike struck succeed suffer suggest support take taken takes talk talked tell testify think
    thought threaten told took tour treat tried try turn turned use used visit visited visits vote voted want wants warn
    warned watch went win wins won work worked works write wrote""".split()
)
_IRREGULAR_PLURALS = frozenset("people men women children police troops media data feet teeth mice crew staff".split())
_WITHIN_NAMES = frozenset("of the al al- de der da di van von bin ibn el la le du for".split())
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty hundred thousand million am pm i
    god mr mrs ms dr""".split()
)
_LOOK_LIKE_ADVERBS = frozenset("ally anomaly assembly bully family fly monopoly rally reply supply".split())
_LONGEST = 10  # words; what is longer is no phrase, but a list, or noise
_GAP = re.compile(r"['’]?\s+")
_NUMBER = re.compile(
    r"""(?<![\w.,$€£¥])(?:[$€£¥]\s?)?(?:\d[\d.,]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens
        |hundreds|thousands|millions)(?:\s(?:hundred|thousand|million|billion|dozen))?(?![\w%])""",
    re.X | re.I,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that names something.

    Attributes:
        text: as it is written.
        start, end: its span.
        is_name: whether it is written with capitals.
        definite: whether a determiner such as `the` is before it; it is part of the span.
    """

    text: str
    start: int
    end: int
    is_name: bool
    definite: bool = False

    @property
    def plural(self) -> bool:
        """Whether it is several things, by its form."""
        last = self.text.split()[-1].lower()
        return last in _IRREGULAR_PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "’s")))


def name_runs(text: str) -> list[Phrase]:
    """The runs of capitalised words, such as `Syrian Observatory for Human Rights`.

    The first word of a sentence has its capital anyway: alone it is a name only where no function word is and nothing
    else is said, as in a short answer.
    """
    found: list[Phrase] = []
    words = words_of(text)
    run: list[Word] = []
    for number, word in enumerate(words):
        joins = bool(run) and _GAP.fullmatch(text, run[-1].end, word.start) is not None
        if word.is_capital or (run and joins and word.text.isdigit()):
            if not joins:
                found += _name(text, run)
                run = []
            run.append(word)
        elif not (joins and word.lower in _WITHIN_NAMES and _goes_on(text, words, number)):
            found += _name(text, run)
            run = []
        else:
            run.append(word)
    return [*found, *_name(text, run)]


def phrases_of(question: str) -> list[Phrase]:
    """The names and noun phrases of a question, in order."""
    found: list[Phrase] = []
    words = words_of(question)
    first = 0
    while first < len(words):
        if _opens(words, first):
            last = first
            while last < len(words) and _inside(question, words, first, last):
                last += 1
            if last > first:
                found += _pieces(question, words, first, last)
                first = last
                continue
        first += 1
    return found


def counted(text: str) -> list[Phrase]:
    """Numbers with what they count, such as `14,000 residents`."""
    found = []
    for match in _NUMBER.finditer(text):
        after: list[Word] = []
        for word in words_of(text[match.end() : match.end() + 60]):
            glued = _GAP.fullmatch(text, match.end() + (after[-1].end if after else 0), match.end() + word.start)
            if not glued or word.lower in FUNCTION_WORDS or is_verb(word, after) or len(after) == 3:
                break
            after.append(word)
        if after:
            end = match.end() + after[-1].end
            found.append(Phrase(text[match.start() : end], match.start(), end, is_name=False))
    return found


def _goes_on(text: str, words: Sequence[Word], number: int) -> bool:
    """Whether a small word within a name is followed by a capital, at once or after one more small word."""
    for word, after in pairwise(words[number : number + 3]):
        if word.lower not in _WITHIN_NAMES or _GAP.fullmatch(text, word.end, after.start) is None:
            return False
        if after.is_capital:
            return True
        if word.lower == "for":
            return False
    return False


def _name(text: str, run: list[Word]) -> Iterator[Phrase]:
    """A run without the capital that only begins a sentence, and without days, months and numbers."""
    if run and _begins_sentence(text, run[0]):
        alone = len(run) == 1 and not run[0].text[1:].isupper()
        if run[0].lower in FUNCTION_WORDS or is_verb(run[0], []) or (alone and words_of(text[run[0].end :])[1:]):
            run = run[1:]
    if all(word.lower in _NO_NAMES or not word.is_capital for word in run):
        return
    while run and (not run[0].is_capital or run[0].lower in _NO_NAMES):
        run = run[1:]
    if run and len(run) <= _LONGEST and (len(run) > 1 or len(run[0].text) > 1):
        yield Phrase(text[run[0].start : run[-1].end], run[0].start, run[-1].end, is_name=True)


def _begins_sentence(text: str, word: Word) -> bool:
    before = text[: word.start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:"


def is_verb(word: Word, before: Sequence[Word]) -> bool:
    """Whether a word ends a phrase: a frequent verb, or by its form a participle or an adverb."""
    lower = word.lower
    if lower in _VERBS:
        return True
    follows_noun = any(each.lower not in DETERMINERS for each in before)
    return follows_noun and len(lower) > 4 and lower.endswith(("ed", "ly")) and lower not in _LOOK_LIKE_ADVERBS


def _opens(words: Sequence[Word], number: int) -> bool:
    return words[number].lower in DETERMINERS or words[number].lower not in FUNCTION_WORDS


def _inside(text: str, words: Sequence[Word], first: int, number: int) -> bool:
    """Whether a word belongs to the run that began at `first`."""
    word = words[number]
    if number > first and (words[number - 1].ending in ("'s", "’s") and word.lower not in FUNCTION_WORDS):
        return True
    if (
        number > first
        and _GAP.fullmatch(text, words[number - 1].end + len(words[number - 1].ending), word.start) is None
    ):
        return False
    if word.lower in FUNCTION_WORDS and not (word.is_capital and number > first and len(word.text) > 1):
        return number == first and word.lower in DETERMINERS
    return True


def _pieces(text: str, words: Sequence[Word], first: int, last: int) -> Iterator[Phrase]:
    """The phrases in a run of words, cut at its verbs."""
    asks = words[first - 1].lower if first else ""
    run: list[Word] = []
    pieces: list[list[Word]] = []
    for number in range(first, last):
        word = words[number]
        subject_is_asked_for = number == first and asks in QUESTION_WORDS and asks not in ("what", "which", "whose")
        if not word.is_capital and (subject_is_asked_for or is_verb(word, run)):
            pieces.append(run)
            run = []
        else:
            run.append(word)
    pieces.append(run)
    goes_on = last < len(words) and words[last].lower == "of"
    if asks in DO and pieces == [run] and not goes_on:
        run[:] = _without_verb(run)
    for piece in pieces:
        named = [word for word in piece if word.lower not in DETERMINERS]
        if named and len(named) <= _LONGEST and not (len(named) == 1 and len(named[0].text) == 1):
            start, end = piece[0].start, named[-1].end
            is_name = all(word.is_capital for word in named) and any(word.lower not in _NO_NAMES for word in named)
            start = named[0].start if is_name else start
            yield Phrase(text[start:end], start, end, is_name, definite=piece[0].lower in DETERMINERS)


def _without_verb(run: Sequence[Word]) -> list[Word]:
    """The subject of a question with `do`: all but the verb, which is what follows a name, or the last word."""
    names = [n for n, word in enumerate(run) if word.is_capital]
    if names and names[-1] < len(run) - 1:
        return list(run[: names[-1] + 1])
    nouns = [word for word in run if word.lower not in DETERMINERS]
    return list(run) if names or len(nouns) < 2 else list(run[:-1])
