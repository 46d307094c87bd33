"""Cuts out the picture in a folder on request; run by `quality_rembg.py`, in rembg's environment.

A line in is JSON, rembg's options; a line out says that the cutout is in the folder.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Answer until the input ends."""
    from rembg import new_session, remove  # noqa: PLC0415  # pyright: ignore

    folder = Path(sys.argv[1])
    # The packages print warnings of their own.
    answers, sys.stdout = sys.stdout, sys.stderr
    session = new_session("u2netp")  # pyright: ignore
    for line in sys.stdin:
        data = (folder / "picture.png").read_bytes()
        cutout = remove(data, session=session, **json.loads(line))  # pyright: ignore
        (folder / "cutout.png").write_bytes(cutout)  # pyright: ignore
        print("done", file=answers, flush=True)


main()
