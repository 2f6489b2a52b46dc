"""Training examples of the newsroom set: what people ask about the news, alone and in conversations."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conversation import Exchange, exchanges_of
from assistant.reader.encoding import WindowEncoder, asked_after
from evals.workshop.training.bm25 import Bm25
from evals.workshop.training.negatives import nearest_sentence
from evals.workshop.training.records import read_lines
from evals.workshop.training.windows import Example
from evals.workshop.training.written import written_questions
from index.language.sentences import split_sentences

_LEAST, _MOST = 90, 200  # tokens of a window's body; passages have 160
_SHARE_TITLE = 0.85
_SHARE_BESIDE = 0.12  # plain questions that stand behind a conversation they have nothing to do with
_SHARE_POLITE = 0.04
_LOOKED_AT = 12
_PREAMBLES = (
    "Hi!", "Hello,", "Good morning.", "Thanks, that helps.", "Quick question:", "I am writing a piece about this.",
    "I have a meeting on Monday and want to be prepared.", "My editor wants to know:", "Sorry to bother you again.",
    "I read something about this earlier today but cannot find it any more.", "Please tell me:", "ok so",
    "I have been following this for weeks.", "One more thing.", "Great, thank you.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """An article with its sentences and about how many tokens each has."""

    key: str
    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[int, ...]


class Newsroom:
    """Draws windows for the questions and turns of the newsroom set.

    Args:
        folder: holds `newsroom` and, for passages of other articles, `wikinews` and `syria_news`.
        encoder: counts tokens.
        chance: decides everything.
        left_out: ids of articles that must not be read, as those of the development set.
    """

    def __init__(self, folder: Path, encoder: WindowEncoder, chance: random.Random, left_out: frozenset[str]) -> None:
        self._chance = chance
        self._encoder = encoder
        own = folder / "newsroom"
        self.texts = {item["id"]: self._text(item) for item in read_lines(own / "corpus.jsonl.gz")}
        articles = {key: text.text for key, text in self.texts.items()}
        self.questions = list(read_lines(own / "questions.jsonl.gz"))
        self.written = list(written_questions(articles))
        self.turns = list(read_lines(own / "conversations.jsonl.gz"))
        self._short_of = {item["id"]: (item["short"] or {}).get("text") for item in self.turns}
        others = [
            self._text({**item, "id": f"{name}-{item['id']}"})
            for name in ("wikinews", "syria_news")
            for item in read_lines(folder / name / "corpus.jsonl.gz")
            if f"{name}-{item['id']}" not in left_out
        ]
        everything = [*self.texts.values(), *(text for text in others if text.key not in self.texts)]
        self._pieces = [(text, run) for text in everything for run in self._runs(text, _MOST - 40)]
        self._index = Bm25([f"{t.title} {t.text[t.sentences[a][0] : t.sentences[b][1]]}" for t, (a, b) in self._pieces])
        self._by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for item in self.turns:
            self._by_article[item["context_doc"]].append(item)

    def _text(self, item: Mapping[str, Any]) -> Text:
        spans = tuple((one.start, one.end) for one in split_sentences(item["text"]))
        counts = tuple(len(one.ids) for one in self._encoder.bodies([item["text"][a:b] for a, b in spans]))
        return Text(item["id"], item["title"], item["text"], spans, counts)

    @staticmethod
    def _runs(text: Text, limit: int) -> list[tuple[int, int]]:
        """Runs of sentences of at most so many tokens, first and last inclusive."""
        runs, first, used = [], 0, 0
        for number, count in enumerate(text.tokens):
            if number > first and used + count > limit:
                runs.append((first, number - 1))
                first, used = number, 0
            used += count
        return [*runs, (first, len(text.tokens) - 1)] if text.tokens else []

    def examples(self, item: Mapping[str, Any], *, further: float, others: float) -> list[list[Example]]:
        """Windows of one question or turn; each is a choice of windows of which the hardest may be taken.

        Args:
            item: of the set.
            further: the chance of another window of the same article.
            others: the chance of a window of another article that a search for the question finds.
        """
        text = self.texts[item["context_doc"]]
        question = self._asked(item)
        before = [turn["text"] for turn in item["conversation"] if turn["speaker"] == "user"]
        asked_alone = " ".join([item["question"], *before])
        spans = self._spans(item)
        centre = spans[0][0] if spans else (item["misleading"] or {}).get("start")
        if centre is None:
            nearest = nearest_sentence(asked_alone, text.text)
            centre = nearest[0] if nearest else self._chance.choice(text.sentences)[0]
        made = [[self._example(f"{item['type']}", question, text, self._around(text, centre), spans)]]
        if self._chance.random() < further:
            choice = [
                self._example("further", question, text, run, spans)
                for run in self._runs(text, self._chance.randint(_LEAST, _MOST))
            ]
            lacking = [one for one in choice if not one.spans]
            pool = lacking if lacking and self._chance.random() < 0.75 else choice
            made.append(self._chance.sample(pool, min(3, len(pool))))
        if self._chance.random() < others:
            found = self._elsewhere(f"{asked_alone} {text.title if item['conversation'] else ''}", item)
            if found:
                made.append([self._example("elsewhere", question, one, run, ()) for one, run in found])
        return made

    def _example(
        self, kind: str, question: str, text: Text, run: tuple[int, int], spans: Sequence[tuple[int, int]]
    ) -> Example:
        start, end = text.sentences[run[0]][0], text.sentences[run[1]][1]
        inside = tuple((a - start, b - start) for a, b in spans if a >= start and b <= end)
        title = text.title if self._chance.random() < _SHARE_TITLE else ""
        return Example(kind, question, title, text.text[start:end], inside)

    def _spans(self, item: Mapping[str, Any]) -> list[tuple[int, int]]:
        """Everything that answers: the short answer in the best sentence, the other sentences whole."""
        held = [(one["start"], one["end"]) for one in item["evidence"]]
        short = item["short"]
        if held and short and held[0][0] <= short["start"] and short["end"] <= held[0][1]:
            held[0] = (short["start"], short["end"])
        return held

    def _around(self, text: Text, position: int) -> tuple[int, int]:
        """A run of sentences of random length that holds a position."""
        budget = self._chance.randint(_LEAST, _MOST)
        here = next((n for n, (_, end) in enumerate(text.sentences) if position < end), len(text.sentences) - 1)
        if self._chance.random() < 0.5:  # one of the runs that such an article is cut into when it is read later
            return next(run for run in self._runs(text, budget) if run[0] <= here <= run[1])
        first = last = here
        while first > 0 or last < len(text.sentences) - 1:
            back = first > 0 and (last == len(text.sentences) - 1 or self._chance.random() < 0.5)
            wider = (first - 1, last) if back else (first, last + 1)
            if sum(text.tokens[wider[0] : wider[1] + 1]) > budget:
                break
            first, last = wider
        return first, last

    def _elsewhere(self, query: str, item: Mapping[str, Any]) -> list[tuple[Text, tuple[int, int]]]:
        """Passages of other articles that a search finds and that do not hold the short answer."""
        answer = (item["short"] or {}).get("text", "").lower()
        found = [self._pieces[number] for number in self._index.best(query, _LOOKED_AT)]
        return [
            (text, run)
            for text, run in found
            if text.key != item["context_doc"] and not (answer and answer in text.text.lower())
        ][:3]

    def _asked(self, item: Mapping[str, Any]) -> str:
        """The question as the network gets it, with the conversation before it."""
        question: str = item["question"]
        if self._chance.random() < 0.2:
            question = question.rstrip("?. ")
        if not item["conversation"] and self._chance.random() < _SHARE_POLITE:
            question = f"{self._chance.choice(_PREAMBLES)} {question}"
        if item["conversation"]:
            return asked_after(question, self._exchanges(item))
        if self._chance.random() < _SHARE_BESIDE:
            same = self._by_article.get(item["context_doc"]) if self._chance.random() < 0.5 else None
            other = self._chance.choice(same or self.turns)
            return asked_after(question, self._exchanges(other))
        return question

    def _exchanges(self, item: Mapping[str, Any]) -> list[Exchange]:
        """The exchanges before a turn; in one of two, an answer is the short one where there is one."""
        exchanges = exchanges_of(item["conversation"])
        stem, _, number = item["id"].rpartition("t")
        if not number.isdigit() or self._chance.random() < 0.5:
            return exchanges
        shorts = [self._short_of.get(f"{stem}t{n}") for n in range(1, int(number))]
        if len(shorts) != len(exchanges):
            return exchanges
        return [
            Exchange(one.question, short or one.answer, one.articles, one.refused)
            for one, short in zip(exchanges, shorts, strict=True)
        ]
