"""Labels: what is read, what is refused; and the sets of news questions that ship."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import QuestionSetError
from evals.questions.evidence import resolve
from evals.questions.question_set import load_questions
from evals.runs.labels import b_cubed, load_forms, load_stories, measure_forms, measure_stories
from index.files import load_file, read_file
from tests.evals.conftest import ARCHIVE

FORMS = ARCHIVE.parent / "forms" / "questions.jsonl"


@pytest.fixture(scope="module")
def articles():
    return {
        article.id: article
        for name in ("corpus.jsonl", "corrections_corpus.jsonl")
        for article in read_file(ARCHIVE / name, load_file(ARCHIVE / name)).articles
    }


def test_the_news_questions_of_the_archive_can_be_used(articles):
    questions = load_questions(ARCHIVE / "news_questions.jsonl")
    kinds = ("figures", "briefing", "timeline", "as_of", "correction")
    assert Counter(question.type for question in questions) == dict.fromkeys(kinds, 12)
    for article in load_stories(ARCHIVE / "stories.json"):
        assert articles[article]
    check(questions, {i: a for i, a in articles.items() if i in load_stories(ARCHIVE / "stories.json")})


def test_the_withdrawn_claims_can_be_used(articles):
    questions = load_questions(ARCHIVE / "withdrawn.jsonl")
    assert len(questions) == 40
    assert all(question.expects and question.expects.never for question in questions)
    check(questions, articles)


def check(questions, articles):
    items = resolve(questions, articles.get, articles.values)
    texts = {article.id: " ".join(article.text.split()) for article in articles.values()}
    for item in items:
        expects = item.question.expects
        assert expects, item.question.id
        assert bool(item.evidence) == item.question.answerable, item.question.id
        for shown in (text for group in expects.shows for text in group):
            assert shown in texts or any(shown in text for text in texts.values()), (item.question.id, shown)


def test_the_stories_of_the_archive_are_those_of_all_its_articles(articles):
    stories = load_stories(ARCHIVE / "stories.json")
    lines = (ARCHIVE / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(stories) == [json.loads(line)["id"] for line in lines]
    assert measure_stories(stories, stories)["f1"] == 1
    assert measure_stories({}, stories) == {
        "articles": 46,
        "stories": 3,
        "found": 46,
        "precision": 1.0,
        "recall": pytest.approx(3 / 46, abs=1e-4),
        "f1": pytest.approx(2 * 3 / 49, abs=1e-4),
    }


def test_two_hundred_questions_have_a_form():
    labels = load_forms(FORMS)
    assert len({label.question for label in labels}) == 200
    assert all(count >= 20 for count in Counter(label.forms[0] for label in labels).values())
    right = measure_forms([label.forms[-1] for label in labels], labels)
    assert (right["right"]["value"], right["right"]["n"], right["wrong"]) == (1.0, 200, [])
    briefings = measure_forms(["briefing"] * 200, labels)
    assert briefings["briefing_for_a_fact"]["value"] == briefings["right_briefing"]["value"] == 1.0
    assert briefings["right_timeline"]["value"] == 0.0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"question": "news", "forms": ["essay"]}', "is no label"),
        ('{"question": "news", "forms": []}', "is no label"),
        ('{"question": " ", "forms": ["briefing"]}', "is no label"),
        ('{"question": "news", "forms": ["briefing"], "why": 1}', "is no label"),
        ("[1]", "is no label"),
        ("{", "is not a line of JSON"),
        ("", "there is no label in it"),
    ],
)
def test_a_bad_label_is_named(tmp_path, line, reason):
    path = tmp_path / "forms.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=reason):
        load_forms(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"a": 1}'])
def test_bad_labels_of_stories_are_refused(tmp_path, text):
    path = tmp_path / "stories.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"stories\.json: "):
        load_stories(path)
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_stories(tmp_path / "none.json")


LABELS = {"a": "flood", "b": "flood", "c": "flood", "d": "strike"}


def groups(*members):
    return {article: str(n) for n, some in enumerate(members) for article in some}


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        (groups("abc", "d"), 1, 1),
        (groups("abcd"), (3 * 3 / 4 + 1 / 4) / 4, 1),
        (groups("a", "b", "c", "d"), 1, (3 * 1 / 3 + 1) / 4),
        ({}, 1, 0.5),  # what is in no group is one by itself
        (groups("ab", "cd"), (1 + 1 + 1 / 2 + 1 / 2) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
        (groups("abx", "cyz", "d"), 1, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),  # x, y and z have no label
    ],
)
def test_by_hand(found, precision, recall):
    assert b_cubed(found, LABELS) == pytest.approx((precision, recall))
    f1 = 2 * precision * recall / (precision + recall)
    assert measure_stories(found, LABELS)["f1"] == pytest.approx(f1, abs=1e-4)


def test_a_group_may_be_named_like_an_article():
    assert b_cubed({"a": "b"}, {"a": "x", "b": "x"})[1] == 0.5


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.data())
def test_exchanging_groups_and_labels_exchanges_precision_and_recall(stories, data):
    labels = {str(n): story for n, story in enumerate(stories)}
    found = {article: data.draw(st.sampled_from("xyz")) for article in labels}
    there, back = b_cubed(found, labels), b_cubed(labels, found)
    assert there == pytest.approx(back[::-1])
    assert 0 < measure_stories(found, labels)["f1"] <= 1
