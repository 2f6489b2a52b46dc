"""What is asked, checked once: the question, the conversation before it, the day, and the articles that may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from assistant.answer import Form, Period
from assistant.answering.forms import WHOLE, as_read, asks_happened, form_of, topic_words
from assistant.answering.parts import parts_of
from assistant.answering.period import day_of_asking, narrowed, period_of, up_to
from assistant.conversation import Exchange, Turn, exchanges_of, without_preamble
from assistant.tuning import FEW_ARTICLES
from index.errors import QuestionError
from index.store.catalogue import ArticleFilter

QUESTION_LIMIT = 2_000
"""Characters that a question may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is answered.

    Attributes:
        question: as it was typed, without white space around it.
        text: the same without what people say before they come to it; this is searched for and read.
        exchanges: the conversation before it, oldest first.
        day: the day on which it is asked.
        among: which articles may answer; None means all.
        as_of: the last day whose articles may answer; None means all.
        period: the days that the question is limited to, by its words or by `as_of`.
    """

    question: str
    text: str
    exchanges: tuple[Exchange, ...] = ()
    day: dt.date | None = None
    among: ArticleFilter | None = None
    as_of: dt.date | None = None
    period: Period | None = None

    @classmethod
    def of(
        cls,
        question: str,
        conversation: Sequence[Turn] = (),
        asked_on: str | dt.date | None = None,
        among: ArticleFilter | None = None,
        as_of: str | dt.date | None = None,
    ) -> Self:
        """Check what a user gave; arguments as `Assistant.ask`.

        Raises:
            QuestionError: the question is empty or too long; `asked_on` or `as_of` is not written as ISO 8601 has it;
                or a turn has no known speaker, no text, or something else than a list of articles.
        """
        question = question.strip()
        if not question:
            raise QuestionError("the question is empty; ask something, such as: how many displaced?")
        if len(question) > QUESTION_LIMIT:
            raise QuestionError(
                f"the question has {len(question):,} characters; ask it in at most {QUESTION_LIMIT:,} characters."
            )
        if not all(map(_is_turn, conversation)):
            raise QuestionError('each turn of a conversation is {"speaker": "user" or "agent", "text": ...}.')
        return cls(
            question,
            without_preamble(question),
            tuple(exchanges_of(conversation)),
            _day_of(asked_on),
            among,
            _day_of(as_of),
        )

    @property
    def form(self) -> Form:
        """What an answer to it is to look like."""
        return form_of(self.text)

    @property
    def is_whole(self) -> bool:
        """Whether it wants a briefing or a timeline."""
        return self.form in WHOLE

    @property
    def parts(self) -> tuple[Self, ...]:
        """The questions that it asks at once, where it asks more than one thing."""
        return () if self.is_whole else tuple(replace(self, text=part) for part in parts_of(self.text))

    @property
    def known_on(self) -> dt.date | None:
        """The last day whose articles and notices count: that of asking, or an earlier one by which they are chosen."""
        by_day = self.period is not None and self.period.basis == "published"
        last = self.period.days[1] if self.period is not None and by_day else None
        among = self.among.until if self.among is not None else None
        return min((day for day in (self.day, last, among) if day), default=None)

    @property
    def is_of_few(self) -> bool:
        """Whether a few articles are named, which are then meant as a whole."""
        return self.among is not None and 0 < len(self.among.ids) <= FEW_ARTICLES

    @property
    def as_read(self) -> str:
        """The question as the Reader gets it: without the days that it is limited to, which sentences seldom name."""
        return as_read(self.text, dated=self.period is None) if self.is_whole or self.period else self.text

    @property
    def told(self) -> Period | None:
        """The days on which what is asked about happened, where one thing of them is asked."""
        return self.period if self.period and self.period.basis == "told" and not self.is_whole else None

    def limited(self, days: tuple[dt.date, dt.date] | None, today: dt.date) -> Asked:
        """The same with the days that it is limited to, and among articles of these days alone where it means those.

        Args:
            days: of the oldest and of the newest article; a day of asking before them says nothing.
            today: what the clock says.

        Raises:
            QuestionError: the question names a day that the calendar does not have.
        """
        if self.as_of is not None:
            period: Period | None = up_to(self.as_of)
        else:
            day = day_of_asking(self.day, days and days[1], today)
            # "on Friday", of the past of an archive, is any Friday.
            topic = topic_words(self.text)
            named = self.form == "briefing" and topic and not asks_happened(self.text)
            period = period_of(self.text, day, weekdays=day in (self.day, today) or not topic, dates=not named)
        known = self.day if self.day and days and days[0] <= self.day else None
        if period is None or (self.is_of_few and period.basis == "told"):
            return replace(self, day=known)
        among = narrowed(self.among, *period.days) if period.basis == "published" else self.among
        return replace(self, day=known, among=among, period=period)


def _is_turn(turn: object) -> bool:
    return (
        isinstance(turn, Mapping)
        and turn.get("speaker") in ("user", "agent")
        and isinstance(turn.get("text"), str)
        and isinstance(turn.get("articles", []), list | tuple)
    )


def _day_of(value: str | dt.date | None) -> dt.date | None:
    """The day on which is asked; of a moment, its day."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise QuestionError(f"the day {value!r} cannot be read; write it as YYYY-MM-DD.") from None
