"""Everything that the browser stores for the extension, by the browser's own lists."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from offcut_browser import OffcutBrowser

STORES = """const done = arguments[0];
const walk = async (folder, path, found) => {
    for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, path + name + '/', found);
        else found.push(path + name);
    }
    return found;
};
const own = chrome.runtime.getManifest();
const without = (all, first = []) => all.filter((each) => !first.includes(each));
const look = async () => {
    const rights = await chrome.permissions.getAll();
    return {
        local: await chrome.storage.local.get(null),
        session: await chrome.storage.session.get(null),
        sync: await chrome.storage.sync.get(null),
        localStorage: { ...localStorage },
        sessionStorage: { ...sessionStorage },
        files: await walk(await navigator.storage.getDirectory(), '', []),
        caches: await caches.keys(),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        alarms: (await chrome.alarms.getAll()).map(({ name }) => name),
        rules: await chrome.declarativeNetRequest.getSessionRules(),
        dynamicRules: await chrome.declarativeNetRequest.getDynamicRules(),
        scripts: await chrome.scripting.getRegisteredContentScripts(),
        hosts: without(rights.origins, own.host_permissions),
        rights: without(rights.permissions, own.permissions),
    };
};
look().then(done, (error) => done({ failed: String(error) }));"""
COOKIES = "Storage.getCookies"
HISTORIES = {
    "Default/History": "SELECT title FROM urls",
    "places.sqlite": "SELECT title FROM moz_places WHERE title IS NOT NULL",
}
"""Where in a profile of each browser the titles of its history are, and how they are asked for."""


def stores(browser: OffcutBrowser) -> dict[str, Any]:
    """Give what is in each store, but for those that are empty. A page of ours is looked at."""
    found = cast("dict[str, Any]", browser.driver.execute_async_script(STORES))
    cookies = browser.driver.execute_cdp_cmd(COOKIES, {})["cookies"]
    own = [each for each in cookies if browser.origin.endswith(each["domain"])]
    return {name: each for name, each in {**found, "cookies": own}.items() if each}


def titles_in_history(profile: Path) -> set[str]:
    """Give the titles that the history of a browser has that has ended."""
    (file,) = (file for file in HISTORIES if (profile / file).is_file())
    with closing(sqlite3.connect(profile / file)) as history:
        return {title for (title,) in history.execute(HISTORIES[file])}
