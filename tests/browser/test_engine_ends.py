"""What is under way when the engine or the service worker ends still comes to a visible end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from clicks import on_icon, raise_click, show, with_rights, worker
from devtools import TargetGoneError
from held_jobs import held
from launch import run_browser
from offcut_browser import OffcutBrowser
from picture_pages import PAGE
from PIL import Image
from site_proxy import Answer, Request, Site
from waiting import DEADLINE, until
from workbench_page import await_all, choose, open_workbench, save, states

ALLOWED = "http://allowed.test/"
RULES = "chrome.declarativeNetRequest.getSessionRules().then((rules) => rules.length)"
DOWNLOAD = "download need"
COLLECTED = """chrome.storage.session.get(null)
    .then((all) => Object.keys(all).filter((key) => key.startsWith('collect:')).length)"""


@pytest.fixture(scope="module")
def clicked(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the page and one server, and save files."""
    folder = tmp_path_factory.mktemp("clicked")
    rights = (f"{PAGE}*", f"{ALLOWED}*", "downloads")
    yield from run_browser(with_rights(extension, folder, *rights), site, folder, headless=True)


@pytest.fixture(autouse=True)
def _no_tabs_left(clicked: OffcutBrowser) -> Iterator[None]:
    yield
    clicked.close_results()


@dataclass
class SlowServer:
    """Holds its answers until the test lets them go."""

    body: bytes
    asked: list[Request] = field(default_factory=list[Request])
    go_on: threading.Event = field(default_factory=threading.Event)
    is_for_its_page: bool = False
    """It answers only who names the page."""

    def __call__(self, request: Request) -> Answer:
        """Answer a request for the picture."""
        if "Origin" in request.headers:  # the page's own script
            return Answer(b"no", status=403)
        if self.is_for_its_page and "Referer" not in request.headers:
            return Answer(b"no", status=403)
        self.asked.append(request)
        self.go_on.wait(DEADLINE)
        return Answer(self.body, "image/jpeg", headers={"Cache-Control": "no-store"})


def click_slow(
    browser: OffcutBrowser, site: Site, server: SlowServer, entry: str = "open need"
) -> None:
    """Click a picture of a server that holds it, and wait until the engine has asked for it."""
    url = site.put(f"{ALLOWED}slow.jpg", Answer(b"no", status=403))  # to the page itself
    before = browser.result_tabs()
    show(browser, site, f'<img id="target" src="{url}" width=160 height=160>')
    site.put(url, server)
    raise_click(browser, entry, srcUrl=url, mediaType="image")
    if entry.startswith("open"):
        browser.new_results(before)
        # What a page has never heard of is gone for it, not lost.
        browser.wait_state("running")
    until(lambda: server.asked, "the engine's request")


@pytest.fixture
def slow(photos: dict[str, Path]) -> Iterator[SlowServer]:
    """A server that holds a photo, in which there is a subject."""
    server = SlowServer(photos["small"].read_bytes())
    yield server
    server.go_on.set()


@pytest.mark.fault("the engine", "a picture is being fetched", "begun anew")
def test_a_fetch_under_which_the_engine_ends_is_begun_anew(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    click_slow(clicked, site, slow)
    clicked.devtools.end_engine()
    until(lambda: len(slow.asked) >= 2, "the next engine's request")
    slow.go_on.set()
    assert clicked.wait_over() == "done"


def test_a_fetch_under_which_engines_end_again_can_be_tried_again(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    click_slow(clicked, site, slow)
    clicked.devtools.end_engine()
    until(lambda: len(slow.asked) >= 2, "the next engine's request")
    clicked.devtools.end_engine()
    assert clicked.wait_over() == "failed"
    assert clicked.failure()["code"] == "ENGINE_LOST"
    slow.go_on.set()
    clicked.click("retry")
    assert clicked.wait_state("done") == "done"


@pytest.mark.fault("the fetcher", "a picture is being fetched", "asked for once more")
def test_a_fetch_under_which_its_worker_ends_is_begun_anew(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    click_slow(clicked, site, slow)
    clicked.devtools.end_worker("fetcher")
    until(lambda: len(slow.asked) >= 2, "the next worker's request")
    slow.go_on.set()
    assert clicked.wait_over() == "done"


@pytest.mark.fault("the engine", "a rule for a Referer is set", "the rule goes")
def test_the_rule_for_a_referer_ends_with_the_engine(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    slow.is_for_its_page = True
    click_slow(clicked, site, slow)
    rules = lambda: clicked.devtools.evaluate(worker(clicked), RULES)  # noqa: E731
    assert rules() == 1
    clicked.close_results()  # nobody waits for the picture any more
    clicked.devtools.end_engine()
    until(lambda: rules() == 0, "the rule to be gone")


@pytest.mark.fault("the service worker", "a download at once", "saved")
@pytest.mark.parametrize("stage", ["fetch", "at work"])
def test_a_download_at_once_outlives_its_service_worker(
    clicked: OffcutBrowser, site: Site, slow: SlowServer, photos: dict[str, Path], stage: str
) -> None:
    assert clicked.cut_out(photos["small"]) == "done"
    clicked.close_results()

    def act() -> None:
        if stage == "fetch":
            click_slow(clicked, site, slow, DOWNLOAD)
        else:
            slow.go_on.set()
            with held(clicked.devtools):
                click_slow(clicked, site, slow, DOWNLOAD)
                until(lambda: on_icon(clicked).endswith("%"), "progress on the toolbar icon")
                clicked.devtools.end_service_worker(worker(clicked))
            return
        clicked.devtools.end_service_worker(worker(clicked))
        slow.go_on.set()

    file = clicked.saved_by(act)
    with Image.open(file) as saved:
        assert saved.mode == "RGBA"
    assert clicked.result_tabs() == []


@pytest.mark.fault("the service worker", "a click that opens a page", "goes on")
def test_a_click_that_shows_its_page_outlives_its_service_worker(
    clicked: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    asked: list[Request] = []
    go_on = threading.Event()
    photo = photos["small"].read_bytes()
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}

    def answer(request: Request) -> Answer:
        if "Origin" in request.headers:  # the page's own script, which collects the picture
            asked.append(request)
            go_on.wait(DEADLINE)
        return Answer(photo, "image/jpeg", headers=headers)

    url = site.put("http://open.test/read.jpg", answer)
    before = clicked.result_tabs()
    show(clicked, site, f'<img id="target" src="{url}" width=160 height=160>')
    raise_click(clicked, srcUrl=url, mediaType="image")
    clicked.new_results(before)
    until(lambda: asked, "the page's request")
    clicked.devtools.end_service_worker(worker(clicked))
    go_on.set()
    assert clicked.wait_over() == "done"
    assert not clicked.devtools.evaluate(worker(clicked), COLLECTED)


@pytest.mark.fault("the engine", "a download at once", "saved")
def test_a_download_at_once_outlives_its_engine(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    def act() -> None:
        click_slow(clicked, site, slow, DOWNLOAD)
        clicked.devtools.end_engine()
        slow.go_on.set()

    assert clicked.saved_by(act).name.startswith("slow-cutout")


@pytest.mark.fault(
    "engine and service worker", "a download at once", "saved, or a page says why not"
)
def test_a_download_at_once_with_everything_ended_shows_a_tab_or_saves(
    clicked: OffcutBrowser, site: Site, slow: SlowServer
) -> None:
    before = set(clicked.downloads.iterdir())
    click_slow(clicked, site, slow, DOWNLOAD)
    clicked.devtools.end_service_worker(worker(clicked))
    clicked.devtools.end_engine()
    slow.go_on.set()
    worker(clicked)  # whatever wakes it next
    until(lambda: clicked.result_tabs() or set(clicked.downloads.iterdir()) - before, "tab or file")


@pytest.mark.fault("the engine", "a batch", "goes on by itself")
@pytest.mark.usefixtures("empty_workbench")
def test_a_batch_goes_on_by_itself_when_engines_end(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png", (600, 600)) for n in range(4)])
    for done in (1, 2):
        browser.when(f"document.querySelectorAll('.item[data-state=done]').length >= {done}", "1")
        browser.devtools.end_engine()
    await_all(browser, 4)
    assert set(states(browser).values()) == {"done"}


@pytest.mark.fault("every engine", "one picture of a batch", "that one fails, the others are made")
@pytest.mark.usefixtures("empty_workbench")
def test_a_picture_under_which_every_engine_ends_fails_and_the_others_are_made(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "0.png", (3000, 3000)))

    def failed() -> bool:
        state = states(browser).get("0.png")
        assert state != "done"
        if browser.devtools.workers():  # they begin with a job
            with suppress(StopIteration, TargetGoneError):  # it has just ended
                browser.devtools.end_engine()
        return state == "failed"

    until(failed, "the picture to be given up")
    choose(browser, save(portrait, tmp_path / "1.png"))
    until(lambda: states(browser).get("1.png") == "done", "the other one")
