"""Cuts out pictures natively on request; run by `native_runs.py` for each program.

A line in is a picture's path; a line out is JSON: milliseconds, and the file's bytes. The
result is a PNG's bytes in both, which are also put beside the picture.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

CutOut = Callable[[bytes], bytes]


def ours() -> CutOut:
    """Our own pipeline, as `offcut` on the command line calls it."""
    from offcut.network.models import read_model_spec  # noqa: PLC0415 (absent in rembg's environment)
    from offcut.pipeline import run_pipeline  # noqa: PLC0415
    from offcut.runtime.native import NativeSession  # noqa: PLC0415

    models = Path(os.environ["OFFCUT_BENCH_MODELS"])
    spec = read_model_spec((models / "registry.json").read_text(encoding="utf-8"), "u2netp")
    session = NativeSession(models / "weights" / spec.file, spec)
    return lambda data: run_pipeline(data, session, spec).encoded


def rembg(*, alpha_matting: bool = False) -> CutOut:
    """Give rembg as its documentation uses it, with a session that is kept."""
    from rembg import new_session, remove  # noqa: PLC0415  # pyright: ignore

    session = new_session("u2netp")  # pyright: ignore
    return lambda data: remove(data, session=session, alpha_matting=alpha_matting)  # pyright: ignore


def main() -> None:
    """Answer until the input ends."""
    programs = {"ours": ours, "rembg": rembg, "rembg-matting": partial(rembg, alpha_matting=True)}
    # The packages print warnings of their own.
    answers, sys.stdout = sys.stdout, sys.stderr
    cut_out = programs[sys.argv[1]]()
    for line in sys.stdin:
        data = Path(line.strip()).read_bytes()
        start = time.perf_counter()
        cutout = cut_out(data)
        milliseconds = (time.perf_counter() - start) * 1000
        Path(f"{line.strip()}.{sys.argv[1]}.png").write_bytes(cutout)
        answer = json.dumps({"ms": milliseconds, "bytes": len(cutout)})
        print(answer, file=answers, flush=True)


main()
