"""What is said of an answer beside its statements, in the same words in the page, the terminal and the exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer, Figure, Notice, Period

REFUSAL = "The articles do not say."
"""What is said in a refusal that has no reason, as those that earlier versions kept."""

NOT_ENGLISH = "Only questions in English are answered so far."
NONE_LEFT = "No article is left by the days, outlets or articles that you chose."
NO_DATES = "No article has a date, so none can be chosen by its day."
NOT_ANSWERED = "The articles that come closest do not say."

TENTATIVE = "This may answer it:"
"""What stands before the statements of an answer that is not sure."""

CLOSEST = "The closest sentences, which may not answer it:"
"""What stands before the closest sentences of a refusal."""


_CHOSEN = " that you chose"
_NOTHING_SAID = re.compile(
    rf"\W*+(?:the articles do not say\b|{re.escape(NOT_ENGLISH)}|{re.escape(NONE_LEFT)}|{re.escape(NOT_ANSWERED)}"
    rf"|{re.escape(NO_DATES)}|there are no articles |no article tells what happened "
    rf"|no article(?:{_CHOSEN})? mentions |nothing in the articles(?:{_CHOSEN})? is about this\b)",
    re.I,
)


def no_article_mentions(names: Sequence[str], *, filtered: bool) -> str:
    """The reason where no article, or none of those that were chosen, has one of these names."""
    *first, last = names
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"No article{_CHOSEN if filtered else ''} mentions {listed}."


def nothing_close(*, filtered: bool) -> str:
    """The reason where nothing in the articles, or in those that were chosen, is about a question."""
    return f"Nothing in the articles{_CHOSEN if filtered else ''} is about this."


def nothing_of(period: Period, oldest: str, newest: str) -> str:
    """The reason where no article is left by the days that a question is limited to; and which days there are."""
    said = "There are no" if period.basis == "published" else "No article tells"
    return f"{said} {period.text}; the first article is of {oldest}, the last of {newest}."


def is_refusal(text: str) -> bool:
    """Whether it begins as one of the sentences above with which a question is refused, whatever follows."""
    return _NOTHING_SAID.match(text) is not None


def verdict(answer: Answer) -> str | None:
    """The line before what an answer shows: why it is a refusal, or that it only may answer; None where it is sure."""
    if answer.status == "answered":
        return TENTATIVE if answer.tentative else None
    return REFUSAL if answer.reason is None else answer.reason.text


def read_as(answer: Answer) -> tuple[str, str] | None:
    """How a question was taken that was not read by itself: in words, and the other question that they name.

    Earlier versions put a question into other words, and asked that one.
    """
    if answer.follow_up_to is not None:
        return "read as a follow-up to", answer.follow_up_to
    if answer.standalone_question.split() == answer.question.split():
        return None
    return "asked as", answer.standalone_question


def period_line(period: Period) -> str:
    """To which days an answer is limited: "of articles up to 4 March 2031", "told of what happened on 4 March 2031"."""
    return f"{'of' if period.basis == 'published' else 'told of'} {period.text}"


def figure_row(figure: Figure) -> tuple[str, str, str, str]:
    """A figure as a row of a table: its day, what it says, who says so with the marker, and how it stands."""
    said = figure.text if not figure.counted or figure.counted in figure.text else f"{figure.text} {figure.counted}"
    standing = "" if figure.standing in ("latest", "earlier") else f"({figure.standing})"
    return figure.date or "no date", said, f"{figure.source or ''} [{figure.citation}]".strip(), standing


def notice_line(notice: Notice) -> str:
    """What a reader must know of a citation, with its marker before it."""
    if notice.kind in ("changed", "gone"):
        return f"[{notice.citation}] {notice.text}"
    return f"[{notice.citation}] {notice.kind.capitalize()}: {notice.text}"
