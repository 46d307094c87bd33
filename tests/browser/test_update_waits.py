"""Firefox would end every page of ours for an update: it waits until the browser is restarted."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from firefox_tools import FirefoxTools
from launch import is_for_firefox, run_browser
from offcut_browser import OffcutBrowser
from PIL import Image
from site_proxy import Answer, Site
from waiting import until
from workbench_page import choose, open_workbench, save, states

NEXT = "999.0"
UPDATE = """
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    const install = await AddonManager.getInstallForURL(rest[0]);
    return new Promise((resolve) => {
        const ends = ['DownloadFailed', 'DownloadCancelled', 'InstallFailed', 'InstallCancelled',
            'InstallEnded', 'InstallPostponed'];
        const listen = (end) => [`on${end}`, () => resolve(`${end} ${install.error}`)];
        install.addListener(Object.fromEntries(ends.map(listen)));
        install.install();
    });
"""
"""As the browser does once it has found a newer version."""


@pytest.fixture
def updated(extension: Path, site: Site, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """Firefox for which the next version lies on a host."""
    if not is_for_firefox(extension):
        pytest.skip("Chromium itself waits with an update until no page of ours is open")
    # Ours is signed by nobody yet.
    unsigned = {"xpinstall.signatures.required": False}
    yield from run_browser(extension, site, tmp_path, headless=True, preferences=unsigned)


def next_version(extension: Path, package: Path) -> bytes:
    """Pack the extension as a later version of itself."""
    with zipfile.ZipFile(package, "w") as archive:
        for path in sorted(path for path in extension.rglob("*") if path.is_file()):
            content = path.read_bytes()
            if path == extension / "manifest.json":
                manifest: dict[str, Any] = json.loads(content)
                content = json.dumps({**manifest, "version": NEXT}).encode()
            archive.writestr(str(path.relative_to(extension)), content)
    return package.read_bytes()


def test_an_update_that_comes_in_the_middle_of_a_batch_waits(
    updated: OffcutBrowser, extension: Path, site: Site, portrait: Image.Image, tmp_path: Path
) -> None:
    package = next_version(extension, tmp_path / "next.xpi")
    address = site.put("http://updates.test/next.xpi", Answer(package, "application/x-xpinstall"))
    open_workbench(updated)
    sizes = range(900, 903)
    choose(updated, *(save(portrait, tmp_path / f"{size}.png", (size, size)) for size in sizes))
    until(lambda: "done" in states(updated).values(), "the first of three")
    end = cast("FirefoxTools", updated.devtools).chrome(UPDATE, address)
    assert end.startswith("InstallPostponed"), end
    updated.wait_state("done")
    assert set(states(updated).values()) == {"done"}
    version = updated.driver.execute_script("return chrome.runtime.getManifest().version")
    assert version != NEXT
