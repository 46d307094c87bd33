"""The native programs: rembg, and our own pipeline on the same onnxruntime."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from dev.bench.rivals import rembg_python
from dev.paths import MODELS
from dev.terminal import SetupError

WORKER = Path(__file__).with_name("native_worker.py")


class NativeRun:
    """One program, started once and asked for picture after picture."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def cut_out(self, picture: Path) -> dict[str, float]:
        """Cut a picture out: ``ms`` and the PNG's ``bytes``; it lies beside as NAME.PROGRAM.png."""
        asks, answers = self._process.stdin, self._process.stdout
        if asks is None or answers is None:
            raise TypeError("the program was started without pipes")
        asks.write(f"{picture}\n")
        asks.flush()
        line = answers.readline()
        if not line:
            raise SetupError(f"{self._process.args} ended before it had an answer.")
        return json.loads(line)


@contextmanager
def native_run(name: str) -> Generator[NativeRun]:
    """Start ``ours``, ``rembg`` or ``rembg-matting``."""
    python = Path(sys.executable) if name == "ours" else rembg_python()
    environment = {
        **os.environ,
        "OFFCUT_BENCH_MODELS": str(MODELS),
        "U2NET_HOME": str(python.parents[1] / "u2net"),
    }
    process = subprocess.Popen(
        [python, WORKER, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        yield NativeRun(process)
    finally:
        process.terminate()
        process.wait()
