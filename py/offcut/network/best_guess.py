"""What may be the subject where the network is nowhere sure of one.

Decides: how little evidence is enough for a guess, so that NO_SUBJECT is left to pictures that are
empty; how a faint matte becomes one to go on with.

A network that sees something says so, even if it doubts it: of plain walls, skies, lawns, noise and
patterns it gives less than a tenth of full opacity anywhere. A guess that a person can mend or take
is better than none, as long as it is told to be one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from offcut.arrays import CoarseAlpha

LEAST_EVIDENCE: Final = 0.12
"""Where no pixel is as opaque as this the picture is empty."""
ABOVE_MEDIAN: Final = 0.06
"""What is found must stand out by so much: a network that is unsure everywhere has seen nothing."""


def best_guess(coarse: CoarseAlpha) -> CoarseAlpha | None:
    """Make a matte of what a network has seen only faintly.

    Parameters
    ----------
    coarse : float32, shape (h, w), range [0, 1]
        Of the whole picture, nowhere half opaque.

    Returns
    -------
    float32, shape (h, w), range [0, 1], or None
        Stretched so that what is most likely the subject is opaque; None if there is no sign of
        any.
    """
    peak, ground = float(coarse.max()), float(np.median(coarse))
    if peak < LEAST_EVIDENCE or peak - ground < ABOVE_MEDIAN:
        return None
    return np.clip((coarse - ground) / (peak - ground), 0, 1).astype(np.float32, copy=False)
