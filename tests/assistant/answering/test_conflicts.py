"""Figures that contradict each other are both shown, each with its day and its source."""

import pytest

from assistant import Assistant
from index import index_paths
from tests.index.articles import lines

# The question, and what two outlets say of it, on which days.
CASES = [
    ("How many people marched in Ostrel?", "40,000 people marched in Ostrel, the unions said", 2,
     "The police in Ostrel counted 12,000 people who marched", 2),
    ("How many barns burned down in Hosk?", "Fourteen barns burned down in Hosk, the fire service said", 3,
     "Villagers in Hosk say that nineteen barns burned down", 3),
    ("What did the new bridge of Munt cost?", "The new bridge of Munt cost 31 million crowns, the mayor said", 4,
     "The new bridge of Munt cost 44 million crowns, according to the audit office", 4),
    ("How many jobs will the mill in Pellow cut?", "The mill in Pellow will cut 300 jobs, its owner said", 5,
     "The mill in Pellow will cut 450 jobs, the union said", 5),
    ("How many fish died in the river Varde?", "About 2,000 fish died in the river Varde, the province said", 6,
     "Anglers put the number of fish that died in the river Varde at 9,000", 6),
    ("How many prisoners escaped from the Kelby jail?", "Six prisoners escaped from the Kelby jail, the warden said", 7,
     "Eight prisoners escaped from the Kelby jail, guards said", 7),
    ("How high was the turnout in Brack?", "Turnout in Brack was 61 per cent, the town said", 8,
     "Turnout in Brack was 57 per cent, the observers said", 8),
    ("How many hectares of forest burned near Toft?", "300 hectares of forest burned near Toft, the army said", 9,
     "Satellites show that 520 hectares of forest burned near Toft", 9),
    ("How many people fell ill at the Quorn fair?", "Thirty people fell ill at the Quorn fair, the hospital said", 10,
     "The hosts say that eleven people fell ill at the Quorn fair", 10),
    ("How many refugees arrived in Grenna?", "700 refugees arrived in Grenna, the Red Lantern said", 11,
     "The ministry says that 1,100 refugees arrived in Grenna", 11),
]  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory, embedding):
    """For each case what the figures of its answer say, each with day and source."""
    folder = tmp_path_factory.mktemp("conflicts")
    articles = [
        {"id": f"{n}-{outlet}", "title": f"News of the day, {n}", "text": f"{text}. More is to be known soon.",
         "date": f"2031-05-{day:02}", "source": outlet}
        for n, (_, one, one_day, two, two_day) in enumerate(CASES)
        for outlet, text, day in (("Gazette", one, one_day), ("Coast Radio", two, two_day))
    ]  # fmt: skip
    index_paths(folder / "home", [lines(folder / "news.jsonl", *articles)], embedding, passage_tokens=160)
    with Assistant.open(folder / "home") as assistant:
        return [assistant.ask(question) for question, *_ in CASES]


def test_both_are_shown_in_nine_of_ten(shown):
    both = [
        {figure.source for figure in answer.figures} == {"Gazette", "Coast Radio"}
        and all(figure.date and figure.standing == "disputed" for figure in answer.figures)
        and len(answer.statements) == 2
        for answer in shown
    ]
    assert sum(both) >= 9, [case[0] for case, right in zip(CASES, both, strict=True) if not right]
