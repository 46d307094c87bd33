"""What was asked for and would do nothing: said before any work is done.

Decides: which options need which others (`--shadow-color` is nothing without `--shadow`), and that
such a call is wrong usage. Options that exclude each other: `options/options.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from offcut.options.id_photos import OWN
from offcut.options.lengths import parse_outline
from offcut.options.options import OffcutOptions


@dataclass(frozen=True, slots=True)
class _Need:
    """What some flags do nothing without.

    Attributes
    ----------
    flags : tuple of str
        As `argparse` stores them.
    words : str
        The end of the sentence "... does nothing".
    is_met : callable
    """

    flags: tuple[str, ...]
    words: str
    is_met: Callable[[OffcutOptions], bool]


def _has_quality(options: OffcutOptions) -> bool:
    is_lossy = options.format == "jpeg" or (options.format == "webp" and not options.lossless)
    return is_lossy and options.sheet is None


_PAINTED: Final = ("background", "background_picture", "shadow", "outline")
# The first one that is not met is said, so the broader ones come first.
NEEDS: Final = (
    _Need(_PAINTED, "in a matte (--output matte)", lambda o: o.output != "matte"),
    _Need(
        (
            "shadow_kind",
            "shadow_offset",
            "shadow_cast",
            "shadow_blur",
            "shadow_opacity",
            "shadow_color",
        ),
        "without --shadow",
        lambda o: o.shadow,
    ),
    _Need(("shadow_offset",), "but for --shadow-kind drop", lambda o: o.shadow_kind == "drop"),
    _Need(("shadow_cast",), "but for --shadow-kind cast", lambda o: o.shadow_kind == "cast"),
    _Need(("outline_color",), "without --outline", lambda o: parse_outline(o.outline).value > 0),
    _Need(("background_blur",), "without --background blur", lambda o: o.background == "blur"),
    _Need(
        ("crown", "chin", "eyes", "dpi", "id_size", "id_head"),
        "without --id-photo",
        lambda o: o.id_photo is not None,
    ),
    _Need(("id_size", "id_head"), "but for --id-photo own", lambda o: o.id_photo == OWN),
    _Need(("margin",), "with --id-photo", lambda o: o.id_photo is None),
    _Need(
        ("position",),
        "without --aspect or --canvas",
        lambda o: o.aspect is not None or o.canvas is not None,
    ),
    _Need(("max_kilobytes",), "for a --sheet", lambda o: o.sheet is None),
    _Need(
        ("file_quality",),
        "but for --format jpeg or webp, not lossless and no --sheet",
        _has_quality,
    ),
    _Need(("metadata",), "for a --sheet", lambda o: o.sheet is None or o.metadata == "none"),
)
_OF_THIS_MACHINE: Final = ("workers", "memory", "threads")


def refuse_idle_options(
    arguments: argparse.Namespace, given: Mapping[str, Any], options: OffcutOptions
) -> None:
    """Refuse flags that do nothing beside the others.

    Parameters
    ----------
    arguments : argparse.Namespace
    given : mapping
        The options that were named on the command line, by their names.
    options : OffcutOptions
        All of them, with what a market place or an office adds.

    Raises
    ------
    ValueError
        With the first such flag, and what it needs.
    """
    named = {*given, *_named_files(arguments)}
    for need in NEEDS:
        idle = [flag for flag in need.flags if flag in named]
        if idle and not need.is_met(options):
            raise _does_nothing(idle[0], need.words)
    if arguments.scheduler is not None:
        for flag in _OF_THIS_MACHINE:
            if flag in named:
                raise _does_nothing(flag, "with --scheduler: `dask worker` says it")


def _named_files(arguments: argparse.Namespace) -> list[str]:
    return [
        flag
        for flag in ("background_picture", *_OF_THIS_MACHINE)
        if getattr(arguments, flag) is not None
    ]


def _does_nothing(flag: str, words: str) -> ValueError:
    return ValueError(f"--{flag.replace('_', '-')} does nothing {words}")
