"""What is half transparent becomes subject or background, and an edge stays as it is."""

from __future__ import annotations

import numpy as np
import pytest
from offcut.network.veils import decide_veils, has_much_veil


@pytest.mark.parametrize(("veil", "decided"), [(0.1, 0), (0.4, 1), (0.6, 1)])
def test_veils_far_from_edges_are_decided_one_way_or_the_other(veil: float, decided: int) -> None:
    coarse = np.full((200, 300), veil, np.float32)
    coarse[:, 200:] = decided
    result = decide_veils(coarse)
    assert result.dtype == np.float32
    assert (result[:, :180] == decided).all()


def test_an_edge_between_clear_sides_stays_as_it_is() -> None:
    coarse = np.zeros((100, 200), np.float32)
    coarse[:, 100:104] = [0.2, 0.4, 0.6, 0.8]
    coarse[:, 104:] = 1
    assert np.allclose(decide_veils(coarse), coarse, atol=1e-6)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (3, 2)])
def test_mattes_of_any_size_are_decided(size: tuple[int, int]) -> None:
    assert decide_veils(np.full(size, 0.6, np.float32)).tolist() == np.ones(size).tolist()


def test_only_an_area_counts_as_much_veil() -> None:
    coarse = np.zeros((200, 300), np.float32)
    coarse[50:150, 50:150] = 1
    assert not has_much_veil(coarse)
    coarse[50:150, 200:240] = 0.4
    assert has_much_veil(coarse)
