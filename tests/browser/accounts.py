"""Compares what a browser's extension asked of the network with its ledger, when the browser ends.

Decides: which requests are the extension's, and which entry of the ledger explains each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from net_log import IPV6_PROBE, Asked, NetLog

ATTEMPTS = re.compile(r"(leak\d+|thread)\.test")
"""Hosts that the tests of the seals try to reach; they say themselves what may arrive there."""
LONGEST = 2000
"""The ledger keeps so much of an address."""

compared: list[Accounts] = []
"""Of all browsers of this run."""


class Accounts:
    """The entries of a ledger over the life of a browser, whatever is erased meanwhile."""

    def __init__(self, origin: str, proxy: str, read: Callable[[], NetLog]) -> None:
        self._origin = origin
        self._proxy = proxy
        self._read = read
        self._entries: dict[str, dict[str, Any]] = {}
        self.is_whole = True
        self.count = 0
        compared.append(self)
        """False where the ledger could not be read, or was erased where nobody looked."""

    def keep(self, entries: list[dict[str, Any]]) -> None:
        """Keep what the ledger says now: before it is erased, and at the end."""
        self._entries |= {entry["id"]: entry for entry in entries}

    def faults(self) -> dict[str, list[str]]:
        """Say what nothing explains, once the browser has ended."""
        log = self._read()
        told = Counter(_plain(entry["url"]) for entry in self._entries.values())
        later = {_plain(entry["to"]) for entry in self._entries.values() if "to" in entry}
        ours = [each for each in log.requests.values() if self._is_ours(each)]
        asked = Counter(_plain(each.urls[0]) for each in ours if each.method != "OPTIONS")
        self.count = len(ours)
        untold = sorted(url for url in (asked - told).elements() if url not in later)
        past = log.connections - {self._proxy, IPV6_PROBE}
        found = {
            "not in the ledger": untold if self.is_whole else [],
            "looked up": self._untold_names(log) if self.is_whole else [],
            "past the proxy": sorted(past),
            "by QUIC": [str(log.quic)] if log.quic else [],
        }
        return {name: each for name, each in found.items() if each}

    def _is_ours(self, request: Asked) -> bool:
        """Of our own pages and workers, or asked for by a script in a page, as only ours do."""
        url = request.urls[0]
        if not url.startswith("http") or ATTEMPTS.match(urlsplit(url).hostname or ""):
            return False
        if request.initiator == self._origin:
            return True
        is_script = request.accept == "*/*" and not request.is_part
        return request.initiator.startswith("http") and is_script

    def _untold_names(self, log: NetLog) -> list[str]:
        entries = self._entries.values()
        urls: list[str] = [entry[key] for entry in entries for key in ("url", "to") if key in entry]
        known = {urlsplit(url).hostname for url in urls}
        names = {urlsplit(host).hostname or host for host, of in log.lookups if self._origin in of}
        return sorted(name for name in names - known if not ATTEMPTS.match(name))


def _plain(url: str) -> str:
    """Give an address as both write it: no name, password or fragment, and a path."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, fragment="", path=parts.path or "/").geturl()[:LONGEST]
