"""Model output -> coarse alpha, and the decision whether there is a subject at all.

Decides: NO_SUBJECT: from which opacity on there is a subject. The matte is never stretched by its
own range.
"""

from __future__ import annotations

import numpy as np

from offcut.arrays import CoarseAlpha
from offcut.errors import SubjectError
from offcut.network.models import OutputContract

# A matte that nowhere reaches this opacity shows no subject. The networks answer a
# picture without one with a few per cent everywhere.
LEAST_OPACITY = 0.5


def postprocess(output: CoarseAlpha, contract: OutputContract) -> CoarseAlpha:
    """Apply the contract's activation and clip to [0, 1].

    The matte is never stretched by its own range: that would give a picture without a
    subject one.

    Parameters
    ----------
    output : float32, shape (h, w)
        What the network gave.
    contract : OutputContract
        The model's.

    Returns
    -------
    float32, shape (h, w), range [0, 1]
    """
    # The sigmoid as a tanh, which cannot overflow.
    alpha = 0.5 + 0.5 * np.tanh(output / 2) if contract.activation == "sigmoid" else output
    return np.clip(alpha, 0.0, 1.0).astype(np.float32, copy=False)


def require_subject(alpha: CoarseAlpha) -> None:
    """Stop when the matte is empty.

    Raises
    ------
    SubjectError
        NO_SUBJECT if no pixel is as opaque as `LEAST_OPACITY`.
    """
    strongest = float(alpha.max())
    if strongest < LEAST_OPACITY:
        raise SubjectError(
            "NO_SUBJECT",
            "No subject stands out in this picture.",
            detail={"strongest": round(strongest, 3)},
        )
