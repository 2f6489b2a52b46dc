"""Which form a question asks for, and what an overview is to be about."""

import pytest

from assistant.answering.forms import as_read, asks_latest, form_of, topic_words

OVERVIEWS = """What happened in Harle?
what happened at the town hall on Friday
Tell me about the bridge.
summarize the talks
Give me a quick overview of the dockers' strike
key points
give me a briefing
what is this about?
What is the treaty of 2027 about?
any news on the tunnel?
any news since Thursday
What's the latest on the fire?
what do we know about the crash
What was known about the tunnel as of 4 March?
today's news
headlines
catch me up
what's going on at the airport
what went on at the quarry last month
bring me up to speed on the tunnel
walk me through the audit
what did I miss?
the quarry affair
ferry crash recap
the vote in brief
How are things at the shipyard?
what is this new floating bridge thing
Tell me what happened to the Bishop's Gate."""
ONE_THING = """what happened to the mayor's car?
what happened at 9 pm
What happened at about half past ten when the alarm rang?
what happened next
what happened to the boat that sank
overview lamp of the lighthouse, who lit it
what happened to him?
What is the mayor talking about?
What is the mayor angry about?
Which news agency reported it?
how did the firm develop the vaccine
Why did the timeline slip?
Who told the story about the whale?"""
TIMELINES = """timeline of the strike
Give me a timeline of the fire please
how did the strike develop?
history of the quarry
retrace the storm
key dates of the trial
the tunnel story step by step
the shipyard since 4 May
Since the storm, what has been done?
How did the talks unfold day by day?
how has it developed since March
what happened between 5 and 20 March
What has happened since the vote?
what happened before 10 March"""


@pytest.mark.parametrize(
    ("question", "form"),
    [
        *((question, "briefing") for question in OVERVIEWS.splitlines()),
        *((question, "timeline") for question in TIMELINES.splitlines()),
    ],
)
def test_what_asks_for_the_whole_of_something_is_known(question, form):
    assert form_of(question) == form


@pytest.mark.parametrize("question", ONE_THING.splitlines())
def test_what_asks_for_one_thing_is_no_overview(question):
    assert form_of(question) == "sentence"


def test_what_asks_for_a_number_is_known():
    assert form_of("how many were displaced?") == "figures"
    assert form_of("death toll") == "figures"
    assert form_of("what is the latest figure for the dead?") == "figures"
    assert form_of("height of the tower") == "figures"
    assert form_of("any news on how many were found?") == "figures"
    assert form_of("how did the price of bread change") == "figures"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Give me an overview of the port strike", ["port", "strike"]),
        ("What was known about the dam as of 20 March?", ["dam"]),
        ("what happened on Monday", []),
        ("What went on at the port last week?", ["port"]),
        ("any news?", []),
        ("what is this about?", []),
        ("catch me up", []),
        ("what did I miss?", []),
        ("what was known about the missing on 9 March?", ["miss"]),
        ("the main points of how the vote works", ["vote"]),
        ("trace the money for the dam, from the promise to the payment", ["money", "dam"]),
        ("what happened since the strike began", ["strike"]),
    ],
)
def test_the_topic_is_what_is_neither_form_nor_date(question, topic):
    assert topic_words(question) == topic


def test_only_a_question_for_news_asks_for_the_latest():
    assert asks_latest("any news on the ferry")
    assert not asks_latest("summarize the renewal of the treaty")


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("timeline of the strike", "What happened in the strike?"),
        ("timeline of the strike in the port of Sarn", "What happened in the strike in the port of Sarn?"),
        ("How did the recount unfold?", "What happened in the recount?"),
        ("what was known about the dam as of 20 March?", "Tell me about the dam."),
        ("as of 4 March, how many were missing?", "how many were missing?"),
        ("Tell me about the dam", "Tell me about the dam"),
    ],
)
def test_the_reader_gets_a_question_as_it_knows_them(question, read):
    assert as_read(question, dated=False) == read
