"""Chroma generations: built beside the current one, checked, pointed to; whatever is broken is built again."""

import shutil
from hashlib import sha256

import numpy as np
import pytest

from index.article import Article, Passage, Sentence, embedded_text, text_hash
from index.errors import NoIndexError, NoRoomError, StoreError
from index.store.record import Record
from index.store.state import Unfinished
from index.vectors.building import update_generation
from index.vectors.local import LocalPlace
from index.vectors.vector_index import VectorIndex

DIMENSIONS = 16
MODEL = "m"


def vector_of(name, model=MODEL):
    """A fixed unit vector for each name."""
    seed = int.from_bytes(sha256(f"{model}{name}".encode()).digest()[:8])
    row = np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32)
    return row / np.linalg.norm(row)


def put(record, *names, model=MODEL):
    """Store articles of one passage each, whose ids are their names."""
    record.set_model(model, model)
    for name in names:
        text = f"All about {name}."
        passage = Passage(name, name, 0, 0, 0, len(text), text)
        digest = text_hash(embedded_text(name, text))
        article = Article(name, name, text, path=f"{name}.txt")
        vectors = {digest: vector_of(name, model)}
        record.put_article(article, [Sentence(0, len(text))], [passage], recipe="r", model=model, vectors=vectors)


@pytest.fixture
def place(tmp_path):
    return LocalPlace(tmp_path)


@pytest.fixture
def record(tmp_path):
    with Record.for_writing(tmp_path / "dateline.db", create=True) as record:
        yield record


@pytest.fixture
def search(record, place):
    def query(name, limit=3):
        index = VectorIndex(record, place)
        try:
            return index.query(vector_of(name), limit)
        finally:
            index.close()

    return query


def held(record, place):
    """The ids in the current generation."""
    generation = place.open(record.state().generation.name)
    try:
        return set(generation.ids())
    finally:
        generation.close()


NAMES = [f"p{n}" for n in range(50)]


def test_every_passage_finds_itself(record, place, search):
    put(record, *NAMES)
    assert update_generation(record, place)
    for name in NAMES:
        (best, cosine), *_ = search(name)
        assert best == name
        assert cosine == pytest.approx(1, abs=1e-3)  # the record keeps 16-bit floats


def test_what_is_stored_later_is_found_with_its_cosine_and_no_build(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    put(record, "q1", "q2")
    assert not update_generation(record, place)
    exact = {name: float(vector_of(name) @ vector_of("q1")) for name in (*NAMES, "q1", "q2")}
    best = sorted(exact, key=exact.__getitem__, reverse=True)[:10]
    found = search("q1", 10)
    assert [i for i, _ in found] == best
    assert [c for _, c in found] == pytest.approx([exact[i] for i in best], abs=1e-3)


def test_what_is_removed_is_not_found_and_does_not_crowd_out_the_rest(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    put(record, "q1", "q2")
    for name in [*NAMES[:45], "q1"]:
        record.remove_article(name)
    assert not update_generation(record, place)
    assert {i for i, _ in search("p0", 6)} == {*NAMES[45:], "q2"}


def test_an_open_index_follows_the_record(record, place):
    put(record, *NAMES)
    update_generation(record, place)
    index = VectorIndex(record, place)
    for step in range(3):
        put(record, f"q{step}")
        assert index.query(vector_of(f"q{step}"), 1)[0][0] == f"q{step}"
        record.remove_article(f"q{step}")
        assert index.query(vector_of(f"q{step}"), 1)[0][0] != f"q{step}"
    index.close()


def test_it_is_built_when_much_is_lacking_and_from_nothing_when_much_is_in_vain(record, place):
    put(record, *(f"a{n}" for n in range(1_100)))
    update_generation(record, place)
    first = record.state().generation
    put(record, *(f"b{n}" for n in range(1_001)))
    assert update_generation(record, place)
    grown = record.state().generation
    assert (grown.passages, grown.wasted) == (2_101, 0)
    assert place.names() == {first.name, grown.name}  # a reader may still have the first one open
    with record.transaction():
        for n in range(1_001):
            record.remove_article(f"a{n}")
    assert update_generation(record, place)
    assert record.state().generation.passages == 1_100
    assert first.name not in place.names()
    assert place.size(record.state().generation.name) < 0.8 * place.size(grown.name)


def test_leftovers_of_dead_builders_are_removed(record, place):
    put(record, *NAMES)
    (place.folder / "dead").mkdir(parents=True)
    update_generation(record, place)
    assert place.names() == {record.state().generation.name}


@pytest.mark.parametrize("broken", ["chroma.sqlite3", "data_level0.bin"])
def test_a_broken_generation_is_built_again_from_nothing(record, place, search, broken):
    put(record, *NAMES)
    update_generation(record, place)
    for path in (place.folder / record.state().generation.name).rglob(broken):
        path.write_bytes(b"\x00garbage" * 100)
    put(record, *(f"b{n}" for n in range(1_001)))
    assert update_generation(record, place)
    assert search("b1")[0][0] == "b1"
    assert search("p7")[0][0] == "p7"


def test_a_generation_that_is_gone_is_built_again(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    place.remove(record.state().generation.name)
    with pytest.raises(StoreError, match=r"the vector index is missing; .*dateline doctor --fix"):
        search("p1")
    assert update_generation(record, place)
    assert search("p1")[0][0] == "p1"


def test_the_first_run_can_be_asked_before_its_end(record, place):
    index = VectorIndex(record, place)
    assert_missing = pytest.raises(StoreError, match="the vector index is missing")
    put(record, *NAMES[:3])
    with assert_missing:  # no run is under way: it is damaged
        index.query(vector_of("p1"), 3)
    record.begin_run(Unfinished("index", (), MODEL, "2031-04-05T10:00:00+00:00"))
    index.open()
    assert [name for name, _ in index.query(vector_of("p1"), 1)] == ["p1"]
    put(record, *NAMES)
    before = index.query(vector_of("p7"), 10)
    assert before[0][0] == "p7"
    record.remove_article("p7")
    assert "p7" not in dict(index.query(vector_of("p7"), 10))
    put(record, "p7")
    update_generation(record, place)
    record.end_run()
    after = index.query(vector_of("p7"), 10)
    assert [name for name, _ in after] == [name for name, _ in before]
    assert [cosine for _, cosine in after] == pytest.approx([cosine for _, cosine in before], abs=1e-3)
    index.close()


def test_without_room_nothing_is_built(record, place, search, monkeypatch):
    put(record, *NAMES)
    update_generation(record, place)
    before = record.state().generation
    put(record, *(f"b{n}" for n in range(1_001)))
    monkeypatch.setattr("shutil.disk_usage", lambda _path: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(NoRoomError, match="free some space, then index again"):
        update_generation(record, place)
    assert record.state().generation == before
    assert place.names() == {before.name}
    assert search("b1")[0][0] == "b1"


def test_while_all_is_embedded_with_another_model_it_can_be_asked(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    record.begin_run(Unfinished("rebuild", (), "other", "2031-04-05T10:00:00+00:00"))
    put(record, *NAMES, model="other")
    index = VectorIndex(record, place)
    assert index.query(vector_of("p3", "other"), 1)[0][0] == "p3"
    index.close()


def test_a_broken_generation_is_refused_with_what_to_do(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    (place.folder / record.state().generation.name / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError, match=r"dateline doctor --fix"):
        search("p1")


def test_another_model_starts_from_nothing(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    put(record, *NAMES, model="other")
    assert update_generation(record, place)
    assert search("p1")[0][1] < 0.999


def test_a_vector_that_is_missing_is_named(record, place):
    put(record, *NAMES)
    record.drop_unused_vectors("none")
    with pytest.raises(StoreError, match="vectors are missing; run `dateline doctor --fix`"):
        update_generation(record, place)
    assert place.names() == set()


def test_an_empty_generation(record, place, search):
    put(record, *NAMES)
    update_generation(record, place)
    for name in NAMES:
        record.remove_article(name)
    with pytest.raises(NoIndexError, match="holds no articles"):
        search("p1")
    update_generation(record, place, anew=True)
    with pytest.raises(NoIndexError, match="holds no articles"):
        search("p1")
    assert held(record, place) == set()


MANY = [f"a{n}" for n in range(1_200)]  # Chroma keeps the vectors in files of their own from a thousand on


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path):
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(255 - byte for byte in data[middle : middle + 64])
    path.write_bytes(data)


@pytest.mark.parametrize("file", ["data_level0.bin", "link_lists.bin", "header.bin", "index_metadata.pickle"])
@pytest.mark.parametrize("damage", [cut, garble, lambda path: path.unlink()])
def test_files_that_are_not_as_they_were_written_are_refused_and_built_again(record, place, search, file, damage):
    put(record, *MANY)
    update_generation(record, place)
    assert search("a7")[0][0] == "a7"
    (path,) = place.folder.rglob(file)
    damage(path)
    with pytest.raises(StoreError, match=rf"the vector index is damaged \(its .*{file} has changed\)"):
        search("a7")
    assert update_generation(record, place)
    assert search("a7")[0][0] == "a7"


def test_a_folder_of_vectors_that_is_gone_is_noticed(record, place, search):
    put(record, *MANY)
    update_generation(record, place)
    (path,) = place.folder.rglob("data_level0.bin")
    shutil.rmtree(path.parent)
    with pytest.raises(StoreError, match="the vector index is damaged"):
        search("a7")


def test_searches_and_growing_leave_the_seal_whole(record, place, search):
    put(record, *MANY)
    update_generation(record, place)
    for name in MANY[:40]:
        search(name, limit=100)
    put(record, *(f"b{n}" for n in range(1_100)))
    assert update_generation(record, place)  # a copy that grows
    assert search("b3")[0][0] == "b3"
    assert search("a7")[0][0] == "a7"
    assert not update_generation(record, place)


def test_a_generation_of_before_seals_is_read_as_it_is(record, place, search):
    put(record, *MANY)
    update_generation(record, place)
    (path,) = place.folder.rglob("seal.json")
    path.unlink()
    assert search("a7")[0][0] == "a7"
    assert not update_generation(record, place)
