"""The command line's flags: one for each option, and those about files.

Decides: the spelling, units and help of every flag: `-o`, `--out`, `--alpha-file`, `--force`,
`--json`, `--quiet`, `--workers`, `--memory`, `--threads`, `--manifest`, `--scheduler`,
`--matte-only`, `--background-picture`, `--strokes`.
"""

from __future__ import annotations

import argparse
from typing import Any, Final, Protocol

from offcut.options.option_rules import Choice, Flag, Number
from offcut.options.options import RULES, OffcutOptions

_DEFAULTS: Final = OffcutOptions().to_json()


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add all flags, in the order of the help."""
    _add_files(parser)
    _add_many(parser)
    _add_model(parser)
    _add_edge(parser)
    _add_frame(parser)
    _add_id_photo(parser)
    _add_background(parser)
    _add_format(parser)


def _add_files(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    place = group.add_mutually_exclusive_group()
    place.add_argument(
        "-o", dest="file", metavar="FILE", default=None,
        help="the result's name, for one picture; its ending chooses the format; - for stdout",
    )  # fmt: skip
    place.add_argument(
        "--out", dest="folder", metavar="DIR", default=None, help="results' folder or address"
    )
    group.add_argument(
        "--alpha-file", action="store_true", default=False,
        help="write the alpha matte as well, as NAME-cutout-alpha.png beside the result, of the "
        "picture's own size; --matte-only with the same options gives one of the result's",
    )  # fmt: skip
    group.add_argument(
        "--force", action="store_true", default=False, help="make results again that are newer"
    )
    group.add_argument(
        "--json", action="store_true", default=False,
        help="report one JSON object a line for each picture, on stdout (stderr with -o -)",
    )  # fmt: skip
    group.add_argument(
        "--quiet", action="store_true", default=False, help="say nothing but failures"
    )


def _add_many(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("many pictures")
    group.add_argument(
        "--workers", metavar="N", default=None,
        help="processes at once, or auto: as many as there are cores and memory for",
    )  # fmt: skip
    group.add_argument(
        "--memory", metavar="SIZE", default=None,
        help="of all processes together, as 4G or 800M (default: 3/4 of what is free)",
    )  # fmt: skip
    group.add_argument(
        "--threads", metavar="N", default=None,
        help="of each process for the network (default: 1, more where processes are few)",
    )  # fmt: skip
    group.add_argument(
        "--manifest", metavar="FILE", default=None,
        help="a line of JSON for each picture; what it says is done the same way is left as it is",
    )  # fmt: skip
    group.add_argument(
        "--scheduler", metavar="ADDRESS", default=None,
        help="of a Dask cluster, such as tcp://host:8786 (pip install 'offcut[dask]')",
    )  # fmt: skip


def _add_model(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("model")
    _add_option(group, "quality", "default: {default}")
    _add_option(group, "model", "one of the registry (default: automatic)", "ID")
    _add_option(group, "max_megapixels", "refuse larger pictures (default: {default})")


def _add_edge(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is shown, and its edge")
    output = group.add_mutually_exclusive_group()
    _add_option(
        output, "output", "the subject, its alpha matte in grey, or what is left without it"
    )
    output.add_argument(
        "--matte-only", dest="output", action="store_const", const="matte",
        help="the same as --output matte",
    )  # fmt: skip
    output.add_argument(
        "--inverse", dest="output", action="store_const", const="inverse",
        help="the same as --output inverse",
    )  # fmt: skip
    _add_option(group, "threshold", "solid from this opacity on, nothing below; 0.5 or 50%")
    _add_option(group, "shift_edge", "grow by pixels, or shrink if negative", "PX")
    _add_option(group, "feather", "soften the edge", "PX")
    group.add_argument(
        "--strokes", metavar="FILE", default=None,
        help="corrections by a brush, as JSON; for one picture (see py/README.md)",
    )  # fmt: skip


def _add_frame(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("frame (nothing is resized without --scale)")
    _add_option(group, "crop", "cut to the subject")
    _add_option(
        group,
        "margin",
        "space around it: one, two or four lengths as in CSS; % of its longer side",
        "LENGTHS",
    )
    _add_option(group, "aspect", "add space up to this ratio", "W:H")
    _add_option(group, "canvas", "size of the result; implies --crop", "WxH")
    _add_option(group, "scale", "share of the canvas that the subject fills; 0.8 or 80%")
    _add_option(group, "own_size", "make the canvas smaller rather than enlarge the subject")
    _add_option(
        group,
        "market",
        "size, fill and white background of a market place, and a check of the finished file",
    )
    _add_option(group, "position", "where on canvas or aspect (default: {default})", "X%,Y%")


def _add_id_photo(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "photos for passports", "Some offices refuse photos whose background was altered."
    )
    _add_option(group, "id_photo", "format; own takes --id-size and --id-head")
    _add_option(group, "crown", "top of the head in the picture, 812px,240px or 50%,12%", "X,Y")
    _add_option(group, "chin", "the chin, likewise", "X,Y")
    _add_option(group, "eyes", "how far down the eyes are (default: half way)", "LENGTH")
    _add_option(group, "id_size", "mm, of the format own (default: {default})", "WxH")
    _add_option(group, "id_head", "mm from crown to chin, of the format own", "MM")
    _add_option(group, "dpi", "pixels an inch (default: the format's, or {default})", "N")
    _add_option(group, "sheet", "the file is a sheet of paper full of them, to print and cut")
    _add_option(group, "sheet_pdf", "as PDF, as it is by itself for -o NAME.pdf")


def _add_background(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("background")
    _add_option(
        group,
        "background",
        "transparent, a colour (#rgb, #rrggbb, #rrggbbaa, CSS name), or blur: the original",
        "WHAT",
    )
    group.add_argument(
        "--background-picture", metavar="FILE", default=None, help="a picture that covers it"
    )
    _add_option(
        group, "background_blur", "radius of the blur in % of the diagonal (default: {default})"
    )
    _add_option(group, "outline", "around the subject, as a sticker has it: 3% or 12px", "LENGTH")
    _add_option(group, "outline_color", "default: {default}", "COLOUR")
    _add_option(group, "shadow", "a soft shadow")
    _add_option(
        group,
        "shadow_kind",
        "on what is behind, where it stands on the ground, or along the ground",
    )
    _add_option(group, "shadow_cast", "where that of the top falls (default: {default})", "X,Y")
    _add_option(group, "shadow_offset", "default: {default} of the subject", "X,Y")
    _add_option(group, "shadow_blur", "default: {default}", "LENGTH")
    _add_option(group, "shadow_opacity", "default: {default}")
    _add_option(group, "shadow_color", "default: {default}", "COLOUR")


def _add_format(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("format")
    _add_option(
        group,
        "frame",
        "of a picture that moves only this frame, from 1 on; 0 for the first that shows something "
        "(default: all, in png, webp and gif)",
    )
    _add_option(
        group,
        "format",
        "default: {default}; jpeg has no transparency and becomes white; gif has no soft edges and "
        "255 colours; psd (Photoshop) and ora "
        "(OpenRaster) keep the whole picture and what is behind the subject as layers",
    )
    _add_option(group, "file_quality", "of JPEG and WebP, {least} to {most} (default: {default})")
    _add_option(group, "max_kilobytes", "lower the quality of JPEG or WebP until it fits", "KB")
    _add_option(group, "lossless", "for WebP")
    _add_option(
        group,
        "metadata",
        "keep EXIF (all) or not (none, the default); the ICC profile is always kept",
    )


class _Group(Protocol):
    """What argparse's groups have in common, of which one is private."""

    def add_argument(self, flag: str, /, **rest: Any) -> argparse.Action: ...


def _add_option(group: _Group, name: str, words: str, metavar: str = "N") -> None:
    """Add the flag of an option of OffcutOptions, as its rule says.

    `words` are the help, in which ``{default}``, ``{least}`` and ``{most}`` may stand.
    """
    facts = {"default": _spell(_DEFAULTS[name])}
    match RULES[name]:
        case Flag():
            takes: dict[str, Any] = {"action": "store_true"}
        case Choice(choices=choices):
            takes = {"choices": choices}
        case Number(least=least, most=most, unit=unit, whole=whole):
            facts |= {"least": _spell(least), "most": _spell(most)}
            kind = int if whole else _share if unit == "share" else float
            takes = {"type": kind, "metavar": metavar}
        case _:
            takes = {"metavar": metavar}
    text = words.format_map(facts).replace("%", "%%")  # argparse has a use for % of its own
    group.add_argument("--" + name.replace("_", "-"), help=text, **takes)


def _spell(value: object) -> str:
    """Write a value as one would type it, without the need of quotes."""
    return f"{value:g}" if isinstance(value, float) else str(value).replace(" ", ",")


def _share(text: str) -> float:
    """Read 0.8 or 80%."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


_share.__name__ = "share"  # argparse puts it into its message
