"""In which order each source writes day and month, as its dates have told: it settles 4/7/2017 in other files."""

from __future__ import annotations

from index.article import Article
from index.errors import AmbiguousDayWarning
from index.files import FileContent
from index.files.settling import in_doubt, settle, what_dates_tell
from index.store.record import Record


class SourceDays:
    """What is known of the sources, from earlier runs and from the files of this one.

    Args:
        record: where it is kept.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._orders = record.day_orders()
        self._open: list[tuple[Article, AmbiguousDayWarning]] = []

    def settle(self, content: FileContent) -> None:
        """Learn from the dates of a file, and settle those of its days that its source tells."""
        for source, order in what_dates_tell(content.articles).items():
            if source:
                self._orders[source] = order if self._orders.get(source, order) == order else None
        asked = [one for one in content.warnings if isinstance(one, AmbiguousDayWarning)]
        if not asked:
            return
        content.articles = settle(content.articles, self._orders)
        if not any(map(in_doubt, content.articles)):
            content.warnings = [one for one in content.warnings if one not in asked]

    def wait_for(self, content: FileContent) -> None:
        """Keep the articles, as they are stored, whose days files to come may settle."""
        asked = [one for one in content.warnings if isinstance(one, AmbiguousDayWarning)]
        self._open += [(article, asked[0]) for article in content.articles if asked and in_doubt(article)]

    def settled_late(self) -> tuple[list[Article], list[AmbiguousDayWarning]]:
        """The articles of earlier files that later ones settled, and the warnings that no longer hold."""
        self._record.set_day_orders(self._orders)
        pairs = [(settle([article], self._orders)[0], said) for article, said in self._open]
        still = [said for article, said in pairs if article.date is None]
        done = [article for article, _ in pairs if article.date is not None]
        return done, [said for _, said in pairs if said not in still]
