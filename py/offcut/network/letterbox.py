"""How a view of a picture lies in the network's input, by the model's contract.

Decides: stretched or with bars, and where the picture lies between them.

A contract either stretches the view over the whole input or keeps its proportions and fills
the rest (letterbox). What the network answers lies likewise, so both directions ask here.
"""

from __future__ import annotations

from offcut.network.models import InputContract

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def content_box(contract: InputContract, size: tuple[int, int]) -> Box:
    """Give the part of the model input that shows the picture.

    Parameters
    ----------
    contract : InputContract
    size : (int, int)
        (height, width) of what is shown, in pixels of the source.

    Returns
    -------
    (int, int, int, int)
        Left, top, right, bottom in pixels of the input; never empty. All of it for
        "stretch"; for "letterbox" the largest centred box of the view's proportions.
    """
    if contract.resize == "stretch":
        return (0, 0, contract.width, contract.height)
    height, width = size
    scale = min(contract.height / height, contract.width / width)
    inner_height = min(contract.height, max(1, round(height * scale)))
    inner_width = min(contract.width, max(1, round(width * scale)))
    top = (contract.height - inner_height) // 2
    left = (contract.width - inner_width) // 2
    return (left, top, left + inner_width, top + inner_height)
