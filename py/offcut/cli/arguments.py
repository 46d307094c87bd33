"""The command line's arguments: one flag for each option, and those about files."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NoReturn

from offcut.options.option_rules import CHOICES
from offcut.options.options import OffcutOptions

_DESCRIPTION: Final = """\
Remove the background of pictures, on this machine: nothing is sent anywhere.

IN is a picture file (JPEG, PNG, WebP, GIF, BMP, TIFF), a folder, which is searched with all
its folders, a pattern such as "shots/**/*.jpg", or - for the standard input. The result of
photo.jpg is photo-cutout.png beside it, unless -o or --out says otherwise. Results that are
newer than their pictures are not made again, and no picture that is read is overwritten."""

_EPILOG: Final = """\
Lengths are written 12px (or 12) or 5%.

examples:
  offcut photo.jpg                            photo-cutout.png, transparent
  offcut photos/ --out cutouts --format webp  a folder with all that is in it
  offcut shoe.jpg --canvas 2000x2000 --scale 85% --background white --shadow -o shop.jpg
  offcut - -o - < photo.jpg > cutout.png      standard input and output
  offcut photo.jpg --background blur --format jpeg
  offcut models list                          the models, and how to add one

exit status:
  0  every picture is done (or was already)
  1  some failed; the others are done
  2  wrong usage, or the model, onnxruntime or the background's picture is missing
  130  stopped by SIGINT or SIGTERM, unless these were ignored when the command was started;
       what was finished is there, and nothing half"""

_NEGATIVE: Final = re.compile(r"-\.?\d")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are short, and name what may have been meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        hint = ""
        if message.startswith("unrecognized arguments"):
            unknown = message.partition(": ")[2].split()[0].partition("=")[0]
            known = [name for action in self._actions for name in action.option_strings]
            near = difflib.get_close_matches(unknown, known, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
        self.exit(2, f"offcut: {message}{hint}\nTry offcut --help.\n")


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments behind the program's name.

    Raises
    ------
    SystemExit
        As argparse does.
    """
    return make_parser().parse_args(_with_joined_values(argv))


def _with_joined_values(argv: Sequence[str]) -> list[str]:
    """Tie values that begin with a minus to their flags; argparse takes -3px for a flag."""
    joined: list[str] = []
    for argument in argv:
        is_value = bool(joined) and joined[-1].startswith("--") and "=" not in joined[-1]
        if is_value and joined[-1] != "--" and _NEGATIVE.match(argument):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def make_parser() -> argparse.ArgumentParser:
    """Make the parser. Options that are not given are absent from what it returns."""
    parser = _Parser(
        prog="offcut",
        usage="offcut IN... [-o FILE | --out DIR] [options]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
        allow_abbrev=False,
    )
    parser.add_argument("inputs", nargs="+", metavar="IN", help="picture, folder, pattern or -")
    parser.add_argument("--version", action="version", version=f"offcut {_version()}")
    _add_files(parser)
    _add_model(parser)
    _add_edge(parser)
    _add_frame(parser)
    _add_background(parser)
    _add_format(parser)
    return parser


def given_options(namespace: argparse.Namespace) -> dict[str, Any]:
    """Take the fields of OffcutOptions that were given out of parsed arguments."""
    names = {field.name for field in fields(OffcutOptions)}
    return {name: value for name, value in vars(namespace).items() if name in names}


def _add_files(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    place = group.add_mutually_exclusive_group()
    place.add_argument(
        "-o", dest="file", metavar="FILE", default=None,
        help="the result's name, for one picture; its ending chooses the format; - for stdout",
    )  # fmt: skip
    place.add_argument("--out", dest="folder", metavar="DIR", default=None, help="results' folder")
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


def _add_model(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("model")
    group.add_argument("--quality", choices=CHOICES["quality"], help="default: fast")
    group.add_argument("--model", metavar="ID", help="one of the registry (default: automatic)")
    group.add_argument(
        "--max-megapixels", type=float, metavar="N", help="refuse larger pictures (default: 100)"
    )


def _add_edge(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is shown, and its edge")
    output = group.add_mutually_exclusive_group()
    output.add_argument(
        "--output", choices=CHOICES["output"],
        help="the subject, its alpha matte in grey, or what is left without it",
    )  # fmt: skip
    output.add_argument(
        "--matte-only", dest="output", action="store_const", const="matte",
        help="the same as --output matte",
    )  # fmt: skip
    output.add_argument(
        "--inverse", dest="output", action="store_const", const="inverse",
        help="the same as --output inverse",
    )  # fmt: skip
    group.add_argument(
        "--threshold", type=_share, metavar="N",
        help="solid from this opacity on, nothing below; 0.5 or 50%%",
    )  # fmt: skip
    group.add_argument(
        "--shift-edge", type=float, metavar="PX", help="grow by pixels, or shrink if negative"
    )
    group.add_argument("--feather", type=float, metavar="PX", help="soften the edge")
    group.add_argument(
        "--strokes", metavar="FILE", default=None,
        help="corrections by a brush, as JSON; for one picture (see py/README.md)",
    )  # fmt: skip


def _add_frame(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("frame (nothing is resized without --scale)")
    group.add_argument("--crop", action="store_true", help="cut to the subject")
    group.add_argument(
        "--margin", metavar="LENGTHS",
        help="space around it: one, two or four lengths as in CSS; %% of its longer side",
    )  # fmt: skip
    group.add_argument("--aspect", metavar="W:H", help="add space up to this ratio")
    group.add_argument("--canvas", metavar="WxH", help="size of the result; implies --crop")
    group.add_argument(
        "--scale", type=_share, metavar="N",
        help="share of the canvas that the subject fills; 0.8 or 80%%",
    )  # fmt: skip
    group.add_argument(
        "--position", metavar="X%,Y%", help="where on canvas or aspect (default: 50%%,50%%)"
    )


def _add_background(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("background")
    group.add_argument(
        "--background", metavar="WHAT",
        help="transparent, a colour (#rgb, #rrggbb, #rrggbbaa, CSS name), or blur: the original",
    )  # fmt: skip
    group.add_argument(
        "--background-picture", metavar="FILE", default=None, help="a picture that covers it"
    )
    group.add_argument(
        "--background-blur", type=float, metavar="N",
        help="radius of the blur in %% of the diagonal (default: 2)",
    )  # fmt: skip
    group.add_argument("--shadow", action="store_true", help="a soft shadow")
    group.add_argument("--shadow-offset", metavar="X,Y", help="default: 0%%,2%% of the subject")
    group.add_argument("--shadow-blur", metavar="LENGTH", help="default: 4%%")
    group.add_argument("--shadow-opacity", type=_share, metavar="N", help="default: 0.5")
    group.add_argument("--shadow-color", metavar="COLOUR", help="default: black")


def _add_format(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("format")
    group.add_argument(
        "--format", choices=CHOICES["format"],
        help="default: png; jpeg has no transparency and becomes white",
    )  # fmt: skip
    group.add_argument(
        "--file-quality", type=int, metavar="N", help="of JPEG and WebP, 1 to 100 (default: 90)"
    )
    group.add_argument("--lossless", action="store_true", help="for WebP")
    group.add_argument(
        "--metadata", choices=CHOICES["metadata"],
        help="keep EXIF (all) or not (none, the default); the ICC profile is always kept",
    )  # fmt: skip


def _share(text: str) -> float:
    """Read 0.8 or 80%."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


_share.__name__ = "share"  # argparse puts it into its message


def _version() -> str:
    try:
        return version("offcut")
    except PackageNotFoundError:
        return "(not installed)"
