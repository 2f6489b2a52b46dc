"""One run of indexing: which articles changed, and where they go; what vanished, and what must stay."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from index.article import Article
from index.embedding import Embedding
from index.errors import ArticleError, ForeignFileError, UsageError, WithdrawnError
from index.files import FileContent, has_columns, is_gone, is_unicode, load_file
from index.files.access import stamp_of
from index.files.parsing import Parsing
from index.indexing.batch import Batch
from index.indexing.by_source import RepeatedTexts, SourceDays
from index.indexing.naming import Naming
from index.indexing.summary import IndexSummary, Progress, report
from index.store.record import Record
from index.store.rows import article_hash


@dataclass(frozen=True, slots=True)
class _Left:
    """Articles that a file held and holds no more, and the version of it that is noted when they are gone."""

    path: str
    ids: Set[str]
    version: tuple[str, str | None] | None


class IndexRun:
    """One run over a store whose writer lock is held.

    Attributes:
        unread: the files that this run will still read.
        taken: the files that were read, and whose articles were taken.
        postponed: files with an article that one of those has as stored, and may have no more: to be taken again. With
            the ids of the articles that they hold now.
    """

    def __init__(
        self,
        record: Record,
        embedding: Embedding,
        passage_tokens: int,
        parsing: Parsing | None = None,
        progress: Progress | None = None,
        ids: Mapping[Path, str] = MappingProxyType({}),
    ) -> None:
        self.record = record
        self._removed = record.removed_texts()
        self._readmits = False
        self._days = SourceDays(record)
        self._repeated = RepeatedTexts()
        self._naming = Naming(record, {str(path): article_id for path, article_id in ids.items()})
        self.batch = Batch(record, embedding, passage_tokens)
        self.parsing = parsing or Parsing()
        self.progress = progress
        self.summary = IndexSummary()
        self.claimed: dict[str, str] = {}
        self.unread: set[str] = set()
        self.postponed: dict[Path, frozenset[str]] = {}
        self.taken: set[str] = set()
        self._left: list[_Left] = []

    def take_file(self, path: Path, *, named: bool = True) -> None:
        """Read a file, unless nothing in it changed, and take the articles that did.

        Args:
            named: whether it was named outright: of a folder's files, those that hold no articles are passed over.
        """
        self.unread.discard(str(path))
        known = self.record.states_of_file(str(path))
        digest, recipe, stamp = self.record.file_state(str(path)) or ("", "", None)
        now = stamp_of(path)
        if self.parsing.limits.columns.given and has_columns(path):
            digest, stamp = "", None  # they may be called otherwise than when it was read
        if recipe == self.batch.recipe and stamp is not None and stamp == now:
            self._leave(str(path), known)
            return
        try:
            data = load_file(path, self.parsing.limits.max_mb)
        except ArticleError as error:
            self.summary.errors.append(error)
            self.summary.kept += len(known)
            return
        read = hashlib.sha256(data).hexdigest()
        if (digest, recipe) == (read, self.batch.recipe):
            self._leave(str(path), known)
            self.batch.take_file(str(path), read, now)
            return
        content = self.parsing.read_file(path, data, read)
        self._days.settle(content)
        kept_out = self._name_and_sift(content, str(path), known)
        if not named and not known and any(isinstance(error, ForeignFileError) for error in content.errors):
            self.summary.unread.append(path)
        elif self._claim(content, str(path), known):
            self.summary.kept_out += kept_out
            self._take_content(content, str(path), known, (read, now))
        else:
            self.postponed[path] = frozenset(article.id for article in content.articles)

    def readmit(self) -> None:
        """Take in also what was removed by hand before."""
        self._readmits = True

    def _name_and_sift(self, content: FileContent, path: str, known: Mapping[str, tuple[str, str]]) -> int:
        """Give ids to the articles that have none of their own, and leave out what was removed by hand. How many."""
        articles = [
            self._naming.named(article, path, known, lambda i: self._owner(i, path, known))
            for article in content.articles
        ]
        content.articles = [article for article in articles if article.id in known or not self._is_removed(article)]
        return len(articles) - len(content.articles)

    def _is_removed(self, article: Article) -> bool:
        return bool(self._removed) and not self._readmits and self.record.is_removed(article)

    def _leave(self, path: str, known: Iterable[str]) -> None:
        """Count the articles of a file in which nothing changed."""
        ids = dict.fromkeys(known, path)
        self.summary.unchanged += len(ids)
        self.claimed |= ids

    def _take_content(
        self, content: FileContent, path: str, known: Mapping[str, tuple[str, str]], version: tuple[str, str | None]
    ) -> None:
        self.taken.add(path)
        self._days.wait_for(content)
        for article in content.articles:
            self._repeated.note(article)
        with self.record.transaction():
            self.record.move_articles_of_file(path, version[0])
            changed = [article for article in content.articles if not self._is_stored(article, known)]
            # One that was removed by hand is taken in again when it says something else.
            if self._removed:
                self.record.let_in(article.id for article in changed)
        for number, article in enumerate(changed):
            if len(changed) > 1:  # a file of many: else the files are counted alone
                report(self.progress, "Articles of one file", number, len(changed))
            self.batch.take(article)
        missing = known.keys() - {article.id for article in content.articles}
        # A line that is broken may be an article that is stored: one whose id can be read in it, or else any. One that
        # was withdrawn is none.
        broken = [error.ids for error in content.errors if not isinstance(error, WithdrawnError)]
        withdrawn = {i for error in content.errors if isinstance(error, WithdrawnError) for i in error.ids or ()}
        kept = (missing if None in broken else missing & {i for ids in broken if ids for i in ids}) - withdrawn
        self.summary.kept += len(kept)
        self.summary.errors += content.errors
        self.summary.warnings += content.warnings
        self.summary.notes += content.notes
        # A file with faults is read again by the next run, so that they are named until they are mended.
        whole = not content.errors and not content.warnings
        if missing - kept:
            # Another file may hold them now: then they only move, and are there all the time.
            self._left.append(_Left(path, missing - kept, version if whole else None))
        elif whole:
            self.batch.take_file(path, *version)

    def settle_days(self) -> None:
        """Give their days to the articles whose files came before those that settle them. To be called after the last.

        Their files are read again by the next run, as all that were named.
        """
        articles, settled = self._days.settled_late()
        for article in articles:
            self.batch.take(article)
        self.summary.warnings = [one for one in self.summary.warnings if one not in settled]

    def remove_repeated(self) -> None:
        """Remove the pages of which others show that they hold no article. To be called when all is stored.

        They are read again by the next run, as all that were named.
        """
        for article, error in self._repeated.faults():
            if self.record.remove_article(article.id):
                self.summary.added -= 1
            self.record.forget_file(article.path or "")
            self.summary.errors.append(error)

    def remove_left(self) -> None:
        """Remove the articles that their files held no more, but for those that another file of this run holds now.

        To be called when all files were taken and all that was taken is stored.
        """
        for left in self._left:
            with self.record.transaction():
                self._remove(left.ids - self.claimed.keys())
                if left.version is not None:
                    self.record.put_file(left.path, left.version[0], self.batch.recipe, left.version[1])
        self._left.clear()

    def _claim(self, content: FileContent, path: str, known: Mapping[str, tuple[str, str]]) -> bool:
        """Drop the articles whose id another article has already; False if that can only be said later."""
        owners = {article.id: self._owner(article.id, path, known) for article in content.articles}
        if any(owner in self.unread for owner in owners.values()):
            return False
        for article in list(content.articles):
            other = self.claimed.get(article.id) or owners[article.id]
            if other is None:
                self.claimed[article.id] = path
                continue
            content.articles.remove(article)
            place = "twice in this file" if other == path else f"already that of an article in {other}"
            # An id may be the file's name, of a file that holds one article.
            or_so = ", or rename its file" if article.where == path else ""
            reason = f"the id {article.id!r} is {place}; give one of the two another `id`{or_so}."
            content.errors.append(ArticleError(article.where or path, reason, frozenset([article.id])))
        return True

    def _owner(self, article_id: str, path: str, known: Mapping[str, tuple[str, str]]) -> str | None:
        """The other file that an article was read from, if it is there."""
        if article_id in self.claimed:
            return self.claimed[article_id]
        state = None if article_id in known else self.record.article_state(article_id)
        if state is None or state[0] == path or is_gone(Path(state[0])):
            return None
        if state[0] in self.taken:
            return None  # else it would have claimed it
        # Of a file that was read but not taken yet it is known what it holds now.
        holds_now = self.postponed.get(Path(state[0]))
        return state[0] if holds_now is None or article_id in holds_now else None

    def _is_stored(self, article: Article, known: Mapping[str, tuple[str, str]]) -> bool:
        """Whether an article is stored as it is now; counts it, and notes where it is now read from."""
        state = known.get(article.id)
        if state is None:
            elsewhere = self.record.article_state(article.id)
            state = elsewhere[1:] if elsewhere else None
        if state is None:
            self.summary.added += 1
        elif state != (article_hash(article), self.batch.recipe):
            self.summary.updated += 1
        else:
            self.summary.unchanged += 1
            if article.id not in known:
                self.record.move_article(article)
            return True
        return False

    def remove_vanished(self, folders: Sequence[Path], found: Iterable[Path]) -> None:
        """Remove the articles of files below `folders` that do not exist any more.

        A folder in which none was `found` at all keeps what is stored of it: it may be a share that is not mounted.
        """
        for folder in folders:
            if not is_unicode(folder):
                continue  # nothing below it can be stored; the walk has named what is there
            stored = self.record.file_paths(str(folder.resolve()))
            below = os.path.join(folder.resolve(), "")  # noqa: PTH118  with the separator at its end
            if stored and not any(str(path).startswith(below) for path in found):
                reason = "holds no articles now, and what is stored of it stays; remove it with --remove if it is gone."
                self.summary.errors.append(ArticleError(str(folder), reason))
                continue
            for path in stored:
                if is_gone(Path(path)):
                    self._remove(self.record.articles_of_file(path))
                    self.record.forget_file(path)

    def names(self, name: str) -> tuple[set[str], list[str]] | None:
        """The articles, and the files they came from, that an id or a path stands for; None if it stands for none.

        Raises:
            UsageError: it stands for both, and they are not the same.
        """
        if not is_unicode(Path(name)):
            return None
        state = self.record.article_state(name)
        # What came by way of a link is known by the place of the link.
        places = dict.fromkeys(map(str, (Path(name).parent.resolve() / Path(name).name, Path(name).resolve())))
        places |= dict.fromkeys([os.path.abspath(name)])  # noqa: PTH100  Path.absolute() leaves ".." in it
        files = list(dict.fromkeys(path for place in places for path in self.record.file_paths(place)))
        if state is not None:
            if files and files != [state[0]]:
                raise UsageError(
                    f"{name}: is the id of an article and also the name of a file or folder; "
                    f"write ./{name} for the latter, or name the article's file {state[0]}."
                )
            return {name}, [state[0]]  # the file has more in it than is stored then, so it must be read again
        return ({i for path in files for i in self.record.articles_of_file(path)}, files) if files else None

    def remove_named(self, names: Sequence[str]) -> None:
        """Remove what `names` finds for each, all of it or nothing; notes which of their files are there."""
        with self.record.transaction():
            for name in names:
                ids, files = self.names(name) or (set(), [])
                for article_id in ids:
                    self.record.keep_out(article_id)
                self._remove(ids)
                there = (path for path in files if not is_gone(Path(path)))
                self.summary.still_there = list(dict.fromkeys([*self.summary.still_there, *there]))
                for path in files:
                    self.record.forget_file(path)

    def _remove(self, article_ids: Iterable[str]) -> None:
        for article_id in sorted(article_ids):
            self.summary.removed += self.record.remove_article(article_id)
