"""What a caller may choose: every option with its default and the values it may have.

Decides: ranges and defaults of all options, and which ones exclude each other: scale without
canvas, aspect with canvas, lossless JPEG.

All values are numbers, texts and yes or no, so that one form serves Python, JSON and the
command line; notations such as ``5%`` are read by `lengths.py` and `colors.py`. The extension
learns of a change by ``scripts/facts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final, Literal

from offcut.errors import OptionsError
from offcut.options.colors import parse_background, parse_color
from offcut.options.id_photos import parse_id_photo, parse_id_size
from offcut.options.lengths import (
    parse_aspect,
    parse_margins,
    parse_mark,
    parse_offset,
    parse_outline,
    parse_position,
    parse_positive_length,
    parse_size,
)
from offcut.options.markets import MARKETS
from offcut.options.option_rules import ABOVE_ZERO, Choice, Number, Rule, Text, read_rules

DEFAULT_MODEL: Final = "u2netp"
"""The model of the automatic choice."""

Quality = Literal["auto", "fast", "best"]
Output = Literal["cutout", "matte", "inverse"]
FileFormat = Literal["png", "webp", "jpeg", "gif", "psd", "ora"]
ShadowKind = Literal["drop", "contact", "cast"]
MetadataPolicy = Literal["none", "all"]


def _parse_model(text: str) -> None:
    if not text:
        raise ValueError("must not be empty")


@dataclass(frozen=True, slots=True)
class OffcutOptions:
    """Options of one job; immutable, the same on the command line and in the extension.

    Lengths are written ``12px`` (or ``12``) and ``5%``; where there are two, the first
    goes across.

    Attributes
    ----------
    quality : {"auto", "fast", "best"}
        One run of the network, or whatever gives the best matte; "auto" is the best that takes
        no longer than a few seconds on the machine at hand.
    model : str or None
        Id of the model in `models/registry.json`; None chooses by itself.
    max_megapixels : float, above 0, at most 200
        Larger pictures are refused before their pixels are decoded. Bounds the result, too.
    threshold : float or None, above 0, at most 1
        Make everything at least this opaque solid and the rest empty.
    shift_edge : float, pixels, -50 to 50
        Move the edge outwards, or inwards if negative.
    feather : float, pixels, 0 to 250
        Half the width of the band in which the edge fades.
    output : {"cutout", "matte", "inverse"}
        The subject; the alpha matte in grey; or what is left when the subject is gone.
    crop : bool
        Cut to the subject's box. Never resamples.
    margin : str, one, two or four lengths
        Space around the subject's box (without `crop`: around the picture), as in CSS;
        percentages are of the box's longer side.
    aspect : str or None
        Ratio such as ``16:9`` to which space is added.
    canvas : str or None
        The result's size, ``1200x800``; implies `crop`.
    scale : float or None, above 0, at most 1
        Resize the subject until what is visible of it spans this share of the canvas's width or
        height. Without it nothing is ever resampled.
    own_size : bool
        Make the canvas smaller where the subject would have to be enlarged to fill its share.
    market : {"amazon", "ebay", "etsy", "google", "shopify", "walmart", "zalando"} or None
        A market place of `MARKETS`, whose rules the finished file is checked by. It changes
        nothing; `market_options` gives the options that it asks for.
    id_photo : str or None
        A format of `ID_PHOTOS`, or ``own``: the photo is cut so that the head is as large, and as
        far from the edges, as an office wants it. Needs `crown` and `chin`.
    crown : str or None, two lengths
        Where the head ends above in the source: from the left, from the top. Percentages are of
        its width and height.
    chin : str or None, two lengths
        Where it ends below, likewise.
    eyes : str or None, a length
        How far the eyes are from the top of the source; half way between the two if not given.
    id_size : str
        Of the format ``own``: ``35x45``, width first, in millimetres.
    id_head : float, 5 to 300
        Of the format ``own``: millimetres from crown to chin.
    dpi : float, 1 to 1200
        Pixels an inch of a photo for an office, which PNG and JPEG files say.
    sheet : {"10x15", "a4", "letter"} or None
        The file is a sheet of paper with as many of the photo as fit, a JPEG.
    sheet_pdf : bool
        The sheet is a PDF.
    position : str, one or two percentages
        Of the space that `aspect` or `canvas` leave, how much lies left and above.
    background : str
        ``transparent``, a CSS colour, ``blur`` for the blurred original, or ``picture`` for
        the one that is given beside the options.
    background_blur : float, 1 to 20
        Radius in per cent of the picture's diagonal.
    outline : str, a length
        How wide the outline around the subject is, at most 200 px or 25 %; percentages are of
        the longer side of the subject's box in the result. None if 0.
    outline_color : str
    shadow : bool
        Whether the subject throws one. Percentages of a shadow are of the longer side of
        the subject's box in the result.
    shadow_kind : {"drop", "contact", "cast"}
        On what is behind the subject; where it stands on the ground; or along the ground.
    shadow_offset : str, two lengths
        Of the kind "drop".
    shadow_cast : str, two lengths
        Of the kind "cast": where the shadow of the subject's top falls, from the ground below it:
        right and down; a negative one goes to the back.
    shadow_blur : str, a length
        Radius as in CSS: twice the standard deviation.
    shadow_opacity : float, 0 to 1
    shadow_color : str
    frame : int or None, 0 to 10000
        Of a picture that moves only this frame, counted from 1; 0 for the first one in which there
        is something to be seen. None for all of them, if `format` and the rest can move.
    format : {"png", "webp", "jpeg", "gif", "psd", "ora"}
        JPEG has no transparency: what is left of it becomes white. A GIF's pixel is there or not,
        and it has 255 colours. PSD (Photoshop) and ORA
        (OpenRaster) have the untouched picture and what is behind the subject as layers.
    file_quality : int, 1 to 100
        Of JPEG and lossy WebP.
    max_kilobytes : float or None, above 0, at most 100000
        Of JPEG and lossy WebP: the quality is lowered until the file has at most so many
        thousand bytes.
    lossless : bool
        For WebP. PNG always is, JPEG cannot be.
    metadata : {"none", "all"}
        All: EXIF is kept. The ICC profile always is.

    Raises
    ------
    OptionsError
        BAD_OPTION, with the option's name in `detail`.
    """

    quality: Quality = "auto"
    model: Annotated[str | None, Text(_parse_model)] = None
    max_megapixels: Annotated[float, Number(ABOVE_ZERO, 200)] = 100.0
    threshold: Annotated[float | None, Number(ABOVE_ZERO, 1, "share")] = None
    shift_edge: Annotated[float, Number(-50, 50, "px")] = 0.0
    feather: Annotated[float, Number(0, 250, "px")] = 0.0
    output: Output = "cutout"
    crop: bool = False
    margin: Annotated[str, Text(parse_margins)] = "0px"
    aspect: Annotated[str | None, Text(parse_aspect)] = None
    canvas: Annotated[str | None, Text(parse_size)] = None
    scale: Annotated[float | None, Number(ABOVE_ZERO, 1, "share")] = None
    own_size: bool = False
    market: Annotated[str | None, Choice(tuple(MARKETS))] = None
    id_photo: Annotated[str | None, Text(parse_id_photo)] = None
    crown: Annotated[str | None, Text(parse_mark)] = None
    chin: Annotated[str | None, Text(parse_mark)] = None
    eyes: Annotated[str | None, Text(parse_positive_length)] = None
    id_size: Annotated[str, Text(parse_id_size)] = "35x45"
    id_head: Annotated[float, Number(5, 300)] = 34.0
    dpi: Annotated[float, Number(1, 1200)] = 300.0
    sheet: Annotated[str | None, Choice(("10x15", "a4", "letter"))] = None
    sheet_pdf: bool = False
    position: Annotated[str, Text(parse_position)] = "50% 50%"
    background: Annotated[str, Text(parse_background)] = "transparent"
    background_blur: Annotated[float, Number(1, 20, "%")] = 2.0
    outline: Annotated[str, Text(parse_outline)] = "0%"
    outline_color: Annotated[str, Text(parse_color)] = "white"
    shadow: bool = False
    shadow_kind: ShadowKind = "drop"
    shadow_offset: Annotated[str, Text(parse_offset)] = "0% 2%"
    shadow_cast: Annotated[str, Text(parse_offset)] = "35% -20%"
    shadow_blur: Annotated[str, Text(parse_positive_length)] = "4%"
    shadow_opacity: Annotated[float, Number(0, 1, "share")] = 0.5
    shadow_color: Annotated[str, Text(parse_color)] = "black"
    frame: Annotated[int | None, Number(0, 10_000, whole=True)] = None
    format: FileFormat = "png"
    file_quality: Annotated[int, Number(1, 100, whole=True)] = 90
    max_kilobytes: Annotated[float | None, Number(ABOVE_ZERO, 100_000)] = None
    lossless: bool = False
    metadata: MetadataPolicy = "none"

    def __post_init__(self) -> None:
        """Check every value, then those that depend on each other."""
        for name, rule in RULES.items():
            if problem := rule.find_problem(getattr(self, name)):
                raise bad_option(name, problem)
        self._check_combinations()

    def _check_combinations(self) -> None:
        if self.scale is not None and self.canvas is None:
            raise bad_option("scale", "needs a canvas")
        if self.own_size and self.scale is None:
            raise bad_option("own_size", "needs a scale")
        if self.aspect is not None and self.canvas is not None:
            raise bad_option("aspect", "cannot be combined with a canvas")
        self._check_id_photo()
        if self.lossless and self.format == "jpeg":
            raise bad_option("lossless", "cannot be combined with the format jpeg")
        is_lossy = self.format in {"webp", "jpeg"} and not self.lossless
        if self.max_kilobytes is not None and not is_lossy:
            raise bad_option("max_kilobytes", "needs the format jpeg, or webp that is not lossless")
        if self.canvas is not None:
            height, width = parse_size(self.canvas)
            if height * width > self.max_megapixels * 1e6:
                raise bad_option("canvas", f"is larger than {self.max_megapixels:g} megapixels")

    def _check_id_photo(self) -> None:
        if self.id_photo is None:
            if self.sheet is not None:
                raise bad_option("sheet", "needs an id_photo")
        elif self.crown is None or self.chin is None:
            raise bad_option("id_photo", "needs crown and chin")
        elif self.crop or self.canvas is not None or self.aspect is not None:
            raise bad_option("id_photo", "cannot be combined with crop, canvas or aspect")
        if self.sheet_pdf and self.sheet is None:
            raise bad_option("sheet_pdf", "needs a sheet")

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> OffcutOptions:
        """Make options from a JSON object; what is absent has its default.

        Raises
        ------
        OptionsError
            BAD_OPTION, for an unknown name as well.
        """
        if not isinstance(values, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise bad_option("options", "must be an object")
        for name in values:
            if name not in RULES:
                raise bad_option(str(name)[:40], "does not exist")
        return cls(**values)

    def to_json(self) -> dict[str, str | float | bool | None]:
        """Describe all options as a JSON object, which `from_json` reads back."""
        return asdict(self)


RULES: Final[dict[str, Rule]] = read_rules(OffcutOptions)


def bad_option(name: str, problem: str) -> OptionsError:
    """Make the error for an option, from its name and the end of a sentence about it."""
    return OptionsError("BAD_OPTION", f"Option {name} {problem}.", detail={"option": name})
