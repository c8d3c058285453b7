"""Any cross-encoder of sentence-transformers as the reader; it names no words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.reader.reading import Passage, Reading
from index.errors import ModelError
from index.model_folder import checked_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 1  # beside others a passage is padded, and its score changes in the last digits
LONGEST = 512  # tokens of a pair, where the model does not say


class CrossEncoderReader:
    """Tells how well passages answer."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model
        self._turn = threading.Lock()  # its tokenizer is not safe to share

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order, without words."""
        if not passages:
            return []
        pairs = [(question, f"{p.title}\n{p.text}".strip()) for p in passages]
        with self._turn:
            scores = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return [Reading(float(score)) for score in np.asarray(scores)]


def load_cross_encoder(named: str) -> CrossEncoderReader:
    """Return the cross-encoder ``named``, a folder or a name on the Hugging Face hub.

    Raises:
        ModelError: it is missing, not safe to load, or no cross-encoder with one score.
    """
    from sentence_transformers import CrossEncoder
    from torch import nn

    folder = checked_folder(named)
    try:
        model = CrossEncoder(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
            activation_fn=nn.Identity(),
        )
        labels = model.num_labels
    except Exception as error:  # any of a dozen types, by what is wrong with the folder
        raise _useless(named, str(error)) from error
    if labels != 1:
        raise _useless(named, f"它给出 {labels} 个分数，这里需要 1 个")
    if not model.max_seq_length:
        model.max_seq_length = LONGEST
    return CrossEncoderReader(model)


def _useless(named: str, why: str) -> ModelError:
    return ModelError(
        f"阅读模型 {named} 不能使用（{why}）。请换一个 sentence-transformers 的 cross-encoder "
        "目录或名称，或去掉环境变量 YOUJU_READER，使用自带的模型。"
    )
