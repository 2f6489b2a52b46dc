"""Any extractive question answering model of the Hugging Face kind, in place of the network that ships.

A model is a folder, or a name that is in the local cache of the Hugging Face hub (extra `sentence-transformers`, for
transformers and torch). Nothing is downloaded unless the environment says `HF_HUB_OFFLINE=0`. It should have been
trained with unanswerable questions, as in SQuAD 2.0: the score of its first token stands for "no answer".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.encoding import MAX_QUESTION_TOKENS, clean
from assistant.reader.spans import ReadablePassage, SentenceScore, score_sentences
from index.errors import ModelError

PREFIX = "hf:"
"""A setting that begins so names such a model."""

_EXTRA = "pip install '.[sentence-transformers]'"
_OVERLAP = 64
_LONGEST = 384
_BATCH = 16


class TransformersNetwork:
    """A question answering model on transformers and torch; implements `SpanNetwork`.

    Args:
        model: a folder, or a name such as `deepset/minilm-uncased-squad2`.

    Raises:
        ModelError: the extra is not installed, there is no such model here, or it does not answer questions.
    """

    def __init__(self, model: str) -> None:
        self._tokenizer, self._model = _load(model)
        self.name = f"{PREFIX}{Path(model).name if Path(model).is_dir() else model}"

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceScore]]:
        """See `SpanNetwork.read`. A passage longer than the model's window is read in windows that overlap."""
        import torch

        held: list[dict[int, SentenceScore]] = [{} for _ in passages]
        encoded = self._encode(question, passages)
        owners = encoded.pop("overflow_to_sample_mapping")
        offsets = encoded.pop("offset_mapping")
        for first in range(0, len(owners), _BATCH):
            rows = range(first, min(first + _BATCH, len(owners)))
            batch = self._tokenizer.pad({k: [v[r] for r in rows] for k, v in encoded.items()}, return_tensors="pt")
            with torch.inference_mode():
                found = self._model(**batch.to(self._model.device))
            starts, ends = found.start_logits.float().cpu().numpy(), found.end_logits.float().cpu().numpy()
            for row, number in enumerate(rows):
                body = [n for n, segment in enumerate(encoded.sequence_ids(number)) if segment == 1]
                owner = int(owners[number])
                for one in score_sentences(
                    np.asarray(starts[row, body] - starts[row, 0]),
                    np.asarray(ends[row, body] - ends[row, 0]),
                    [tuple(offsets[number][n]) for n in body],
                    passages[owner].sentences,
                ):
                    if one.sentence not in held[owner] or one.score > held[owner][one.sentence].score:
                        held[owner][one.sentence] = one
        return [[one[number] for number in sorted(one)] for one in held]

    def _encode(self, question: str, passages: Sequence[ReadablePassage]) -> Any:
        short = self._tokenizer.encode(clean(question), add_special_tokens=False)[-MAX_QUESTION_TOKENS:]
        asked = self._tokenizer.decode(short) if len(short) == MAX_QUESTION_TOKENS else clean(question)
        return self._tokenizer(
            [asked] * len(passages),
            [clean(passage.text) for passage in passages],
            truncation="only_second",
            max_length=min(_LONGEST, self._tokenizer.model_max_length),
            stride=_OVERLAP,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )


def _load(model: str) -> tuple[Any, Any]:
    try:
        from safetensors import SafetensorError
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(f"the reader {model} needs an extra that is not installed ({error.name}): {_EXTRA}.") from None
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, use_fast=True)
        loaded, found = AutoModelForQuestionAnswering.from_pretrained(model, output_loading_info=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"there is no question answering model {model} here ({type(error).__name__}); give the folder of one, "
            "or unset DATELINE_READER for the reader that ships with Dateline."
        ) from None
    if any("qa_outputs" in name for name in found["missing_keys"]):
        raise ModelError(f"{model} was not trained to answer questions: it cannot mark spans; name another.")
    return tokenizer, loaded.eval()
