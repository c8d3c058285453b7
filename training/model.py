"""The reader in torch: the bundled encoder with two small heads."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

DROPOUT = 0.1
FROZEN_LAYERS = 4  # and the word vectors: they are the encoder's own, and are not kept twice


class SharedDropout(nn.Module):
    """Dropout with one mask for all pairs of a batch: drawing one for each takes a sixth of a step."""

    def __init__(self, share: float) -> None:
        """Leave out ``share`` of the values."""
        super().__init__()
        self._keep = 1 - share

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return ``rows`` (pairs, tokens, size) with some values 0, the others larger."""
        if not self.training:
            return rows
        mask = torch.rand(rows.shape[1:]) < self._keep
        return rows * (mask.to(rows.dtype) / self._keep)


class Reader(nn.Module):
    """Question and passage in; where the answer starts and ends, and whether there is one, out."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder of a sentence-transformers ``folder`` in float32."""
        super().__init__()
        from transformers import BertModel

        # In one piece, attention's way back takes 40 % of a step in bfloat16 (torch 2.13).
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            dtype=torch.float32,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        size = self.bert.config.hidden_size
        self.span = nn.Linear(size, 2)
        self.dense = nn.Linear(size, size)
        self.relevant = nn.Linear(size, 1)
        for layer in self.bert.encoder.layer[FROZEN_LAYERS:]:
            layer.attention.output.dropout = SharedDropout(DROPOUT)
            layer.output.dropout = SharedDropout(DROPOUT)
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:FROZEN_LAYERS]):
            part.requires_grad_(False)
            for module in part.modules():
                if isinstance(module, nn.Dropout):
                    module.p = 0.0

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return start and end logits, each (pairs, tokens), and relevance logits (pairs,)."""
        rows = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        start, end = self.span(rows).unbind(-1)
        outside = ~mask.bool()
        relevant = self.relevant(torch.tanh(self.dense(rows[:, 0]))).squeeze(-1)
        return start.masked_fill(outside, -1e4), end.masked_fill(outside, -1e4), relevant
