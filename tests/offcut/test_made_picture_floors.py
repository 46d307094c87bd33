"""The cutouts of pictures that every clone can make do not get worse.

`scripts/quality` prints the same figures, and `scripts/quality --write-floors` sets the floors
anew.
"""

from __future__ import annotations

from functools import cache

import pytest
from dev.quality.floors import Cuts, Table, cut_made_pictures, error, read_floors, score_cuts
from dev.quality.open_models import OpenModel, RememberingSession
from dev.quality.scores import COLUMNS, mean_scores
from native import native_session

pytestmark = [pytest.mark.weights, pytest.mark.slow]

MEAN_MARGIN, PICTURE_MARGIN = 1.02, 1.10
"""Times its floor that an error may be: the mean of a group, and that of one picture."""
MEAN_SLACK, PICTURE_SLACK = 0.00005, 0.0005
"""Added to it, because some errors are nearly 0. 100 times as much for grad, a sum."""

METHODS = [
    (group, method)
    for group in ("photos", "drawings", "graphics")
    for method in ("fast", "best")
    if (group, method) != ("graphics", "best")
]


@cache
def cuts() -> Cuts:
    pytest.importorskip("skimage")
    session, spec = native_session()
    return cut_made_pictures(OpenModel(spec, RememberingSession(session)))


@cache
def measured() -> Table:
    return score_cuts(cuts())


def mean_error(table: Table, group: str, method: str, column: str) -> float:
    return error(column, mean_scores(list(table[group][method].values()))[column])


def allowed(floor: float, column: str, margin: float, slack: float) -> float:
    return floor * margin + slack * (100 if column == "grad" else 1)


def mean_is_worse(table: Table, group: str, method: str, column: str) -> bool:
    floor = mean_error(read_floors(), group, method, column)
    limit = allowed(floor, column, MEAN_MARGIN, MEAN_SLACK)
    return mean_error(table, group, method, column) > limit


def test_the_floors_are_of_these_pictures() -> None:
    names = {group: {truth.name for truth, _ in pictures} for group, pictures in cuts().items()}
    assert {group: set(methods["fast"]) for group, methods in read_floors().items()} == names


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("group", "method"), METHODS)
def test_no_mean_is_below_its_floor(group: str, method: str, column: str) -> None:
    assert not mean_is_worse(measured(), group, method, column)


@pytest.mark.parametrize(("group", "method"), METHODS)
def test_no_picture_is_far_below_its_floor(group: str, method: str) -> None:
    worse = {
        (name, column): (value, floor)
        for name, floors in read_floors()[group][method].items()
        for column, floor in floors.items()
        if error(column, value := measured()[group][method][name][column])
        > allowed(error(column, floor), column, PICTURE_MARGIN, PICTURE_SLACK)
    }
    assert worse == {}
