"""Searching with a conversation, on a real store: the articles decide what the words of a question leave open."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from index import index_paths
from tests.assistant.conversation.turns import turns

ARCHIVE = Path(__file__).parents[3] / "evals" / "archive" / "corpus.jsonl"
STRIKE = turns("How many workers are on strike in Port Elvery?", "The union says that 2,400 workers take part. [1]")
FLOOD = [
    *turns("How many people died in the flood?"),
    {
        "speaker": "agent",
        "text": "Ten people, not eleven, died in the flood. [1]",
        "articles": ["herald-0311-toll-corrected"],
    },
]
DAM = turns("Why did the Orrick Dam overflow?", "A gate of the dam had jammed. [1]")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedding):
    home = tmp_path_factory.mktemp("archive") / "home"
    index_paths(home, [ARCHIVE], embedding, passage_tokens=160)
    with Assistant.open(home) as assistant:
        yield assistant


def first(assistant, question, conversation=()):
    return assistant.find(question, conversation)[1][0]


def test_a_question_with_a_pronoun_is_searched_for_with_what_it_stands_for(assistant):
    before = turns("Who leads the flood inquiry?", "A judge, Odile Farran. [1]")
    standalone, hits = assistant.find("How old is she?", before)
    assert standalone.question == "How old is Odile Farran?"
    assert "Farran" in hits[0].passage.text
    assert "Farran" not in first(assistant, "How old is she?").passage.text


def test_what_the_words_leave_open_is_taken_with_the_conversation_where_the_articles_fit(assistant):
    standalone, hits = assistant.find("how many ships are waiting?", STRIKE)
    assert standalone.depends
    assert standalone.question.startswith("how many ships are waiting (Port Elvery")
    assert any("ships" in hit.passage.text for hit in hits[:3])


@pytest.mark.parametrize("conversation", [STRIKE, DAM])
@pytest.mark.parametrize("question", ["Who is Odile Farran?", "How many seats does the Reform Alliance have?"])
def test_a_question_that_stands_alone_finds_what_it_finds_alone(assistant, question, conversation):
    standalone, hits = assistant.find(question, conversation)
    assert standalone.question == question
    assert hits[0].article.id == first(assistant, question).article.id


def test_the_article_cited_before_comes_before_others_as_good(assistant):
    question = "How many people died?"
    alone = assistant.find(question, limit=10)[1]
    other = next(hit.article.id for hit in alone if hit.article.id != alone[0].article.id)
    before = [*turns("What happened?"), {"speaker": "agent", "text": "A flood.", "articles": [other]}]
    assert first(assistant, question, before).article.id == other


def test_an_article_that_is_gone_does_no_harm(assistant):
    before = [*turns("What happened?"), {"speaker": "agent", "text": "A flood.", "articles": ["gone"]}]
    assert assistant.find("and the dam?", before)[1]


def test_a_turn_that_is_not_there_changes_nothing(assistant):
    question = "Who is the mayor of Upper Soll?"
    assert assistant.find(question, [{"speaker": "user", "text": " "}]) == assistant.find(question)


def test_the_answer_says_how_the_question_was_read(assistant):
    before = turns("Which village planted ten lime trees?", "Lower Soll planted ten lime trees. [1]")
    answer = assistant.ask("How many inhabitants does it have?", before)
    assert answer.question == "How many inhabitants does it have?"
    assert answer.standalone_question == "How many inhabitants does Lower Soll have?"
    assert answer.to_dict()["standalone_question"] == answer.standalone_question
    shown = [*answer.citations, *answer.closest]
    assert any("Lower Soll" in assistant.article(citation.article_id).text for citation in shown)
    alone = assistant.ask("Who is Odile Farran?", STRIKE)
    assert alone.standalone_question == alone.question == "Who is Odile Farran?"


@pytest.mark.parametrize("conversation", [FLOOD, turns(*(turn["text"] for turn in FLOOD))])
def test_a_change_of_subject_that_was_taken_for_a_follow_up_is_answered_as_typed(assistant, conversation):
    assert "3.2 million crowns" in assistant.ask("How much were the losses?", conversation).text
    assert "Lukas Penhall" in assistant.ask("How many votes were counted?", conversation).text
    question = "How many ballots were invalid?"
    assert assistant.find(question, conversation)[0].depends
    answer = assistant.ask(question, conversation)
    assert answer.standalone_question == question
    assert "31,000 overseas ballots" in answer.text
    assert replace(answer, timings_ms={}) == replace(assistant.ask(question), timings_ms={})


def test_a_follow_up_is_read_as_typed_in_the_passages_of_its_subject(assistant):
    answer = assistant.ask("how many houses were destroyed?", FLOOD)
    assert answer.standalone_question.startswith("how many houses were destroyed (people; the flood")
    assert answer.short_answer in ("310 houses", "260 houses")


@pytest.mark.parametrize("question", ["How many dogs were drowned?", "Where was the video shot?"])
def test_what_no_article_says_is_refused_as_the_follow_up_that_it_is_taken_for(assistant, question):
    standalone = assistant.find(question, FLOOD)[0]
    answer = assistant.ask(question, FLOOD)
    assert answer.status == "not_in_corpus"
    assert answer.standalone_question == standalone.question
    assert answer.timings_ms["total"] >= answer.timings_ms["read"] > 0
