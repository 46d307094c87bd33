"""How many taps make a poor first result a good one: the usual protocol of clicks.

Decides: where the next tap falls, which pictures count, what is printed, that nothing but its place
is told of a tap, as by a person.

Each tap falls on the pole of inaccessibility of the largest region that is wrong: Sofiiuk, Petrov,
Konushin, "Reviving Iterative Training with Mask Guidance for Interactive Segmentation", 2021.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from offcut.editing.regions import Region
from offcut.editing.retouch import Retoucher
from offcut.editing.shrink import shrink
from offcut.errors import SubjectError
from offcut.kernels.connected_components import find_regions
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.matting.foreground import estimate_layers
from offcut.network.inference import InferenceRequest
from offcut.options.options import OffcutOptions
from offcut.pipeline import run_pipeline
from offcut.source_image import SourceImage
from offcut.subject import Subject
from offcut.tapping.scene import Tap
from offcut.tapping.tapper import Tapper
from PIL import Image

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.scores import Truth
from dev.terminal import say

MOST_TAPS: Final = 10
POOR: Final = 0.9
"""IoU of a first result below which a picture counts."""
GOALS: Final = (0.85, 0.9)
OFFERED: Final = 3
SIDE: Final = 640
"""Long side in pixels at which results are compared."""
HARM: Final = 0.01

Mask = NDArray[np.bool_]
Result = TypeVar("Result")


@dataclass
class Course:
    """The IoU of one picture's results, from the first one on, after each tap."""

    name: str
    ious: list[float] = field(default_factory=list[float])

    def taps_to(self, goal: float) -> int:
        """Count the taps to a goal; `MOST_TAPS` if it is not reached."""
        return next((at for at, iou in enumerate(self.ious) if iou >= goal), MOST_TAPS)


def print_taps(truths: Sequence[Truth], model: OpenModel) -> None:
    """Print how many taps the pictures with a poor first result need."""
    firsts: list[Course] = []
    bests: list[Course] = []
    for name, subject, solid in poor_results(truths, model):
        firsts.append(follow(name, subject, solid, model, offered=1))
        bests.append(follow(name, subject, solid, model, offered=OFFERED))
    say(f"{len(firsts)} pictures with IoU < {POOR} at first")
    if not firsts:
        return
    _print_courses(firsts, bests)
    say("those of them from which the order of guesses was not learned:")
    _print_courses(firsts[1::2], bests[1::2])


def poor_results(truths: Sequence[Truth], model: OpenModel) -> Iterator[tuple[str, Subject, Mask]]:
    """Give the first results that are poor, and what they should be.

    The order of guesses is learned from the first one, the third and so on: see `tap_order`.
    """
    for truth in truths:
        forget_answers([model])
        subject = first_result(truth, model)
        solid = truth_at(truth, subject.source.size)
        if overlap(subject.alpha, solid) < POOR:
            yield truth.name, subject, solid


def _print_courses(firsts: Sequence[Course], bests: Sequence[Course]) -> None:
    for name, courses in (("first guess", firsts), (f"best of {OFFERED}", bests)):
        taps = ", ".join(
            f"{np.mean([course.taps_to(goal) for course in courses]):.2f} taps to {goal}"
            for goal in GOALS
        )
        after = " ".join(f"{mean_iou(courses, count):.3f}" for count in (0, 1, 2, 3, 5, MOST_TAPS))
        say(f"{name:12} {taps}; mean IoU after 0, 1, 2, 3, 5, {MOST_TAPS} taps: {after}")
    say(f"first guesses that lower IoU by more than {HARM}: {harmful(firsts):.1%}")


def mean_iou(courses: Sequence[Course], count: int) -> float:
    """Average the IoU after so many taps; who needs fewer stays at the last."""
    return float(np.mean([course.ious[min(count, len(course.ious) - 1)] for course in courses]))


def harmful(courses: Sequence[Course]) -> float:
    """Give the share of taps that lower the IoU by more than `HARM`."""
    steps = np.concatenate([np.diff(course.ious) for course in courses])
    return float((steps < -HARM).mean()) if steps.size else 0.0


def first_result(truth: Truth, model: OpenModel) -> Subject:
    """Run "fast", and make the result small; an empty one where no subject is found."""
    source = SourceImage(Image.fromarray(truth.image), None, "PNG", None, None, ())
    try:
        options = OffcutOptions(quality="fast", max_megapixels=200)
        subject = run_pipeline(source, model.session, model.spec, options).subject
    except SubjectError:
        kernels = NumpyKernels()
        nothing = np.zeros(source.size, np.uint8)
        subject = Subject(source, nothing, estimate_layers(source, nothing, kernels), kernels)
    return shrink(subject, min(1.0, SIDE / max(source.size)))


def truth_at(truth: Truth, size: tuple[int, int]) -> Mask:
    """Give what truly is the subject, at another size."""
    image = Image.fromarray(np.where(truth.solid, np.uint8(255), np.uint8(0)))
    return np.asarray(image.resize((size[1], size[0]), Image.Resampling.BOX)) >= 128


def follow(  # noqa: PLR0913 (two of them by keyword)
    name: str,
    subject: Subject,
    solid: Mask,
    model: OpenModel,
    *,
    offered: int,
    watch: Callable[..., Any] = lambda *_: None,
) -> Course:
    """Tap until the last goal is reached; each time the best of some first guesses is taken."""
    course = Course(name, [overlap(subject.alpha, solid)])
    tapper, retoucher = Tapper(subject), Retoucher(replace(subject))
    taken: list[Region] = []
    taps: list[Tap] = []
    alpha = subject.alpha
    while course.ious[-1] < GOALS[-1] and len(taps) < MOST_TAPS:
        tap = next_tap(alpha, solid)
        if tap is None:
            break
        guesses = answer(tapper, tap._replace(kind=None), taken, taps, model)
        watch(tapper, tap, alpha)
        if offered == 1 and guesses and not guesses[0].mask().any():
            # Nothing is changed at first: another tap there gives the next guess.
            course.ious.append(course.ious[-1])
            taps.append(tap._replace(kind=None))
            guesses = guesses[1:]
        results = [(overlap(after(retoucher, [*taken, g]), solid), g) for g in guesses[:offered]]
        if results:
            chosen = max(results, key=lambda result: result[0])[1]
            taken.append(chosen)
            taps.append(tap._replace(kind=chosen.kind))
        else:
            taps.append(tap)
        alpha = after(retoucher, taken)
        course.ious.append(overlap(alpha, solid))
    return course


def after(retoucher: Retoucher, taken: Sequence[Region]) -> NDArray[np.uint8]:
    """Give the matte with some regions."""
    subject, _ = retoucher.retouch(taken)
    return subject.alpha


def answer(
    tapper: Tapper, tap: Tap, taken: Sequence[Region], taps: Sequence[Tap], model: OpenModel
) -> list[Region]:
    """Ask what a tap may mean."""
    return run_steps(tapper.tap_steps(tap, taken, taps, model.spec), model)


def run_steps(steps: Generator[InferenceRequest, object, Result], model: OpenModel) -> Result:
    """Answer all that is asked of the network."""
    try:
        request = next(steps)
        while True:
            request = steps.send(model.session.run(request.feeds, request.fetch))
    except StopIteration as end:
        return end.value


def overlap(alpha: NDArray[np.uint8], solid: Mask) -> float:
    """IoU of what is at least half opaque with the truth."""
    found = alpha >= 128
    either = int((found | solid).sum())
    return int((found & solid).sum()) / either if either else 1.0


def next_tap(alpha: NDArray[np.uint8], solid: Mask) -> Tap | None:
    """Find the largest region that is wrong, and the place in it that is farthest from its rim."""
    found = alpha >= 128
    missing, extra = largest_part(solid & ~found), largest_part(found & ~solid)
    wrong = missing if missing.sum() >= extra.sum() else extra
    if not wrong.any():
        return None
    rows, columns = np.nonzero(wrong)
    top, left = int(rows.min()), int(columns.min())
    depth = depths(wrong[top : int(rows.max()) + 1, left : int(columns.max()) + 1])
    row, column = divmod(int(depth.argmax()), depth.shape[1])
    return Tap(left + column + 0.5, top + row + 0.5, "add" if wrong is missing else "take")


def largest_part(mask: Mask) -> Mask:
    """Keep the largest connected part of a mask."""
    part = np.zeros(mask.shape, np.bool_)
    regions = find_regions([mask], is_diagonal=False, most_runs=mask.size)
    if regions is not None and regions.count:
        areas = regions.total(regions.length)
        regions.paint(part, np.arange(regions.count) == int(areas.argmax()), value=True)
    return part


def depths(mask: Mask) -> NDArray[np.float32]:
    """Measure how far every pixel of a mask is from its rim, exactly; the picture's edge is one.

    Notes
    -----
    Row by row from the distances along columns: Felzenszwalb and Huttenlocher, "Distance
    Transforms of Sampled Functions", 2012, by brute force.
    """
    padded: Mask = np.pad(mask, 1)
    index: NDArray[np.intp] = np.arange(padded.shape[0], dtype=np.intp)[:, np.newaxis]
    far = sum(padded.shape)
    above = np.maximum.accumulate(np.where(padded, -far, index), axis=0)
    below = np.minimum.accumulate(np.where(padded, 2 * far, index)[::-1], axis=0)[::-1]
    along = np.minimum(index - above, below - index).astype(np.float32) ** 2
    place = np.arange(padded.shape[1], dtype=np.float32)
    across = (place[:, np.newaxis] - place) ** 2
    rows = [np.sqrt((across + row).min(axis=1)) for row in along]
    return np.where(padded, np.stack(rows), 0)[1:-1, 1:-1].astype(np.float32)
