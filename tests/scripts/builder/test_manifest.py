"""Firefox's manifest is the common one but for what Firefox has otherwise."""

import json
from typing import Any

import pytest
from dev.builder.build import TARGETS
from dev.builder.manifest import manifest_for
from dev.paths import MANIFEST

COMMON: dict[str, Any] = json.loads(MANIFEST.read_bytes())
FIREFOX: dict[str, Any] = json.loads(manifest_for("firefox"))


def test_chrome_has_the_common_manifest_as_it_lies_in_git() -> None:
    assert manifest_for("chrome") == MANIFEST.read_bytes()


def test_firefox_asks_for_no_right_that_chrome_does_not_ask_for() -> None:
    assert set(COMMON["permissions"]) - set(FIREFOX["permissions"]) == {
        "offscreen",
        # Firefox's sidebar needs no right.
        "sidePanel",
    }
    assert set(FIREFOX["permissions"]) < set(COMMON["permissions"])
    for asked in ("optional_permissions", "optional_host_permissions"):
        assert FIREFOX[asked] == COMMON[asked]


def test_firefox_has_an_event_page_that_collects_nothing() -> None:
    assert FIREFOX["background"] == {"page": "event_page.html"}
    gecko = FIREFOX["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"] == {"required": ["none"]}


def test_firefox_has_the_same_policy_which_sends_no_picture_of_http_to_https() -> None:
    policy = FIREFOX["content_security_policy"]
    assert policy == COMMON["content_security_policy"]
    # Firefox adds it to the policy that it gives an extension without one.
    assert "upgrade-insecure-requests" not in policy["extension_pages"]


def test_what_only_chromium_knows_is_left_out_of_firefoxs() -> None:
    assert {name for name in COMMON if name not in FIREFOX} == {
        "minimum_chrome_version",
        "cross_origin_embedder_policy",
        "cross_origin_opener_policy",
        "message_serialization",
        # Firefox's has sidebar_action in its place.
        "side_panel",
    }
    assert FIREFOX["sidebar_action"]["default_panel"] == COMMON["side_panel"]["default_path"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_manifest_of_each_browser_has_one_version(target: str) -> None:
    assert json.loads(manifest_for(target))["version"] == COMMON["version"]
