"""Training windows of the newsroom set: what answers is marked, and nothing else is; so are claims."""

import random
import re
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from assistant.reader import SHIPPED_READER
from assistant.reader.encoding import WindowEncoder
from assistant.reader.network import TOKENIZER
from evals.workshop.training.claims import claims
from evals.workshop.training.drawing import Shares, draw
from evals.workshop.training.newsroom import Newsroom
from evals.workshop.training.windows import Example, batches, features
from tests.evals.workshop.training.samples import TOWNS, make_data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def encoder() -> WindowEncoder:
    return WindowEncoder(SHIPPED_READER / TOKENIZER)


def newsroom(folder: Path, encoder: WindowEncoder, seed: int, left_out: frozenset[str] = frozenset()) -> Newsroom:
    return Newsroom(folder, encoder, random.Random(seed), left_out)


def windows(made: Newsroom, item: dict[str, object], *, others: float = 1.0) -> list[Example]:
    return [one for choice in made.examples(item, further=1.0, others=others) for one in choice]


@pytest.mark.parametrize("seed", range(5))
def test_what_answers_is_marked_wherever_the_window_holds_it(folder: Path, encoder: WindowEncoder, seed: int) -> None:
    made = newsroom(folder, encoder, seed)
    for item in (*made.questions, *made.turns):
        own = made.texts[item["context_doc"]].text
        first, *_ = windows(made, item)
        if item["answerable"]:
            assert [first.text[slice(*span)] for span in first.spans] == [item["short"]["text"]]
        elif item["misleading"]:
            assert item["misleading"]["text"] in first.text
        for one in windows(made, item):
            marked = item["answerable"] and one.kind != "elsewhere" and item["evidence"][0]["text"] in one.text
            assert bool(one.spans) == bool(marked)
            assert (one.text in own) == (one.kind != "elsewhere")
            assert one.supported is None


def test_passages_of_other_articles_come_from_none_that_measures_and_hold_no_answer(
    folder: Path, encoder: WindowEncoder
) -> None:
    left_out = frozenset({"wikinews-6"})
    seen = set()
    for seed in range(6):
        made = newsroom(folder, encoder, seed, left_out)
        for item in made.questions:
            elsewhere = [one for one in windows(made, item) if one.kind == "elsewhere"]
            for one in elsewhere:
                assert one.spans == ()
                assert not any(answer in one.text for answer in item["answers"])
            seen |= {town for one in elsewhere for town in TOWNS if town in one.text}
    assert TOWNS[7] in seen
    assert TOWNS[6] not in seen


def test_a_turn_is_read_behind_its_conversation(folder: Path, encoder: WindowEncoder) -> None:
    made = newsroom(folder, encoder, 1)
    turn = next(item for item in made.turns if item["conversation"])
    asked = {windows(made, turn)[0].question.rstrip("?") for _ in range(20)}
    assert asked == {"Was there a flood? : The people waited for hour one of the night. | By how much"}


def test_the_same_seed_draws_the_same(folder: Path, encoder: WindowEncoder) -> None:
    def drawn(seed: int) -> list[Example]:
        shares = Shares(public=0, questions=1.5, turns=1.0, claims=1.0, squad2=1.0)
        return draw(folder, folder / "titles.json", encoder, shares, seed)

    one = drawn(1)
    assert one == drawn(1) != drawn(2)
    kinds = {example.kind for example in one}
    assert {"fact", "near", "turn", "squad2"} <= kinds
    assert any(kind.startswith("claim:") for kind in kinds)
    # Of SQuAD 2.0 only the article that may be trained on.
    assert {example.text.split()[3] for example in one if example.kind == "squad2"} == {TOWNS[0]}
    nothing = Shares(public=0, questions=0, turns=0, claims=0, squad2=0)
    assert draw(folder, folder / "titles.json", encoder, nothing, 1) == []


def test_what_rules_make_of_a_supported_claim_is_wrong(folder: Path, encoder: WindowEncoder) -> None:
    texts = newsroom(folder, encoder, 1).texts
    made = [group for seed in range(20) for group in claims(folder, texts, random.Random(seed))]
    kinds = {one.kind.removeprefix("claim:") for group in made for one in group}
    assert {"merge", "num", "verbatim", "negated", "other_number"} <= kinds
    for group in made:
        own, *rules = group
        assert own.supported is (own.kind == "claim:merge")
        assert own.supported or not rules
        for one in rules:
            assert one.supported is (one.kind == "claim:verbatim")
            assert one.spans == ()
            if one.kind == "claim:other_number":
                assert set(re.findall(r"\d+", one.question)) != set(re.findall(r"\d+", own.question))
            if one.kind == "claim:negated":
                assert " was not " in one.question


def test_a_window_slides_to_the_best_answer_and_marks_its_tokens(encoder: WindowEncoder) -> None:
    text = "so " * 300 + "the zebra ran " + "so " * 300
    start = text.index("zebra")
    example = Example("fact", "What ran?", "Zoo", text, ((start, start + 5), (0, 2)))
    (found,) = features([example], encoder, 128)
    zebra = encoder.bodies(["zebra"])[0].ids
    assert len(found.ids) <= 128
    assert [found.ids[at] for at in found.starts] == [found.ids[at] for at in found.ends] == list(zebra)


def test_an_answer_that_does_not_fit_is_left_out_and_none_is_at_the_first_token(encoder: WindowEncoder) -> None:
    long = Example("fact", "What?", "", "so " * 300, ((0, 899),))
    none = Example("near", "What?", "", "so so", ())
    claim = Example("claim:num", "It ran.", "", "so so", (), (), True)
    found = features([long, none, claim], encoder, 128)
    assert [(one.starts, one.ends, one.supported) for one in found] == [((0,), (0,), None), ((0,), (0,), True)]


def test_batches_hold_every_window_once_and_only_the_body_can_be_chosen(encoder: WindowEncoder) -> None:
    made = [
        Example("fact", "What ran?", "Zoo", "so " * size + "zebra", ((3 * size, 3 * size + 5),)) for size in range(40)
    ]
    claim = Example("claim:num", "It ran.", "", "so so", (), (), True)
    found = features([*made, claim], encoder, 128)
    drawn = list(batches(found, 200, 1))
    assert sum(len(batch.ids) for batch in drawn) == len(found)
    assert sum(int(batch.is_claim.sum()) for batch in drawn) == sum(int(batch.supported.sum()) for batch in drawn) == 1
    for batch in drawn:
        assert batch.ids.numel() <= 200 or len(batch.ids) == 1
        assert bool((batch.allowed.amax(-1) <= batch.choosable).all())
        assert bool((batch.choosable <= batch.mask).all())
        assert bool((batch.choosable[:, 1:] <= batch.types[:, 1:]).all())
    assert [batch.ids.tolist() for batch in batches(found, 200, 1)] == [batch.ids.tolist() for batch in drawn]
