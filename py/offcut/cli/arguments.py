"""The command line's arguments: its help, how they are parsed, and what was given.

Decides: the text of `--help`, its examples and exit codes, "did you mean", values that begin with a
minus. The flags themselves are in flags.py.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from offcut.cli.flags import add_flags
from offcut.cli.plain_text import fit_for_terminal
from offcut.cli.version import ShowVersion
from offcut.options.options import RULES

_DESCRIPTION: Final = """\
Remove the background of pictures, on this machine: nothing is sent anywhere.

IN is a picture file (JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF, ICO; SVG if rsvg-convert is
installed, HEIC if pillow-heif is), a folder, which is searched with all its folders, a pattern
such as "shots/**/*.jpg", an address (s3://, https://, zip://; see pip install 'offcut[remote]'),
or - for the standard input. The result of photo.jpg is photo-cutout.png
beside it, unless -o or --out says otherwise. Results that are newer than their pictures are not
made again, and no picture that is read is overwritten."""

_EPILOG: Final = """\
Lengths are written 12px (or 12) or 5%.

examples:
  offcut photo.jpg                            photo-cutout.png, transparent
  offcut photos/ --out cutouts --format webp  a folder with all that is in it
  offcut shoe.jpg --canvas 2000x2000 --scale 85% --background white --shadow -o shop.jpg
  offcut shoes/ --market amazon --own-size --out shop   and says what is not as asked for
  offcut - -o - < photo.jpg > cutout.png      standard input and output
  offcut photo.jpg --background blur --format jpeg
  offcut photos/ --workers 8 --memory 8G      side by side, within so much memory
  offcut models list                          the models, and how to add one

exit status:
  0  every picture is done (or was already)
  1  some failed; the others are done
  3  every picture is done, but some result is not what --market asks for
  2  wrong usage, or the model, onnxruntime or the background's picture is missing
  130  stopped by SIGINT or SIGTERM, unless these were ignored when the command was started;
       what was finished is there, and nothing half"""

_NEGATIVE: Final = re.compile(r"-\.?\d")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are short, and name what may have been meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with status 2."""
        suggestion = ""
        if message.startswith("unrecognized arguments"):
            unknown = message.partition(": ")[2].split()[0].partition("=")[0]
            known = [name for action in self._actions for name in action.option_strings]
            near = difflib.get_close_matches(unknown, known, n=1)
            suggestion = f" (did you mean {near[0]}?)" if near else ""
        self.exit(2, f"offcut: {fit_for_terminal(message)}{suggestion}\nTry offcut --help.\n")


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments behind the program's name.

    Raises
    ------
    SystemExit
        As argparse does.
    """
    return make_parser().parse_args(_join_values(argv))


def _join_values(argv: Sequence[str]) -> list[str]:
    """Join values that begin with a minus to their flags: argparse reads -3px as a flag."""
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
    parser.add_argument("--version", action=ShowVersion)
    add_flags(parser)
    return parser


def given_options(namespace: argparse.Namespace) -> dict[str, Any]:
    """Take the fields of OffcutOptions that were given out of parsed arguments."""
    return {name: value for name, value in vars(namespace).items() if name in RULES}
