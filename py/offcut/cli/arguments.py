"""The command line's arguments: one flag for each option, and those about files."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NoReturn, Protocol

from offcut.options.option_rules import Choice, Flag, Number
from offcut.options.options import RULES, OffcutOptions

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

_DEFAULTS: Final = OffcutOptions().to_json()
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
    return {name: value for name, value in vars(namespace).items() if name in RULES}


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
    _add_option(group, "position", "where on canvas or aspect (default: {default})", "X%,Y%")


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
    _add_option(group, "shadow", "a soft shadow")
    _add_option(group, "shadow_offset", "default: {default} of the subject", "X,Y")
    _add_option(group, "shadow_blur", "default: {default}", "LENGTH")
    _add_option(group, "shadow_opacity", "default: {default}")
    _add_option(group, "shadow_color", "default: {default}", "COLOUR")


def _add_format(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("format")
    _add_option(group, "format", "default: {default}; jpeg has no transparency and becomes white")
    _add_option(group, "file_quality", "of JPEG and WebP, {least} to {most} (default: {default})")
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


def _version() -> str:
    try:
        return version("offcut")
    except PackageNotFoundError:
        return "(not installed)"
