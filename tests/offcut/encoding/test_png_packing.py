"""Packing rows of a PNG: which library does it is not to be seen in the bytes."""

import zlib

import numpy as np
import pytest
from offcut.encoding import png_packing
from offcut.encoding.png_filters import PAETH
from offcut.encoding.png_packing import BLANK, Recipe, new_packer

RUNS = Recipe(PAETH, 1, zlib.Z_RLE, 1.0)


def packed(recipe: Recipe, rows: np.ndarray) -> bytes:
    packer = new_packer(recipe)
    half = len(rows) // 2
    parts = [packer.compress(rows[:half].data), packer.flush(zlib.Z_SYNC_FLUSH)]
    return b"".join([*parts, packer.compress(rows[half:].data), packer.flush()])


@pytest.mark.parametrize("recipe", [BLANK, RUNS])
@pytest.mark.parametrize("spread", [0, 1, 3, 255])
def test_runs_are_packed_to_the_same_bytes_with_zlib_and_zlib_ng(
    recipe: Recipe, spread: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("zlib_ng")
    rows = np.random.default_rng(spread).integers(0, spread + 1, (300, 4001), np.uint8)
    quick = packed(recipe, rows)
    monkeypatch.setattr(png_packing, "zlib_ng", None)
    assert packed(recipe, rows) == quick
    assert zlib.decompress(quick, -15) == rows.tobytes()
