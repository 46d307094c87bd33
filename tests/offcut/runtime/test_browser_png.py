"""Bands whose PNG worker has died are packed by Python, to the same picture."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from offcut.encoding.png_writer import encode_png
from offcut.runtime.browser_png import WorkerBandPacker
from PIL import Image


class DeadWorkers:
    """What `PngPacker` of the extension gives when every worker has died."""

    def __init__(self) -> None:
        self.lost = 0
        self._bands: list[bytes | None] = [None, None]

    def begin(self) -> None:
        self._bands = [None, None]

    def freeSlot(self) -> int:  # noqa: N802 (a JavaScript name)
        return self._bands.index(None) if None in self._bands else -1

    def put(
        self,
        slot: int,
        above: NDArray[np.uint8],
        rows: NDArray[np.uint8],
        pixel_bytes: int,
        filter_type: int,
    ) -> None:
        assert pixel_bytes == above.size // 50
        assert filter_type in (2, 4)
        self._bands[slot] = above.tobytes() + rows.tobytes()
        self.lost += 1

    def isPacked(self, slot: int) -> bool:  # noqa: N802 (a JavaScript name)
        return self._bands[slot] is not None

    def take(self, slot: int) -> Any:
        band = self._bands[slot]
        assert band is not None
        self._bands[slot] = None
        view = SimpleNamespace(to_bytes=lambda: band)
        return SimpleNamespace(isLost=True, bytes=view, checksum=0, length=0)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_picture_whose_workers_have_died_is_whole(channels: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (96, 50, channels), np.uint8)
    workers = DeadWorkers()
    encoded = encode_png(
        iter(np.split(pixels, 6)), (96, 50), channels=channels,
        band_packer=WorkerBandPacker(workers),
    )  # fmt: skip
    assert workers.lost == 6
    with Image.open(BytesIO(encoded)) as image:
        assert_array_equal(np.asarray(image).reshape(pixels.shape), pixels)
