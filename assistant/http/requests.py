"""What clients send, checked: nothing is ignored that could have been meant."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from assistant.http.errors import HttpError
from assistant.settings import Settings
from index.store.catalogue import ArticleFilter, Order

TURN_LIMIT = 10_000
"""Characters of one earlier turn."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
# What Python takes for a space and regular expressions do not is named, so that the description says what is checked.
_NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


def _day(value: Any) -> Any:
    """Only YYYY-MM-DD: pydantic would take a number for seconds since 1970."""
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write the day as YYYY-MM-DD")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such day; write one as YYYY-MM-DD") from None


def _number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("write a whole number, in digits alone")
    return value


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


GivenDay = Annotated[dt.date | None, BeforeValidator(_day)]
"""A day, as clients write it."""

DayOfQuery = Annotated[dt.date | SkipJsonSchema[None], BeforeValidator(_day)]
_Number = Annotated[int, BeforeValidator(_number)]

WholeNumber = Annotated[int, Field(ge=1, le=2**53), BeforeValidator(_whole)]
"""The number of something, from 1, in a JSON body: 2.0 is 2, as JSON has one kind of numbers."""

# Of the filters, which GET /articles takes as parameters and POST /ask as an object.
_SOURCE = Field(default=None, min_length=1, max_length=500, description="The outlet, exactly.")
_SINCE = Field(default=None, description="The first day: YYYY-MM-DD.")
_UNTIL = Field(default=None, description="The last day: YYYY-MM-DD.")
_WORDS = Field(
    default=None, min_length=1, max_length=500, description="Words that must all stand in the article, in any form."
)


Question = Annotated[str, Field(min_length=1, pattern=_NOT_BLANK, description="In plain words.")]


class Sent(BaseModel):
    """What clients send as JSON: nothing more than is known, and nothing of another kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TurnDocument(Sent):
    """One earlier turn of the conversation."""

    speaker: Literal["user", "agent"]
    text: str = Field(max_length=TURN_LIMIT)
    articles: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default=[], max_length=20, description="Of an agent's turn: the ids of the articles that it cited."
    )


class AmongDocument(Sent):
    """Which articles may answer: those that fit everything that is given. Without a date none fits a day."""

    source: str | None = _SOURCE
    since: GivenDay = _SINCE
    until: GivenDay = _UNTIL
    words: str | None = _WORDS
    ids: list[Annotated[str, Field(max_length=1_000)]] | None = Field(
        default=None, min_length=1, max_length=1_000, description="The articles themselves, by id."
    )

    def wanted(self) -> ArticleFilter:
        """The filter."""
        return ArticleFilter(self.source, self.since, self.until, self.words, tuple(self.ids or ()))


AsOf = Annotated[
    GivenDay, Field(description="The last day whose articles may answer, YYYY-MM-DD; all, where it is left out.")
]


class QuestionRequest(Sent):
    """A question, and which articles it is asked of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "how many displaced?"}]})

    question: Question
    among: AmongDocument | None = Field(
        default=None, description="Which articles may answer; all, where it is left out."
    )

    def wanted(self) -> ArticleFilter | None:
        """Which articles may answer, None for all."""
        return None if self.among is None else self.among.wanted().or_all()


class AskRequest(QuestionRequest):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "how many displaced?"},
                {
                    "question": "and who says so?",
                    "conversation": [
                        {"speaker": "user", "text": "how many displaced?"},
                        {"speaker": "agent", "text": "Approximately 14,000 residents fled their homes. [1]"},
                    ],
                    "asked_on": "2024-12-01",
                },
                {
                    "question": "how many displaced?",
                    "among": {"since": "2024-11-01", "until": "2024-11-30", "source": "Tidende"},
                },
            ]
        }
    )

    conversation: list[TurnDocument] = Field(default=[], description="The earlier turns, oldest first.")
    asked_on: GivenDay = Field(
        default=None,
        description="The day of the question, YYYY-MM-DD: articles of that day and shortly before are preferred.",
    )
    as_of: AsOf = None

    def turns(self) -> list[dict[str, Any]]:
        """The conversation as the Assistant takes it."""
        return [turn.model_dump(exclude_defaults=True) for turn in self.conversation]


class ScopeQuery(BaseModel):
    """Which articles."""

    model_config = ConfigDict(extra="forbid")

    source: str | SkipJsonSchema[None] = _SOURCE
    since: DayOfQuery = _SINCE
    until: DayOfQuery = _UNTIL
    words: str | SkipJsonSchema[None] = _WORDS

    def wanted(self) -> ArticleFilter:
        """The filter."""
        return ArticleFilter(self.source, self.since, self.until, self.words)


class ArticleQuery(ScopeQuery):
    """Which articles, and which page of them."""

    offset: _Number = Field(default=0, ge=0, le=1_000_000, description="How many articles to pass over.")
    limit: _Number = Field(default=20, ge=1, le=100, description="How many articles at most.")
    order: Order = Field(default="day", description="By day, or by outlet or story and then by day.")


class StoryQuery(BaseModel):
    """Which page of the stories."""

    model_config = ConfigDict(extra="forbid")

    min_articles: _Number = Field(
        default=1, ge=1, le=1_000_000, description="Of how many articles at least; 2 leaves out those that one tells."
    )
    offset: _Number = Field(default=0, ge=0, le=1_000_000, description="How many stories to pass over.")
    limit: _Number = Field(default=20, ge=1, le=100, description="How many stories at most.")


def check_question(question: str, settings: Settings) -> None:
    """Refuse a question that is longer than the settings allow.

    Raises:
        HttpError: 422.
    """
    if len(question) > settings.question_limit:
        raise HttpError(
            422, f"the question has {len(question):,} characters; ask it in at most {settings.question_limit:,}."
        )


def check_limits(asked: AskRequest, settings: Settings) -> None:
    """Refuse what is longer than the settings allow.

    Raises:
        HttpError: 422.
    """
    check_question(asked.question, settings)
    if len(asked.conversation) > settings.conversation_limit:
        raise HttpError(
            422, f"conversation: has {len(asked.conversation):,} turns; send the last {settings.conversation_limit:,}."
        )
