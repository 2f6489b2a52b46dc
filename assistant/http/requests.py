"""What clients send, checked: nothing is ignored that could have been meant."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from assistant.http.errors import HttpError
from index import Settings
from index.store.catalogue import ArticleFilter

__all__ = ["ArticleQuery", "AskRequest", "TurnDocument", "check_limits"]

TURN_LIMIT = 10_000
"""Characters of one earlier turn."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
# What Python takes for a space and regular expressions do not is named, so that the description says what is checked.
_NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


def _day(value: Any) -> Any:
    """Only YYYY-MM-DD: pydantic would take a number for seconds since 1970."""
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise ValueError("write the day as YYYY-MM-DD")
        return dt.date.fromisoformat(value)
    if value is not None:
        raise ValueError("write the day as YYYY-MM-DD")
    return None


def _number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("write a whole number")
    return value


_Day = Annotated[dt.date, BeforeValidator(_day)]
_Number = Annotated[int, BeforeValidator(_number)]


class TurnDocument(BaseModel):
    """One earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    speaker: Literal["user", "agent"]
    text: str = Field(max_length=TURN_LIMIT)
    articles: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default=[], max_length=20, description="Of an agent's turn: the ids of the articles that it cited."
    )


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
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
            ]
        },
    )

    question: str = Field(min_length=1, pattern=_NOT_BLANK, description="In plain words.")
    conversation: list[TurnDocument] = Field(default=[], description="The earlier turns, oldest first.")
    asked_on: _Day | None = Field(
        default=None, description='The day of the question, by which "this week" is understood: YYYY-MM-DD.'
    )

    def turns(self) -> list[dict[str, Any]]:
        """The conversation as the Assistant takes it."""
        return [turn.model_dump(exclude_defaults=True) for turn in self.conversation]


class ArticleQuery(BaseModel):
    """Which articles, and which page of them."""

    model_config = ConfigDict(extra="forbid")

    source: str | SkipJsonSchema[None] = Field(
        default=None, min_length=1, max_length=500, description="The outlet, exactly."
    )
    since: _Day | SkipJsonSchema[None] = Field(default=None, description="The first day: YYYY-MM-DD.")
    until: _Day | SkipJsonSchema[None] = Field(default=None, description="The last day: YYYY-MM-DD.")
    words: str | SkipJsonSchema[None] = Field(
        default=None, min_length=1, max_length=500, description="Words that must all stand in the article, in any form."
    )
    offset: _Number = Field(default=0, ge=0, le=1_000_000, description="How many articles to pass over.")
    limit: _Number = Field(default=20, ge=1, le=100, description="How many articles at most.")

    def wanted(self) -> ArticleFilter:
        """The filter without the page."""
        return ArticleFilter(self.source, self.since, self.until, self.words)


def check_limits(asked: AskRequest, settings: Settings) -> None:
    """Refuse what is longer than the settings allow.

    Raises:
        HttpError: 422.
    """
    if len(asked.question) > settings.question_limit:
        raise HttpError(
            422,
            f"question: has {len(asked.question):,} characters; ask it in at most {settings.question_limit:,}.",
        )
    if len(asked.conversation) > settings.conversation_limit:
        raise HttpError(
            422,
            f"conversation: has {len(asked.conversation):,} turns; send the last {settings.conversation_limit:,}.",
        )
