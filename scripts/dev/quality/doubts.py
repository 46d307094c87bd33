"""How often a poor result is told to be unsure, and how often a good one is.

A result is poor below `POOR` and good above `GOOD` (IoU); of those between, either is right. The
pictures of a folder are told apart in two halves, every other one, so that a limit chosen on one
can be checked on the other.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from offcut import OffcutOptions
from offcut.errors import SubjectError
from offcut.pipeline import run_pipeline

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.methods import source_of
from dev.quality.scores import Truth
from dev.terminal import say

POOR: Final = 0.8
GOOD: Final = 0.9
QUALITIES: Final = ("fast", "best")


class Told(NamedTuple):
    """What became of one picture."""

    name: str
    iou: float
    is_unsure: bool
    is_refused: bool


def print_doubts(truths: list[Truth], models: list[OpenModel], *, is_each: bool) -> None:
    """Print both shares for each quality, over either half and over all."""
    told: dict[str, list[Told]] = {quality: [] for quality in QUALITIES}
    for truth in truths:
        forget_answers(models)
        for quality in QUALITIES:
            told[quality].append(_tell(truth, models, quality))
    say(f"{'':16}{'poor':>6}{'marked':>8}{'good':>6}{'marked':>8}{'refused':>9}")
    for quality, rows in told.items():
        groups = {"first half": rows[::2], "second half": rows[1::2], "all": rows}
        for group, members in groups.items():
            say(f"{quality}, {group}".ljust(18) + _line(members))
        for row in rows if is_each else ():
            say(f"  {row.name}: {row.iou:.3f}{' unsure' if row.is_unsure else ''}")


def _tell(truth: Truth, models: list[OpenModel], quality: str) -> Told:
    sessions = {model.spec.id: model.session for model in models}
    specs = [model.spec for model in models]
    options = OffcutOptions.from_json({"quality": quality, "max_megapixels": 200})
    try:
        cutout = run_pipeline(source_of(truth), sessions, specs, options)
    except SubjectError:
        return Told(truth.name, 0.0, is_unsure=True, is_refused=True)
    solid = cutout.alpha >= 128
    either = int((solid | truth.solid).sum())
    iou = int((solid & truth.solid).sum()) / max(either, 1)
    return Told(truth.name, iou, "UNSURE" in cutout.notices, is_refused=False)


def _line(rows: Sequence[Told]) -> str:
    poor = [row.is_unsure for row in rows if row.iou < POOR]
    good = [row.is_unsure for row in rows if row.iou > GOOD]
    refused = sum(row.is_refused for row in rows)
    return f"{len(poor):4}{_share(poor)}{len(good):6}{_share(good)}{refused:9}"


def _share(marks: Sequence[bool]) -> str:
    return f"{sum(marks) / len(marks):8.2f}" if marks else " " * 8
