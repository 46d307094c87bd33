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
from offcut.options.lengths import (
    parse_aspect,
    parse_margins,
    parse_offset,
    parse_outline,
    parse_position,
    parse_positive_length,
    parse_size,
)
from offcut.options.option_rules import ABOVE_ZERO, Number, Rule, Text, read_rules

DEFAULT_MODEL: Final = "u2netp"
"""The model of the automatic choice."""

Quality = Literal["auto", "fast", "best"]
Output = Literal["cutout", "matte", "inverse"]
FileFormat = Literal["png", "webp", "jpeg", "psd", "ora"]
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
        Resize the subject until it fills this share of the canvas's width or height.
        Without it nothing is ever resampled.
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
    shadow_offset : str, two lengths
    shadow_blur : str, a length
        Radius as in CSS: twice the standard deviation.
    shadow_opacity : float, 0 to 1
    shadow_color : str
    format : {"png", "webp", "jpeg", "psd", "ora"}
        JPEG has no transparency: what is left of it becomes white. PSD (Photoshop) and ORA
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
    position: Annotated[str, Text(parse_position)] = "50% 50%"
    background: Annotated[str, Text(parse_background)] = "transparent"
    background_blur: Annotated[float, Number(1, 20, "%")] = 2.0
    outline: Annotated[str, Text(parse_outline)] = "0%"
    outline_color: Annotated[str, Text(parse_color)] = "white"
    shadow: bool = False
    shadow_offset: Annotated[str, Text(parse_offset)] = "0% 2%"
    shadow_blur: Annotated[str, Text(parse_positive_length)] = "4%"
    shadow_opacity: Annotated[float, Number(0, 1, "share")] = 0.5
    shadow_color: Annotated[str, Text(parse_color)] = "black"
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
        if self.aspect is not None and self.canvas is not None:
            raise bad_option("aspect", "cannot be combined with a canvas")
        if self.lossless and self.format == "jpeg":
            raise bad_option("lossless", "cannot be combined with the format jpeg")
        is_lossy = self.format in {"webp", "jpeg"} and not self.lossless
        if self.max_kilobytes is not None and not is_lossy:
            raise bad_option("max_kilobytes", "needs the format jpeg, or webp that is not lossless")
        if self.canvas is not None:
            height, width = parse_size(self.canvas)
            if height * width > self.max_megapixels * 1e6:
                raise bad_option("canvas", f"is larger than {self.max_megapixels:g} megapixels")

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
