"""Chroma generations: built beside the current one, checked, swapped; whatever is broken is built again."""

import numpy as np
import pytest

from index.errors import StoreError
from index.store.building import build_generation
from index.store.generation import Generation, GenerationInfo, current_name, read_info

DIMENSIONS = 16


def vectors_of(ids):
    """A fixed unit vector for each id."""
    rows = [np.random.default_rng(int(i, 36)).normal(size=DIMENSIONS) for i in ids]
    matrix = np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def build(home, ids, revision=1, model="m"):
    return build_generation(home, GenerationInfo(revision, model, len(ids)), ids, vectors_of)


def search(home, passage_id, limit=3):
    generation = Generation(home, current_name(home) or "")
    try:
        return generation.query(vectors_of([passage_id])[0], limit)
    finally:
        generation.close()


IDS = [f"p{n}" for n in range(50)]


def test_every_passage_finds_itself(tmp_path):
    build(tmp_path, IDS)
    for passage_id in IDS:
        (best, cosine), *_ = search(tmp_path, passage_id)
        assert best == passage_id
        assert cosine == pytest.approx(1, abs=1e-5)


def test_cosines_are_those_of_the_vectors(tmp_path):
    build(tmp_path, IDS)
    exact = {i: float(v @ vectors_of(["p7"])[0]) for i, v in zip(IDS, vectors_of(IDS), strict=True)}
    best = sorted(exact, key=exact.__getitem__, reverse=True)[:10]
    found = search(tmp_path, "p7", 10)
    assert [i for i, _ in found] == best
    assert [c for _, c in found] == pytest.approx([exact[i] for i in best], abs=1e-5)


def test_a_change_makes_a_new_generation_with_exactly_the_new_passages(tmp_path):
    before = build(tmp_path, IDS)
    after = build(tmp_path, [*IDS[10:], "q1"], revision=2)
    assert after != before
    assert current_name(tmp_path) == after
    assert read_info(tmp_path, after) == GenerationInfo(2, "m", 41)
    generation = Generation(tmp_path, after)
    assert sorted(generation.ids()) == sorted([*IDS[10:], "q1"])
    generation.close()
    assert search(tmp_path, "p3")[0][0] != "p3"
    assert search(tmp_path, "q1")[0][0] == "q1"


def test_a_generation_that_is_open_stays_readable_when_the_next_one_is_built(tmp_path):
    opened = Generation(tmp_path, build(tmp_path, IDS))
    build(tmp_path, IDS[:5], revision=2)
    assert opened.query(vectors_of(["p40"])[0], 1)[0][0] == "p40"
    opened.close()


def test_leftovers_of_dead_builders_and_older_generations_are_removed(tmp_path):
    first = build(tmp_path, IDS)
    (tmp_path / "generations" / "dead").mkdir()
    second = build(tmp_path, IDS[:9], revision=2)
    third = build(tmp_path, IDS[:8], revision=3)
    left = {path.name for path in (tmp_path / "generations").iterdir()}
    assert left == {second, third}
    assert first not in left


@pytest.mark.parametrize("broken", ["chroma.sqlite3", "data_level0.bin"])
def test_a_broken_generation_is_built_again_from_nothing(tmp_path, broken):
    name = build(tmp_path, IDS)
    for path in (tmp_path / "generations" / name).rglob(broken):
        path.write_bytes(b"\x00garbage" * 100)
    build(tmp_path, [*IDS, "q1"], revision=2)
    assert search(tmp_path, "q1")[0][0] == "q1"
    assert search(tmp_path, "p7")[0][0] == "p7"


def test_a_broken_generation_is_refused_with_what_to_do(tmp_path):
    name = build(tmp_path, IDS)
    (tmp_path / "generations" / name / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError, match=r"dateline index --rebuild"):
        search(tmp_path, "p1")


def test_another_model_starts_from_nothing(tmp_path):
    build(tmp_path, IDS)

    def others(ids):
        return -vectors_of(ids)

    info = GenerationInfo(2, "other", len(IDS))
    build_generation(tmp_path, info, IDS, others)
    assert search(tmp_path, "p1")[0][0] != "p1"


def test_a_failure_leaves_the_current_generation(tmp_path):
    before = build(tmp_path, IDS)

    def failing(ids):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_generation(tmp_path, GenerationInfo(2, "m", 51), [*IDS, "q1"], failing)
    assert current_name(tmp_path) == before
    assert {path.name for path in (tmp_path / "generations").iterdir()} == {before}


def test_an_empty_generation(tmp_path):
    build(tmp_path, IDS)
    build(tmp_path, [], revision=2)
    assert search(tmp_path, "p1") == []


def test_no_generation(tmp_path):
    assert current_name(tmp_path) is None
    (tmp_path / "CURRENT").write_text("gone")
    assert current_name(tmp_path) is None
