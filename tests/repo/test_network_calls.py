"""One function asks hosts; whatever else could reach one is listed here with the reason why not."""

from __future__ import annotations

import json
import re

from extension_sources import EXTENSION, scripts, without_comments

ASKER = "platform/ask_network.js"
# Calls of fetch() for what lies in this machine: file -> the beginning of each call's argument.
OWN_FILES: dict[str, str] = {
    "background/start_page.js": "api.runtime.getURL(",
    "engine/gpu.js": "api.runtime.getURL(",
    "engine/registry.js": "api.runtime.getURL(",
    "engine/weights.js": "api.runtime.getURL(",
    "png/main.js": "new URL('pack.wasm', import.meta.url)",
    "python/memory_image.js": "`${folderUrl}memory.",
    "python/pixel_kernels.js": "new URL('pixel_kernels.wasm', import.meta.url)",
    "python/site_packages.js": r"`${folderUrl}site.|folderUrl + url",
    "welcome/welcome.js": "api.runtime.getURL(",
    "popup/capture_tab.js": "address)",  # a data: address, of a picture of the tab
    "background/screen.js": "shot)",  # the same
}
FETCH = re.compile(r"(?<![\w.#])(?<!async )fetch\((?!entry\b|modelId\b|\{)(.{0,60})", re.DOTALL)
# Names by which a script reaches a host without fetch().
OTHER_WAYS = re.compile(
    r"\b(XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|importScripts|"
    r"RTCPeerConnection)\b"
)
# Elements that load what their address says. In our own pages the policy in the page's head names
# no host; content scripts live under the policy of somebody else's page.
LOADS = re.compile(
    r"\.(?:src|srcset|href|poster|data|cssText) \??= (.+?);"
    r"|setAttribute\(['\"](?:src|srcset|href|xlink:href|poster|data|style)['\"], (.+?)\);"
    r"|\b(?:setAddress|setAttributes)\((\w+, .+?)\)"
    r"|\burl\(\"\$\{(.+?)\}"
)
BLOBS = {
    "replace_picture.js": {"url"},  # of the cut-out
    "put_in_place.js": {
        # Undone, they are what the page itself has written, and it is the page that shows its own.
        *("url", "element, 'src', url", "element, 'href', url", "element, 'poster', url"),
        *("element, name, url", "element, { [name]: url }", "image, { src: url, srcset: null }"),
        *("source, { srcset: null }", "element, { [mark]: '' }"),
        "urls[0]",  # which is looked for, not written
    },
    "change_element.js": {"element, values"},
    "serialize_svg.js": {"await asDataUrl(await readAddress(url))"},  # which tells the ledger
    "choose_picture.js": {"await asDataUrl(await serializeDrawing(asDrawing(element)))"},
    "note_request.js": {"url"},  # showAddress(), which tells the ledger
}
POLICY = "default-src 'self' blob: data:"


def sources() -> dict[str, str]:
    """The extension's own scripts by their place, without comments."""
    return {
        path.relative_to(EXTENSION).as_posix(): without_comments(path.read_text(encoding="utf-8"))
        for path in scripts()
    }


def test_one_function_asks_hosts() -> None:
    calls = {place: FETCH.findall(source) for place, source in sources().items()}
    calls = {place: found for place, found in calls.items() if found}
    assert len(calls.pop(ASKER)) == 2, "what lies in this machine, and what is told"
    assert set(calls) == set(OWN_FILES)
    for place, found in calls.items():
        allowed = tuple(OWN_FILES[place].split("|"))
        assert [call for call in found if not call.startswith(allowed)] == [], place


def test_nothing_else_in_a_script_reaches_a_host() -> None:
    ways = {place: OTHER_WAYS.findall(source) for place, source in sources().items()}
    found = {place: names for place, names in ways.items() if names}
    # The seals name them to delete them.
    assert set(found) == {"platform/seal_page.js", "background/seal.js"}


def test_a_content_script_loads_no_address_untold() -> None:
    for place, source in sources().items():
        folder, _, name = place.rpartition("/")
        if folder == "content":
            found: set[str] = {
                next(part for part in parts if part) for parts in LOADS.findall(source)
            }
            assert found <= BLOBS.get(name, set()), place


def test_every_page_names_no_host() -> None:
    pages = [page for page in EXTENSION.rglob("*.html") if "node_modules" not in page.parts]
    # The engine's document asks for pictures; what it holds is no page's.
    shown = [page for page in pages if page.parent.name != "engine"]
    assert len(shown) > 5
    assert [page.name for page in shown if POLICY not in page.read_text(encoding="utf-8")] == []


def test_no_script_is_loaded_from_elsewhere() -> None:
    manifest = json.loads((EXTENSION.parent / "manifest.json").read_text(encoding="utf-8"))
    policy = manifest["content_security_policy"]["extension_pages"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
