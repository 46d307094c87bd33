"""The workflows of a public forge: they call our own commands, and take nothing that can move."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USED = re.compile(r"^\s*(?:-\s*)?uses:\s*(\S+)(.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_one_commit_with_its_version_beside_it(workflow: Path) -> None:
    used = USED.findall(workflow.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        assert PINNED.fullmatch(action), action
        assert re.fullmatch(r"\s+# v\d+(\.\d+)+", comment), f"{action}: which version is it?"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_why_not(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert "\npermissions:\n  contents: read\n\n" in text
    assert "pull_request_target" not in text, "a stranger's code would have the forge's rights"


def test_ci_is_the_command_that_anybody_can_run() -> None:
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    commands = re.findall(r"^\s*- run: (.+)$", text, re.MULTILINE)
    assert commands == [".ci/run"]
