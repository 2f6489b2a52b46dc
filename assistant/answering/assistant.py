"""The Assistant: a question in, a checked and cited Answer out."""

from __future__ import annotations

import datetime as dt
import functools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answer import Answer, Citation, Reason, Statement
from assistant.answering.asked import check_conversation, checked_question, day_of
from assistant.answering.compose import compose, readable
from assistant.answering.forms import asks_overview
from assistant.answering.newest import newest_first
from assistant.answering.refusal import refusal, unread_language
from assistant.conversation import Turn, courtesy, exchanges_of, search, without_preamble
from assistant.reader import Reader, Reading, load_reader
from assistant.verifier import Verifier
from assistant.writer import Limits, Writer, load_writer
from assistant.writer.sources import Source
from assistant.writer.writing import write_answer
from index import Article, Hit, Searcher, Sentence, Settings, load_embedding
from index.errors import StoreError
from index.search.selection import SelectedSearcher
from index.store.catalogue import ArticleFilter

__all__ = ["Assistant"]

_FEW, _MORE = 3, 2


class Assistant:
    """Answers questions about the articles of one store. Safe to share between threads.

    Use `Assistant.open`, as a context manager or with `close` at the end. Without a `writer` (the default), answers are
    source sentences.
    """

    def __init__(self, searcher: Searcher, reader: Reader, settings: Settings, writer: Writer | None = None) -> None:
        self.searcher = searcher
        self.reader = reader
        self.settings = settings
        self.writer = writer
        self._verifier = Verifier(searcher.embedding)

    @classmethod
    def open(cls, home: str | Path | None = None, *, settings: Settings | None = None) -> Assistant:
        """Open the store in `home`, by default the one that the settings name.

        Raises:
            NoIndexError: there is no index yet.
            IncompatibleError: it was made with another embedding model or version of the program.
            ModelError: a model file is missing or damaged.
            SettingsError: a setting is unknown or cannot be used.
            StoreError: the store cannot be opened.
        """
        settings = settings or Settings.load()
        folder = Path(home) if home is not None else settings.home
        # First of all, as it costs nothing and may be misspelt.
        writer = load_writer(settings.writer, settings.writer_key.get_secret_value(), threads=settings.threads)
        embedding = load_embedding(settings.embedding_model, threads=settings.threads)
        reader = load_reader(settings.reader, threads=settings.threads)
        searcher = Searcher(folder, embedding, chroma_url=settings.chroma_url)
        try:
            searcher.warm_up()
        except StoreError:
            searcher.close()
            raise
        return cls(searcher, reader, settings, writer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def threshold(self) -> float:
        """The confidence from which on a question is answered: that of the settings, or the Reader's own."""
        return self.reader.threshold if self.settings.threshold is None else self.settings.threshold

    @property
    def tentative(self) -> float:
        """The confidence from which on something may answer a question; that of the settings is the only one if set."""
        return self.reader.tentative if self.settings.threshold is None else self.settings.threshold

    def close(self) -> None:
        """Let go of the store, and of the Writer."""
        if self.writer is not None:
            self.writer.close()
        self.searcher.close()

    def ask(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        asked_on: str | dt.date | None = None,
        *,
        among: ArticleFilter | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            question: what is asked, in plain words.
            conversation: the earlier turns, oldest first: `{"speaker": "user" | "agent", "text": ...}`; an agent's may
                name the articles that it cited, under `articles`.
            asked_on: the day on which it is asked; articles of the days before it are then preferred.
            among: which articles may answer; None means all.

        Raises:
            QuestionError: the question is empty or too long, or `asked_on` or `conversation` is not what it should be.
            StoreError: the store cannot be read.
        """
        for event in self.stream(question, conversation, asked_on, among=among):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with an Answer")

    def stream(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        asked_on: str | dt.date | None = None,
        *,
        among: ArticleFilter | None = None,
    ) -> Iterator[Statement | Answer]:
        """The verified statements as they come, the whole Answer last; arguments and errors as `ask`.

        Each statement carries what it cites (`sources`), and stays as it is: the Answer begins with the same ones. What
        only may answer comes with the Answer alone, which says so: nobody can take it for an answer meanwhile.
        Closing the stream ends what a Writer is still busy with.
        """
        started = time.perf_counter()
        verbatim, candidates = self._read(question, conversation, asked_on, among)
        if self.writer is None:
            for statement in () if verbatim.tentative else verbatim.statements:
                cited = tuple(verbatim.citations[marker - 1] for marker in statement.citations)
                yield replace(statement, sources=cited)
            yield verbatim
            return
        read = time.perf_counter()
        for event in write_answer(verbatim, candidates, self.writer, self._verifier, Limits()):
            if isinstance(event, Answer):
                done = time.perf_counter()
                timings = {**verbatim.timings_ms, "write": 1000 * (done - read), "total": 1000 * (done - started)}
                yield replace(event, timings_ms=timings)
            else:
                yield event

    def find(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        asked_on: str | dt.date | None = None,
        *,
        limit: int | None = None,
        among: ArticleFilter | None = None,
    ) -> list[Hit]:
        """The passages for a question, best first; arguments and errors as `ask`.

        Args:
            question, conversation, asked_on, among: as in `ask`.
            limit: how many passages; by default as many as are read.
        """
        question = checked_question(question)
        check_conversation(conversation)
        return search(
            self._searcher(among),
            without_preamble(question),
            exchanges_of(conversation),
            limit=limit or self._passages_read(among),
            depth=self.settings.search_depth,
            near=day_of(asked_on),
        )

    def _passages_read(self, among: ArticleFilter | None) -> int:
        """How many passages are read: more where a few articles are named, which are then meant as a whole."""
        few = among is not None and 0 < len(among.ids) <= _FEW
        return self.settings.passages_read * (_MORE if few else 1)

    def _searcher(self, among: ArticleFilter | None) -> Searcher:
        return self.searcher if among is None else SelectedSearcher(self.searcher, among)

    def _read(
        self,
        question: str,
        conversation: Sequence[Turn],
        asked_on: str | dt.date | None,
        among: ArticleFilter | None,
    ) -> tuple[Answer, Iterator[Source]]:
        """The answer in source sentences, and all sentences that the Reader found, best first."""
        started = time.perf_counter()
        question = checked_question(question)
        check_conversation(conversation)
        polite = courtesy(question)
        if polite is not None:
            return _courteous(question, polite, started), iter(())
        asked, exchanges = without_preamble(question), exchanges_of(conversation)
        with self.searcher.snapshot():  # an article that is edited now is read as it was, or as it will be, not half
            hits = self.find(question, conversation, asked_on, among=among)
            searched = time.perf_counter()
            sentences = [self.searcher.sentences(hit.passage) for hit in hits]
            passages = [readable(hit, some) for hit, some in zip(hits, sentences, strict=True)]
            reading = self.reader.read(asked, passages, exchanges)
            reading = newest_first(asked, reading, hits, sentences, asked_on=day_of(asked_on))
            earlier = exchanges[-1].question or None if reading.follows else None
            alone = question if earlier is None else f"{earlier} {question}"
            composed = functools.partial(compose, question, alone, hits, sentences)
            answer = self._decided(asked, hits, reading, composed, among, follows=bool(exchanges))
        done = time.perf_counter()
        timings = {
            "search": 1000 * (searched - started),
            "read": 1000 * (done - searched),
            "total": 1000 * (done - started),
        }
        sources = (
            Source(Citation.to(hits[one.passage].article, sentences[one.passage][one.sentence], 0), one.span)
            for one in reading.candidates
        )
        return replace(answer, follow_up_to=earlier, timings_ms=timings), sources

    def _decided(
        self,
        asked: str,
        hits: Sequence[Hit],
        reading: Reading,
        composed: Callable[..., Answer],
        among: ArticleFilter | None,
        *,
        follows: bool,
    ) -> Answer:
        """The answer that a reading supports, or a refusal with its reason; an overview is not refused where there is
        something about it.
        """
        unread = unread_language(asked)
        sure = replace(reading, confidence=0.0) if unread else reading
        answer = composed(sure, threshold=self.threshold, tentative=self.tentative)
        if answer.status == "answered":
            return answer
        searcher = self._searcher(among)
        reason = unread or refusal(asked, hits, searcher, filtered=among is not None, follows=follows)
        if reason.kind == "not_answered" and reading.candidates and asks_overview(asked):
            return composed(reading, threshold=math.inf, tentative=0.0)
        return replace(answer, reason=reason)

    def article(self, article_id: str) -> Article | None:
        """The article with this id as it is stored now, or None if it is gone."""
        return self.searcher.record.article(article_id)

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article, in order."""
        return self.searcher.record.sentences(article_id)


def _courteous(question: str, line: str, started: float) -> Answer:
    """What is said to somebody who only was polite: no search, and no turn of the conversation."""
    total = 1000 * (time.perf_counter() - started)
    timings = {"search": 0.0, "read": 0.0, "total": total}
    return Answer(question, question, "not_in_corpus", reason=Reason("courtesy", line), timings_ms=timings)
