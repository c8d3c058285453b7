"""The reader in torch: the bundled encoder with two small heads."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

FROZEN_LAYERS = 4  # and the word vectors: they are the encoder's own, and are not kept twice


class Reader(nn.Module):
    """Question and passage in; where the answer starts and ends, and whether there is one, out."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder of a sentence-transformers ``folder`` in float32."""
        super().__init__()
        from transformers import BertModel

        # Without dropout inside it attention is computed in one piece, at half the time.
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            dtype=torch.float32,
            attention_probs_dropout_prob=0.0,
        )
        size = self.bert.config.hidden_size
        self.span = nn.Linear(size, 2)
        self.dense = nn.Linear(size, size)
        self.relevant = nn.Linear(size, 1)
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
