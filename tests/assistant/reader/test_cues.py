"""What the form of a question says about its answer."""

import pytest
from assistant.reader.cues import answer_kind, asks_nothing, capitals, kind_spans, names, numbers
from assistant.reader.thesaurus import concepts
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many displaced?", "number"),
        ("What percentage voted?", "number"),
        ("what is the death toll", "number"),
        ("When did it start?", "time"),
        ("In which year did it start?", "time"),
        ("Who leads HTS?", "name"),
        ("Which country won?", "name"),
        ("Why did they leave?", "other"),
        ("What did the mayor say?", "other"),
    ],
)
def test_kinds(question, kind):
    assert answer_kind(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "found"),
    [
        ("number", "It forced approximately 14,000 residents to flee.", ["approximately 14,000 residents"]),
        ("number", "Two-thirds of the town and $3.5 million are gone.", ["Two-thirds", "$3.5 million"]),
        ("number", "He is 41.", ["41"]),
        ("time", "It began in 2011, on March 15, a Tuesday.", ["2011", "March 15", "Tuesday"]),
        ("name", "On Monday Mara Ellin of Lower Varn spoke.", ["On Monday Mara Ellin of Lower Varn"]),
        ("number", "The river rose.", []),
        ("other", "It was 2011.", []),
    ],
)
def test_where_a_kind_stands(kind, sentence, found):
    assert [sentence[a:b] for a, b in kind_spans(kind, sentence, "")] == found


def test_what_the_question_says_itself_is_no_answer():
    assert kind_spans("time", "In 2011 it rained.", "What happened in 2011?") == []


def test_names_and_numbers():
    question = "Did Mara Ellin of Varn get 1,200 votes in 2031?"
    assert capitals(question) == ["Mara Ellin of Varn"]
    assert names(question) == ["mara", "ellin", "varn"]
    assert numbers(question) == ["1200", "2031"]
    assert names("how many displaced in gaza?") == []


@given(st.text(), st.sampled_from(["number", "time", "name", "other"]), st.text())
def test_spans_lie_in_the_sentence(sentence, kind, question):
    for start, end in kind_spans(kind, sentence, question):
        assert 0 <= start < end <= len(sentence)


@pytest.mark.parametrize(("one", "other"), [("displaced", "flee"), ("killed", "deaths"), ("rebels", "insurgents")])
def test_words_for_the_same_thing_meet(one, other):
    assert concepts(one)[0] & concepts(other)[0]


@pytest.mark.parametrize(
    ("one", "other"), [("killed", "injured"), ("win", "lose"), ("rise", "fall"), ("arrested", "displaced")]
)
def test_words_for_different_things_do_not(one, other):
    assert not concepts(one)[0] & concepts(other)[0]


@pytest.mark.parametrize("said", ["ok", "Thanks!", "great, thank you", "?", "Yes please.", ""])
def test_politeness_asks_nothing(said):
    assert asks_nothing(said)


@pytest.mark.parametrize("said", ["flood", "OK Corral", "Who says thanks to Anna?", "2024"])
def test_a_word_that_matters_asks(said):
    assert not asks_nothing(said)
