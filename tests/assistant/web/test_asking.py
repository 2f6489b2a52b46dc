"""What a page asks, as its turns are answered and kept."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Statement
from assistant.http.workers import Workers
from assistant.memory import Conversations
from assistant.web.asking import Asked, Asking


class Noting(Assistant):
    """An Assistant that notes the conversations that it is told of."""

    def stream(self, question: str, conversation: Any = (), *more: Any, **named: Any) -> Iterator[Statement | Answer]:
        self.told = [*getattr(self, "told", []), [turn["text"] for turn in conversation if turn["speaker"] == "user"]]
        return super().stream(question, conversation, *more, **named)


@pytest.fixture
def home(seed_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*")))


@pytest.fixture
def assistant(home: Path) -> Iterator[Noting]:
    with Assistant.open(home) as opened:
        yield Noting(opened.searcher, opened.reader, opened.verifier, settings=opened.settings)


def answered(assistant: Assistant, *questions: tuple[str, bool]) -> list[dict[str, Any]]:
    """Each question with whether it is asked alone, in one conversation; the document that each turn comes to."""

    async def ask() -> list[dict[str, Any]]:
        workers = Workers(1, 8, "test")
        try:
            asking = Asking(assistant, workers)
            documents: list[dict[str, Any]] = []
            number = None
            for question, alone in questions:
                asked = Asked("somebody", f"{len(documents)}", question, number, alone=alone)
                documents += [[document async for document in asking.follow(asked)][-1]]
                number = documents[-1]["conversation"]
            return documents
        finally:
            workers.close()

    return asyncio.run(ask())


def test_a_question_asked_alone_is_told_nothing_and_is_one_more_turn(assistant: Noting, home: Path) -> None:
    first, again, alone = "Who won the 2022 World Cup?", "and who lost?", ("and who lost?", True)
    documents = answered(assistant, (first, False), (again, False), alone)
    assert [document["turn"] for document in documents] == [1, 2, 3]
    assert assistant.told[:3] == [[], [first], []]
    (kept,) = Conversations(home, "somebody").overviews()
    turns = Conversations(home).get(kept.id).turns
    assert [turn.answer.question for turn in turns] == [first, again, again]
    assert turns[2].answer.follow_up_to is None


def test_a_courtesy_is_shown_and_kept_nowhere(assistant: Noting, home: Path) -> None:
    hello, _, thanks, after = answered(
        assistant, ("Hello!", False), ("Who won the 2022 World Cup?", False), ("thanks!", False), ("who lost?", False)
    )
    assert (hello["turn"], hello["conversation"], hello["note"]) == (None, None, None)
    assert hello["verdict"].startswith("Hello!")
    assert (thanks["turn"], thanks["conversation"], thanks["reason"]) == (None, after["conversation"], "courtesy")
    assert (thanks["citations"], thanks["follow_ups"]) == ([], [])
    assert after["turn"] == 2
    assert assistant.told[-1] == ["Who won the 2022 World Cup?"]
    (kept,) = Conversations(home).overviews()
    assert kept.title == "Who won the 2022 World Cup?"


def test_a_refusal_says_why(assistant: Noting) -> None:
    (spanish,) = answered(assistant, ("¿Cuántas personas han muerto en Alepo esta semana?", False))
    assert (spanish["status"], spanish["reason"], spanish["read_as"]) == ("not_in_corpus", "language", None)
    assert "English" in spanish["verdict"]
    assert spanish["citations"]
