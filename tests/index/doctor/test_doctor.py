"""The doctor on stores that were damaged for real: it names the damage, and mends it from what is sound."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from index import Searcher, index_paths
from index.doctor import examine, mend
from index.errors import LockedError, NoIndexError
from index.store.home import writer_lock
from index.store.reading import RECORD_NAME, RecordReader
from index.store.record import Record
from index.store.state import Unfinished
from index.vectors.building import update_generation
from index.vectors.local import LocalPlace
from tests.index.articles import FLOOD, STRIKE, VOTE, write
from tests.index.vectors.test_generation import put


@pytest.fixture(scope="module")
def made(tmp_path_factory, embedding):
    """A sound store, and the folder of its articles."""
    folder = tmp_path_factory.mktemp("doctor")
    news = write(folder / "news", flood=FLOOD, strike=STRIKE, vote=VOTE)
    index_paths(folder / "home", [news], embedding, passage_tokens=160)
    return folder / "home", news


@pytest.fixture
def home(made, tmp_path):
    """A copy of it that may be damaged."""
    return shutil.copytree(made[0], tmp_path / "home")


@pytest.fixture
def fix(home, embedding):
    return lambda: mend(home, embedding, passage_tokens=160)[1]


def sql(home, *statements):
    db = sqlite3.connect(home / RECORD_NAME)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def generation_folder(home):
    with RecordReader(home / RECORD_NAME) as record:
        info = record.state().generation
    assert info is not None
    return home / "generations" / info.name


def whats(home):
    return [finding.what for finding in examine(home).findings]


def test_a_sound_store(home):
    diagnosis = examine(home)
    assert diagnosis.findings == []
    assert diagnosis.sound
    assert diagnosis.checked["articles_read"] == 3
    assert diagnosis.checked["vectors"] == 3
    assert diagnosis.checked["citations"] == diagnosis.checked["sentences"]


DAMAGES = {
    "a sentence that was moved": (
        ["UPDATE sentence SET end = end - 1 WHERE n = 1 AND article = 1"],
        "sentences or passages of 1 article",
    ),
    "a sentence that is gone": (["DELETE FROM sentence WHERE n = 1"], "sentences or passages of 3 articles"),
    "a passage of another text": (["UPDATE passage SET text_hash = 'x' WHERE key = 1"], "sentences or passages of"),
    "a keyword row too few": (
        ["DELETE FROM keyword_docsize WHERE id = 1"],
        "the keyword index lacks 1 passage, and has 0",
    ),
    "an empty keyword index": (
        ["INSERT INTO keyword (keyword) VALUES ('delete-all')"],
        "the keyword index lacks 3 passages",
    ),
    "keywords of another text": (
        [
            "INSERT INTO keyword (keyword) VALUES ('delete-all')",
            "INSERT INTO keyword (rowid, title, body) SELECT key, 'x', 'x' FROM passage",
        ],
        "the keyword index does not find 3 passages by their own words",
    ),
    "vectors that are gone": (["DELETE FROM embedding"], "passages of 3 articles have no vector"),
    "a vector that was overwritten": (
        ["UPDATE embedding SET vector = zeroblob(768) WHERE text_hash = (SELECT text_hash FROM passage WHERE key = 1)"],
        "1 vectors are damaged",
    ),
    "a pointer to nothing": (["DELETE FROM meta WHERE key = 'generation'"], "the vector index is missing"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_the_record_is_named_and_mended(home, made, fix, embedding, damage):
    statements, expected = DAMAGES[damage]
    sql(home, *statements)
    before = examine(home)
    assert not before.sound
    assert any(finding.what.startswith(expected) for finding in before.findings), before.findings
    assert fix()
    after = examine(home)
    assert after.findings == [] or all(finding.part == "space" for finding in after.findings)
    index_paths(home, [made[1]], embedding, passage_tokens=160)
    searcher = Searcher(home, embedding)
    (hit, *_) = searcher.find("Four people died when the Soll rose")
    assert "Four people died in Lower Varn." in hit.passage.text
    assert hit.cosine is not None
    assert hit.bm25 is not None
    searcher.close()


ALTERATIONS = {
    "other words": "UPDATE article SET text = replace(text, 'Four people', 'Nine people') WHERE id = 'flood'",
    "bytes that are no text": "UPDATE article SET text = CAST(x'466c6f6f64ff' AS TEXT) WHERE id = 'flood'",
}


@pytest.mark.parametrize("alteration", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_text_is_called_sound_only_when_its_file_was_read_again(home, made, fix, embedding, alteration):
    sql(home, alteration)
    said = "the text of 1 article ('flood') is not the one that was stored"
    assert said in whats(home)
    assert "1 altered article will be read again by the next `dateline index`" in fix()
    assert said in whats(home)
    assert not examine(home).sound
    summary = index_paths(home, [made[1]], embedding, passage_tokens=160)
    assert (summary.updated, summary.unchanged) == (1, 2)
    assert examine(home).sound
    with RecordReader(home / RECORD_NAME) as record:
        assert "Four people died" in {article.id: article.text for article in record.articles()}["flood"]


def test_a_missing_generation_is_built_again_without_embedding(home, fix):
    shutil.rmtree(generation_folder(home))
    assert whats(home) == [f"{home}: the vector index is missing"]
    assert fix() == ["the vector index was built again from the stored vectors"]
    assert examine(home).findings == []


def test_garbage_in_the_database_of_the_vector_index(home, fix):
    (generation_folder(home) / "chroma.sqlite3").write_bytes(b"\x00garbage" * 100)
    assert examine(home).of("generation")
    assert fix() == ["the vector index was built again from the stored vectors"]
    assert examine(home).sound


@pytest.mark.parametrize("file", ["data_level0.bin", "header.bin", "index_metadata.pickle"])
def test_garbage_in_the_graph_of_the_vector_index(tmp_path, file):
    """Chroma keeps the vectors in a file of their own from a thousand on."""
    place = LocalPlace(tmp_path)
    with Record.for_writing(tmp_path / RECORD_NAME, create=True) as record:
        put(record, *(f"a{n}" for n in range(1_200)))
        update_generation(record, place)
        assert examine(tmp_path).sound
        (path,) = generation_folder(tmp_path).rglob(file)
        path.write_bytes(b"\x00garbage" * 100)
        assert examine(tmp_path).of("generation")
        update_generation(record, place, anew=True)
        assert examine(tmp_path).sound


def test_vectors_that_are_not_those_of_the_record(home, fix):
    generation = LocalPlace(home).open(generation_folder(home).name)
    ids = generation.ids()
    generation.put(ids[:1], -generation.vectors(ids)[ids[0]][None])
    generation.remove(ids[1:2])
    generation.close()
    found = whats(home)
    assert "the vector index lacks 1 passage" in found
    assert "the vector index holds 2 passages, and should hold 3" in found
    assert "1 of 2 vectors of the vector index are not those of the record" in found
    fix()
    assert examine(home).findings == [] or examine(home).sound


def test_what_is_left_over_is_named_as_harmless_and_removed(home, fix):
    shutil.copytree(generation_folder(home), home / "generations" / "dead")
    sql(home, "INSERT INTO embedding VALUES ('nobody', 'some-model', zeroblob(768))")
    diagnosis = examine(home)
    assert diagnosis.sound
    assert {finding.part for finding in diagnosis.findings} == {"space"}
    done = fix()
    assert "1 left-over vector index removed" in done
    assert "1 unused vectors were removed" in done
    assert examine(home).findings == []
    assert [path.name for path in (home / "generations").iterdir()] == [generation_folder(home).name]


def test_a_damaged_file_is_named_and_left_alone(home, fix):
    path = home / RECORD_NAME
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(data)
    (finding,) = examine(home).findings
    assert (finding.part, finding.mendable) == ("record", False)
    assert "--home DIR" in finding.advice
    assert fix() == []
    assert path.read_bytes() == data


@pytest.mark.parametrize("size", [5_000, 20_000, 60_000])
def test_a_file_that_was_cut_is_named_as_damaged(home, fix, size):
    path = home / RECORD_NAME
    path.write_bytes(path.read_bytes()[:size])
    (finding,) = examine(home).findings
    assert (finding.part, finding.mendable) == ("record", False)
    assert fix() == []


def test_a_run_that_was_interrupted_is_named(home):
    with Record(home / RECORD_NAME) as record:
        record.begin_run(Unfinished("index", ("/news",), "m", "2031-03-04T10:00:00+00:00"))
    (finding,) = examine(home).findings
    assert finding.what == "a run was interrupted: indexing /news, begun 2031-03-04T10:00:00+00:00"
    assert not finding.harmless


def test_nothing_is_mended_while_another_process_writes(home, fix):
    with writer_lock(home), pytest.raises(LockedError):
        fix()


def test_no_store(tmp_path):
    with pytest.raises(NoIndexError):
        examine(tmp_path)


def test_the_command(home):
    def run(*options):
        code = "from assistant.cli import main; main()"
        command = [sys.executable, "-c", code, "doctor", "--home", str(home), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    sql(home, "INSERT INTO keyword (keyword) VALUES ('delete-all')")
    found = run()
    assert found.returncode == 1
    assert (
        "wrong: the keyword index lacks 3 passages, and has 0 that are not stored; run `dateline doctor" in found.stdout
    )
    mended = run("--fix", "--json")
    assert mended.returncode == 0, mended.stderr
    document = json.loads(mended.stdout)
    assert document["mended"] == ["the keyword index was made again for 3 passages"]
    assert document["sound"] is True
    assert document["findings"] == []
