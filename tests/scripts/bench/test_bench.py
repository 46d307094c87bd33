"""The bench's arithmetic: medians, ratios, bounds, and what it writes of them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dev.bench.many_pictures import MEGAPIXELS, Run, make_folder, table
from dev.bench.measures import Samples
from dev.bench.ratios import GOALS, Goal
from dev.bench.report import as_json, as_markdown, as_svg
from PIL import Image

MACHINE = {
    "processor": "made up",
    "cores": 2,
    "browser": "Chromium 1",
    "load_average": [0.5, 0.4, 0.3],
}


@pytest.fixture
def samples() -> Samples:
    samples = Samples()
    for value in (900.0, 1000.0, 4000.0):
        samples.add("12 MP/fast", value)
    for value in (5000.0, 4000.0):
        samples.add("12 MP/imgly uint8", value)
    samples.add("batch/fast", 20.0)
    samples.add("batch/imgly uint8", 4.0)
    return samples


def test_a_ratio_is_one_of_medians(samples: Samples) -> None:
    assert samples.ratio("12 MP/fast", "12 MP/imgly uint8") == pytest.approx(1000 / 4500)


def test_what_was_not_measured_has_no_ratio(samples: Samples) -> None:
    assert samples.ratio("12 MP/fast", "12 MP/rembg native") is None
    assert samples.median("cold/fast") is None


@pytest.mark.parametrize(
    ("bound", "at_least", "value", "reached"),
    [
        (0.3, False, 0.29, True),
        (0.3, False, 0.31, False),
        (4, True, 5, True),
        (4, True, 3.9, False),
    ],
)
def test_a_bound_is_kept_or_not(bound: float, at_least: bool, value: float, reached: bool) -> None:
    goal = Goal("name", "about", "a", "b", bound, at_least=at_least)
    assert goal.is_reached(value) is reached


def test_the_json_has_every_ratio_by_name(samples: Samples) -> None:
    found = json.loads(as_json(samples, MACHINE))
    assert set(found["ratios"]) == {goal.name for goal in GOALS}
    assert len(found["ratios"]) == len(GOALS)
    assert found["ratios"]["warm_fast_to_imgly"] == pytest.approx(1000 / 4500)
    assert found["reached"]["batch_to_imgly"] is False
    assert found["reached"]["warm_isnet_to_imgly"] is None


def test_the_table_says_what_was_not_measured(samples: Samples) -> None:
    table = as_markdown(samples, MACHINE)
    assert "| 0.22 | at most 0.1 |" in table
    assert "| not measured | at most 0.35 |" in table


def test_the_plot_is_sound_and_has_a_bar_for_each_time(samples: Samples) -> None:
    plot = ElementTree.fromstring(as_svg(samples))
    assert len(plot.findall("{http://www.w3.org/2000/svg}rect")) == 2


def test_the_table_of_many_pictures_says_which_goals_are_reached() -> None:
    runs = [Run("1 worker", 20, 3, 600), Run("2 workers", 30, 4, 1100), Run("rembg p", 12, 9, 900)]
    lines = table(runs, 200).splitlines()
    assert "| 2 workers | 30.0 | 4.00 | 1100 |" in lines
    assert lines[-2:] == [
        "* 2 workers / rembg p: 2.50, wanted at least 2.5",
        "* 2 workers / 1 worker: 1.50, wanted at least 1.6",
    ]


def test_many_pictures_are_of_all_sizes(tmp_path: Path) -> None:
    make_folder(tmp_path / "in", 2)
    for file, megapixels in zip(sorted((tmp_path / "in").iterdir()), MEGAPIXELS, strict=False):
        with Image.open(file) as image:
            assert image.width * image.height / 1e6 == pytest.approx(megapixels, rel=0.01)
