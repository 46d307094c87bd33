"""Every claim of the privacy policy has tests that prove it, and PRIVACY.md is the page's text."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from dev.privacy import POLICY, Page, policy_text, read_claims, texts_hash
from tracked import ROOT

TABLE = read_claims()
TESTS = sorted({test for tests in TABLE["claims"].values() for test in tests})


def test_every_claim_has_a_test() -> None:
    claims = TABLE["claims"]
    assert len(claims) > 20
    assert set(claims) == set(Page().claims())
    assert [claim for claim, tests in claims.items() if not tests] == []


@pytest.mark.parametrize("test", TESTS)
def test_a_named_test_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    source = (ROOT / file).read_text(encoding="utf-8")
    begin = rf"^def {name}\(" if file.endswith(".py") else rf"^test\('{re.escape(name)}'"
    assert re.search(begin, source, re.MULTILINE)


def test_the_policy_is_what_the_page_says() -> None:
    said = POLICY.read_text(encoding="utf-8")
    assert said == policy_text(Page(), TABLE["claims"]), "run scripts/privacy"


def test_a_changed_text_has_a_new_date() -> None:
    page = Page()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    assert texts_hash(page) == TABLE["texts"], "the texts have changed: run scripts/privacy"
    assert page.dated == TABLE["dated"] <= today


def test_the_contact_is_the_packagers_and_none_is_made_up() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    assert "homepage_url" not in manifest, "whoever packs it sets this one place"
    assert "mailto:" not in POLICY.read_text(encoding="utf-8")
