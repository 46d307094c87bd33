"""Learns which guess of a tap should be first, and writes it down as trees.

Decides: which taps are learned from, what a guess is worth.

Taps fall as in `taps`, on every second picture whose first result is poor; the rest is for
measuring. After each the picture goes on with one of its better guesses, drawn by a seeded hand, so
that later states are learned from too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from offcut.editing.regions import Region, region_of
from offcut.editing.retouch import Retoucher
from offcut.subject import Subject
from offcut.tapping import ranking_trees
from offcut.tapping.features import describe
from offcut.tapping.guesses import find_guesses
from offcut.tapping.scene import Tap
from offcut.tapping.tapper import Tapper

from dev.quality.boosting import fit_trees, write_tree
from dev.quality.cached_sessions import OpenModel
from dev.quality.scores import Truth
from dev.quality.taps import Mask, after, next_tap, overlap, poor_results, run_steps
from dev.terminal import say

TAPS: Final = 3
"""From each picture."""
BETTER: Final = 4
"""Guesses with one of which a picture goes on."""
LEAST_GAIN: Final = 0.05
"""In IoU: where the best guess gains less, the others are compared with this."""
HARM_COUNTS: Final = 2.0
"""How much a loss counts beside a gain."""


@dataclass(frozen=True)
class Lesson:
    """The guesses at one tap: their features, float64 (guesses, features), and gains in IoU."""

    picture: str
    features: NDArray[np.float64]
    gains: NDArray[np.float64]

    def worth(self) -> NDArray[np.float64]:
        """Give the share of the best gain that each guess brings: -1.5 to 1."""
        share = self.gains / max(float(self.gains.max()), LEAST_GAIN)
        return np.clip(np.where(share < 0, HARM_COUNTS * share, share), -1.5, 1)


def learn_order(folders: Sequence[Sequence[Truth]], model: OpenModel) -> None:
    """Learn from some folders, and write `ranking_trees.py` anew."""
    lessons: list[Lesson] = []
    for truths in folders:
        for name, subject, solid in islice(poor_results(truths, model), 0, None, 2):
            lessons += lessons_of(name, subject, solid, model)
    say(f"{len(lessons)} taps, {sum(len(each.gains) for each in lessons)} guesses")
    path = Path(ranking_trees.__file__)
    head, mark, _ = path.read_text(encoding="utf-8").partition('"""\\\n')
    lines = [write_tree(tree) for tree in fit_trees(*_together(lessons))]
    path.write_text(head + mark + "\n".join(lines) + '\n"""\n', encoding="utf-8")


def lessons_of(name: str, subject: Subject, solid: Mask, model: OpenModel) -> Iterator[Lesson]:
    """Tap a picture some times."""
    tapper, retoucher = Tapper(subject), Retoucher(subject)
    taken: list[Region] = []
    taps: list[Tap] = []
    draw = np.random.default_rng(len(name))
    alpha = subject.alpha
    for _ in range(TAPS):
        tap = next_tap(alpha, solid)
        scenes = run_steps(tapper.scene_steps(tap, taken, taps, model.spec), model) if tap else []
        scene = scenes[0] if scenes else None
        guesses = find_guesses(scene) if scene else []
        if not tap or not scene or not guesses:
            return
        before = overlap(alpha, solid)
        regions = [region_of(scene.kind, guess.change) for guess in guesses]
        results = [overlap(after(retoucher, [*taken, region]), solid) for region in regions]
        gains = np.array(results) - before
        yield Lesson(name, describe(scene, guesses), gains)
        place = min(int(draw.integers(BETTER)), len(gains) - 1)
        taps.append(tap)
        taken.append(regions[int(np.argsort(-gains, kind="stable")[place])])
        alpha = after(retoucher, taken)


def _together(
    lessons: Sequence[Lesson],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give features, worth and weight of all guesses; a picture with many counts little more."""
    names = [lesson.picture for lesson in lessons]
    weights = [
        np.full(len(each.gains), (len(each.gains) * names.count(each.picture)) ** -0.5)
        for each in lessons
    ]
    return (
        np.concatenate([each.features for each in lessons]),
        np.concatenate([each.worth() for each in lessons]),
        np.concatenate(weights),
    )
