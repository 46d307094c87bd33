"""Strokes that a person draws on pictures whose truth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import Stroke
from offcut.editing.retouch import Retoucher, retouch
from offcut.subject import Subject
from subjects import INSIDE, OUTSIDE, subject_of

HEIGHT, WIDTH = 240, 360
KEEP = Stroke("keep", 9, ((215, 115), (240, 122)))
REMOVE = Stroke("remove", 9, ((265, 115), (282, 125)))
PAINT = Stroke("paint", 12, ((30, 30), (60, 40)))
ERASE = Stroke("erase", 10, ((150, 90), (170, 130)))


def ellipse(x: float, y: float, radius_x: float, radius_y: float) -> NDArray[np.float64]:
    """Draw one with a soft rim of a pixel: (HEIGHT, WIDTH), range [0, 1]."""
    down, right = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    inside = 1 - np.hypot((down - y) / radius_y, (right - x) / radius_x)
    return np.clip(inside * min(radius_x, radius_y) + 0.5, 0, 1)


def photo(matte: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Mix two colours in uneven light, with grain."""
    share = matte[..., np.newaxis]
    light = np.linspace(1, 0.6, WIDTH)[:, np.newaxis]
    grain = np.random.default_rng(1).normal(0, 3, (HEIGHT, WIDTH, 1))
    mixed = (share * INSIDE + (1 - share) * OUTSIDE) * light + grain
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def seen(matte: NDArray[np.float64], picture: NDArray[np.float64]) -> Subject:
    """Make the subject that a network finds as `matte` where the truth is `picture`."""
    return subject_of(np.rint(matte * 255).astype(np.uint8), photo(picture))


def error(subject: Subject, truth: NDArray[np.float64]) -> float:
    """How much of the truth is wrong."""
    return float(np.abs(subject.alpha / 255 - truth).sum() / truth.sum())


@pytest.fixture(scope="module")
def whole() -> NDArray[np.float64]:
    return ellipse(180, 120, 95, 60)


@pytest.fixture(scope="module")
def half(whole: NDArray[np.float64]) -> Subject:
    """An ellipse of which only the left half was found."""
    matte = whole.copy()
    matte[:, 180:] = 0
    return seen(matte, whole)


@pytest.fixture(scope="module")
def alone() -> NDArray[np.float64]:
    return ellipse(90, 120, 55, 60)


@pytest.fixture(scope="module")
def pair(alone: NDArray[np.float64]) -> Subject:
    """Something that was found, and something like it that does not belong to it."""
    both = np.maximum(alone, ellipse(275, 120, 40, 45))
    return seen(both, both)


def test_one_stroke_brings_a_missed_half_back(half: Subject, whole: NDArray[np.float64]) -> None:
    assert error(half, whole) > 0.45
    assert error(retouch(half, [KEEP]), whole) < 0.01


def test_one_stroke_removes_a_foreign_object(pair: Subject, alone: NDArray[np.float64]) -> None:
    assert error(pair, alone) > 0.5
    assert error(retouch(pair, [REMOVE]), alone) < 0.02


def test_the_edge_comes_from_the_picture(half: Subject, whole: NDArray[np.float64]) -> None:
    kept = retouch(half, [KEEP]).alpha
    # Nothing is gained beyond the true outline, and nothing of its inside is left out.
    assert (kept[whole == 0] == 0).mean() > 0.999
    assert (kept[whole == 1] == 255).mean() > 0.99


def test_nothing_far_from_a_hint_changes(half: Subject, pair: Subject) -> None:
    for subject, stroke in ((half, KEEP), (pair, REMOVE)):
        after = retouch(subject, [stroke])
        x = np.array([point[0] for point in stroke.points])
        reach = 126  # `MOST_REACH` of the longer side, see `scribbles.py`
        far = slice(0, int(x.min() - reach))
        assert np.array_equal(after.alpha[:, far], subject.alpha[:, far])
        assert not np.array_equal(after.alpha, subject.alpha)


def test_a_hint_only_adds_or_only_takes(half: Subject, pair: Subject) -> None:
    assert (retouch(half, [KEEP]).alpha >= half.alpha).all()
    assert (retouch(pair, [REMOVE]).alpha <= pair.alpha).all()


def test_without_strokes_the_subject_is_the_same(half: Subject) -> None:
    assert retouch(half, []) is half


def test_a_subject_that_is_given_stays_as_it_is(half: Subject) -> None:
    alpha, layer = half.alpha.copy(), half.layers.subject.copy()
    retouch(half, [KEEP, ERASE])
    assert np.array_equal(half.alpha, alpha)
    assert np.array_equal(half.layers.subject, layer)


def test_the_same_strokes_give_the_same_result(half: Subject) -> None:
    strokes = [KEEP, PAINT, ERASE]
    assert is_same(retouch(half, strokes), retouch(half, strokes))


def test_strokes_count_in_order(half: Subject) -> None:
    x, y = PAINT.points[0]
    erase = Stroke("erase", PAINT.radius, PAINT.points)
    assert retouch(half, [PAINT, erase]).alpha[int(y), int(x)] == 0
    assert retouch(half, [erase, PAINT]).alpha[int(y), int(x)] == 255


def test_what_the_file_had_transparent_stays_so(whole: NDArray[np.float64]) -> None:
    own = np.full((HEIGHT, WIDTH), 255, np.uint8)
    own[:, 230:] = 0
    matte = np.rint(whole * 255).astype(np.uint8)
    matte[:, 180:] = 0
    subject = subject_of(matte, photo(whole), own)
    after = retouch(subject, [KEEP, Stroke("paint", 20, ((250, 100),))]).alpha
    assert (after[:, 230:] == 0).all()
    assert (after[100:140, 200:225] == 255).all()


def is_same(one: Subject, other: Subject) -> bool:
    return all(
        np.array_equal(first, second)
        for first, second in (
            (one.alpha, other.alpha),
            (one.layers.subject, other.layers.subject),
            (one.layers.background, other.layers.background),
        )
    )


def copied(subject: Subject) -> tuple[Any, ...]:
    return (
        subject.alpha.copy(),
        subject.layers.subject.copy(),
        subject.layers.background.copy(),
    )


def test_a_retoucher_gives_what_retouch_does_in_whatever_order(half: Subject) -> None:
    retoucher = Retoucher(half)
    former = copied(half)
    for strokes in (
        [KEEP],
        [KEEP, PAINT],
        [KEEP, PAINT, ERASE],
        [KEEP],
        [],
        [KEEP, PAINT, ERASE],
        [PAINT, KEEP],
        [PAINT],
        [ERASE, KEEP],
    ):
        now, changed = retoucher.retouch(strokes)
        assert is_same(now, retouch(half, strokes))
        differs = former[0] != now.alpha
        if changed is not None:
            differs[changed.top : changed.bottom, changed.left : changed.right] = False
        assert not differs.any()
        former = copied(now)
        assert retoucher.retouch(strokes) == (now, None)


def test_a_stroke_beside_what_was_found_takes_nothing_of_it() -> None:
    # A fence that touches a camel of the same colour, and that the network has left out.
    camel, fence = ellipse(110, 120, 70, 60), ellipse(240, 120, 75, 90)
    subject = seen(camel, np.maximum(camel, fence))
    after = retouch(subject, [Stroke("remove", 9, ((195, 90), (200, 150)))])
    lost = (subject.alpha.astype(float) - after.alpha).sum() / subject.alpha.sum()
    assert lost < 0.005


def test_a_stroke_that_slips_over_the_rim_of_what_was_found_does_not_hollow_it() -> None:
    camel, fence = ellipse(110, 120, 70, 60), ellipse(240, 120, 75, 90)
    subject = seen(camel, np.maximum(camel, fence))
    after = retouch(subject, [Stroke("remove", 12, ((184, 95), (184, 145)))])
    lost = (subject.alpha.astype(float) - after.alpha).sum() / subject.alpha.sum()
    # What the brush itself has covered, and not the third that is like it beyond.
    assert lost < 0.05


def test_a_stroke_on_bare_ground_takes_nothing_of_what_is_nearly_certain_beside_it() -> None:
    # The network holds the camel by .7: its own colours are the fence's.
    camel, fence = ellipse(110, 120, 70, 60), ellipse(240, 120, 75, 90)
    subject = seen(camel * 0.7, np.maximum(camel, fence))
    after = retouch(subject, [Stroke("remove", 9, ((195, 90), (200, 150)))])
    lost = (subject.alpha.astype(float) - after.alpha).sum() / subject.alpha.sum()
    assert lost < 0.005


def test_a_dab_on_something_speckled_stays_near_itself() -> None:
    # All of it was found, and is speckled alike: nothing says where the one ends.
    found = np.maximum(ellipse(110, 120, 100, 60), ellipse(290, 120, 90, 40))
    speckles = np.random.default_rng(2).integers(-25, 26, (HEIGHT // 4, WIDTH // 4, 1))
    speckled = photo(found) + np.kron(speckles, np.ones((4, 4, 1), int))
    matte = np.rint(found * 255).astype(np.uint8)
    subject = subject_of(matte, np.clip(speckled, 0, 255).astype(np.uint8))
    after = retouch(subject, [Stroke("remove", 9, ((280, 118),))])
    lost = subject.alpha.astype(float) - after.alpha
    assert lost[112:124, 274:286].mean() > 200
    assert lost[:, :245].sum() / subject.alpha.sum() < 0.005
