"""What a browser did on the network, by its own log: whoever it was for, proxy or not.

It sees what no proxy can: for whom a request was made, connections that went past the proxy, QUIC;
in Chromium, names that were looked up, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGIN = 1
IPV6_PROBE = "[2001:4860:4860::8888]:443"
"""The browser looks if there is a way for IPv6: it connects a socket and sends nothing."""


@dataclass
class Asked:
    """One request: where it went, where it was sent on to, for whom."""

    initiator: str
    urls: list[str]
    method: str
    accept: str = ""
    """Empty where nothing was sent: the browser's cache had it."""
    is_part: bool = False


@dataclass
class NetLog:
    """All requests by their number in the log, the names looked up, and the ways past the proxy."""

    requests: dict[int, Asked] = field(default_factory=dict[int, Asked])
    lookups: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Host, and the site that it was for."""
    connections: set[str] = field(default_factory=set[str])
    """Addresses of TCP and UDP."""
    quic: int = 0


def read_net_log(file: Path) -> NetLog:
    """Read what `--log-net-log` has written; a browser that was killed leaves no end."""
    found = NetLog()
    for kind, source, params in _events(file):
        _note(found, kind, source, params)
    return found


def read_firefox_log(file: Path, extension: str, origin: str) -> NetLog:
    """Read what `firefox_net_log.sys.mjs` has written of the extension of that id and origin."""
    found = NetLog()
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines()):
        entry = json.loads(line)
        if "connection" in entry:
            found.connections.add(entry["connection"])
            found.quic += entry["protocol"] == "h3"
        elif not entry["isSentOn"]:
            by = origin if entry["initiator"] == extension else entry["initiator"]
            asked = Asked(by, [entry["url"]], entry["method"], entry["accept"], entry["isPart"])
            found.requests[number] = asked
    return found


def _events(file: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        constants = json.loads(next(lines).rstrip().rstrip(",") + "}")["constants"]
        names = {number: name for name, number in constants["logEventTypes"].items()}
        for line in lines:
            with suppress(json.JSONDecodeError):
                event = json.loads(line.rstrip().removesuffix("]}").rstrip(","))
                if "params" in event and event["phase"] != BEGIN + 1:
                    yield names[event["type"]], event["source"]["id"], event["params"]


def _note(found: NetLog, kind: str, source: int, params: dict[str, Any]) -> None:
    if kind == "URL_REQUEST_START_JOB" and "url" in params:
        made = Asked(params["initiator"], [], params["method"])
        found.requests.setdefault(source, made).urls.append(params["url"])
    elif kind == "HTTP_TRANSACTION_SEND_REQUEST_HEADERS" and source in found.requests:
        headers = dict(line.partition(": ")[::2] for line in params["headers"])
        found.requests[source].accept = headers.get("Accept", "")
        found.requests[source].is_part = "Range" in headers
    elif kind == "HOST_RESOLVER_MANAGER_REQUEST" and "host" in params:
        found.lookups.append((params["host"], params["network_anonymization_key"]))
    elif kind in ("TCP_CONNECT_ATTEMPT", "UDP_CONNECT") and "address" in params:
        found.connections.add(params["address"])
    elif kind == "QUIC_SESSION":
        found.quic += 1
