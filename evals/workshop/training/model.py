"""The network: a BERT encoder and two linear heads, for the span that answers and for whether a claim is supported.

As in SQuAD 2.0 (Devlin et al., 2019), `[CLS]` stands for "no answer" in the softmax of the tokens. Start plus end of a
span minus start plus end of `[CLS]` is then a log-odds against "no answer", which compares across passages. The second
head reads `[CLS]` of a window with a claim in place of the question, and the sentences that it cites in place of the
passage.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

_FORBIDDEN = -1e4


class SpanModel(nn.Module):
    """Logits `[batch, tokens, 2]` for start and end, and `[batch]` log-odds that a claim is supported."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(config.hidden_size, 2)
        self.support = nn.Linear(config.hidden_size, 1)
        for layer in (self.head, self.support):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Score every token, and the window as a whole."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.head(states), self.support(states[:, 0]).squeeze(-1)


def start_from(folder: Path, *, weights: bool = True) -> SpanModel:
    """A model with the shape of an encoder in Hugging Face's form, and if wanted its weights.

    Heads are taken along where the folder beside it has them (`heads.safetensors`). Nothing is dropped out: each
    window is seen a few times at most.
    """
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = "sdpa"  # noqa: SLF001
    model = SpanModel(config)
    if weights:
        encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, dtype=torch.float32)
        model.encoder = encoder
        heads = folder.parent / "heads.safetensors"
        if heads.exists():
            model.load_state_dict({name: value.float() for name, value in load_file(heads).items()}, strict=False)
    return model


def loss_of(logits: torch.Tensor, choosable: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """For start and for end the negative log of the probability of all allowed positions together; the mean of both.

    Several sentences may answer a question, and any of them will do (Min et al. 2019, marginal likelihood).

    Args:
        logits: [batch, tokens, 2].
        choosable: [batch, tokens], 1 at `[CLS]` and the tokens of the body.
        allowed: [batch, tokens, 2], 1 at each right position.

    Returns:
        [batch].
    """
    logits = logits.float().masked_fill(choosable.unsqueeze(-1) == 0, _FORBIDDEN)
    every = torch.logsumexp(logits, dim=1)
    right = torch.logsumexp(logits.masked_fill(allowed == 0, _FORBIDDEN), dim=1)
    return (every - right).mean(dim=-1)
