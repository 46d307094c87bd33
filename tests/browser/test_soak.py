"""Many jobs in one browser, good and bad ones: each ends as it must, and nothing piles up.

`scripts/soak` runs this with hundreds of jobs, and judges memory and handles as well.
"""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from site_proxy import Site
from soak_jobs import SoakJobs
from soak_meter import left_over, sample

JOBS = int(os.environ.get("OFFCUT_SOAK_JOBS", "20"))
SEED = int(os.environ.get("OFFCUT_SOAK_SEED", "1"))
MINUTES = float(os.environ.get("OFFCUT_SOAK_MINUTES", "0"))
KIND = os.environ.get("OFFCUT_SOAK_KIND", "")
TABLE = os.environ.get("OFFCUT_SOAK_TABLE", "")
BETWEEN_SAMPLES = 5
"""Jobs."""


@pytest.mark.slow
def test_jobs_of_every_kind_end_as_they_must_and_leave_nothing(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    jobs = SoakJobs(acting, site, photos, tmp_path, SEED)
    started = time.monotonic()
    for kind in [KIND] if KIND else jobs.kinds:
        jobs.run(kind)
    jobs.run("small")  # has every worker back: a job that was cancelled may have cost them
    before = left_over(acting)
    rows: list[dict[str, float | str]] = []
    for number, kind in enumerate([KIND] * JOBS if KIND else jobs.mixed(JOBS), start=1):
        jobs.run(kind)
        minutes = (time.monotonic() - started) / 60
        if TABLE and number % BETWEEN_SAMPLES == 0:
            rows.append({"jobs": number, "minutes": round(minutes, 2), **sample(acting)})
            write_table(Path(TABLE), rows)
        if MINUTES and minutes > MINUTES:
            break
    jobs.run("small")
    assert left_over(acting) == before


def write_table(path: Path, rows: list[dict[str, float | str]]) -> None:
    """Write what was measured so far: a soak may be ended at any time."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, restval=0)
        table.writeheader()
        table.writerows(rows)
