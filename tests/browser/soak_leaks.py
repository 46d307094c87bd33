"""Leaks that a test makes, to see that a soak notices each of its kind."""

from __future__ import annotations

from clicks import worker
from offcut_browser import OffcutBrowser

# In the engine's document, which could forget such things.
HELD = {
    "workers": """import('/engine/own_script.js').then(({ ownScript }) => {
        const script = ownScript(new URL('/png/main.js', location.href));
        hold(new Worker(script, { type: 'module', name: 'forgotten' }));
    })""",
    "heap": "hold(Array.from({ length: 500000 }, (_, index) => `row ${index}`))",
    "nodes": "for (let count = 0; count < 2000; count++) hold(document.createElement('p'))",
    "listeners": "for (let count = 0; count < 2000; count++) addEventListener('none', () => count)",
    "assembly": """{
        const memory = new WebAssembly.Memory({ initial: 640 });
        new Uint8Array(memory.buffer).fill(1);
        hold(memory);
    }""",
}
HOLD = "globalThis.held ??= [], globalThis.hold = (thing) => globalThis.held.push(thing)"
# In the service worker, which holds nothing and can leave the same behind.
LEFT = {
    "keys": "chrome.storage.session.set({ forgotten: 1 })",
    "badge": "chrome.action.setBadgeText({ text: '1' })",
    "pages": "chrome.tabs.create({ url: 'manifest.json', active: false })",
}
MEND = """Promise.all([
    chrome.storage.session.remove('forgotten'),
    chrome.action.setBadgeText({ text: '' }),
    chrome.tabs.query({ url: chrome.runtime.getURL('manifest.json') })
        .then((tabs) => chrome.tabs.remove(tabs.map(({ id }) => id))),
])"""


def leak(browser: OffcutBrowser, kind: str) -> None:
    """Leave something behind, of which a soak counts one kind."""
    tools = browser.devtools
    if kind in LEFT:
        tools.evaluate(worker(browser), LEFT[kind])
        return
    tools.evaluate(tools.engine(), HOLD)
    tools.evaluate(tools.engine(), HELD[kind])


def mend(browser: OffcutBrowser) -> None:
    """Take away all that was leaked."""
    browser.devtools.evaluate(worker(browser), MEND)
    browser.devtools.end_engine()
