"""The table of faults is what the marks of the tests say, and has every fault of the matrix."""

from __future__ import annotations

from dev.faults import TABLE, read_faults, table_text
from faults import FAULTS


def test_the_table_of_faults_is_up_to_date() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_text(), "run scripts/faults"


def test_each_fault_of_the_matrix_is_in_the_table_at_each_kind_of_work() -> None:
    by_test: dict[str, set[str]] = {}
    for each in read_faults():
        by_test.setdefault(each.test, set()).add(each.fault)
    whole = [test for test, faults in by_test.items() if faults == set(FAULTS)]
    assert len(whole) == 4, "a job, an edit, a batch, a download beside a job"
