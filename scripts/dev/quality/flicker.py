"""How much the matte of a still subject changes from frame to frame, as found and steadied.

Each picture becomes an animation in which nothing moves: the same picture, with other noise in each
frame, as a camera or an encoder brings it. What is printed is the mean of |alpha_t - alpha_(t-1)|
over the pixels that are in the subject in any frame, in levels of 255.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.errors import SubjectError
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.matting.steady import steady_mattes
from offcut.pipeline import run_pipeline
from offcut.source_image import SourceImage
from PIL import Image

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.scores import Truth
from dev.terminal import say

FRAMES: Final = 6
NOISE: Final = 4.0
"""Standard deviation, in levels of 255."""

Matte = NDArray[np.uint8]


def print_flicker(truths: list[Truth], model: OpenModel) -> None:
    """Print a line for every picture, and the mean and the greatest of all."""
    say(f"{'':32} as found  steadied")
    rows: list[tuple[float, float]] = []
    for truth in truths:
        mattes, frames = _cut_out(truth, model)
        if not mattes:
            continue
        steady = steady_mattes(frames, mattes, NumpyKernels())
        rows.append((flicker(mattes), flicker(steady)))
        say(f"{truth.name:32} {rows[-1][0]:8.2f}  {rows[-1][1]:8.2f}")
    for name, of in (("mean", np.mean), ("most", np.max)):
        found, steadied = of(rows, axis=0)
        say(f"{name:32} {found:8.2f}  {steadied:8.2f}")


def flicker(mattes: list[Matte]) -> float:
    """Measure the mean change of a pixel of the subject, in levels of 255."""
    stack = np.stack(mattes).astype(np.float32)
    return float(np.abs(np.diff(stack, axis=0))[:, stack.max(axis=0) > 0].mean())


def _cut_out(truth: Truth, model: OpenModel) -> tuple[list[Matte], list[SourceImage]]:
    """Cut all frames out, each by itself; nothing if one has no subject."""
    random = np.random.default_rng(1)
    mattes: list[Matte] = []
    frames: list[SourceImage] = []
    for _ in range(FRAMES):
        forget_answers([model])
        noisy = truth.image + random.normal(0, NOISE, truth.image.shape)
        pixels = np.clip(np.rint(noisy), 0, 255).astype(np.uint8)
        frames.append(SourceImage(Image.fromarray(pixels), None, "PNG", None, None, ()))
        try:
            options = OffcutOptions(quality="fast")
            mattes.append(run_pipeline(frames[-1], model.session, model.spec, options).alpha)
        except SubjectError:
            return [], []
    return mattes, frames
