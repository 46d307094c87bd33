"""Many jobs in one browser, good and bad ones: each ends as it must, and nothing piles up.

`scripts/soak` runs this with hundreds of jobs, and judges memory and handles as well. That each
kind of leak is noticed, leaks show that a test makes; with OFFCUT_SOAK_LEAK a soak has one, too.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from site_proxy import Site
from soak_jobs import SoakJobs
from soak_leaks import LEFT, mend
from soak_meter import left_over, sample

JOBS = int(os.environ.get("OFFCUT_SOAK_JOBS", "20"))
SEED = int(os.environ.get("OFFCUT_SOAK_SEED", "1"))
MINUTES = float(os.environ.get("OFFCUT_SOAK_MINUTES", "0"))
KIND = os.environ.get("OFFCUT_SOAK_KIND", "")
LEAK = os.environ.get("OFFCUT_SOAK_LEAK", "")
TABLE = os.environ.get("OFFCUT_SOAK_TABLE", "")
BETWEEN_SAMPLES = 5
"""Jobs."""
LEAST_RISE = {"heap": 20, "nodes": 3000, "listeners": 3000, "assembly": 60, "workers": 2}
"""What two jobs that leak are measured by, in the units of `sample`."""


@pytest.fixture
def mended(acting: OffcutBrowser) -> Iterator[None]:
    """Leave no leak behind."""
    yield
    mend(acting)


@pytest.mark.slow
def test_jobs_of_every_kind_end_as_they_must_and_leave_nothing(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    jobs = SoakJobs(acting, site, photos, tmp_path, SEED, leaks=LEAK)
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


@pytest.mark.slow
@pytest.mark.usefixtures("mended")
@pytest.mark.parametrize("kind", [*LEFT, "workers"])
def test_what_a_job_leaves_behind_is_noticed(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    SoakJobs(acting, site, photos, tmp_path, SEED).run("small")
    before = left_over(acting)
    SoakJobs(acting, site, photos, tmp_path, SEED, leaks=kind).run("small")
    after = left_over(acting)
    assert kind in {name for name in after if after[name] != before[name]}


@pytest.mark.slow
@pytest.mark.usefixtures("mended")
@pytest.mark.parametrize("kind", LEAST_RISE)
def test_what_piles_up_is_measured(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    jobs = SoakJobs(acting, site, photos, tmp_path, SEED)
    jobs.run("small")
    before = sample(acting)
    jobs = SoakJobs(acting, site, photos, tmp_path, SEED, leaks=kind)
    for _ in range(2):
        jobs.run("small")
    assert sample(acting)[kind] - before[kind] >= LEAST_RISE[kind]


def write_table(path: Path, rows: list[dict[str, float | str]]) -> None:
    """Write what was measured so far: a soak may be ended at any time."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, restval=0)
        table.writeheader()
        table.writerows(rows)
