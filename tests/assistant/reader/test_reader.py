"""The Reader around a network that is known: one that looks each token's scores up in a table."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from assistant.conversation import Exchange
from assistant.reader import SHIPPED_READER, Reader, load_reader
from assistant.reader.calibration import CONFIDENCE_FEATURES, RANK_FEATURES, SHORT_FEATURES, Calibration
from assistant.reader.encoding import MAX_QUESTION_TOKENS, WindowEncoder, asked_after
from assistant.reader.network import CALIBRATION, MANIFEST, NETWORK, TOKENIZER, OnnxNetwork, write_manifest
from assistant.reader.reader import NetworkReader
from assistant.reader.spans import ReadablePassage, SentenceScore
from index.errors import ModelError
from tests.assistant.reader.hits import hit_of

SCORES = {"zebra": (6.0, 6.0), "paris": (4.0, 1.0), "texas": (1.0, 4.0), "lion": (2.0, 2.0), "bear": (5.0, 5.0)}


def network(tokenizer: Tokenizer, scores: Mapping[str, tuple[float, float]]) -> onnx.ModelProto:
    """Scores every token by the table, wherever it stands; a claim is supported where `zebra` stands in the text."""
    table = np.full((tokenizer.get_vocab_size(), 2), -9.0, dtype=np.float32)
    table[tokenizer.token_to_id("[CLS]")] = 0.0
    for word, both in scores.items():
        table[tokenizer.token_to_id(word)] = both
    names = ["input_ids", "token_type_ids"]
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["logits"]),
            helper.make_node("Equal", ["input_ids", "zebra"], ["is_zebra"]),
            helper.make_node("Cast", ["is_zebra"], ["zebras"], to=TensorProto.INT64),
            helper.make_node("Mul", ["zebras", "token_type_ids"], ["zebras_of_the_text"]),
            helper.make_node("ReduceSum", ["zebras_of_the_text", "axes"], ["counted"], keepdims=1),
            helper.make_node("Cast", ["counted"], ["support"], to=TensorProto.FLOAT),
        ],
        "table",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"]) for name in names],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", "tokens", 2]),
            helper.make_tensor_value_info("support", TensorProto.FLOAT, ["rows", 1]),
        ],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array(tokenizer.token_to_id("zebra")), "zebra"),
            numpy_helper.from_array(np.array([1]), "axes"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def make_folder(
    folder: Path, longest: int = 128, scores: Mapping[str, tuple[float, float]] = SCORES, **changes: Any
) -> Path:
    """A model folder; `changes` are to its calibration, in which a score of 0 is as good as none."""
    folder.mkdir(exist_ok=True)
    (folder / TOKENIZER).write_bytes((SHIPPED_READER / TOKENIZER).read_bytes())
    onnx.save(network(Tokenizer.from_file(str(folder / TOKENIZER)), scores), str(folder / NETWORK))
    write_manifest(folder, name="table", longest=longest, about={})
    calibration = {
        "rank": dict.fromkeys(RANK_FEATURES, 0.0) | {"score": 1.0},
        "confidence": dict.fromkeys(CONFIDENCE_FEATURES, 0.0) | {"score": 0.5, "bias": 0.0},
        "short": dict.fromkeys(SHORT_FEATURES, 0.0) | {"certainty": 1.0, "bias": 3.0},
        "threshold": 0.6,
        "tentative": 0.4,
        "short_threshold": 0.5,
        "further": 1.5,
        "support": 0.5,
        "model": OnnxNetwork(folder, threads=1).name,
    } | changes
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
    return load_reader(str(folder), threads=1)


def test_best_span_wins_across_passages(reader: Reader) -> None:
    passages = [hit_of("He saw a lion. It ran."), hit_of("Nothing here. Then a zebra came.", article="b")]
    reading = reader.read("What did he see?", passages)
    best = reading.candidates[0]
    assert (best.hit, best.text, best.short_answer) == (passages[1], "Then a zebra came.", "zebra")
    assert len({(one.passage, one.sentence) for one in reading.candidates}) == len(reading.candidates) == 4
    assert [one.score for one in reading.candidates] == sorted((one.score for one in reading.candidates), reverse=True)
    assert (reader.tentative, reader.threshold) == (0.4, 0.6)
    assert 0.99 < reading.confidence <= 1.0


def test_a_span_may_have_several_words_but_stays_in_its_sentence(reader: Reader) -> None:
    one = hit_of("They moved to Paris, Texas. Lion and Paris. Texas is far.", start=7)
    found = [(best.sentence, best.short_answer) for best in reader.read("Where did they go?", [one]).candidates]
    assert sorted(found, key=lambda each: each[0].start) == list(
        zip(one.sentences, ["Paris, Texas", "Paris", "Texas"], strict=True)
    )


def test_scores_that_are_no_numbers_are_no_answer(tmp_path: Path) -> None:
    reader = load(make_folder(tmp_path / "nan", scores={"zebra": (float("nan"), float("nan"))}))
    assert reader.read("What ran?", [hit_of("A lion ran.")]).candidates
    with pytest.raises(ModelError, match="scores that are no numbers; install or train it again"):
        reader.read("What ran?", [hit_of("A zebra ran.")])


@pytest.mark.parametrize("before", [0, 50, 90, 100, 101, 105, 110, 115, 120, 300, 1000])
def test_no_answer_is_cut_off_by_the_window(reader: Reader, before: int) -> None:
    one = hit_of("so " * before + "to Paris, Texas and " + "so " * 60)
    best = reader.read("Where did they move to?", [one]).candidates[0]
    assert best.short_answer == "Paris, Texas"


def test_reading_together_equals_reading_apart(span_network: OnnxNetwork) -> None:
    passages = [ReadablePassage.of(hit_of("so " * size + "a zebra. And a lion.")) for size in (3, 200, 40, 1, 90)]
    together = span_network.read("What came?", passages)
    assert together == [span_network.read("What came?", [one])[0] for one in passages]


def test_the_headline_is_never_the_answer(reader: Reader) -> None:
    one = hit_of("A lion ran.", title="Zebra zebra zebra")
    best = reader.read("What ran?", [one]).candidates[0]
    assert best.short_answer == "lion"


def test_the_question_is_never_the_answer_and_may_be_long(reader: Reader) -> None:
    best = reader.read("zebra " * 500, [hit_of("A lion ran.")]).candidates[0]
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


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\ud800", "—", "how?", "the of and"])
def test_a_question_without_words_that_ask_for_something_has_no_answer(reader: Reader, question: str) -> None:
    assert reader.read(question, [hit_of("A zebra ran.")]).candidates == ()


@pytest.mark.parametrize("question", ["Где живёт лев?", "狮子在哪里"])
def test_a_question_in_another_script_does_no_harm(reader: Reader, question: str) -> None:
    one = hit_of("A zebra ran.")
    (best,) = reader.read(question, [one]).candidates
    assert best.short_answer == "zebra"


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_a_passage_without_words_has_no_candidate(reader: Reader, text: str) -> None:
    assert reader.read("Who ran?", [hit_of(text)]).confidence == 0.0
    assert reader.read("Who ran?", []).candidates == ()


@pytest.mark.parametrize(
    "before", ["\ud800 ", "\udfff\udfff", "😀 é e\u0301 ", "ﬁ İstanbul ", "北京 ", "\x00 ", "a\u00adb "]
)
def test_offsets_are_code_points_of_the_text_as_it_is(reader: Reader, before: str) -> None:
    text = f"{before}and a zebra ran"
    best = reader.read("What ran?", [hit_of(text)]).candidates[0]
    assert best.short_answer == "zebra"


signs = st.characters() | st.sampled_from(list("zebra Paris, Texas. lion?\n\ud800😀éﬁ"))


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(
        st.sampled_from([*SCORES, "a", ". ", " ", "\n", "Mr."]) | st.text(signs, max_size=4), max_size=60
    ).map("".join)
)
def test_every_span_lies_in_its_sentence(reader: Reader, text: str) -> None:
    one = hit_of(text)
    for best in reader.read("What did the zebra see?", [one]).candidates:
        assert best.sentence in one.sentences
        assert best.span is None or 0 <= best.span[0] < best.span[1] <= len(best.text)
        assert np.isfinite(best.score)


def test_words_that_are_not_likely_to_answer_by_themselves_are_not_marked(tmp_path: Path) -> None:
    # "Paris" and "Texas" come into question as much as both together: no one of them has much of the score.
    one = hit_of("It was Paris, Texas.")
    even = {"paris": (4.0, 4.0), "texas": (4.0, 4.0)}
    doubtful = load(make_folder(tmp_path / "doubtful", scores=even, short_threshold=0.9))
    assert doubtful.read("Where was the zoo?", [one]).candidates[0].span is None
    sure = load(make_folder(tmp_path / "sure", scores={"paris": (9.0, 9.0)}, short_threshold=0.9))
    assert sure.read("Where was the zoo?", [one]).candidates[0].short_answer == "Paris"


def test_a_marked_number_is_a_whole_quantity(tmp_path: Path) -> None:
    reader = load(make_folder(tmp_path / "numbers", scores={"40": (6.0, 6.0)}))
    one = hit_of("They lost half of the 40 houses in May.")
    (best,) = reader.read("How many houses did they lose?", [one]).candidates
    assert best.short_answer == "half of the 40 houses"


BEFORE = [Exchange("What is in the zoo?", "A lion."), Exchange("Does it roar?", refused=True)]


def test_the_network_reads_the_last_exchanges_before_the_question() -> None:
    assert asked_after("Who fed it?", []) == "Who fed it?"
    assert (
        asked_after("Who fed it?", BEFORE) == "What is in the zoo? : A lion. | Does it roar? : no answer | Who fed it?"
    )
    older = [Exchange("Older?", "Yes."), *BEFORE]
    assert asked_after("Who fed it?", older) == asked_after("Who fed it?", BEFORE)
    assert len(asked_after("Who?", [Exchange("What?", "word " * 1000)])) < 120


class Listening:
    """A network that notes what it is asked, and finds the zebra only where the question speaks of it."""

    name = "listening"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceScore]]:
        self.asked.append(question)
        high = 6.0 if "zebra" in question else 1.0
        return [[SentenceScore(0, high, (0, 1), 0.0)] if one.sentences else [] for one in passages]


@pytest.mark.parametrize(
    ("exchanges", "question", "follows"),
    [
        ([Exchange("Is there a zebra?", "Yes.")], "And who fed it?", True),
        ([Exchange("Is there a lion?", "Yes.")], "And who fed it?", False),
        ([Exchange("Is there a zebra?", "Yes.")], "Who fed the zebra?", False),
        ([], "Who fed the zebra?", False),
    ],
)
def test_a_question_follows_where_only_the_conversation_makes_the_sentence_an_answer(
    folder: Path, exchanges: list[Exchange], question: str, follows: bool
) -> None:
    heard = Listening()
    reader = NetworkReader(heard, Calibration.load(folder / CALIBRATION))
    assert reader.read(question, [hit_of("A zebra ran.")], exchanges).follows is follows
    assert heard.asked[0] == asked_after(question, exchanges)
    assert len(heard.asked) == (2 if exchanges else 1)  # alone only where there is something to leave out


@pytest.mark.parametrize("before", [0, 400])
def test_a_claim_is_supported_by_the_best_window_of_the_text(span_network: OnnxNetwork, before: int) -> None:
    texts = ["so " * before + "a zebra ran.", "so " * before + "a lion ran.", ""]
    assert span_network.supports([("A zebra ran.", text) for text in texts]) == [1.0, 0.0, float("-inf")]
    assert span_network.supports([("A zebra ran. " * 40, texts[0])]) == [float("-inf")]  # it cannot be read whole


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
    ("text", "shown"),
    [
        ("A zebra ran. A lion ran. A lion sat.", 1),
        ("A zebra ran. A zebra sat. A lion ran.", 2),
        ("A zebra ran. A zebra sat. A zebra slept. A zebra ate.", 3),
    ],
)
def test_sentences_nearly_as_good_are_shown_too(reader: Reader, text: str, shown: int) -> None:
    assert reader.read("What ran there?", [hit_of(text)]).shown == shown


def test_the_name_tells_models_apart(folder: Path, reader: Reader) -> None:
    digest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"][NETWORK]
    assert reader.name == f"table@{digest[:12]}"
