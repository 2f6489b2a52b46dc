"""What was corrected or withdrawn since: it is not read as an answer, and who cites it says so.

Outlets take things back in other articles than the one that is wrong, which a question finds and the notice not: so
notices are looked for with the headlines of what was found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Notice
from assistant.answering.briefing import is_prose
from assistant.answering.corrections import Claim, Correction, corrections
from assistant.reader import Candidate, Reading
from assistant.reader.reader import MOST_SHOWN
from index import Article, Hit, Sentence
from index.language.numbers import Quantity
from index.language.numerals import SHARE
from index.language.text import parsed
from index.language.words import content_words, words
from index.store.reading import RecordReader

_CUES = (
    "correction", "clarification", "withdrawn", "withdrew", "retracted", "retraction", "incorrectly", "wrongly",
    "mistakenly", "erroneously", "earlier version", "previous version", "apologise", "apologize",
)  # fmt: skip
_LOOKED_AT, _ADDED = 20, 2
_SAME = 0.6
"""The share of the words of a claim that a sentence has which makes the claim."""
_HEADLINE = 0.6  # the share of a headline that is quoted, or of a quotation that is the headline
_LEAST = 2  # words that make a claim
_SOON = dt.timedelta(days=14)  # in which an outlet corrects what it names by its subject alone
_NOTICE_SHOWN = 2


def notice_hits(
    record: RecordReader, question: str, hits: Sequence[Hit], until: dt.date | None = None, *, wide: bool = False
) -> list[Hit]:
    """Passages with notices that concern what was found, and were not found themselves.

    Args:
        record: the articles.
        question: what is asked.
        hits: what was found.
        until: articles of later days do not count.
        wide: whether to look also for those without a word such as "correction", as "nine, not eleven"; a question
            finds these by itself.

    Raises:
        StoreError: the store cannot be read.
    """
    if not hits:
        return []
    said = dict.fromkeys(word for text in (question, *(hit.article.title for hit in hits)) for word in words(text))
    about = [word for word in said if content_words(word)]
    ranked = record.keyword_search_both(_CUES, about, _LOOKED_AT)
    if wide:
        ranked += record.keyword_search(about, _LOOKED_AT)
    found = record.passages(dict.fromkeys(i for i, _ in ranked))
    known = {hit.article.id for hit in hits}
    added: dict[str, list[Hit]] = {}
    for passage, article in found.values():
        if article.id in known or (until and article.date and article.date > until):
            continue
        sentences = record.sentences(article.id)
        for notice in corrections(article, tuple(sentences)):
            concerned = [hit.score for hit in hits if _concerns(notice, hit)]
            if concerned and (article.id in added or len(added) < _ADDED):
                within = tuple(sentences[passage.first : passage.last + 1])
                added.setdefault(article.id, []).append(Hit(passage, article, within, max(concerned)))
                break
    return [hit for some in added.values() for hit in some]


def corrections_of(record: RecordReader, hits: Iterable[Hit], until: dt.date | None = None) -> list[Correction]:
    """The notices in the articles of some passages, the oldest first."""
    articles = {hit.article.id: hit.article for hit in hits}
    found = [
        each
        for article in articles.values()
        if not (until and article.date and article.date > until)
        for each in corrections(article, tuple(record.sentences(article.id)))
    ]
    undone = [each for each in found if each.undoes]
    found = [each for each in found if not any(_is_meant(one, each.article) for one in undone)]
    return sorted(found, key=lambda each: each.article.date or dt.date.min)


def denies(correction: Correction, candidate: Candidate, number: Quantity) -> bool:
    """Whether a notice says that the number of a sentence is wrong."""
    article = candidate.article
    if not _may_be_about(correction, article) or candidate.sentence in _own(correction, article):
        return False
    known = article.id == correction.article.id or _is_meant(correction, article)
    return any(
        any(_equal(wrong, number) for wrong in claim.numbers)
        and (known or _is_about(correction, claim, article, candidate.text))
        for claim in correction.claims
    )


def sifted(reading: Reading, found: Sequence[Correction]) -> Reading:
    """The reading without what was taken back.

    Where this is what answers best, what its notice's article has left answers in its place, the best of it first, and
    the notice: whoever asks whether it was so learns that it was not. Where nothing is left, nothing is answered.
    """
    if not found or not reading.candidates:
        return reading
    reading = replace(reading, candidates=tuple(_unmarked(one, found) for one in reading.candidates))
    wrong = [next((each for each in found if is_wrong(one, each)), None) for one in reading.candidates]
    kept = [one for one, notice in zip(reading.candidates, wrong, strict=True) if notice is None]
    first, notice = reading.candidates[0], wrong[0]
    if notice is None:
        shown = sum(each is None for each in wrong[: reading.shown])
        return replace(reading, candidates=tuple(kept), shown=shown)
    own = [one for one in kept if one.article.id == notice.article.id and is_prose(one.text)]
    if not is_withdrawn(notice.article, notice.sentence, notice):
        hit = next(one.hit for one in reading.candidates if one.article.id == notice.article.id)
        own = [*own[:1], Candidate(hit, notice.sentence, None, first.score), *own[1:]]
        own = list({one.sentence: one for one in own}.values())
    if not own:
        return replace(reading, candidates=tuple(kept), confidence=0.0)
    answers = [replace(one, score=first.score, span=None) for one in own[:_NOTICE_SHOWN]]
    places = {(one.article.id, one.sentence) for one in answers}
    rest = [one for one in kept if (one.article.id, one.sentence) not in places]
    return replace(reading, candidates=(*answers, *rest), shown=len(answers))


def corrected_first(reading: Reading, found: Sequence[Correction]) -> Reading:
    """The reading with the correction before a sentence that has the number which it says is wrong.

    The sentence may answer with what else it says, and nobody should read the number before what is right.
    """
    if not reading.candidates or not reading.shown:
        return reading
    first = reading.candidates[0]
    notice = next((each for each in reversed(found) if has_denied(first.article, first.sentence, each)), None)
    hit = next((one.hit for one in reading.candidates if notice and one.article.id == notice.article.id), None)
    if notice is None or hit is None:
        return reading
    place = (notice.article.id, notice.sentence)
    rest = [one for one in reading.candidates if (one.article.id, one.sentence) != place]
    lead = Candidate(hit, notice.sentence, None, first.score)
    return replace(reading, candidates=(lead, *rest), shown=min(MOST_SHOWN, 1 + reading.shown))


def has_denied(article: Article, sentence: Sentence, correction: Correction) -> bool:
    """Whether a sentence has a number that a notice says is wrong, and is not of the notice itself."""
    if sentence in _own(correction, article) or not _may_be_about(correction, article):
        return False
    text = article.text[sentence.start : sentence.end]
    denied = [claim for claim in correction.claims if claim.denied or not claim.about or claim.bare]
    return any(_has_denied(correction, claim, article, text) for claim in denied)


def _unmarked(candidate: Candidate, found: Sequence[Correction]) -> Candidate:
    """A sentence without its short answer, where this repeats what the sentence itself says is withdrawn."""
    if candidate.span is None:
        return candidate
    for each in found:
        of_it = each.article.id == candidate.article.id and each.kind == "withdrawn"
        for claim in each.claims if of_it else ():
            if claim.sentence == candidate.sentence and claim.start <= candidate.span[0]:
                return replace(candidate, span=None)
    return candidate


def is_wrong(candidate: Candidate, correction: Correction) -> bool:
    """Whether what a sentence says was taken back, or the number that answers in it was corrected."""
    return is_withdrawn(candidate.article, candidate.sentence, correction) or _has_wrong_number(candidate, correction)


def with_notices(answer: Answer, found: Sequence[Correction], articles: Iterable[Article]) -> Answer:
    """The answer with what a reader must know of its citations."""
    of_id = {article.id: article for article in articles}
    notices = [
        Notice(citation.marker, each.kind, each.article.id, each.text)
        for citation in answer.citations
        for each in found
        if citation.article_id in of_id and _tells_of(each, of_id[citation.article_id], citation)
    ]
    return replace(answer, notices=tuple(dict.fromkeys(notices)))


def _tells_of(correction: Correction, article: Article, citation: Citation) -> bool:
    """Whether a notice is worth knowing for who reads a citation."""
    if (citation.article_id, citation.start) == (correction.article.id, correction.sentence.start):
        return False  # it is the notice
    if correction.itself and article.id == correction.article.id:
        return True
    if article.id == correction.article.id or not _may_be_about(correction, article):
        return False
    if _is_meant(correction, article) or any(_makes(citation.sentence, claim) for claim in correction.claims):
        return True
    return any(_has_denied(correction, claim, article, citation.sentence) for claim in correction.claims)


def _concerns(correction: Correction, hit: Hit) -> bool:
    if not _may_be_about(correction, hit.article):
        return False
    if _is_meant(correction, hit.article):
        return True
    texts = [hit.article.text[one.start : one.end] for one in hit.sentences]
    return any(
        _makes(text, claim) or (claim.denied and _has_denied(correction, claim, hit.article, text))
        for claim in correction.claims
        for text in texts
    )


def is_withdrawn(article: Article, sentence: Sentence, correction: Correction) -> bool:
    """Whether a sentence says only what was taken back, or stands in an article that was taken back whole."""
    if article.id == correction.article.id:
        if correction.itself and correction.kind == "withdrawn":
            return sentence != correction.sentence or not correction.claims
        return any(claim.bare and claim.sentence == sentence for claim in correction.claims)
    if not _may_be_about(correction, article):
        return False
    if correction.kind == "withdrawn" and _is_meant(correction, article):
        return True
    text = article.text[sentence.start : sentence.end]
    claims = [claim for claim in correction.claims if correction.kind == "withdrawn" or not claim.numbers]
    return any(_makes(text, claim) for claim in claims)


def _has_wrong_number(candidate: Candidate, correction: Correction) -> bool:
    """Whether the words that answer in a sentence are a number that was corrected."""
    marked = candidate.marked or candidate.span
    if marked is None:
        return False
    start, end = marked
    inside = [each for each in parsed(candidate.text).countable if each.start < end and start < each.end]
    return any(not each.negated and denies(correction, candidate, each) for each in inside)


def _own(correction: Correction, article: Article) -> list[Sentence]:
    """The sentences of the notice itself, if it stands in this article."""
    if article.id != correction.article.id:
        return []
    return [correction.sentence, *(claim.sentence for claim in correction.claims)]


def _may_be_about(correction: Correction, article: Article) -> bool:
    """Whether an article was there when the notice was written."""
    return not (article.date and correction.article.date and article.date > correction.article.date)


def _is_meant(correction: Correction, article: Article) -> bool:
    """Whether a notice is about an article of its outlet as a whole: it names its headline, in full or nearly so; or it
    is nothing but the notice, about the same subject, and of the days that it names if it names any.
    """
    if article.id == correction.article.id:
        return False
    if article.source and correction.article.source and article.source != correction.article.source:
        return False
    title = set(words(article.title))
    for headline in correction.headlines:
        fewer, more = sorted((title, set(words(headline))), key=len)
        if len(fewer) >= _LEAST and fewer <= more and len(fewer) >= _HEADLINE * len(more):
            return True
    if not article.source or not article.date or not correction.article.date or correction.headlines:
        return False
    if correction.days and article.date not in correction.days:
        return False
    if not correction.subject or correction.article.date - article.date > _SOON:
        return False
    has = set[str]().union(*parsed(article.title).concepts, *parsed(article.text[article.body :]).concepts)
    shared = sum(bool(word & has) for word in correction.subject)
    return shared >= min(_LEAST, len(correction.subject)) and shared >= _HEADLINE * len(correction.subject)


def _makes(text: str, claim: Claim) -> bool:
    """Whether a sentence makes a claim: its names, its numbers, and most of its words."""
    if claim.denied or len(claim.about) < _LEAST:
        return False
    folded = text.casefold()
    if any(name not in folded for name in claim.names):
        return False
    there = parsed(text).countable
    if any(not any(_equal(wrong, number) and not number.negated for number in there) for wrong in claim.numbers):
        return False
    shared = _shared(claim, text)
    return shared >= _LEAST and shared / len(claim.about) >= _SAME


def _has_denied(correction: Correction, claim: Claim, article: Article, text: str) -> bool:
    """Whether a sentence has a number that a claim says is wrong, and is about the same."""
    if not claim.numbers or not (_is_meant(correction, article) or _is_about(correction, claim, article, text)):
        return False
    numbers = [each for each in parsed(text).quantities if not each.negated]
    return any(_equal(wrong, number) for wrong in claim.numbers for number in numbers)


def _is_about(correction: Correction, claim: Claim, article: Article, text: str) -> bool:
    """Whether a sentence is about what a claim is about: its article has the names, and it has some of the words of
    the claim, or of what is said in its place.
    """
    whole = f"{article.title}\n{article.text}".casefold()
    said = set[str]().union(*parsed(text).concepts)
    about = {*claim.about, *parsed(correction.text).concepts}
    return all(name in whole for name in claim.names) and sum(bool(word & said) for word in about) >= _LEAST


def _shared(claim: Claim, text: str) -> int:
    """How many words of a claim a sentence has, or others that mean the same."""
    said = set().union(*parsed(text).concepts)
    return sum(bool(word & said) for word in set(claim.about))


def _equal(wrong: Quantity, number: Quantity) -> bool:
    if wrong.unit == number.unit or not number.unit:
        return wrong.value == number.value
    return not wrong.unit and wrong.value == (number.value * 100 if number.unit == SHARE else number.value)
