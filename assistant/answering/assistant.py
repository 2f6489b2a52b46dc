"""The Assistant: a question in, a checked and cited Answer out."""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Self

from assistant.answer import Answer, Citation, Reason, Statement
from assistant.answering.asked import Asked
from assistant.answering.compose import compose
from assistant.answering.corrections import Correction
from assistant.answering.days import told_first
from assistant.answering.events import bounded
from assistant.answering.figures import changed, points, with_figures
from assistant.answering.front_page import leads, newest_of_each
from assistant.answering.namesakes import without_namesakes
from assistant.answering.notices import corrected_first, corrections_of, notice_hits, sifted, with_notices
from assistant.answering.overview import is_of_everything, overview, shown
from assistant.answering.parts import together
from assistant.answering.refusal import names_in, refusal, unread_language
from assistant.answering.retrieval import retrieve, retrieve_whole
from assistant.answering.standing import Point
from assistant.answering.timeline import day_by_day
from assistant.conversation import Turn, courtesy
from assistant.reader import Candidate, Reader, Reading, load_reader
from assistant.settings import Settings
from assistant.tuning import MORE_OF_FEW
from assistant.verifier import Verifier
from assistant.verifier.verifier import load_verifier
from assistant.writer import Limits, Writer, load_writer
from assistant.writer.sources import Source
from assistant.writer.writing import write_answer
from index import Article, Hit, Searcher, Sentence, load_embedding
from index.errors import DatelineError
from index.store.catalogue import ArticleFilter
from index.store.reading import RecordReader


class Assistant:
    """Answers questions about the articles of one store. Safe to share between threads.

    Use `Assistant.open`, as a context manager or with `close` at the end; or give it its parts.

    Args:
        searcher: the store, open for searching. It and the Writer are closed with the Assistant.
        reader: finds the sentences that answer.
        verifier: decides what a Writer's statements are worth.
        writer: phrases answers; without one (the default) they are source sentences.
        settings: of the store, of search and of the server; by default what they are by default.
    """

    def __init__(
        self,
        searcher: Searcher,
        reader: Reader,
        verifier: Verifier,
        writer: Writer | None = None,
        *,
        settings: Settings | None = None,
    ) -> None:
        self.searcher = searcher
        self.reader = reader
        self.verifier = verifier
        self.writer = writer
        self.settings = settings or Settings.load({})

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
        with ThreadPoolExecutor(max_workers=1) as beside:  # native code for the most part, as is what stands below
            network = beside.submit(load_reader, settings.reader, threads=settings.threads)
            embedding = load_embedding(settings.embedding_model, threads=settings.threads)
            searcher = Searcher(folder, embedding, chroma_url=settings.chroma_url)
            try:
                searcher.warm_up()
                reader = network.result()
                verifier = load_verifier(reader, threads=settings.threads)
            except DatelineError:
                searcher.close()
                raise
        return cls(searcher, reader, verifier, writer, settings=settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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
        as_of: str | dt.date | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            question: what is asked, in plain words.
            conversation: the earlier turns, oldest first: `{"speaker": "user" | "agent", "text": ...}`; an agent's may
                name the articles that it cited, under `articles`.
            asked_on: the day on which it is asked; articles of that day and shortly before are preferred.
            among: which articles may answer; None means all.
            as_of: the last day whose articles may answer, whatever days the question names.

        Raises:
            QuestionError: the question is empty or too long, it names a day that the calendar does not have, or
                `asked_on`, `as_of` or `conversation` is not what it should be.
            StoreError: the store cannot be read.
        """
        for event in self.stream(question, conversation, asked_on, among=among, as_of=as_of):
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
        as_of: str | dt.date | None = None,
    ) -> Iterator[Statement | Answer]:
        """The verified statements as they come, the whole Answer last; arguments and errors as `ask`.

        Each statement carries what it cites (`sources`), and stays as it is: the Answer begins with the same ones. What
        only may answer comes with the Answer alone, which says so: nobody can take it for an answer meanwhile.
        Closing the stream ends what a Writer is still busy with.
        """
        started = time.perf_counter()
        asked = Asked.of(question, conversation, asked_on, among, as_of)
        line = courtesy(asked.question)
        if line is not None:  # no search, and no turn of the conversation
            timings = _timings(started, started, started)
            yield Answer(
                asked.question,
                asked.question,
                "not_in_corpus",
                reason=Reason("courtesy", line),
                timings_ms=timings,
            )
            return
        with self.searcher.snapshot():  # an article that is edited now is read as it was, or as it will be, not half
            days = self.record.days()
            asked = asked.limited(days, dt.datetime.now().astimezone().date())
            asked = bounded(asked, self.searcher, self.reader)
            hits = self._hits(asked)
            searched = time.perf_counter()
            hits += notice_hits(self.record, asked.text, hits, asked.known_on, wide=asked.is_whole)
            if not asked.is_whole:
                hits = without_namesakes(asked.text, hits)
            apart = [(part, self._hits(part)) for part in asked.parts]
            looked_at = [*hits, *(hit for _, some in apart for hit in some)]
            taken_back = corrections_of(self.record, looked_at, asked.known_on)
            singly = [self._as_it_stands(part, some, taken_back)[0] for part, some in apart]
            if singly and all(one.candidates and one.confidence >= self.tentative for one in singly):
                reading, figures = together(singly), list[Point]()
            else:
                reading, figures = self._as_it_stands(asked, hits, taken_back)
            told = functools.partial(_told, figures=figures, taken_back=taken_back, hits=looked_at)
            answer = told(self._decided(asked, hits, reading, taken_back))
        read = time.perf_counter()
        answer = replace(answer, timings_ms=_timings(started, searched, read))
        if self.writer is None:
            for statement in () if answer.tentative else answer.statements:
                cited = tuple(answer.citations[marker - 1] for marker in statement.citations)
                yield replace(statement, sources=cited)
            yield answer
            return
        found = map(_source, reading.candidates)
        for event in write_answer(answer, found, self.writer, self.verifier, Limits(), conversation=asked.exchanges):
            if isinstance(event, Answer):
                yield replace(told(event), timings_ms=_timings(started, searched, read, time.perf_counter()))
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
        return self._hits(Asked.of(question, conversation, asked_on, among), limit)

    def _hits(self, asked: Asked, limit: int | None = None) -> list[Hit]:
        """The passages to read: more where the whole of something is meant, as where a few articles are named."""
        whole = asked.is_whole or asked.is_of_few
        wanted = limit or self.settings.passages_read * (MORE_OF_FEW if whole else 1)
        depth = self.settings.search_depth
        return (retrieve_whole if asked.is_whole else retrieve)(self.searcher, asked, limit=wanted, depth=depth)

    def _read(self, asked: Asked, hits: Sequence[Hit]) -> Reading:
        """What the Reader makes of the passages.

        A question for one thing of some days is read without them, and what tells of these days answers. Where nothing
        does, the question is read as it was typed: a day may say which one is meant. What is of another week or month
        than the question only may answer it.
        """
        reading = self.reader.read(asked.as_read, hits, asked.exchanges)
        if asked.told is None:
            return reading
        if told := told_first(reading, asked.told):
            return told
        reading = self.reader.read(asked.text, hits, asked.exchanges)
        first, last = asked.told.days
        if first == last or self.tentative == self.threshold:
            return reading
        return replace(reading, confidence=min(reading.confidence, self.tentative))

    def _as_it_stands(
        self, asked: Asked, hits: Sequence[Hit], taken_back: Sequence[Correction]
    ) -> tuple[Reading, list[Point]]:
        """What the Reader makes of the passages, the newest figure first and nothing taken back; and the figures."""
        reading = self._read(asked, hits)
        kept = sifted(reading, taken_back)
        if asked.is_whole:
            return kept, []
        figures = points(asked, reading, taken_back)
        if figures:
            kept = changed(asked.as_read, replace(kept, confidence=reading.confidence), figures)
        return corrected_first(kept, taken_back), figures

    def _decided(self, asked: Asked, hits: Sequence[Hit], reading: Reading, taken_back: Sequence[Correction]) -> Answer:
        """The answer that a reading supports, or a refusal with its reason."""
        unread = unread_language(asked.text)
        reason = unread or refusal(asked, hits, self.searcher, self.record.days())
        # What no article has the name of, nothing answers, however well a sentence reads.
        absent = bool(reason.missing) and len(reason.missing) == len(set(names_in(asked.text)))
        if asked.is_whole and not unread and not absent:
            whole = self._whole(asked, reading, taken_back)
            if whole is not None:
                return whole
        nothing = replace(reading, confidence=0.0)
        read = nothing if unread or absent else reading
        answer = compose(asked, read, threshold=self.threshold, tentative=self.tentative)
        if answer.is_sure:
            return answer
        if answer.tentative:
            if not reason.missing:
                return answer
            answer = compose(asked, nothing, threshold=self.threshold, tentative=self.tentative)
        return replace(answer, reason=reason)

    def _whole(self, asked: Asked, reading: Reading, taken_back: Sequence[Correction]) -> Answer | None:
        """A briefing or a timeline, which is not refused where articles are about what is asked; else None."""
        embedding = self.searcher.embedding
        if is_of_everything(asked, self.record.counts()["articles"]) and (found := leads(self.record, asked)):
            if asked.form == "timeline":
                return shown(asked, day_by_day(found, embedding), 1.0)
            found = newest_of_each(found, self.record)
            return shown(asked, {lead: lead.article.date for lead in found}, 1.0)
        return overview(asked, reading, taken_back, embedding, threshold=self.threshold, tentative=self.tentative)

    @property
    def home(self) -> Path:
        """The folder of the store."""
        return self.searcher.home

    @property
    def record(self) -> RecordReader:
        """The articles as they are stored now, for reading."""
        return self.searcher.record

    def gap(self) -> str | None:
        """Why articles may be missing that were to be indexed, and what to do; None if there is no reason."""
        return self.searcher.gap()

    def article(self, article_id: str) -> Article | None:
        """The article with this id as it is stored now, or None if it is gone."""
        return self.record.article(article_id)

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article, in order."""
        return self.record.sentences(article_id)


def _told(answer: Answer, *, figures: Sequence[Point], taken_back: Sequence[Correction], hits: Sequence[Hit]) -> Answer:
    """The answer with its figures, and with what was taken back of what it cites."""
    return with_notices(with_figures(answer, figures), taken_back, [hit.article for hit in hits])


def _source(candidate: Candidate) -> Source:
    """A candidate as a Writer is given it."""
    return Source(Citation.to(candidate.article, candidate.sentence, 0), candidate.span, candidate.article.text)


def _timings(started: float, searched: float, read: float, written: float | None = None) -> dict[str, float]:
    """Milliseconds of each step and of all of them, from when it was started and when each step was done."""
    steps = {"search": searched - started, "read": read - searched}
    if written is not None:
        steps["write"] = written - read
    steps["total"] = time.perf_counter() - started
    return {step: 1000 * seconds for step, seconds in steps.items()}
