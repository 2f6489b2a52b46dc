"""What every place of vectors keeps to, and the generations in it: the folder of a store, and a Chroma server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import StoreError
from index.vectors.generation import Place
from index.vectors.local import LocalPlace
from index.vectors.server import ServerPlace
from tests.index.vectors.test_server import Server

NAMES = [f"p{n}" for n in range(40)]


def rows(*seeds: int) -> NDArray[np.float32]:
    """A fixed unit vector for each number."""
    made = np.array([np.random.default_rng(seed).normal(size=16) for seed in seeds])
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma"))
    yield server
    server.stop()


@pytest.fixture(params=["folder", "server"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Place]:
    """The place of each store."""
    if request.param == "folder":
        return lambda store: LocalPlace(tmp_path / store)
    url = request.getfixturevalue("server").url
    return lambda store: ServerPlace(url, f"{tmp_path.name}{store}".replace("_", ""))


@pytest.fixture
def place(places: Callable[[str], Place]) -> Place:
    return places("one")


def filled(place: Place, name: str, base: str | None = None) -> None:
    generation = place.create(name, base)
    generation.put(NAMES, rows(*range(len(NAMES))))
    generation.close()
    place.settle(name)


def test_what_is_put_is_held_and_found(place: Place) -> None:
    place.check()
    filled(place, "first")
    generation = place.open("first")
    assert (generation.count(), set(generation.ids())) == (len(NAMES), set(NAMES))
    for n in (0, 17, 39):
        found = generation.query(rows(n)[0], 5)
        assert found[0][0] == NAMES[n]
        assert len(found) == 5
        assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
        exact = {name: float(row @ rows(n)[0]) for name, row in zip(NAMES, rows(*range(40)), strict=True)}
        assert dict(found) == pytest.approx({name: exact[name] for name, _ in found}, abs=1e-5)
    held = generation.vectors(["p3", "none"])
    assert list(held) == ["p3"]
    assert held["p3"] == pytest.approx(rows(3)[0], abs=1e-6)
    generation.close()


def test_what_is_put_again_or_removed_is_so(place: Place) -> None:
    generation = place.create("first", None)
    generation.put(NAMES[:3], rows(0, 1, 2))
    generation.put(["p0"], rows(99))
    generation.remove(["p1"])
    generation.remove([])
    assert set(generation.ids()) == {"p0", "p2"}
    assert generation.query(rows(99)[0], 1)[0][0] == "p0"
    assert "p1" not in dict(generation.query(rows(1)[0], 2))
    generation.close()


def test_names_are_those_of_one_store(places: Callable[[str], Place]) -> None:
    one, other = places("one"), places("two")
    assert one.names() == set()
    filled(one, "first")
    filled(one, "second")
    assert (one.names(), other.names()) == ({"first", "second"}, set())
    assert one.holds("first")
    assert not one.holds("third")
    assert not other.holds("first")
    one.remove("first")
    one.remove("never there")
    assert one.names() == {"second"}


def test_what_is_not_there_cannot_be_opened(place: Place) -> None:
    filled(place, "first")
    place.remove("first")
    for name in ("first", "never"):
        with pytest.raises(StoreError) as caught:
            place.open(name)
        assert "\n" not in str(caught.value)
        assert place.names() == set()  # and opening makes none


def test_a_generation_goes_on_from_another_where_it_may_not_grow(place: Place) -> None:
    filled(place, "first")
    if place.shared:
        generation = place.open("first")
        generation.put(["more"], rows(77))
    else:
        generation = place.create("second", "first")
        assert generation.count() == len(NAMES)
        generation.put(["more"], rows(77))
        before = place.open("first")
        assert "more" not in before.ids()
        before.close()
    assert generation.count() == len(NAMES) + 1
    generation.close()
