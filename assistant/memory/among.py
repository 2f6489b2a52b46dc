"""Which articles a question was asked of: as it is kept, as JSON has it, and in words."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from index.store.catalogue import ArticleFilter

__all__ = ["among_document", "among_of", "among_text", "described"]


def among_document(among: ArticleFilter | None) -> dict[str, Any] | None:
    """A filter as JSON has it, with what it was given alone; None for all articles."""
    if among is None or among.or_all() is None:
        return None
    given = {
        "source": among.source,
        "since": among.since and among.since.isoformat(),
        "until": among.until and among.until.isoformat(),
        "words": among.words,
        "ids": list(among.ids) or None,
    }
    return {name: value for name, value in given.items() if value is not None}


def among_text(among: ArticleFilter | None) -> str | None:
    """The same as text in ASCII, in which any text can be kept."""
    document = among_document(among)
    return None if document is None else json.dumps(document, separators=(",", ":"))


def among_of(text: str | None) -> ArticleFilter | None:
    """The filter that `among_text` wrote.

    Raises:
        ValueError, KeyError, TypeError: the text is no such document.
    """
    if text is None:
        return None
    document = json.loads(text)
    since, until = (dt.date.fromisoformat(day) if (day := document.get(name)) else None for name in ("since", "until"))
    return ArticleFilter(
        document.get("source"), since, until, document.get("words"), tuple(map(str, document.get("ids", ())))
    )


def described(among: ArticleFilter) -> str:
    """A filter in words: `The Post, from 2024-06-01`."""
    parts = [
        *(f"the article {article_id}" for article_id in among.ids),
        among.source,
        among.since and f"from {among.since}",
        among.until and f"to {among.until}",
        among.words and f"with the words “{among.words}”",
    ]
    return ", ".join(part for part in parts if part)
