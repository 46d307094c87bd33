"""How far mattes of ours are from imgly's, as numbers and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Steps = NDArray[np.uint8]
PERCENTILES: Final = (50, 90, 99, 99.9)
REACHES: Final = (1, 2, 8, 32)


@dataclass(frozen=True)
class Agreement:
    """One model's mattes beside imgly's.

    Attributes
    ----------
    model : str
    differences : dict of str to uint8, shape (H, W)
        By picture, in steps of 1/255.
    resized_alike : dict of str to uint8, shape (H, W)
        The same with imgly's way of resizing on our side.
    is_prepared : bool
        Whether our weights were other ones than imgly's.
    """

    model: str
    differences: dict[str, Steps]
    resized_alike: dict[str, Steps]
    is_prepared: bool = False

    @property
    def mean(self) -> float:
        """Mean of the pictures' mean differences, in steps of 1/255."""
        return _mean(self.differences)

    @property
    def mean_alike(self) -> float:
        """The same of what was resized alike."""
        return _mean(self.resized_alike)


def as_table(found: Sequence[Agreement]) -> str:
    """Write a line for each picture of each model, and one for all of them, as Markdown."""
    names = [
        "model",
        "picture",
        "mean",
        *(f"{share:g} %" for share in PERCENTILES),
        "most",
        *(f"within {reach}" for reach in REACHES),
        "resized alike: mean",
        "most",
    ]
    lines = [_line(names), _line(["---"] * len(names))]
    for agreement in found:
        groups = {picture: [picture] for picture in agreement.differences}
        groups[f"all {len(groups)}"] = [*groups]
        for group, pictures in groups.items():
            far = [agreement.differences[picture] for picture in pictures]
            alike = [agreement.resized_alike[picture] for picture in pictures]
            most = max(int(each.max()) for each in alike)
            left = float(np.mean([each.mean() for each in alike]))
            lines.append(_line([agreement.model, group, *_cells(far), f"{left:.3f}", str(most)]))
    return "\n".join(lines)


def _mean(differences: Mapping[str, Steps]) -> float:
    return float(np.mean([steps.mean() for steps in differences.values()]))


def _cells(differences: Sequence[Steps]) -> list[str]:
    """Describe some pictures; each has the same weight, whatever its size."""
    shares = np.array(
        [np.bincount(each.ravel(), minlength=256) / each.size for each in differences]
    )
    share = shares.mean(axis=0)
    total = np.cumsum(share)
    return [
        f"{share @ np.arange(256):.2f}",
        *(str(int(np.argmax(total >= wanted / 100 - 1e-12))) for wanted in PERCENTILES),
        str(int(np.flatnonzero(share)[-1])),
        *(f"{100 * total[reach]:.2f} %" for reach in REACHES),
    ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
