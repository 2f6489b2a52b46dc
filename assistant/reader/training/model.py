"""The span model: a MiniLM encoder and one linear layer that scores every token as start and as end of the answer.

As in SQuAD 2.0 (Devlin et al., 2019), `[CLS]` stands for "no answer" in the same softmax. Start plus end of a span
minus start plus end of `[CLS]` is then a log-odds against "no answer", which compares across passages.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

__all__ = ["SpanModel", "loss_of", "start_from"]

_FORBIDDEN = -1e4


class SpanModel(nn.Module):
    """Logits `[batch, tokens, 2]` for start and end."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Score every token."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        logits: torch.Tensor = self.head(states)
        return logits


def start_from(folder: Path, *, weights: bool = True, dropout: float = 0.0) -> SpanModel:
    """A span model with the shape, and if wanted the weights, of an encoder in Hugging Face's form.

    Dropout is off by default: each example is seen once.
    """
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
    config._attn_implementation = "sdpa"  # noqa: SLF001
    model = SpanModel(config)
    if weights:
        model.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
    return model


def loss_of(logits: torch.Tensor, choosable: torch.Tensor, starts: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of start and end over `[CLS]` and the body's tokens."""
    logits = logits.float().masked_fill(choosable.unsqueeze(-1) == 0, _FORBIDDEN)
    cross = nn.functional.cross_entropy
    return (cross(logits[..., 0], starts) + cross(logits[..., 1], ends)) / 2
