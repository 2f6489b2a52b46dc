"""Days that a question names by events, of which articles may tell one, both or none."""

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answering.asked import Asked
from assistant.answering.events import bounded
from assistant.reader import Candidate, Reading
from index import Article, Hit, Passage, split_sentences

DAYS = {"vote": "The vote was on 5 March 2031.", "recount": "The recount was on 9 March 2031."}


def read(question: str, *_: Any) -> Reading:
    """Sure of the days of the vote and of the recount, and of no others."""
    text = next((text for event, text in DAYS.items() if event in question), "Nobody knows when.")
    sentences = tuple(split_sentences(text))
    hit = Hit(Passage("p", "a", 0, 0, 0, len(text), text), Article("a", "Vote", text), sentences)
    span = (0, len(text))
    return Reading((Candidate(hit, sentences[0], span, 1.0, span),), 0.9 if text in DAYS.values() else 0.1)


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ("the vote and the recount", ("2031-03-05", "2031-03-09")),
        ("the vote and the feast", ("2031-03-05", None)),
        ("the feast and the recount", (None, "2031-03-09")),
        ("the recount and the vote", None),  # in no order of time
        ("the feast and the fair", None),
    ],
)
def test_between_two_events_is_limited_by_those_whose_days_are_known(events, days):
    search: Any = SimpleNamespace(find=lambda *_, **__: [])
    reader: Any = SimpleNamespace(read=read, threshold=0.5)
    period = bounded(Asked.of(f"What happened between {events}?"), search, reader).period
    assert (period and (period.first, period.last)) == days
