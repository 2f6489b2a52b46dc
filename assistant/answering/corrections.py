"""What an article takes back: the claims that its notices say were wrong, and which sentences repeat them.

"An earlier version of this article said that nine people had died" repeats the very claim that is wrong, and answers
nobody; "The Post has withdrawn its report that" repeats it as well, but says what it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index import Article, Sentence
from index.language.moments import moments
from index.language.numbers import Quantity
from index.language.retractions import RetractionKind, has_cue, heading_of, quoted, retraction_in
from index.language.text import parsed
from index.language.words import stem

_NEAR = 2  # sentences after a notice that may go on with it
_STANDS = re.compile(
    r"(?<!\w)(?:(?:is|are|was|were)\s(?:right|correct|accurate)|(?:does|do|did)\snot\schange)(?!\w)", re.I
)
_NOT_SUBJECT = frozenset(map(stem, "correction clarification corrected withdrawn withdrawal retraction report".split()))


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is said to be wrong.

    Attributes:
        sentence: the sentence that repeats it.
        bare: whether this sentence says only what is wrong, so that nobody should read it as an answer.
        names: the names in it, in small letters.
        numbers: the numbers in it that are wrong; of "nine, not eleven" only the eleven.
        about: what it says, word by word (`concepts`).
        denied: whether it is a number that was put right within one sentence: "nine, not eleven".
        start: where in the sentence it begins.
    """

    sentence: Sentence
    bare: bool
    names: tuple[str, ...]
    numbers: tuple[Quantity, ...]
    about: tuple[frozenset[str], ...]
    denied: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice in an article.

    Attributes:
        article: the article that has it.
        kind: whether something was corrected, or taken back without anything in its place.
        sentence: the sentence to show for it.
        claims: what it says was wrong.
        headlines: the headlines that it quotes.
        itself: whether it is about the article that it stands in.
        subject: of an article that is nothing but the notice, what its headline says it is about (`concepts`).
        days: the days that it names for what was wrong: "our report of Thursday".
        undoes: whether what it takes back is an earlier notice.
    """

    article: Article
    kind: RetractionKind
    sentence: Sentence
    claims: tuple[Claim, ...]
    headlines: tuple[str, ...] = ()
    itself: bool = False
    subject: tuple[frozenset[str], ...] = ()
    days: tuple[dt.date, ...] = ()
    undoes: bool = False

    @property
    def text(self) -> str:
        """The sentence to show for it."""
        return self.article.text[self.sentence.start : self.sentence.end]


@lru_cache(maxsize=1024)
def corrections(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Correction, ...]:
    """The notices of an article: one for all that it takes back itself, and one for each "nine, not eleven".

    Args:
        article: the article.
        sentences: all its sentences, in order.
    """
    if not sentences:
        return ()
    may = has_cue(article.text) or has_cue(article.title)
    found = _notice(article, sentences) if may else None
    notices = [found] if found else []
    taken = {claim.sentence for notice in notices for claim in notice.claims}
    for sentence in sentences:
        text = article.text[sentence.start : sentence.end]
        denied = _denied(text) if sentence not in taken else ()
        if denied:
            claim = replace(_claim(text, sentence, bare=False), numbers=denied, denied=True)
            notice = found or Correction(article, "corrected", sentence, ())
            notices.append(replace(notice, kind="corrected", sentence=sentence, claims=(claim,), itself=False))
    return tuple(notices)


def _notice(article: Article, sentences: Sequence[Sentence]) -> Correction | None:
    """What an article as a whole takes back, if it does so."""
    texts = [article.text[one.start : one.end] for one in sentences]
    heading = heading_of(article.title)
    alone = heading is not None and heading.alone
    kinds = {heading.kind} if heading else set[RetractionKind]()
    undoes = False
    said_at: list[int] = []  # the sentences that say so
    claims: dict[Sentence, Claim] = {}
    itself = heading is not None and not alone
    for at, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
        within = alone or (bool(said_at) and at - said_at[-1] <= _NEAR)
        found = retraction_in(text, within=within)
        if found is None:
            continue
        if found.kind:
            undoes = undoes or found.undoes
            kinds.add(found.kind)
            said_at.append(at)
            itself = itself or (found.here and not alone)
        if found.claim is not None:
            claim = replace(_claim(text[found.claim :], sentence, bare=found.bare), start=found.claim)
            denied = _denied(text)
            if denied:  # "14 million and not 40 million, as we reported"
                claim = replace(_claim(text, sentence, bare=False), numbers=denied, denied=True)
            claims[sentence] = claim
        elif found.judges and at:
            claims.setdefault(sentences[at - 1], _claim(texts[at - 1], sentences[at - 1], bare=True))
    if not kinds:
        return None
    itself = itself or (alone and not said_at and not claims)
    wrong = tuple(claims.values())
    shown = sentences[said_at[0] if said_at else 0]
    if "withdrawn" not in kinds:  # an undone notice too: what is right is known again
        shown = _right(article, sentences, wrong, None if alone else _NEAR) or shown
    about = (article.title, *texts) if alone else [texts[at] for at in said_at]
    headlines = tuple(headline for text in about for headline in quoted(text))
    kind: RetractionKind = "withdrawn" if "withdrawn" in kinds or undoes else "corrected"
    subject = tuple(word for word in parsed(article.title).concepts if not word & _NOT_SUBJECT) if alone else ()
    of_wrong = [*(texts[at] for at in said_at), *(article.text[one.start : one.end] for one in claims)]
    named = [each for text in of_wrong for each in moments(text, article.date) if each.precision == "day"]
    days = tuple(each.first for each in named if each.first and article.date and each.first <= article.date)
    return Correction(article, kind, shown, wrong, headlines, itself, subject, days, undoes)


def _right(
    article: Article, sentences: Sequence[Sentence], claims: Sequence[Claim], near: int | None
) -> Sentence | None:
    """The sentence that says what is right: of the `near` ones after a claim the one that has most of its words."""
    best, most = None, 1
    wrong = [claim.sentence for claim in claims if claim.bare]
    for claim in claims:
        if not claim.bare:
            return claim.sentence
        after = sentences.index(claim.sentence) + 1
        for sentence in sentences[after : None if near is None else after + near]:
            said = set[str]().union(*parsed(article.text[sentence.start : sentence.end]).concepts)
            shared = sum(bool(said & word) for word in claim.about)
            if (
                sentence not in wrong
                and shared > most
                and not _STANDS.search(article.text, sentence.start, sentence.end)
            ):
                best, most = sentence, shared
    if best is None and wrong and near is None:  # what is nothing but a notice goes on with what is right
        return next((each for each in sentences if each.start > wrong[-1].start), None)
    return best


def _claim(text: str, sentence: Sentence, *, bare: bool) -> Claim:
    read = parsed(text)
    there = read.quantities
    called = tuple(
        name.casefold() for name, at in read.names if not any(each.start <= at < each.end for each in there)
    )  # "Twelve" has its capital from where it stands
    numbers = tuple(each for each in there if not each.negated and each.unit != "ordinal")
    return Claim(sentence, bare, called, numbers, read.concepts)


def _denied(text: str) -> tuple[Quantity, ...]:
    """The numbers that a sentence says are not the ones, where it gives another in their place."""
    if " not " not in text:
        return ()
    found = [each for each in parsed(text).quantities if each.unit not in ("ordinal", "change")]
    denied = tuple(each for each in found if each.negated and each.value > 1)
    return denied if any(not each.negated for each in found) else ()
