"""All made pictures, in their three groups.

They are composites: a matte that is drawn mixes a subject's colours and a background's, so
matte and colours are true by construction. They are small and few. They tell that something got
worse, not how good the cutouts of photos are.
"""

from dev.quality.made_pictures.drawings import make_drawings
from dev.quality.made_pictures.graphics import make_graphics
from dev.quality.made_pictures.photos import make_photos
from dev.quality.scores import Truth


def make_pictures() -> dict[str, list[Truth]]:
    """Make all of them, by the names of their groups.

    Raises
    ------
    SetupError
        If scikit-image is not installed.
    """
    return {"photos": make_photos(), "drawings": make_drawings(), "graphics": make_graphics()}
