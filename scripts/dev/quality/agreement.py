"""Compares ISNet's raw matte with imgly's: the same weights, pictures and browser.

Prints a table, or writes it into models/measurements.md. Fails if the mattes that come of the same
pixels differ by 2/255 or more in the mean.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from dev.environment import BROWSER_PROGRAMS, ensure_node, ensure_programs, enter_venv
from dev.paths import MODEL_MEASUREMENTS
from dev.quality.measured_docs import write_measured
from dev.terminal import SetupError, exit_with, say

COMMAND: Final = "scripts/agreement PICTURE... --write"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/agreement", description=__doc__)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    parser.add_argument("--write", action="store_true", help="into models/measurements.md")
    options = parser.parse_args()
    for picture in options.pictures:
        if not picture.is_file():
            raise SetupError(f"{picture} is no file.")
    enter_venv("dev.quality.agreement", sys.argv[1:])
    ensure_node()
    ensure_programs(BROWSER_PROGRAMS)
    # What these need is in .venv only.
    from dev.bench.agreement_table import as_table  # noqa: PLC0415
    from dev.bench.imgly_mattes import BOUND, IMGLY_MODELS, compare  # noqa: PLC0415
    from dev.quality.cached_sessions import open_models  # noqa: PLC0415

    models = [*IMGLY_MODELS]
    open_models(models)  # fetches their weights
    found = [compare(options.pictures, model) for model in models]
    table = as_table(found)
    say(table)
    if options.write:
        write_measured(MODEL_MEASUREMENTS, COMMAND, table)
    # imgly runs weights as they are published; ours that are prepared give other mattes.
    as_published = [agreement for agreement in found if not agreement.is_prepared]
    return int(any(agreement.mean_alike >= BOUND for agreement in as_published))


if __name__ == "__main__":
    exit_with(main)
