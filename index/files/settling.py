"""Days that could be two, such as 4/7/2017, settled by the other dates of their file and of their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from index.article import Article
from index.errors import AmbiguousDayWarning
from index.files.dates import AmbiguousDayError, day_first, parse_date

Orders = Mapping[str, bool | None]
"""Whether the day comes before the month, by source; None where its dates contradict each other."""


def what_dates_tell(articles: Iterable[Article]) -> dict[str, bool | None]:
    """What the dates of some articles tell of the others of their sources; "" stands for all of them."""
    found: dict[str, set[bool]] = {}
    for article in articles:
        told = day_first(article.written_date)
        if told is not None:
            for source in {article.source or "", ""}:
                found.setdefault(source, set()).add(told)
    return {source: next(iter(orders)) if len(orders) == 1 else None for source, orders in found.items()}


def settle(articles: Iterable[Article], orders: Orders) -> list[Article]:
    """The articles, with a day where what their source writes, or else the whole file (""), tells which it is."""
    return [_settled(article, orders) for article in articles]


def warning(path: Path, articles: Iterable[Article]) -> AmbiguousDayWarning | None:
    """That the days of some articles of a file are not settled, said once; None if they are."""
    open_ = [article.written_date for article in articles if in_doubt(article)]
    if not open_:
        return None
    several = f" in one of {len(open_)} articles" if len(open_) > 1 else ""
    return AmbiguousDayWarning(
        str(path),
        f"`date` is {open_[0][:60]!r}{several}, which is one day in London and another in New York; indexed without a "
        "date. Write it as YYYY-MM-DD.",
    )


def _settled(article: Article, orders: Orders) -> Article:
    if not in_doubt(article):
        return article
    source = article.source or ""
    order = orders[source] if source in orders else orders.get("")
    if order is None:
        return article
    return replace(article, date=parse_date(article.written_date, day_first=order))


def in_doubt(article: Article) -> bool:
    """Whether an article has no day because what its file writes could be two."""
    if article.date is not None or not article.written_date:
        return False
    try:
        parse_date(article.written_date)
    except AmbiguousDayError:
        return True
    except ValueError:
        return False
    return False
