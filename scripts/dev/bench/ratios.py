"""The ratios that the speed of the extension is judged by, each with what it must reach."""

from __future__ import annotations

from dataclasses import dataclass

from dev.bench.measures import Samples


@dataclass(frozen=True, slots=True)
class Goal:
    """One ratio of medians: what it is, how it is made, and its bound.

    Attributes
    ----------
    name : str
        For the JSON.
    about : str
        For people.
    ours, theirs : str
        Names of the samples; without `theirs` it is no ratio but `ours` itself, in seconds.
    bound : float
    at_least : bool
        Whether the bound is the least or the most that is wanted.
    """

    name: str
    about: str
    ours: str
    theirs: str
    bound: float
    at_least: bool = False

    def value(self, samples: Samples) -> float | None:
        """Give the ratio, or None if it was not measured."""
        if not self.theirs:
            median = samples.median(self.ours)
            return None if median is None else median / 1000
        return samples.ratio(self.ours, self.theirs)

    def is_reached(self, value: float) -> bool:
        """Say whether the ratio is within its bound."""
        return value >= self.bound if self.at_least else value <= self.bound


GOALS = (
    Goal(
        "warm_isnet_to_imgly",
        "warm, 12 MP: extension with ISNet's uint8 weights / imgly with the same",
        "12 MP/isnet-uint8",
        "12 MP/imgly uint8",
        0.35,
    ),
    Goal(
        "warm_fast_to_imgly",
        'warm, 12 MP: "fast" / imgly uint8',
        "12 MP/fast",
        "12 MP/imgly uint8",
        0.1,
    ),
    Goal(
        "warm_rest_to_bare_inference",
        'warm, 12 MP, "fast": everything but inference / bare inference',
        "12 MP/fast/all but inference",
        "12 MP/bare inference",
        0.8,
    ),
    Goal(
        "warm_fast_to_rembg_native",
        'warm, 12 MP: "fast" in the browser / rembg native with u2netp, both to PNG',
        "12 MP/fast",
        "12 MP/rembg native",
        0.4,
    ),
    Goal(
        "first_fast_to_imgly",
        'first picture after the browser\'s start, 12 MP: "fast" / imgly',
        "cold/fast",
        "cold/imgly uint8",
        0.2,
    ),
    Goal(
        "python_start_s", "Python's start before the first picture, s", "cold/python start", "", 1
    ),
    Goal(
        "png_time_to_canvas",
        "PNG of a 12 MP cutout, composing included / the canvas's own PNG: time",
        "12 MP/fast/encode",
        "12 MP/canvas png",
        1,
    ),
    Goal(
        "png_size_to_canvas",
        "PNG of a 12 MP cutout / the canvas's own PNG: size",
        "12 MP/fast/bytes",
        "12 MP/canvas png/bytes",
        1.1,
    ),
    Goal(
        "peak_memory_to_imgly",
        "peak memory added to the browser at 12 MP, first picture / imgly's",
        "memory/fast",
        "memory/imgly uint8",
        0.38,
    ),
    Goal(
        "batch_to_imgly",
        'batch, 12 MP: pictures a minute, "fast" / imgly',
        "batch/fast",
        "batch/imgly uint8",
        11,
        at_least=True,
    ),
)
