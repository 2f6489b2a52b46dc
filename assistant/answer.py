"""What the Assistant gives back, an Answer with its parts, and the document that it is as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from index import Article, Sentence

__all__ = [
    "Answer",
    "Citation",
    "Figure",
    "Form",
    "Notice",
    "NoticeKind",
    "Reason",
    "ReasonKind",
    "Standing",
    "Statement",
    "Status",
    "Writing",
]

Status = Literal["answered", "not_in_corpus"]
Form = Literal["sentence", "figures", "briefing", "timeline"]
Standing = Literal["latest", "earlier", "disputed", "withdrawn"]
NoticeKind = Literal["corrected", "withdrawn", "superseded", "changed", "gone"]
ReasonKind = Literal["nothing_close", "missing", "language", "filtered", "not_answered", "courtesy"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to one sentence: `article.text[start:end] == sentence`.

    Attributes:
        marker: the number shown in brackets; 1, 2, ... in order of first appearance.
        article_id, title, date, source, url: the article; the date as an ISO 8601 day.
        start, end: the sentence's span in the article's text, in code points.
        sentence: the sentence itself.
    """

    marker: int
    article_id: str
    title: str
    date: str | None
    source: str | None
    url: str | None
    start: int
    end: int
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

    def to_dict(self) -> dict[str, Any]:
        """The citation as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer.

    Attributes:
        text: what it says.
        citations: markers of the citations that support it.
        span: the short answer inside `text`, `[start, end)` in code points.
        verbatim: whether `text` is a source sentence as it stands.
        sources: where it comes out of a stream, what `citations` name, as the Answer comes only later.
    """

    text: str
    citations: tuple[int, ...]
    span: tuple[int, int] | None
    verbatim: bool
    sources: tuple[Citation, ...] = field(default=(), compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The statement as JSON has it."""
        span = None if self.span is None else list(self.span)
        return {"text": self.text, "citations": list(self.citations), "span": span, "verbatim": self.verbatim}


@dataclass(frozen=True, slots=True)
class Figure:
    """One point of how a figure changed.

    Attributes:
        value: the number; of a range its first.
        text: the same as the sentence says it: "at least 38", "10 to 15".
        counted: what it counts, as the sentence or the question says it: "ships", "per cent"; "" where neither does.
        date, source: of its article; the date as an ISO 8601 day.
        citation: marker of the sentence.
        standing: "latest"; "earlier", a later one has taken its place; "disputed", another source has another one for
            the same time; "withdrawn", it was corrected or taken back.
    """

    value: float
    text: str
    counted: str
    date: str | None
    source: str | None
    citation: int
    standing: Standing = "latest"

    def to_dict(self) -> dict[str, Any]:
        """The figure as JSON has it; a whole number as one."""
        document = {name: getattr(self, name) for name in self.__slots__}
        return {**document, "value": int(self.value) if self.value == int(self.value) else self.value}


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know of a citation.

    Attributes:
        citation: its marker.
        kind: `corrected`, something that its article says was wrong; `withdrawn`, it was taken back; `superseded`, a
            later figure has taken its place; `changed`, the article has another text now; `gone`, it was removed.
        article_id: the article that says so; for the last two, the one that is cited.
        text: what it says, a sentence of that article; for the last two, a sentence for the user.
    """

    citation: int
    kind: NoticeKind
    article_id: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The notice as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of what a Writer said.

    Attributes:
        writer: which Writer it was.
        kept, replaced, dropped: how many of its statements were shown, shown as a source sentence that they cite
            instead, and left out.
        faults: for the last two, what was wrong with them: the kinds of `FaultKind`, and how often.
        note: one line that says why the answer is not just what the Writer said; None where it is.
    """

    writer: str
    kept: int = 0
    replaced: int = 0
    dropped: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    note: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was refused.

    Attributes:
        kind: `nothing_close`, nothing is about it; `missing`, no article has a name that is in it; `language`, it is
            not in English; `filtered`, no article is left by the filter; `not_answered`, articles are about it and do
            not say; `courtesy`, nothing was asked.
        missing: the names that no article has.
        text: the same in a sentence for the user.
    """

    kind: ReasonKind
    text: str
    missing: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The reason as JSON has it."""
        return {"kind": self.kind, "missing": list(self.missing), "text": self.text}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal.

    Attributes:
        question: as it was asked.
        standalone_question: the same, independent of the conversation: for a follow-up, the question that it follows
            stands before it.
        status: "answered", or "not_in_corpus" where no sentence of the articles supports an answer.
        statements, citations: empty in a refusal.
        form: what it looks like.
        figures: of a question for a number that articles of several days or sources give: what each says, oldest first.
        notices: what was corrected or withdrawn of what is cited.
        tentative: the confidence lies between the two thresholds: shown as "this may answer it", without a short
            answer.
        follow_up_to: the earlier question as whose follow-up it was read; None where it was read by itself.
        reason: in a refusal, why.
        closest: in a refusal, up to three sentences that came closest without answering.
        confidence: calibrated probability, 0 to 1, that the first statement answers the question.
        timings_ms: milliseconds by stage: search, read, with a Writer also write, total.
        writing: what became of what the Writer said; None where none was asked.
    """

    question: str
    standalone_question: str
    status: Status
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    form: Form = "sentence"
    figures: tuple[Figure, ...] = ()
    notices: tuple[Notice, ...] = ()
    tentative: bool = False
    follow_up_to: str | None = None
    reason: Reason | None = None
    closest: tuple[Citation, ...] = ()
    confidence: float = 0.0
    timings_ms: dict[str, float] = field(default_factory=dict)
    writing: Writing | None = None

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

    @property
    def text(self) -> str:
        """The statements with their markers, as one text; empty in a refusal."""
        return " ".join(
            f"{' '.join(s.text.split())} {''.join(f'[{marker}]' for marker in s.citations)}" for s in self.statements
        )

    @property
    def short_answer(self) -> str | None:
        """The span of the first statement that has one."""
        for statement in self.statements:
            if statement.span is not None:
                start, end = statement.span
                return statement.text[start:end]
        return None

    def to_dict(self) -> dict[str, Any]:
        """The answer as the JSON document that the command line and HTTP give."""
        document: dict[str, Any] = {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "status": self.status,
            "answer": self.text,
            "short_answer": self.short_answer,
            "statements": [statement.to_dict() for statement in self.statements],
            "citations": [citation.to_dict() for citation in self.citations],
            "form": self.form,
            "figures": [figure.to_dict() for figure in self.figures],
            "notices": [notice.to_dict() for notice in self.notices],
            "tentative": self.tentative,
            "follow_up_to": self.follow_up_to,
            "reason": None if self.reason is None else self.reason.to_dict(),
            "closest": [citation.to_dict() for citation in self.closest],
            "confidence": round(self.confidence, 4),
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }
        if self.writing is not None:
            document["writing"] = self.writing.to_dict()
        return document
