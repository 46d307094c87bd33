"""The matte as a file of its own: grey, of the picture's own size.

Decides: that options for the edge and strokes are in it, and that crop, canvas and background are
not: it fits the picture that it was made of, pixel by pixel.
"""

from __future__ import annotations

from offcut.composing.shape import find_shape
from offcut.cutout import Cutout
from offcut.encoding.png_writer import encode_png


def encode_alpha(cutout: Cutout) -> bytes:
    """Write the matte of a cutout as a PNG of eight bits of grey.

    Parameters
    ----------
    cutout : Cutout

    Returns
    -------
    bytes
        The file: 0 for what is removed, 255 for what is kept; the height and width of
        `cutout.source`. Of the output "inverse" it is the subject's as well.
    """
    alpha = find_shape(cutout.subject, cutout.options).edge.shown
    return encode_png([alpha], alpha.shape, channels=1, band_packer=None)
