"""Questions that ask two things at once: which they are, and that both are answered or neither."""

import pytest

from assistant import Assistant
from assistant.answering.parts import parts_of
from index import index_paths
from tests.assistant.answering.chronicle import ARTICLES
from tests.assistant.answering.test_assistant import assert_promises
from tests.index.articles import lines


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did it rain, and when did the dam break?", ("When did it rain?", "when did the dam break?")),
        ("How many died and how many are missing?", ("How many died?", "how many are missing?")),
        ("Who is the mayor and what did he say?", ()),  # the second is understood only by the first
        ("What did the minister say about who won and who lost?", ()),
        ("Who is the man who fell from the bridge and who was found?", ()),
        ("When and where did it happen?", ()),
        ("Did it rain and when did the dam break?", ()),
    ],
)
def test_the_parts_of_a_question(question, parts):
    assert parts_of(question) == parts


def test_both_are_answered_or_neither(tmp_path, embedding):
    index_paths(tmp_path / "home", [lines(tmp_path / "news.jsonl", *ARTICLES)], embedding, passage_tokens=160)
    with Assistant.open(tmp_path / "home") as assistant:
        singly = "What did the fire destroy?", "When did work on the Ostrey tunnel begin?"
        first, second = (assistant.ask(question) for question in singly)
        answer = assistant.ask(f"{singly[0].rstrip('?')} and {singly[1].replace('When', 'when')}")
        assert [one.citations[0].sentence for one in (first, second)] == [one.sentence for one in answer.citations]
        assert answer.short_answer is None
        assert answer.confidence == pytest.approx(min(first.confidence, second.confidence), abs=0.1)
        assert_promises(answer, assistant)
        half = assistant.ask(f"{singly[0].rstrip('?')} and who is the president of Peru?")
        assert len(half.citations) < 2 or half.tentative
