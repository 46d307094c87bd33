"""Measures scribbles on first results: what strokes cost that should cost nothing, what they bring.

=========  ==================================================================================
lost       share of the true subject that a stroke of "remove" takes which lies in the background
           and touches nothing of the subject: 200 of them, the mean and the worst
back       share of a thing which the first result lacks that comes back by one "keep" on it
spilt      what that stroke adds of the background, as a share of the thing's size
=========  ==================================================================================

Strokes are placed by a seed (`stroke_places.py`), so two runs draw the same ones.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from offcut import Stroke
from offcut.editing.scribbles import follow_scribble
from offcut.kernels.numpy_kernels import NumpyKernels

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.methods import ours, source_of
from dev.quality.scores import Bytes, Truth
from dev.quality.stroke_places import missed_things, stroke_in_background, stroke_on_thing
from dev.terminal import say

SEED: Final = 15
STROKES: Final = 200
"""In the background, over all pictures together."""
MOST_THINGS: Final = 3
"""Of one picture."""


@dataclass
class Figures:
    """What was measured of some strokes, one value each."""

    lost: list[float] = field(default_factory=list[float])
    back: list[float] = field(default_factory=list[float])
    spilt: list[float] = field(default_factory=list[float])
    milliseconds: list[float] = field(default_factory=list[float])


def print_strokes(truths: Sequence[Truth], models: list[OpenModel], *, is_each: bool) -> None:
    """Draw on the first results of all pictures, and print what it did."""
    find = ours(models[:1], "fast")
    figures = Figures()
    for number, truth in enumerate(truths):
        forget_answers(models)
        alpha = find(truth)[0]
        wanted = STROKES * (number + 1) // len(truths) - STROKES * number // len(truths)
        for line in measure(truth, alpha, wanted, np.random.default_rng([SEED, number]), figures):
            if is_each:
                say(f"{truth.name}: {line}")
    _print(figures)


def measure(
    truth: Truth, alpha: Bytes, count: int, random: np.random.Generator, figures: Figures
) -> list[str]:
    """Draw on one first result: `count` strokes in the background, and one on each missed thing."""
    lines: list[str] = []
    for _ in range(count):
        stroke = stroke_in_background(truth, alpha, random)
        if stroke is None:
            continue
        fewer = alpha - _draw(truth, alpha, stroke, figures).astype(np.float32)
        lost = float((fewer * truth.alpha).sum() / 255 / max(float(truth.alpha.sum()), 1.0))
        figures.lost.append(lost)
        lines.append(f"lost {lost:.4f} by {_told(stroke)}")
    for thing in missed_things(truth, alpha)[:MOST_THINGS]:
        stroke = stroke_on_thing(thing)
        if stroke is None:
            continue
        after = _draw(truth, alpha, stroke, figures)
        more = (after - alpha.astype(np.float32)) * (1 - truth.alpha)
        figures.back.append(float((after[thing] >= 128).mean()))
        figures.spilt.append(float(more.sum() / 255 / thing.sum()))
        lines.append(
            f"back {figures.back[-1]:.3f}, spilt {figures.spilt[-1]:.3f} by {_told(stroke)}"
        )
    return lines


def _draw(truth: Truth, alpha: Bytes, stroke: Stroke, figures: Figures) -> Bytes:
    source = source_of(truth)
    start = time.process_time()
    found = follow_scribble(source, alpha, stroke, NumpyKernels())
    figures.milliseconds.append(1000 * (time.process_time() - start))
    after = alpha.copy()
    if found is not None:
        box, inner = found
        after[box.top : box.bottom, box.left : box.right] = inner
    return after


def _told(stroke: Stroke) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in stroke.points)
    return f"{stroke.kind}, radius {stroke.radius:g}, {points}"


def _print(figures: Figures) -> None:
    if figures.lost:
        lost = np.sort(figures.lost)
        worst = lost[-max(1, lost.size // 10) :]
        say(
            f"{lost.size} strokes in the background: lost {lost.mean():.4f}, "
            f"worst tenth from {worst[0]:.4f}, its mean {worst.mean():.4f}, most {lost[-1]:.4f}"
        )
    if figures.back:
        say(
            f"{len(figures.back)} missed things: back {np.median(figures.back):.3f} (median), "
            f"{np.mean(figures.back):.3f} (mean); spilt {np.median(figures.spilt):.3f} (median), "
            f"{np.mean(figures.spilt):.3f} (mean)"
        )
    if figures.milliseconds:
        spent = np.percentile(figures.milliseconds, (50, 95))
        say(f"one stroke: {spent[0]:.0f} ms (median), {spent[1]:.0f} ms (one in twenty is slower)")
