"""What the command line says of a file that was checked by the rules of a market place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def describe_check(check: Mapping[str, Any]) -> str:
    """Say one check in a line, from its JSON form."""
    value, least, most = check["value"], check["least"], check["most"]
    words = {
        "longest_side": f"longest side {value:g} pixels ({least:g} to {most:g})",
        "fill": f"fill {value:.1%} ({least:.0%} to {most:.0%})",
        "white_rim": "rim pure white" if value == 0 else f"rim not white in {value:g} pixels",
        "enlarged": "not enlarged" if check["met"] else f"enlarged {value:.2f} times",
        "format": "file type is taken" if check["met"] else "file type is not taken",
        "file_size": f"{value:.0f} kB (at most {most:g})",
    }[check["name"]]
    return f"  {'ok  ' if check['met'] else 'LOOK'} {words}"
