"""The SQuAD scores against an independent statement of the official rules.

The oracle is written from the published description of the evaluation (lower the text, remove punctuation, remove
articles, fix whitespace; best over the answers; unanswerable questions have the empty string as their answer). With
EVAL_DATA naming a folder that holds squad2_dev/questions.jsonl.gz, it is held over several hundred real questions too.
"""

import gzip
import json
import os
import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.squad import contains, exact_match, f1, normalize

CASES = [
    ("the Sarn", ["River Sarn", "Sarn"]),
    ("a dam, an embankment", ["The Dam and the Embankment"]),
    ("14,000", ["14000 residents", "approximately 14,000 residents"]),
    ("U.S.", ["US"]),
    ("", ["Four"]),
    ("Four", []),
    ("", []),
    ("the", []),
    ("the", ["The"]),
    ("Anna", ["an na"]),
    ("theatre", ["atre"]),
    ("“no warning”", ["no warning"]),
    ("yes yes no", ["yes no no", "no"]),
    ("the the the", ["a"]),
    ("1:15 a.m.", ["1:15 am", "quarter past one"]),
    ("not too big and not too small", ["too big"]),
    ("e-mail\tand\nfax", ["email and fax"]),
    ("ÉCOLE", ["école"]),
    ("$5.2 million", ["5.2 million crowns"]),
    ("...", ["..."]),
]


def official_words(text):
    letters = [c for c in text.lower() if c not in set(string.punctuation)]
    return [w for w in official_article_removal("".join(letters)).split() if w]


def official_article_removal(text):
    """Removes a, an and the where they stand between two borders of words, character by character."""
    out, word = [], ""
    for c in f"{text} ":
        if c.isalnum() or c == "_":
            word += c
        else:
            out.append(" " if word in ("a", "an", "the") else word)
            out.append(c)
            word = ""
    return "".join(out)


def official_scores(prediction, answers):
    golds = [g for g in answers if official_words(g)] or [""]
    exact = max(int(official_words(g) == official_words(prediction)) for g in golds)
    best = 0.0
    for gold in golds:
        g, p = official_words(gold), official_words(prediction)
        if not g or not p:
            best = max(best, float(int(g == p)))
            continue
        rest, same = list(g), 0
        for word in p:
            if word in rest:
                rest.remove(word)
                same += 1
        if same:
            precision, recall = 1.0 * same / len(p), 1.0 * same / len(g)
            best = max(best, (2 * precision * recall) / (precision + recall))
    return float(exact), best


@pytest.mark.parametrize(("prediction", "answers"), CASES)
def test_invented_cases(prediction, answers):
    assert (exact_match(prediction, answers), f1(prediction, answers)) == official_scores(prediction, answers)


WORDS = st.lists(st.sampled_from("the a an Four people, died. died dam-break U.S. 14,000 “so” _ an_ the-a".split()))


@given(WORDS, st.lists(WORDS, max_size=3))
def test_any_words(prediction, answers):
    said, golds = " ".join(prediction), [" ".join(a) for a in answers]
    assert (exact_match(said, golds), f1(said, golds)) == official_scores(said, golds)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_normalising_twice_changes_nothing_more(text):
    assert normalize(normalize(text)).split() == [w for w in normalize(text).split() if w not in ("a", "an", "the")]


@pytest.mark.skipif("EVAL_DATA" not in os.environ, reason="EVAL_DATA does not name a folder of data sets")
def test_several_hundred_questions_of_squad2_dev():
    path = Path(os.environ["EVAL_DATA"]) / "squad2_dev" / "questions.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    generator = random.Random(7)
    sample = generator.sample(questions, 800)
    predictions = [_prediction(q, questions, generator) for q in sample]
    ours = [(exact_match(p, q["answers"]), f1(p, q["answers"])) for p, q in zip(predictions, sample, strict=True)]
    theirs = [official_scores(p, q["answers"]) for p, q in zip(predictions, sample, strict=True)]
    assert ours == theirs
    assert sum(score for _, score in ours) == sum(score for _, score in theirs)
    assert 0.2 < sum(score for _, score in ours) / len(ours) < 0.9  # the sample has right and wrong predictions


def _prediction(question, questions, generator):
    """A gold answer, one with words more or less, another question's, or a refusal."""
    gold = generator.choice(question["answers"] or [""])
    other = generator.choice(generator.choice(questions)["answers"] or [""])
    words = gold.split()
    return generator.choice([gold, "", other, " ".join(words[1:]), f"about {gold}, {other}", gold.upper()])


@pytest.mark.parametrize(
    ("text", "answer", "there"),
    [
        ("Some 210 people", "10", False),
        ("Some 10 people", "10", True),
        ("the district’s figures", "district's figures", True),
        ("“We had no warning,” he said", '"no warning"', True),
        ("Lower Soll — The wall", "Soll the wall", True),
        ("Mara Ellins", "Mara Ellin", False),
        ("anything", "", False),
        ("anything", "the", False),
        ("", "Four", False),
        ("four of four people", "Four people", True),
    ],
)
def test_contained_is_by_whole_words(text, answer, there):
    assert contains(text, answer) is there
