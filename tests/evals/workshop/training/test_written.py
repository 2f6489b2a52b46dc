"""What was written here to train on: it is about the articles that it names, and nothing of them is copied."""

from collections import Counter, defaultdict

import pytest

from evals.workshop.training.written import written_claims, written_questions


class AnyText(dict[str, str]):
    """A text of digits for every article, so that offsets can be followed without the articles."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return DIGITS


DIGITS = "0123456789" * 10_000


TEXTS = AnyText()


def test_what_is_about_other_articles_is_left_out() -> None:
    assert not list(written_claims({"some-article": "Some text."}))
    assert not list(written_questions({}))


def test_a_claim_cites_what_it_says_and_half_of_them_are_supported() -> None:
    made = list(written_claims(TEXTS))
    assert len({item["id"] for item in made}) == len({(item["context_doc"], item["question"]) for item in made})
    share = sum(item["answers"] == ["supported"] for item in made) / len(made)
    assert share == pytest.approx(0.5, abs=0.03)
    for item in made:
        assert 1 <= len(item["cited"]) <= 3
        for one in item["cited"]:
            assert one["text"] == TEXTS[""][one["start"] : one["end"]]
    kinds = Counter(item["type"] for item in made if item["answers"] == ["not_supported"])
    assert {"role", "blend", "scope", "hedge", "cause", "add", "neg"} <= set(kinds)


def test_a_question_is_answered_or_has_what_misleads() -> None:
    made = list(written_questions(TEXTS))
    kinds = defaultdict(list)
    for item in made:
        kinds[item["answerable"]].append(item)
        assert bool(item["evidence"]) == item["answerable"] == (item["misleading"] is None)
        if item["short"]:
            best = item["evidence"][0]
            assert best["start"] <= item["short"]["start"] < item["short"]["end"] <= best["end"]
    assert 0.8 < len(kinds[True]) / len(kinds[False]) < 1.25
