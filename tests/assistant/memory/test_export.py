"""What an export says is what was kept."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Reason
from assistant.memory import Conversation, Conversations, Feedback, as_document, as_html, as_json, as_markdown
from assistant.memory.conversation import TITLE_LENGTH, shortened
from index import Article
from index.store.catalogue import ArticleFilter
from tests.assistant.memory.samples import (
    DISPLACED,
    NEAR,
    answered,
    answers,
    any_text,
    follow_up,
    refused,
    tentative,
    texts,
)


class Shelf:
    """Articles without a store."""

    def __init__(self, *articles):
        self._articles = {article.id: article for article in articles}

    def article(self, article_id):
        return self._articles.get(article_id)

    def sentences(self, _article_id):
        return []


@any_text
@given(st.lists(answers, max_size=3))
def test_json_brings_every_answer_back(turns):
    conversation = Conversation()
    for answer in turns:
        conversation = conversation.with_turn(answer)
    text = as_json(as_document(conversation))
    text.encode("utf-8")
    document = json.loads(text)
    assert [Answer.from_dict(json.loads(json.dumps(turn["answer"]))) for turn in document["turns"]] == turns
    assert document["title"] == conversation.title
    assert not set("\x1b\u202e\x85") & set(text)


def test_the_document():
    conversation = Conversation(7, "Aleppo").with_turn(answered())
    article = Article("aleppo", "Aleppo", f"{'.' * 924}{DISPLACED}", source="A paper")
    given = {1: [Feedback("wrong_citation", 1, "of another year")]}
    document = as_document(conversation, Shelf(article), feedback=given, articles=True)
    assert list(document) == ["id", "title", "turns", "articles"]
    assert (document["id"], document["title"]) == (7, "Aleppo")
    (turn,) = document["turns"]
    assert list(turn) == ["turn", "asked_at", "among", "answer", "sources", "feedback"]
    assert turn["answer"] == answered().to_dict()
    assert turn["sources"] == [{"marker": 1, "state": "current", "start": 924, "end": 924 + len(DISPLACED)}]
    assert turn["feedback"] == [{"kind": "wrong_citation", "marker": 1, "note": "of another year", "given_at": None}]
    assert document["articles"] == [
        {
            "id": "aleppo",
            "title": "Aleppo",
            "date": None,
            "updated": None,
            "source": "A paper",
            "url": None,
            "text": article.text,
        }
    ]
    assert as_document(conversation)["turns"][0]["sources"] is None


def test_markdown_to_read():
    conversation = Conversation(7).with_turn(answered()).with_turn(refused())
    article = Article("aleppo", "Aleppo", f"{'.' * 924}{DISPLACED}", source="A paper")
    day = f"{conversation.turns[0].asked_at:%Y-%m-%d %H:%M} UTC"
    assert (
        as_markdown(conversation, Shelf(article), articles=True)
        == f"""# how many displaced?

## how many displaced?

{day}

{DISPLACED} [1]

[1] Aleppo · A paper · 2024-11-30 · https\\://news.example/1

> {DISPLACED}

## who won the cup?

{day}

**The articles do not say.**

The closest sentences, which may not answer it:

[1] Aleppo · A paper · 2024-11-30 · https\\://news.example/1

> {NEAR}

*The article has been removed since.*

## Article: Aleppo

A paper

```text
{article.text}
```
"""
    )


def test_an_answer_of_another_version_of_the_program():
    document = {**answered().to_dict(), "mood": "curious"}
    del document["confidence"]
    answer = Answer.from_dict(json.loads(json.dumps(document)))
    assert answer.statements == answered().statements
    assert answer.confidence == 0.0


def test_an_answer_of_before_there_were_reasons_and_follow_ups():
    document = {**refused("and civilians?").to_dict(), "standalone_question": "How many civilians fled?"}
    for new in ("form", "tentative", "follow_up_to", "reason"):
        del document[new]
    answer = Answer.from_dict(json.loads(json.dumps(document)))
    assert (answer.form, answer.tentative, answer.follow_up_to, answer.reason) == ("sentence", False, None, None)
    conversation = Conversation().with_turn(answer)
    assert "\n\nAsked as: How many civilians fled?\n\n**The articles do not say.**\n" in as_markdown(conversation)
    assert "Asked as: <bdi>How many civilians fled?</bdi>" in as_html(conversation)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (tentative(), f"**This may answer it:**\n\n{DISPLACED} [1]\n"),
        (follow_up(), f"Read as a follow-up to: how many displaced?\n\n{DISPLACED} [1]\n"),
        (
            refused(reason=Reason("missing", "No article mentions *Gaza*.", missing=("*Gaza*",))),
            "**No article mentions \\*Gaza\\*.**\n\nThe closest sentences, which may not answer it:\n",
        ),
        (
            replace(refused(reason=Reason("filtered", "No article is left by the days.")), closest=()),
            "**No article is left by the days.**\n",
        ),
    ],
)
def test_how_sure_it_is_and_why_not_is_said(answer, said):
    conversation = Conversation().with_turn(answer)
    assert as_markdown(conversation).split(" UTC\n\n")[1].startswith(said)
    assert Answer.from_dict(json.loads(json.dumps(as_document(conversation)["turns"][0]["answer"]))) == answer


def test_every_form_says_which_articles_were_asked():
    among = ArticleFilter("The *Post*", dt.date(2024, 6, 1), dt.date(2024, 6, 2), "cod", ("may",))
    conversation = Conversation().with_turn(refused(), among).with_turn(answered())
    first, second = as_document(conversation)["turns"]
    assert second["among"] is None
    assert first["among"] == {
        "source": "The *Post*", "since": "2024-06-01", "until": "2024-06-02", "words": "cod", "ids": ["may"],
    }  # fmt: skip
    said = "Asked only of: the article may, The *Post*, from 2024-06-01, to 2024-06-02, with the words “cod”"
    assert as_markdown(conversation).count(said.replace("*", r"\*")) == 1
    assert as_html(conversation).count(said) == 1


@any_text
@given(texts | st.text())
def test_a_title_is_one_short_line_that_begins_as_the_question(question):
    title = shortened(question)
    assert len(title) <= TITLE_LENGTH
    assert title == " ".join(title.split())
    if title.endswith("…") and title != question:
        assert title[:-1] in " ".join(question.split()) or "\\" in title


def test_a_title_is_cut_between_words():
    assert shortened("how many people " * 9) == "how many people how many people how many people how many…"
    assert shortened("x" * 99) == "x" * 59 + "…"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts)
def test_any_name_can_be_given_and_exported(tmp_path, name):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answered())
    number = kept.overviews()[0].id
    kept.rename(number, name)
    title = kept.get(number).title
    assert title == kept.overviews()[0].title
    assert title
    assert as_markdown(kept.get(number)).startswith("# ")
