"""What the articles of one source tell of each other: how it writes days, and that what they share is no article."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from index.article import Article, text_hash
from index.errors import AmbiguousDayWarning, ArticleError
from index.files import FileContent
from index.files.dates import in_doubt, settle, what_dates_tell
from index.files.web_clean import speaks_of
from index.store.record import Record


class SourceDays:
    """What is known of the sources, from earlier runs and from the files of this one."""

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


_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".mhtml")


class RepeatedTexts:
    """The texts of the pages of one run."""

    def __init__(self) -> None:
        self._seen: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)

    def note(self, article: Article) -> None:
        """Remember an article, if it was read from a page."""
        path = Path(article.path or "")
        if path.suffix.lower() in _PAGES:
            site = urlsplit(article.url or "").netloc or article.source or str(path.parent)
            self._seen[site, text_hash(article.text[article.body :].strip())].append(article)

    def faults(self) -> list[tuple[Article, ArticleError]]:
        """The articles whose text other pages of their site have too, and which does not speak of their headline."""
        found = []
        for articles in self._seen.values():
            if len({article.title for article in articles}) > 1:
                for article in articles:
                    if not speaks_of(article.text[article.body :], article.title):
                        reason = (
                            f"holds no article: {len(articles)} pages of its site have the same text under other "
                            "headlines, as consent forms and menus are; save the page that shows the text."
                        )
                        found.append((article, ArticleError(article.where or str(article.path), reason)))
        return found
