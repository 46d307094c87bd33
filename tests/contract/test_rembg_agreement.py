"""The raw matte of u2netp agrees with what rembg makes of the same pictures.

rembg divides a picture by its own maximum and stretches every matte to its full range.
We do neither: a dark picture stays dark, and a picture without a subject gets no matte.
So our matte is compared after the same stretch, and our picture is squeezed by the same
filter, which alone moves the matte of some pictures by two per cent.
"""

from __future__ import annotations

import numpy as np
import pytest
from native import SHARED_DATA, native_session
from offcut.decoding.decode import decode
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.network.views import View
from PIL import Image

REMBG = SHARED_DATA / "peers" / "rembg"
PICTURES = ("anime-girl-1.jpg", "car-1.jpg", "cloth-1.jpg", "plants-1.jpg")
# The bound that rembg's own expected files keep between their revisions.
MOST_MEAN_DIFFERENCE = 0.005


@pytest.mark.weights
@pytest.mark.parametrize("name", PICTURES)
def test_raw_matte_agrees_with_rembg(name: str) -> None:
    path = REMBG / "inputs" / name
    if not path.is_file():
        pytest.skip("needs the shared pictures of the peers")
    session, spec = native_session()
    source = decode(path.read_bytes())
    view = View((0, 0, *source.image.size), resample=Image.Resampling.LANCZOS)
    feeds = {spec.input.name: preprocess(source, spec.input, view)}
    output = session.run(feeds, spec.output.name)
    coarse = postprocess(output[0, 0], spec.output)
    stretched = (coarse - coarse.min()) / (coarse.max() - coarse.min())
    matte = Image.fromarray((stretched * 255).astype(np.uint8))
    ours = np.asarray(matte.resize(source.image.size, Image.Resampling.LANCZOS))
    expected = Image.open(REMBG / "expected" / f"{path.stem}.u2netp.png").getchannel("A")
    difference = np.abs(ours.astype(float) - np.asarray(expected)).mean() / 255
    assert difference <= MOST_MEAN_DIFFERENCE
