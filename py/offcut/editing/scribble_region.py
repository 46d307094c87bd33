"""The region that a scribble stands for, by the colours under it and by the edges around it.

Decides: which colours count as like the stroke, at which edges a scribble stops, that it does not
run into other things alike, nor into what is more certain than the place that was drawn on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import Floats
from offcut.editing.brush import draw
from offcut.editing.geodesic import geodesic_distance
from offcut.kernels.connected_components import find_regions
from offcut.kernels.interface import Kernels

CORE: Final = 0.5
"""Share of the brush's radius within which a scribble is taken at its word."""
BINS: Final = 16
"""Per channel of the histograms."""
LIKE: Final = 0.5
UNLIKE: Final = 0.15
"""Share of the stroke in a colour's density, from which it is like and below which unlike."""
STRANGE: Final = 20.0
"""Steps in like colours that one in unlike ones costs."""
DOUBT: Final = 0.25
"""How likely a pixel still is on the side that its colour speaks against."""
CONTRAST: Final = 120.0
"""Steps that an edge from black to white costs."""
HELD: Final = 0.9
"""What is this opaque needs no scribble to be kept, and no path leads through it."""
MORE_SURE: Final = 0.1
"""What belongs to the other side by so much more than what was drawn on is not meant."""
LEAST_SURE: Final = 0.4
"""Nor is anything that belongs to the other side by this, of a stroke where nothing does."""
SURE: Final = 0.6
"""How like the stroke's colours something certain must be to be taken."""
NEAR: Final = 3.3
"""How far something certain is taken at most, in radii of the brush: over strange colours and edges
the way is long, and there other things begin that are like it."""
EVEN: Final = 0.25
"""What a step on that way costs in the stroke's own colours."""
ENDLESS: Final = 0.05
"""Share of what lies on that way that may go on beyond it: where more does, no thing ends there."""
BEYOND: Final = 1.25
"""How far is looked for more of it, in the way's own length."""
HALF: Final = 0.5
"""What is less opaque lies on the other side."""
TOUCH: Final = 0.25
"""Share of a stroke's core on the other side from which it means what it lies on there."""
STEEPNESS: Final = 4.0
"""Of the step between both sides, per unit of the relative difference in distance."""


def find_region(  # noqa: PLR0913, PLR0917 (all that is known of a scribble)
    colors: NDArray[np.uint8],
    held: Floats,
    path: list[tuple[float, float]],
    radius: float,
    nearness: Floats,
    kernels: Kernels,
) -> Floats | None:
    """Find what the scribble stands for: float32, (h, w), 1 inside; None if it is not here.

    `held` is the matte, turned over for "remove".
    """
    shape = held.shape
    core = draw(path, max(CORE * radius, 0.5), shape)
    if not core.any():
        return None
    bins = (colors.astype(np.intp) * BINS) >> 8
    color = (bins[..., 0] * BINS + bins[..., 1]) * BINS + bins[..., 2]
    brush = draw(path, radius, shape)
    share = _share_of_stroke(color, core, _as_certain(held, core) & ~brush)
    like = np.clip((share - UNLIKE) / (LIKE - UNLIKE), 0, 1)
    # A stroke that slips over an edge does not mean what lies there.
    meant = core & (share > UNLIKE)
    seeds = meant if meant.any() else core
    strange = 1 - like
    across, down = _contrasts(colors)
    others = _more_certain(held, core) & ~brush & ~core
    on_certain = others & (like >= SURE) & _drawn_on(core, held)
    if on_certain.any():
        away = geodesic_distance(seeds, EVEN + STRANGE * strange, across, down, kernels)
        others &= ~(on_certain & (away <= _reach(away[on_certain], NEAR * radius)))
    others |= nearness <= 0
    # What needs no scribble is no way to other things that look alike.
    barrier = np.where((held > HELD) & ~core, np.float32(STRANGE), np.float32(0))
    own = geodesic_distance(seeds, 1 + STRANGE * strange + barrier, across, down, kernels)
    other = geodesic_distance(others, 1 + STRANGE * like, across, down, kernels)
    if not others.any():
        return np.where(np.isfinite(own), np.float32(1), np.float32(0))
    # Far from the stroke its own edge is nearer to the other side: there the colour decides.
    likely = np.float32(DOUBT) + np.float32(1 - 2 * DOUBT) * like
    own *= 1 - likely
    other *= likely
    # Between 1 at the stroke and -1 at the other side.
    balance = (other - own) / np.maximum(other + own, np.float32(1e-6))
    return np.clip(balance * np.float32(STEEPNESS / 2) + np.float32(0.5), 0, 1)


def _reach(away: Floats, whole: float) -> float:
    """Give how far something certain is taken: as a whole only if it ends within that way.

    Else nothing tells where the thing ends that is meant, and the stroke says what it lies on.
    """
    more = np.count_nonzero(away <= BEYOND * whole) / max(1, np.count_nonzero(away <= whole)) - 1
    return whole if more <= ENDLESS else EVEN * whole


def _more_certain(held: Floats, core: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find what belongs to the other side, and more so than what was drawn on."""
    sure = 1 - held
    return sure > min(max(float(sure[core].mean()) + MORE_SURE, LEAST_SURE), HELD)


def _as_certain(held: Floats, core: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find what tells the other side's colours: all that is no less certain than what is drawn on.

    Of a veil, and of things that are seen through one, nothing may be beyond doubt: then every
    colour that the stroke does not have would pass for one that it has.
    """
    sure = 1 - held
    return sure > min(max(float(sure[core].mean()), HALF), HELD)


def _drawn_on(core: NDArray[np.bool_], held: Floats) -> NDArray[np.bool_]:
    """Find the connected things of the other side that a stroke lies on, if it is on sure ground.

    A veil that is drawn on says nothing of the certain thing that it ends at.
    """
    drawn_on = np.zeros(core.shape, np.bool_)
    on_other = (held < HALF) & core
    is_few = np.count_nonzero(on_other) < TOUCH * np.count_nonzero(core)
    if is_few or float(held[core].mean()) > MORE_SURE:
        return drawn_on
    things = find_regions([held < HALF], is_diagonal=True, most_runs=core.size)
    if things is not None:
        things.paint(drawn_on, things.meet(on_other), value=True)
    return drawn_on


def _share_of_stroke(
    color: NDArray[np.intp], core: NDArray[np.bool_], is_other: NDArray[np.bool_]
) -> Floats:
    """Give the stroke's share in the density of each pixel's colour, in [0, 1].

    The other side may hold most of what the stroke means. Yet as both densities have the sum
    1, a colour that the stroke has never has less than about half.
    """
    own = _density(color[core])
    other = _density(color[is_other])
    doubt = 1e-5
    return ((own + doubt) / (own + other + 2 * doubt))[color].astype(np.float32)


def _density(color: NDArray[np.intp]) -> NDArray[np.float64]:
    """Histogram of sum 1 (or 0), each bin shared with its neighbours along every channel."""
    counts = np.bincount(color, minlength=BINS**3).astype(np.float64)
    cube = (counts / max(1, color.size)).reshape(BINS, BINS, BINS)
    for axis in range(3):
        pad = [(1, 1) if at == axis else (0, 0) for at in range(3)]
        ahead = np.moveaxis(np.pad(cube, pad), axis, 0)
        cube = np.moveaxis((ahead[:-2] + 2 * ahead[1:-1] + ahead[2:]) / 4, 0, axis)
    return cube.ravel()


def _contrasts(colors: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Give what it costs to step over the edge to the next pixel: to the right, and down."""
    values = colors.astype(np.int16)
    steps = [np.abs(np.diff(values, axis=axis)).max(axis=2) for axis in (1, 0)]
    # Grain is no edge: three times what half of all steps have is taken off.
    grain = 3 * float(np.median(np.concatenate([step.ravel() for step in steps])))
    across, down = (
        np.maximum(step - np.float32(grain), 0).astype(np.float32) * np.float32(CONTRAST / 255)
        for step in steps
    )
    return across, down
