"""The linter's warnings: each has a reason, and the list for reviewers has them all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dev.builder import web_ext
from dev.builder.web_ext import EXPLAINED, REPORT, lint, report


def warning(known: web_ext.Explained) -> dict[str, Any]:
    return {
        "_type": "warning",
        "code": known.code,
        "file": f"{known.file}x" if known.file.endswith("/") else known.file,
        "message": known.about,
        "description": "",
    }


WARNINGS = [warning(known) for known in EXPLAINED]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the linter says, to be changed."""
    said = list(WARNINGS)

    def messages(_: Path) -> list[dict[str, Any]]:
        return said

    monkeypatch.setattr(web_ext, "_messages", messages)
    return said


def test_the_list_for_reviewers_has_every_reason() -> None:
    text = REPORT.read_text(encoding="utf-8")
    assert [known.about for known in EXPLAINED if known.reason not in text] == []


def test_what_the_list_does_not_say_is_told(
    answer: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "LINT.md"
    listed.write_text(report(answer), encoding="utf-8")
    monkeypatch.setattr(web_ext, "REPORT", listed)
    assert lint(tmp_path) == []
    answer.append(WARNINGS[0])
    assert [line.partition(" ")[0] for line in lint(tmp_path)] == ["store/LINT.md"]


def test_a_warning_without_a_reason_and_a_reason_without_a_warning_are_told(
    answer: list[dict[str, Any]],
) -> None:
    answer[0] = WARNINGS[0] | {"code": "SOMETHING_ELSE"}
    unexplained, idle = lint(Path())
    assert "SOMETHING_ELSE" in unexplained
    assert idle.startswith(f"no longer needed: {EXPLAINED[0].code}")
