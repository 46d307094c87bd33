"""Nothing leaves a context that sees pictures: every way out is tried, in every one of them."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clicks import worker
from launch import is_for_firefox, open_browser
from leak_attempts import OWN_IMPORT, PYTHON_HERE, arrived, attempts, leaks_of, leaks_of_python
from offcut_browser import OffcutBrowser
from sealed_workers import sealed_worker
from site_proxy import Site
from waiting import until

WORKERS = ("python", "png", "model", "heif")
PAGES = (
    "popup/popup.html",
    "batch/batch.html",
    "options/options.html",
    "result/result.html",
    "privacy/privacy.html",
    "privacy/requests.html",
)
GETS_OUT_OF_PAGES = frozenset({"fetch", "xhr", "beacon", "prefetch", "stun"})
RUNTIME = "import '../vendor/onnxruntime/ort-wasm-simd-threaded.mjs';"
TELL = "postMessage('tried');"
HEAR = """super(script, options);
    this.addEventListener('message', ({ data }) => { Performance.hasTried = data === 'tried'; });"""
UNSEALED_WORKER = "export const sandboxWorker = () => [];"
PAGE_SEAL = (
    "default-src 'self' blob: data:; script-src 'self' 'wasm-unsafe-eval'; "
    "frame-src 'none'; worker-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types offcut-pasted"
)
ENGINE = "engine/engine.html"
EVENT_PAGE = "event_page.html"
"""In Firefox, where it does a service worker's part."""
EVENT_PAGE_SEAL = PAGE_SEAL.replace("frame-src 'none'", "frame-src 'self'").replace(
    "offcut-pasted", "'none'"
)
ENGINE_SEAL = PAGE_SEAL.replace("worker-src 'none'", "worker-src 'self'").replace(
    "offcut-pasted", "offcut-workers"
)
OPEN_TO_THE_SERVICE_WORKER = frozenset({"download", "tab", "window"})
"""It opens tabs and saves files: what it opens, a person sees."""
OPEN_IN_WORKERS = frozenset({"import-json"})
"""What only code of the package can do (tests/repo/test_remote_code.py: none does)."""


@pytest.fixture(scope="module")
def browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """A browser whose workers can be asked; the seals are those of the extension."""
    folder = tmp_path_factory.mktemp("sealed")
    with open_browser(with_ways_in_reach(extension, folder), site, folder) as browser:
        yield browser


@pytest.fixture(scope="module")
def leaky_browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """The same without the seals."""
    with open_leaky(extension, site, tmp_path_factory.mktemp("leaky")) as browser:
        yield browser


@pytest.fixture
def leaky_host(extension: Path, site: Site, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """One more for the engine's document and the service worker: what leaks there may end all."""
    with open_leaky(extension, site, tmp_path) as browser:
        yield browser


@contextmanager
def open_leaky(extension: Path, site: Site, folder: Path) -> Generator[OffcutBrowser]:
    copy = with_ways_in_reach(extension, folder)
    (copy / "platform" / "sandbox.js").write_text(UNSEALED_WORKER)
    for page in PAGES:
        replace(copy / page, PAGE_SEAL, "object-src 'none'")
    replace(copy / ENGINE, ENGINE_SEAL, "object-src 'none'")
    if is_for_firefox(copy):
        replace(copy / EVENT_PAGE, EVENT_PAGE_SEAL, "object-src 'none'")
    (copy / "platform" / "seal_page.js").write_text("")
    (copy / "background" / "seal.js").write_text("")
    with open_browser(copy, site, folder) as browser:
        yield browser


def with_ways_in_reach(extension: Path, folder: Path) -> Path:
    copy = folder / "chrome"
    shutil.copytree(extension, copy)
    started = "const kernels = startPixelKernels("
    replace(copy / "python" / "python.js", started, f"{PYTHON_HERE} = pyodide; {started}")
    for name in WORKERS:
        main = copy / name / "main.js"
        main.write_text(f"{OWN_IMPORT}\n{main.read_text()}")
    return copy


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def page_target(browser: OffcutBrowser, page: str) -> str:
    browser.open(f"/{page}")
    address = f"{browser.origin}/{page}"
    pages = browser.devtools.targets("page")
    return next(target["targetId"] for target in pages if target["url"] == address)


@pytest.mark.parametrize("name", WORKERS)
def test_nothing_leaves_a_worker(
    browser: OffcutBrowser, site: Site, photos: dict[str, Path], name: str
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    target = sealed_worker(browser, name)
    assert leaks_of(browser.devtools, site, target) <= OPEN_IN_WORKERS
    if name == "python":
        assert leaks_of_python(browser.devtools, site, target) == set()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_leaves_a_page(browser: OffcutBrowser, site: Site, page: str) -> None:
    assert leaks_of(browser.devtools, site, page_target(browser, page)) == set()


def test_nothing_leaves_the_engine(
    browser: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    assert leaks_of(browser.devtools, site, browser.devtools.engine()) == set()


def test_nothing_leaves_the_service_worker(browser: OffcutBrowser, site: Site) -> None:
    assert leaks_of(browser.devtools, site, worker(browser)) <= OPEN_TO_THE_SERVICE_WORKER


def test_an_engine_without_its_seal_is_noticed(
    leaky_host: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    assert leaky_host.cut_out(photos["small"]) == "done"
    engine = leaky_host.devtools.engine()
    leaks_of(leaky_host.devtools, site, engine, GETS_OUT_OF_PAGES | {"frame-made"})


def test_a_service_worker_without_its_seal_is_noticed(
    leaky_host: OffcutBrowser, site: Site
) -> None:
    leaks_of(leaky_host.devtools, site, worker(leaky_host), frozenset({"fetch", "cache"}))


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_without_its_seal_is_noticed(
    leaky_browser: OffcutBrowser, site: Site, photos: dict[str, Path], name: str
) -> None:
    assert leaky_browser.cut_out(photos["small"]) == "done"
    target = sealed_worker(leaky_browser, name)
    leaks_of(leaky_browser.devtools, site, target, frozenset({"fetch", "xhr", "bucket"}))
    if name == "python":
        assert leaks_of_python(leaky_browser.devtools, site, target)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_its_seal_is_noticed(
    leaky_browser: OffcutBrowser, site: Site, page: str
) -> None:
    target = page_target(leaky_browser, page)
    leaks_of(leaky_browser.devtools, site, target, GETS_OUT_OF_PAGES | {"download", "frame-made"})


@pytest.mark.parametrize("is_sealed", [True, False])
def test_nothing_leaves_a_thread_of_the_model(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path, is_sealed: bool
) -> None:
    copy = tmp_path / "chrome"
    shutil.copytree(extension, copy)
    # A thread that computes answers nobody: this one tries in its place, and then ends.
    replace(copy / "model" / "thread.js", RUNTIME, "import './attempts.js';")
    (copy / "model" / "attempts.js").write_text(f"{attempts('http://thread.test/')}; {TELL}")
    replace(copy / "model" / "serve_models.js", "super(script, options);", HEAR)
    if not is_sealed:
        (copy / "platform" / "sandbox.js").write_text(UNSEALED_WORKER)
    with open_browser(copy, site, tmp_path) as browser:
        browser.pick_file(photos["small"])
        until(lambda: has_tried(browser), "a thread to have tried")
    found = arrived(site, "thread.test")
    assert found <= OPEN_IN_WORKERS if is_sealed else found >= {"fetch", "xhr"}


def has_tried(browser: OffcutBrowser) -> bool:
    model = browser.devtools.workers().get("model")
    return model is not None and browser.devtools.evaluate(model, "Performance.hasTried === true")
