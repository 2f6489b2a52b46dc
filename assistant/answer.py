"""What the Assistant gives back, an Answer with its parts.

This is their only description: their JSON, the description of the API and what is kept of an answer follow from it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from index import Article, Sentence
from index.document import Count, Day, Document

Status = Literal["answered", "not_in_corpus"]
Form = Literal["sentence", "figures", "briefing", "timeline"]
Basis = Literal["published", "told"]
Standing = Literal["latest", "earlier", "disputed", "withdrawn"]
NoticeKind = Literal["corrected", "withdrawn", "superseded", "changed", "gone"]
ReasonKind = Literal["nothing_close", "missing", "language", "filtered", "not_answered", "courtesy"]

Marker = Annotated[int, Field(ge=1)]
Offset = Annotated[int, Field(ge=0, description="In Unicode code points of the article's text.")]
Number = Annotated[float, PlainSerializer(lambda value: int(value) if value == int(value) else value, when_used="json")]


def _rounded(digits: int) -> PlainSerializer:
    return PlainSerializer(lambda value: round(value, digits), when_used="json")


@dataclass(frozen=True, slots=True)
class Citation(Document):
    """A numbered pointer to one sentence of an article: `text[start:end]` of the article is `sentence`."""

    marker: Marker
    """The number shown in brackets; 1, 2, ... in order of first appearance."""
    article_id: str
    title: str
    date: Day
    """The day of publication, if known, as ISO 8601 writes it."""
    source: str | None
    """The outlet."""
    url: str | None
    """Where the original is, as the article says: check it before you open it."""
    start: Offset
    end: Offset
    sentence: str

    @classmethod
    def to(cls, article: Article, sentence: Sentence, marker: int) -> Citation:
        """The citation of a sentence of an article; its text is read from the article, never passed along."""
        return cls(
            marker=marker,
            article_id=article.id,
            title=article.title,
            date=article.date.isoformat() if article.date else None,
            source=article.source,
            url=article.url,
            start=sentence.start,
            end=sentence.end,
            sentence=article.text[sentence.start : sentence.end],
        )


@dataclass(frozen=True, slots=True)
class Statement(Document):
    """One sentence of an answer."""

    text: str
    citations: tuple[Marker, ...]
    """Markers of the citations that support it."""
    span: tuple[Count, Count] | None
    """The short answer inside `text`, `[start, end)` in code points."""
    verbatim: bool
    """Whether it is a source sentence as it stands."""
    sources: Annotated[tuple[Citation, ...], Field(exclude=True)] = field(default=(), compare=False, repr=False)
    """Where it comes out of a stream, what `citations` name, as the Answer comes only later."""
    day: Day = None
    """In a briefing or a timeline, the day that it is about, if known."""


@dataclass(frozen=True, slots=True)
class Figure(Document):
    """One point of how a figure changed."""

    value: Number
    """The number; of a range its first."""
    text: str
    """The same as the sentence says it: "at least 38", "10 to 15"."""
    counted: str
    """What it counts, as the sentence or the question says it: "ships", "per cent"; "" where neither does."""
    date: Day
    """The day of its article, if known."""
    source: str | None
    """The outlet of its article."""
    citation: Marker
    """Marker of the sentence."""
    standing: Standing = "latest"
    """`earlier`, a later one has taken its place; `disputed`, another source has another one for the same time;
    `withdrawn`, it was corrected or taken back."""


@dataclass(frozen=True, slots=True)
class Notice(Document):
    """What a reader must know of a citation."""

    citation: Marker
    """Its marker."""
    kind: NoticeKind
    """`corrected`, something that its article says was wrong; `withdrawn`, it was taken back; `superseded`, a later
    figure has taken its place; `changed`, the article has another text now; `gone`, it was removed."""
    article_id: str
    """The article that says so; for the last two, the one that is cited."""
    text: str
    """What it says, a sentence of that article; for the last two, a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Period(Document):
    """The days that an answer is limited to, both included."""

    first: Annotated[Day, Field(alias="from")]
    """The first day; null where it is open to that side."""
    last: Annotated[Day, Field(alias="to")]
    """The last day; null where it is open to that side."""
    basis: Basis
    """`published`, articles of these days; `told`, what is told to have happened on them."""
    text: str
    """The same in words: "articles up to 4 March 2031"."""

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day."""
        first, last = (None if day is None else dt.date.fromisoformat(day) for day in (self.first, self.last))
        return first, last


@dataclass(frozen=True, slots=True)
class Writing(Document):
    """What became of what a Writer said, where one is set."""

    writer: str
    """Which Writer it was."""
    kept: Count = 0
    """How many of its statements were shown."""
    replaced: Count = 0
    """How many were shown as a source sentence that they cite instead."""
    dropped: Count = 0
    """How many were left out."""
    faults: dict[str, int] = field(default_factory=dict)
    """What was wrong with the last two: the kinds of `FaultKind`, and how often."""
    note: str | None = None
    """One line that says why the answer is not just what the Writer said, if it is not."""


@dataclass(frozen=True, slots=True)
class Reason(Document):
    """Why a question was refused."""

    kind: ReasonKind
    """`nothing_close`, nothing is about it; `missing`, no article has a name that is in it; `language`, it is not in
    English; `filtered`, no article is left by the filter; `not_answered`, articles are about it and do not say;
    `courtesy`, nothing was asked."""
    missing: tuple[str, ...] = field(kw_only=True, default=())
    """Names and words of the question that no article has."""
    text: str
    """The same in a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Answer(Document):
    """An answer, or a refusal: the document of `dateline ask --json`."""

    question: str
    """As it was asked."""
    standalone_question: str
    """The same, independent of the conversation: for a follow-up, the question that it follows stands before it."""
    status: Status
    """`not_in_corpus` where no sentence of the articles supports an answer."""
    text: Annotated[str, Field(serialization_alias="answer")] = field(default="", init=False, compare=False, repr=False)
    """The statements with their markers as one text; empty in a refusal."""
    short_answer: str | None = field(default=None, init=False, compare=False, repr=False)
    """The span of the first statement that has one."""
    statements: tuple[Statement, ...] = ()
    """What is answered, sentence by sentence; empty in a refusal."""
    citations: tuple[Citation, ...] = ()
    """What the statements cite; empty in a refusal."""
    form: Form = "sentence"
    """What it looks like."""
    figures: tuple[Figure, ...] = ()
    """Of a question for a number that articles of several days or sources give: what each says, oldest first."""
    notices: tuple[Notice, ...] = ()
    """What was corrected or withdrawn of what is cited."""
    period: Period | None = None
    """The days that it is limited to, by the question or by `as_of`; null where it is not."""
    tentative: bool = False
    """Whether it only may answer: show it as "This may answer it". Then there is no short answer."""
    follow_up_to: str | None = None
    """The earlier question as whose follow-up it was read, if it was."""
    reason: Reason | None = None
    """In a refusal, why."""
    closest: Annotated[tuple[Citation, ...], Field(max_length=3)] = ()
    """In a refusal, the sentences that came closest without answering."""
    confidence: Annotated[float, Field(ge=0, le=1), _rounded(4)] = 0.0
    """Calibrated probability that the first statement answers the question."""
    timings_ms: dict[str, Annotated[float, _rounded(1)]] = field(default_factory=dict)
    """Milliseconds by stage: search, read, with a Writer also write, total."""
    writing: Annotated[Writing | None, Field(exclude_if=lambda writing: writing is None)] = None
    """What became of what the Writer said, where one is set; not there where none is."""

    def __post_init__(self) -> None:
        """Put the statements together: what follows from them is never told by anybody."""
        lines = (
            f"{' '.join(each.text.split())} {''.join(f'[{marker}]' for marker in each.citations)}"
            for each in self.statements
        )
        spans = (each.text[slice(*each.span)] for each in self.statements if each.span is not None)
        object.__setattr__(self, "text", " ".join(lines))
        object.__setattr__(self, "short_answer", next(spans, None))

    @property
    def is_sure(self) -> bool:
        """Whether it answers, and not only may."""
        return self.status == "answered" and not self.tentative

    @property
    def is_courtesy(self) -> bool:
        """Whether nothing was asked: the reason is a friendly line, and this is no turn of a conversation."""
        return self.reason is not None and self.reason.kind == "courtesy"

    @property
    def note(self) -> str | None:
        """One line beside an answer that is not just what the Writer said."""
        return self.writing.note if self.writing is not None else None
