"""Stories: the same whatever the order in which articles come, by what they say, whom they name, and when."""

import datetime as dt
import json
import random
from pathlib import Path

import numpy as np
import pytest

from index import index_paths, remove
from index.store.reading import RECORD_NAME, RecordReader
from index.stories import Telling, grouped, name_marks
from tests.index.articles import lines

ARCHIVE = Path(__file__).parents[2] / "evals/archive/corpus.jsonl"
FLOOD = "The Sarn flooded Kessing, said Mara Ellin."
FIRE = "A fire burnt down the mill of Harle, said Jon Akers."
DAY = dt.date(2031, 3, 3)


def telling(article_id, text, days=0, lead=None):
    lead = lead or ((0.5, 0.87) if text == FIRE else (1.0, 0.0))  # which reads like the flood
    day = None if days is None else DAY + dt.timedelta(days)
    return Telling(article_id, day, np.array(lead, dtype=np.float32), name_marks(text))


def stories_in(home):
    with RecordReader(home / RECORD_NAME) as record:
        total, stories = record.stories(limit=100)
        assert total == len(stories)
        return stories


def indexed(home, folder, embedding, articles):
    index_paths(home, [lines(folder / "news.jsonl", *articles)], embedding, passage_tokens=160)
    return stories_in(home)


def test_one_story_has_names_in_common_and_is_called_by_its_first_article():
    articles = [telling("b", FLOOD, 1), telling("a", FLOOD, 2), telling("c", FIRE), telling("d", FIRE, 3)]
    assert grouped(articles) == {"a": "b", "b": "b", "c": "c", "d": "c"}


def test_what_reads_alike_of_other_names_is_another_story():
    assert len(set(grouped([telling("a", FLOOD), telling("b", FIRE)]).values())) == 2


def test_a_story_ends_when_two_weeks_bring_no_article():
    apart = [telling("a", FLOOD, 0), telling("b", FLOOD, 20)]
    assert len(set(grouped(apart).values())) == 2
    assert set(grouped([*apart, telling("c", FLOOD, 10)]).values()) == {"a"}


def test_articles_without_a_day_may_be_of_any_story():
    articles = [telling("a", FLOOD), telling("b", FLOOD, None), telling("c", FIRE), telling("d", FIRE, None)]
    assert grouped(articles) == {"a": "a", "b": "a", "c": "c", "d": "c"}


@pytest.mark.parametrize("articles", [[], [telling("a", "", None, (0.0, 0.0))]])
def test_nothing_to_group(articles):
    assert grouped(articles) == {each.id: each.id for each in articles}


def test_any_number_of_copies_are_one_story():
    assert set(grouped([telling(f"{n:03}", FLOOD, n % 5) for n in range(700)]).values()) == {"000"}


def test_the_order_says_nothing():
    generator = np.random.default_rng(7)
    towns = ["Kessing", "Harle", "Varnholt", "Elvery", "Soll"]
    articles = [
        telling(
            str(n), f"In {towns[n % 5]} the mayor of {towns[n % 3]} spoke.", int(n % 9), tuple(generator.normal(size=4))
        )
        for n in range(60)
    ]
    stories = grouped(articles)
    assert 1 < len(set(stories.values())) < 60
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        assert grouped(articles) == stories


def test_bit_by_bit_comes_to_the_same_as_at_once(tmp_path, embedding):
    articles = [json.loads(line) for line in ARCHIVE.read_text(encoding="utf-8").splitlines()][:16]
    at_once = indexed(tmp_path / "one", tmp_path, embedding, articles)
    assert max(len(story.article_ids) for story in at_once) > 2
    home = tmp_path / "two"
    for upto in (5, 9, 16):
        last = indexed(home, tmp_path, embedding, articles[::-1][:upto])
    assert last == at_once
    remove(home, [articles[0]["id"]], embedding)
    assert stories_in(home) == indexed(tmp_path / "three", tmp_path, embedding, articles[1:])


def test_a_story_is_listed_by_its_newest_headline_that_is_no_notice(tmp_path, embedding):
    flood = "The Sarn flooded Kessing and Lower Soll, said Mara Ellin of the Sarn District Rescue Service."
    given = [
        ("a", "Sarn floods Kessing", flood, "2031-03-05", "Herald"),
        ("b", "Nine dead in Kessing", f"Nine people died. {flood}", "2031-03-06", "Post"),
        ("c", "Correction: nine dead in Kessing", f"Ten people died, not nine. {flood}", "2031-03-07", "Herald"),
        ("d", "Crumpets win the cup", "The baker was delighted.", None, None),
    ]
    fields = ("id", "title", "text", "date", "source")
    flood_story, cup = indexed(
        tmp_path / "home", tmp_path, embedding, [dict(zip(fields, each, strict=True)) for each in given]
    )
    assert flood_story.to_dict() == {
        "id": "a",
        "name": "Nine dead in Kessing",
        "first": "2031-03-05",
        "last": "2031-03-07",
        "outlets": ["Herald", "Post"],
        "article_ids": ["a", "b", "c"],
    }
    assert (cup.name, cup.first, cup.last, cup.outlets) == ("Crumpets win the cup", None, None, ())
    with RecordReader(tmp_path / "home" / RECORD_NAME) as record:
        assert record.stories(min_articles=2) == (1, [flood_story])
        assert record.stories(offset=1) == (2, [cup])
        assert record.stories_of(["b", "d", "gone"]) == {"b": "a", "d": "d"}
