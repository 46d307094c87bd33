"""Raw mattes of ours beside those of imgly: the same weights, pictures and browser.

Ours is the network's answer before anything is refined: the input as the pipeline prepares
it, the extension's model worker, and the output enlarged bilinearly. imgly's is what its
`segmentForeground` gives, 8 bits a pixel, in the picture's size.

imgly resizes in a way of its own: between the four nearest pixels, with no filter when it
makes smaller and from corners instead of middles. So ours is made once more with that, which
shows what is left when the same pixels go in: next to nothing, unless our weights are prepared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from offcut.arrays import CoarseAlpha, ModelTensor
from offcut.decoding.decode import decode
from offcut.network.models import ModelSpec, read_model_spec
from offcut.network.postprocess import postprocess
from offcut.network.preprocess import preprocess
from offcut.source_image import SourceImage
from offcut.weights.read_weights import read_weights
from PIL import Image

from dev.bench.agreement_table import Agreement, Steps
from dev.bench.browser_runs import BrowserRun, browser_run
from dev.bench.rivals import imgly_site
from dev.bench.site import serve
from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.paths import MODELS, REGISTRY
from dev.terminal import say

PAGES: Final = Path(__file__).parent / "pages"
IMGLY_MODELS: Final = {"isnet-uint8": "small", "isnet-fp16": "medium"}
"""What imgly calls the weights that the registry has."""

BOUND: Final = 2.0
"""The mattes shall differ by less in the mean, in steps of 1/255."""

Indices = NDArray[np.intp]


def compare(pictures: Sequence[Path], model: str, *, as_published: bool = False) -> Agreement:
    """Run both on every picture.

    Parameters
    ----------
    pictures : sequence of Path
    model : str
        Its weights are in models/weights.
    as_published : bool
        Whether ours shall not be prepared: imgly's never are.

    Raises
    ------
    SetupError
        If imgly can't be had.
    """
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), model)
    spec = replace(spec, prepared=None) if as_published else spec
    extension, rival = driven_copy(build()[0]), imgly_site()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="offcut-agree-")))
        folders = {
            "": PAGES,
            "scratch": scratch,
            "extension": extension,
            "data": rival / "data",
            "imgly.js": rival / "imgly.js",
        }
        (scratch / spec.file).write_bytes(read_weights(MODELS / "weights" / spec.file, spec))
        site = stack.enter_context(serve(folders))
        browser = stack.enter_context(browser_run(extension, site))
        found = Agreement(model, {}, {}, is_prepared=spec.prepared is not None)
        for picture in pictures:
            content = picture.read_bytes()
            (scratch / picture.name).write_bytes(content)
            source = decode(content)
            height, width = source.size
            given = browser.imgly_matte(f"scratch/{picture.name}", IMGLY_MODELS[model])
            theirs = np.frombuffer(given, np.uint8).reshape(height, width)
            name = picture.stem
            bare = Bare(browser, spec, scratch)
            found.differences[name] = _steps(bare.matte(source, f"{name}.ours"), theirs)
            found.resized_alike[name] = _steps(bare.like_imgly(source, f"{name}.theirs"), theirs)
            say(f"{model}, {name}: {found.differences[name].mean():.2f}")
    return found


class Bare:
    """A network in the browser, with our way of resizing and with imgly's."""

    def __init__(self, browser: BrowserRun, spec: ModelSpec, scratch: Path) -> None:
        self._browser = browser
        self._spec = spec
        self._scratch = scratch

    def matte(self, source: SourceImage, name: str) -> Steps:
        """Prepare the input as the pipeline does and enlarge the output bilinearly."""
        small = Image.fromarray(self._run(preprocess(source, self._spec.input), name))
        matte = np.asarray(small.resize(source.image.size, Image.Resampling.BILINEAR))
        return np.rint(matte * 255).astype(np.uint8)

    def like_imgly(self, source: SourceImage, name: str) -> Steps:
        """Do both as imgly does."""
        contract = self._spec.input
        pixels = imgly_resize(np.asarray(source.image), contract.height, contract.width)
        resized = SourceImage(Image.fromarray(pixels), None, "PNG", None, None, ())
        matte = self._run(preprocess(resized, contract), name) * 255
        return imgly_resize(matte.astype(np.uint8)[..., np.newaxis], *source.size)[..., 0]

    def _run(self, feed: ModelTensor, name: str) -> CoarseAlpha:
        (self._scratch / name).write_bytes(feed.tobytes())
        request = {
            "name": self._spec.input.name,
            "dims": [*feed.shape],
            "fetch": self._spec.output.name,
        }
        weights = f"scratch/{self._spec.file}"
        answer = self._browser.network(weights, f"scratch/{name}", request)
        output = np.frombuffer(answer["output"], np.float32).reshape(feed.shape[2:])
        return postprocess(output, self._spec.output)


def imgly_resize(pixels: Steps, height: int, width: int) -> Steps:
    """Resize as `tensorResizeBilinear` of imgly does.

    Parameters
    ----------
    pixels : uint8, shape (h, w, channels)
    """
    (upper, lower, down), (left, right, across) = (
        _neighbours(before, after)
        for before, after in ((pixels.shape[0], height), (pixels.shape[1], width))
    )
    down, across = down[:, np.newaxis, np.newaxis], across[np.newaxis, :, np.newaxis]
    rows = pixels[upper] * (1 - down) + pixels[lower] * down
    return np.floor(rows[:, left] * (1 - across) + rows[:, right] * across + 0.5).astype(np.uint8)


def _neighbours(before: int, after: int) -> tuple[Indices, Indices, NDArray[np.floating]]:
    at = np.arange(after, dtype=np.float64) * (before / after)
    first = np.floor(at).astype(np.intp)
    return first, np.minimum(np.ceil(at).astype(np.intp), before - 1), at - first


def _steps(ours: Steps, theirs: Steps) -> Steps:
    return np.abs(ours.astype(np.int16) - theirs).astype(np.uint8)
