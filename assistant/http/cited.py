"""What a page needs of the articles that an answer cites, beside the answer itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from assistant.answer import Citation
from assistant.answering.assistant import Assistant
from assistant.http.reading import is_markdown
from index.language.seen_days import seen_days


def of_cited(assistant: Assistant, citations: Iterable[Citation]) -> dict[str, Any]:
    """As `KeptTurn` describes it: `markdown` and `days`."""
    cited = list(citations)
    ids = dict.fromkeys(citation.article_id for citation in cited)
    return {
        "markdown": [article_id for article_id in ids if is_markdown(assistant, article_id)],
        "days": {str(each.marker): days for each in cited if (days := _days(each))},
    }


def _days(citation: Citation) -> list[tuple[int, int, str]]:
    if citation.date is None:
        return []
    found = seen_days(citation.sentence, dt.date.fromisoformat(citation.date))
    return [(start, end, day.isoformat()) for start, end, day in found]
