"""Questions made independent of their conversation, as rules on text: no store is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import stand_alone
from tests.assistant.conversation.turns import DISPLACED, DISPLACED_ANSWER, turns

BERGMANN = turns("Who won the race in Lille?", "Anna Bergmann won it. [1]")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (turns(DISPLACED, DISPLACED_ANSWER), "and civilians?", "how many civilians displaced?"),
        (turns(DISPLACED, "14,000. [1]"), "who says so?", "who says how many displaced?"),
        (turns(DISPLACED, DISPLACED_ANSWER), "who says so?", f"who says: {DISPLACED_ANSWER.removesuffix('. [1]')}?"),
        (turns(DISPLACED, DISPLACED_ANSWER), "and in Idlib?", "how many displaced in Idlib?"),
        (turns(DISPLACED, DISPLACED_ANSWER), "why?", "how many displaced, and why?"),
        (turns("Where did the plane crash?", "In Soll."), "and when?", "when did the plane crash?"),
        (turns("Who was hurt in Soll?", "Two men."), "what about Elvery?", "Who was hurt in Elvery?"),
        (turns("Polls of the Union?", "36 per cent."), "Says who?", "who says: polls of the Union?"),
        (BERGMANN, "How old is she?", "How old is Anna Bergmann?"),
        (BERGMANN, "Who is her coach?", "Who is Anna Bergmann's coach?"),
        (turns("Which village planted limes?", "Lower Soll. [1]"), "Where is it?", "Where is Lower Soll?"),
        (turns("Who will succeed Haldane?", "Bram Oster."), "when did they meet?", None),
    ],
)
def test_what_is_left_out_is_put_back(before, question, whole):
    found = stand_alone(question, before)
    assert found.depends
    if whole is not None:
        assert found.question == whole
    assert found.typed == question


def test_what_one_turn_carries_over_reaches_the_next():
    before = turns(DISPLACED, DISPLACED_ANSWER, "and civilians?", "At least 27 civilians were killed. [1]")
    assert stand_alone("and children?", before).question == "how many children displaced?"
    before = turns(DISPLACED, DISPLACED_ANSWER, "who says so?", DISPLACED_ANSWER)
    assert stand_alone("and civilians?", before).question == "how many civilians displaced?"
    later = turns(*(turn["text"] for turn in BERGMANN), "How old is she?", "She is 29. [1]")
    assert stand_alone("Where was she born?", later).question == "Where was Anna Bergmann born?"


def test_a_question_without_names_is_read_with_what_was_spoken_of():
    found = stand_alone(
        "When will the trains run again?", turns("What was damaged by the flood in Kessing?", "A railway.")
    )
    assert found.dependence == "open"
    assert found.question == "When will the trains run again (Kessing; the flood)?"
    assert found.as_typed().question == found.typed
    assert not found.as_typed().depends


@pytest.mark.parametrize(
    ("refused", "question", "whole"),
    [
        ("Who is the president of France?", "How old is he?", "How old is the president of France?"),
        ("Who was her coach?", "How old was he?", "How old was Anna Bergmann's coach"),
        ("What did the mayor's wife say?", "Did she vote?", "Did the mayor's wife vote"),
        ("What does the new bridge cost?", "When will it open?", "When will the new bridge open"),
        ("Who won the regatta in Kiel?", "When was it?", "When was the regatta"),
        ("What do farmers earn?", "Are they insured?", "Are farmers insured"),
        ("How old is she?", "Where was she born?", "Where was Anna Bergmann born?"),
        ("When does the museum open?", "What did she say?", "What did Anna Bergmann say?"),
    ],
)
def test_after_a_refusal_a_pronoun_means_what_the_refused_question_spoke_of(refused, question, whole):
    found = stand_alone(question, [*BERGMANN, *turns(refused, "The articles do not say.")])
    assert found.question.startswith(whole)


@pytest.mark.parametrize("refused", ["Who built the ferry?", "Which singer performed?", "Was anyone arrested?"])
def test_somebody_who_was_not_found_is_nobody_who_was_spoken_of_before(refused):
    found = stand_alone("How old is she?", [*BERGMANN, *turns(refused, "The articles do not say.")])
    assert found.question == f"How old is she ({refused[0].lower()}{refused[1:-1]})?"


@pytest.mark.parametrize("closest", ["", " Closest: Mara Ellin opened the museum.", "\n1. Mara Ellin said so. [1]"])
def test_names_beside_a_refusal_are_nothing_to_refer_to(closest):
    before = turns("When does the museum open?", f"The articles do not say.{closest}")
    found = stand_alone("How old is she?", before)
    assert "Ellin" not in found.question + found.context
    of_mayor = turns("Who is the mayor?", before[1]["text"])
    assert stand_alone("how old is he?", of_mayor).question == "how old is the mayor?"


def test_a_river_is_nobody():
    before = turns("What did Mara Ellin say?", "She was glad.", "When did the river rise?", "On Monday.")
    assert stand_alone("Did she warn people?", before).question == "Did Mara Ellin warn people?"
    assert stand_alone("When did it fall?", before[2:]).question == "When did the river fall?"


@pytest.mark.parametrize("question", ["Who is the president of France?", "Did Mara Ellin keep her seat?"])
@pytest.mark.parametrize("before", [[], BERGMANN, turns(DISPLACED, DISPLACED_ANSWER)])
def test_what_stands_alone_is_never_changed(question, before):
    found = stand_alone(question, before)
    assert found.question == question
    assert not found.depends


def test_without_a_conversation_nothing_is_changed_or_searched_with():
    found = stand_alone("and civilians?", [])
    assert (found.question, found.context, found.articles, found.depends) == ("and civilians?", "", (), False)


def test_articles_that_were_cited_are_kept_for_two_exchanges():
    before = turns("Who won?", "Bergmann.", "When?", "On Monday.", "Where?", "In Lille.")
    for turn, articles in zip(before[1::2], (["old"], ["b", "a"], ["c", "a", 7]), strict=True):
        turn.update(articles=articles)
    assert stand_alone("why?", before).articles == ("c", "a", "b")


def test_a_refused_question_on_something_new_ends_what_was_cited_before():
    before = turns("Who won?", "Bergmann.", "Who is the president of France?", "The articles do not say.")
    before[1].update(articles=["race"])
    before[3].update(articles=["closest"])
    assert stand_alone("How old is he?", before).articles == ()
    before[2].update(text="How old is she?")
    assert stand_alone("Where was she born?", before).articles == ("race",)


def test_nothing_of_a_turn_that_is_no_language_is_carried_over():
    answer = "<b>Anna\u202e\u200b Bergmann\x1b[31m</b> [1] won <script>alert(1)</script> it [2]."
    found = stand_alone("How old is she?", turns("Who won the race?", answer))
    assert not set("\u202e\u200b\x1b<>") & set(found.question + found.context)
    assert "[1]" not in found.context
    assert "Anna Bergmann" in found.question


words = st.sampled_from(
    "who what why how many is was did the a and but it she they there Anna Bergmann of in flood Lille so said 14,000 ?"
    " . ' [1]".split(" ")
)
texts = st.text(max_size=60) | st.lists(words, max_size=12).map(" ".join)


@given(st.lists(texts, max_size=6), texts)
def test_any_conversation_gives_a_question_of_bounded_length(said, question):
    found = stand_alone(question, turns(*said))
    assert found.typed == question
    assert found == stand_alone(question, turns(*said))
    assert found.depends or found.question == question
    assert len(found.question) <= 3 * len(question) + sum(map(len, said)) + 20
