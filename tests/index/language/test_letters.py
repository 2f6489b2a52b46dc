"""Names are found however they are typed, and cited as they are written."""

import unicodedata

import pytest

from index import Searcher, index_paths

NAMES = {
    "lodz": ("Łukasz Gawłowski", "Lukasz Gawlowski"),
    "tromso": ("Bjørn Sæther", "Bjorn Saether"),
    "belgrade": ("Mirko Đoković", "Mirko Dokovic"),
    "reykjavik": ("Þórður Ægisson", "Thordur Aegisson"),
    "berlin": ("Anke Voß", "Anke Voss"),
    "ankara": ("Işıl Çağdaş", "Isil Cagdas"),
    "hanoi": ("Đặng Thị Ngọc", "Dang Thi Ngoc"),
    "paris": ("Zoe\u0301 Lefe\u0300vre", "Zoé Lefèvre"),
    "tokyo": ("ＳＡＫＵＲＡ Kenzo", "Sakura Kenzo"),
    "selmouth": ("Ilse Bran\u00addenhofer", "Ilse Brandenhofer"),
    "vell": ("Oﬃcer Gri\u200bﬀith", "Officer Griffith"),
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory, embedding):
    folder = tmp_path_factory.mktemp("letters")
    for place, (written, _) in NAMES.items():
        text = f"Council meets\n\nThe council met on Friday. {written} spoke of the toll on the bridge for an hour."
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    index_paths(folder / "home", [folder], embedding, passage_tokens=160)
    searcher = Searcher(folder / "home", embedding)
    yield searcher
    searcher.close()


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize("form", ["written", "typed", "decomposed", "lower", "capitals"])
def test_a_name_is_found_in_keywords_and_cited_as_it_is_written(searcher, place, form):
    written, typed = NAMES[place]
    name = {
        "written": written,
        "typed": typed,
        "decomposed": unicodedata.normalize("NFD", written),
        "lower": typed.lower(),
        "capitals": typed.upper(),
    }[form]
    (ranking,) = searcher.rank([f"What did {name} say?"])
    best = searcher.record.passages([ranking.keyword[0][0]])[ranking.keyword[0][0]]
    assert best[1].id == place
    assert f"{written} spoke" in best[0].text
    assert searcher.find(f"What did {name} say?")[0].article.id == place


@pytest.mark.parametrize("place", ["lodz", "tromso", "paris", "tokyo", "selmouth", "vell"])
def test_vectors_are_the_same_however_a_name_is_typed(searcher, place):
    written, typed = NAMES[place]
    one, two = searcher.rank([f"{written} spoke"]), searcher.rank([f"{typed.title()} spoke"])
    assert dict(one[0].dense) == pytest.approx(dict(two[0].dense), abs=1e-6)
