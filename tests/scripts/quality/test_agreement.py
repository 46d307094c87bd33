"""What is said of the distance between two mattes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from dev.bench.agreement_table import Agreement, as_table
from dev.bench.imgly_mattes import imgly_resize
from dev.quality.measured_docs import write_measured


@pytest.fixture
def found() -> Agreement:
    """A large picture that agrees, and a small one of which a tenth does not."""
    small = np.zeros((10, 10), np.uint8)
    small[0] = 40
    differences = {"large": np.zeros((100, 100), np.uint8), "small": small}
    alike = {"large": np.zeros((100, 100), np.uint8), "small": np.eye(10, dtype=np.uint8)}
    return Agreement("made-up", differences, alike)


def test_every_picture_has_the_same_weight(found: Agreement) -> None:
    assert found.mean == pytest.approx(2.0)
    assert found.mean_alike == pytest.approx(0.05)


def test_the_table_has_each_picture_and_all_of_them(found: Agreement) -> None:
    lines = as_table([found]).splitlines()
    cells = {line.split(" | ")[1]: line.strip("| ").split(" | ")[2:] for line in lines[2:]}
    assert set(cells) == {"large", "small", "all 2"}
    #                         mean   50 % 90 % 99 % 99.9 % most
    assert cells["large"] == ["0.00", *"00000", *["100.00 %"] * 4, "0.000", "0"]
    assert cells["small"] == ["4.00", "0", "0", "40", "40", "40", *["90.00 %"] * 4, "0.100", "1"]
    assert cells["all 2"] == ["2.00", "0", "0", "40", "40", "40", *["95.00 %"] * 4, "0.050", "1"]


def test_imgly_samples_from_the_corner_and_without_a_filter() -> None:
    row = np.array([[[0], [100], [200], [50]]], np.uint8)
    assert imgly_resize(row, 1, 8)[0, :, 0].tolist() == [0, 50, 100, 150, 200, 125, 50, 50]
    assert imgly_resize(row, 1, 2)[0, :, 0].tolist() == [0, 200]


def test_a_measured_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text(
        "one\n<!-- measured: a -->\nold\n<!-- end -->\ntwo\n"
        "<!-- measured: b -->\nkept\n<!-- end -->\nthree\n"
    )
    write_measured(document, "a", "new")
    text = document.read_text()
    assert text.startswith("one\n<!-- measured: a -->\n\nnew\n\n<!-- end -->\ntwo\n")
    assert text.endswith("<!-- measured: b -->\nkept\n<!-- end -->\nthree\n")
    with pytest.raises(ValueError, match="no place"):
        write_measured(document, "c", "new")
