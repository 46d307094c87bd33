"""The table of faults names tests that are there, and every fault of the matrix."""

from __future__ import annotations

import re

import pytest
from test_fault_matrix import FAULTS
from tracked import ROOT

TABLE = (ROOT / "tests" / "FAULTS.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"\[(test_\w+)\]\(([\w/.]+)\)", TABLE)))


@pytest.mark.parametrize(("name", "file"), NAMED)
def test_a_named_test_is_there(name: str, file: str) -> None:
    source = (ROOT / "tests" / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(", source, re.MULTILINE)


def test_each_fault_of_the_matrix_is_in_the_table() -> None:
    rows = [line for line in TABLE.splitlines() if "test_fault_matrix.py" in line]
    assert {row.split("|")[1].strip() for row in rows} == set(FAULTS)
