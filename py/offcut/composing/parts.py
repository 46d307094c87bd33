"""What the finished picture is made of, from the bottom up: backdrop, shadow, outline, subject.

Decides: the order of the layers, that what is outlined throws its shadow as a whole, what "inverse"
shows, that only a subject has an outline and a shadow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from offcut.arrays import RgbaImage
from offcut.composing.backdrop import Backdrop, make_backdrop
from offcut.composing.contact_shadow import ContactShadow
from offcut.composing.frame import Frame
from offcut.composing.outline import Outline, make_outline
from offcut.composing.plan_frame import plan_frame
from offcut.composing.shadow import Shadow, make_shadow
from offcut.composing.shape import Shape, find_shape
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Edge, Subject


@dataclass(frozen=True, slots=True)
class Upper:
    """The uppermost layer, at source size: the subject, or what is left without it.

    Attributes
    ----------
    read : callable
        Gives some rows for an edge: uint8, shape (rows, W, 4), straight alpha.
    edge : Edge
    known : uint8, shape (H, W, 4), optional
        All that `read` gives for that edge, if it is known already.
    """

    read: Callable[[slice, Edge], RgbaImage]
    edge: Edge
    known: RgbaImage | None = None

    def band(self, rows: slice) -> RgbaImage:
        """Give some rows: uint8, shape (rows, W, 4), straight alpha."""
        return self.read(rows, self.edge) if self.known is None else self.known[rows]


@dataclass(frozen=True, slots=True)
class Parts:
    """The layers of a finished picture, and where the source lies in it.

    Attributes
    ----------
    frame : Frame
    source : SourceImage
    upper : Upper
    backdrop : Backdrop or None
    shadow : Shadow, ContactShadow or None
    outline : Outline or None
    """

    frame: Frame
    source: SourceImage
    upper: Upper
    backdrop: Backdrop | None = None
    shadow: Shadow | ContactShadow | None = None
    outline: Outline | None = None


def find_parts(
    subject: Subject,
    options: OffcutOptions,
    picture: SourceImage | None,
    shape: Shape | None,
    cutout: RgbaImage | None,
) -> Parts:
    """Lay out the finished picture, and make what lies below its subject.

    The parameters, and what is raised, are those of `compose`. A matte has no layer but the upper.
    """
    edge, box, extent = shape or find_shape(subject, options)
    source = subject.source
    frame = plan_frame(source.size, box, options, extent)
    upper = Upper(subject.cutout_band, edge, cutout)
    if options.output == "matte":
        return Parts(frame, source, upper)
    backdrop = make_backdrop(options, frame, source, edge.mixed, picture, subject.kernels)
    if options.output == "inverse":
        return Parts(frame, source, Upper(subject.background_band, edge), backdrop)
    longer_side = box.longer_side * max(frame.scale)
    outline = make_outline(options, frame, longer_side, edge.shown)
    thrown = (frame, edge.shown) if outline is None else outline.matte(frame)
    rim = 0.0 if outline is None else outline.width
    down = frame.scale[0]
    stand = (frame.top + extent.top * down - rim, frame.top + extent.bottom * down + rim)
    shadow = make_shadow(options, *thrown, longer_side, stand) if options.shadow else None
    return Parts(frame, source, upper, backdrop, shadow, outline)
