"""The reader that comes with the program, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.reader.layout import lay_out, load_tokenizer
from assistant.reader.reading import Passage, Reading
from assistant.reader.spans import best_spans
from assistant.reader.unfit import unfit
from index.bundled_model import bundled_model_folder
from index.onnx_encoder import OnnxModel

GRAPH = Path(__file__).with_name("reader.onnx")


class BundledReader:
    """Reads with the bundled model's word vectors and our own layers. Safe in threads."""

    def __init__(self, folder: Path, graph: bytes, threads: int | None = None) -> None:
        """Load the ``graph`` over the bundled model in ``folder``.

        Raises:
            Exception: of ONNX Runtime's own kinds, where it cannot be run.
        """
        self._tokenizer = load_tokenizer(folder)
        self._model = OnnxModel(folder, graph, threads)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order."""
        laid = [lay_out(self._tokenizer, question, p.title, p.text) for p in passages]
        outputs = self._model.outputs_of([tokens.ids for tokens in laid])
        barred, readings = unfit(question), []
        for passage, tokens, output in zip(passages, laid, outputs, strict=True):
            best, *others = best_spans(output["span"][0], tokens, passage.text, barred)
            readings.append(Reading(float(output["relevant"][0, 0]), *best, tuple(others)))
        return readings


def load_bundled_reader(cache_dir: Path | None = None) -> BundledReader:
    """Return the bundled reader; its word vectors are unpacked to ``cache_dir`` if need be."""
    return BundledReader(bundled_model_folder(cache_dir), GRAPH.read_bytes())
