"""Every right that the manifest asks for has a sentence in the README that says why."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
RIGHTS = {
    "alarms",
    "activeTab",
    "contextMenus",
    "declarativeNetRequestWithHostAccess",
    "downloads",
    "offscreen",
    "scripting",
    "sidePanel",
    "storage",
}
OPTIONAL = {"clipboardWrite", "notifications"}
OPTIONAL_HOSTS = {"http://*/*", "https://*/*"}


def explained() -> dict[str, str]:
    """Rights in the README's table, and what is said of each."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## What it asks for")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    return {right: why for names, why in rows for right in re.findall(r"`([^`]+)`", names)}


def test_these_rights_and_no_others_are_asked_for_at_installation() -> None:
    assert set(MANIFEST["permissions"]) == RIGHTS


def test_no_host_is_asked_for_at_installation() -> None:
    assert "host_permissions" not in MANIFEST
    assert "content_scripts" not in MANIFEST
    assert "web_accessible_resources" not in MANIFEST


def test_everything_else_is_asked_for_when_it_is_needed() -> None:
    assert set(MANIFEST["optional_permissions"]) == OPTIONAL
    assert set(MANIFEST["optional_host_permissions"]) == OPTIONAL_HOSTS


def test_the_readme_says_why_for_every_right_and_for_no_other() -> None:
    assert set(explained()) == RIGHTS | OPTIONAL | OPTIONAL_HOSTS
    assert all(len(why.split()) >= 2 for why in explained().values())
