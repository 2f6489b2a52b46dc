"""Pages of one site with the very same text under different headlines: what stands there is no article."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from index.article import Article, text_hash
from index.errors import ArticleError
from index.files.web_wall import speaks_of

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
