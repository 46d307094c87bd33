"""The workers that see pictures, each as it is while it has one."""

from __future__ import annotations

from offcut_browser import OffcutBrowser

HOLD_HEIF = """(async () => {
    const { WorkerHandle } = await import('/engine/worker_handle.js');
    const script = new URL('/heif/main.js', location.href);
    const held = globalThis.held = new WorkerHandle('heif', script, {}, () => undefined);
    await held.link.request('heif.boot', { lockName: held.lockName });
})()"""
"""It lives for one picture only: one that has its seal, and gets no picture, stays."""


def sealed_worker(browser: OffcutBrowser, name: str) -> str:
    """Target of a worker as it is when it has a picture."""
    if name == "heif":
        browser.devtools.evaluate(browser.devtools.engine(), HOLD_HEIF)
    return browser.devtools.workers()[name]
