"""The ledger of requests: it has what the network was asked, all of that, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import point_at, raise_click, with_rights
from launch import open_browser
from ledger import begin, faults, ledger, revealing, shown, told
from models_page import FIRST, WEIGHTS, press, wait_status
from models_page import prepare as with_tiny_models
from mouse import Mouse
from offcut_browser import OffcutBrowser
from page_panels import panels
from picture_pages import OPEN_TO_ALL, PAGE, TWO, picture, serve_pictures
from popup_page import paste_address, popups, wait_row
from site_proxy import Answer, Request, Site
from waiting import until

ALLOWED = "http://allowed.test/"
LANDING = "http://landing.test/"
MODELS = ("http://one.test/", "http://two.test/")
NO_STORE = {"Cache-Control": "no-store"}
BODY = picture(160, 160)


@pytest.fixture(scope="module")
def allowed(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read some hosts, and has tiny models to fetch."""
    folder = tmp_path_factory.mktemp("allowed")
    serve_pictures(site)
    site.put(FIRST, Answer(WEIGHTS, "application/octet-stream", headers=NO_STORE))
    tiny = with_tiny_models(extension, folder / "tiny")
    hosts = [f"{host}*" for host in (PAGE, ALLOWED, LANDING, *MODELS)]
    with open_browser(with_rights(tiny, folder, *hosts), site, folder) as browser:
        yield browser


@pytest.fixture(autouse=True)
def _nothing_else_is_asked(request: pytest.FixtureRequest, site: Site) -> Iterator[None]:
    """Compare the ledger with the proxy after every test here."""
    names = {"allowed", "screen_browser"} & set(request.fixturenames)
    browsers = [request.getfixturevalue(name) for name in names]
    yield
    for browser in browsers:
        assert faults(browser, site) == {}
        browser.close_results()


def click(browser: OffcutBrowser, site: Site, html: str) -> str:
    """Right-click a picture of a page that has been loaded; gives the job's end."""
    browser.open(site.page(PAGE, html))
    loaded = "return [...document.images].every((image) => image.complete)"
    until(lambda: browser.driver.execute_script(loaded), "the pictures of the page")
    point_at(browser, "#target")
    begin(browser, site)
    before = browser.result_tabs()
    raise_click(browser, mediaType="image")
    browser.new_results(before)
    return browser.wait_over()


def image(url: str) -> str:
    return f'<img id="target" width=160 height=160 src="{url}">'


def test_what_the_page_reads_is_told(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put("http://open.test/x.png", Answer(BODY, "image/png", headers=OPEN_TO_ALL))
    assert click(allowed, site, image(url)) == "done"
    (entry, *_) = ledger(allowed)
    assert (entry["url"], entry["why"], entry["by"]) == (url, "picture", "page")


def test_what_the_engine_fetches_is_told(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put(f"{ALLOWED}x.png", Answer(BODY, "image/png", headers=NO_STORE))
    assert click(allowed, site, image(url)) == "done"
    own = [entry for entry in ledger(allowed) if entry["by"] == "offcut"]
    assert [(entry["url"], entry["outcome"], entry["status"]) for entry in own] == [
        (url, "answered", 200)
    ]
    assert shown(allowed)[0] == url


def test_both_tries_at_a_server_that_wants_a_referer_are_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    def hotlink(request: Request) -> Answer:
        known = request.headers.get("Referer", "").startswith(PAGE) and "Origin" not in (
            request.headers
        )
        return Answer(BODY, "image/png", headers=NO_STORE) if known else Answer(b"no", status=403)

    url = site.put(f"{ALLOWED}hotlink.png", hotlink)
    assert click(allowed, site, image(url)) == "done"
    own = [entry["status"] for entry in ledger(allowed) if entry["by"] == "offcut"]
    assert own == [403, 200]


def test_where_a_request_was_sent_on_to_is_told(allowed: OffcutBrowser, site: Site) -> None:
    to = site.put(f"{LANDING}x.png", Answer(BODY, "image/png", headers=NO_STORE))
    url = site.put(f"{ALLOWED}moved.png", Answer(status=302, headers={"Location": to, **NO_STORE}))
    assert click(allowed, site, image(url)) == "done"
    own = [entry["to"] for entry in ledger(allowed) if entry["by"] == "offcut"]
    assert own == [to]


def test_that_a_request_was_sent_on_to_where_nobody_may_read_is_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    to = site.put("http://closed.test/x.png", Answer(BODY, "image/png", headers=NO_STORE))
    url = site.put(f"{ALLOWED}away.png", Answer(status=302, headers={"Location": to, **NO_STORE}))
    assert click(allowed, site, image(url)) == "failed"
    own = [entry for entry in ledger(allowed) if entry["by"] == "offcut"]
    assert {entry["url"] for entry in own} == {url}
    assert any(entry.get("sentOn") for entry in own)


def test_the_pictures_that_are_shown_to_choose_from_are_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    allowed.open(site.page(PAGE, TWO))
    point_at(allowed, "#target")
    begin(allowed, site)
    raise_click(allowed)
    until(lambda: panels(allowed), "the choice")
    until(lambda: len(ledger(allowed)) >= 2, "both pictures")
    assert {entry["url"] for entry in ledger(allowed)} == {f"{PAGE}a.png", f"{PAGE}b.png"}


def test_a_look_whether_the_page_shows_a_picture_at_all_is_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put("http://gone.test/x.png", Answer(b"no", status=404, headers=NO_STORE))
    shown = f"width: 160px; height: 160px; background: url({url})"
    assert click(allowed, site, f'<div id="target" style="{shown}"></div>') == "failed"
    pages = [entry for entry in ledger(allowed) if entry["by"] == "page" and entry["url"] == url]
    assert pages, "and the proxy heard of no more: see above"


def test_a_model_is_told_and_its_host_learns_nothing_more(
    allowed: OffcutBrowser, site: Site
) -> None:
    site.put("http://one.test/login", Answer(b"hello", headers={"Set-Cookie": "who=me; Path=/"}))
    allowed.open("http://one.test/login")
    allowed.open_settings()
    begin(allowed, site)
    press(allowed, "download")
    wait_status(allowed, "here")
    until(lambda: told(allowed) == [(FIRST, "model", "answered")], "the answer in the ledger")
    assert [(request.url, revealing(request)) for request in site.asked()] == [(FIRST, set())]


def test_an_address_that_was_pasted_is_told(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put(f"{ALLOWED}pasted.png", Answer(BODY, "image/png", headers=NO_STORE))
    allowed.open_popup()
    begin(allowed, site)
    paste_address(allowed, url, "done")
    assert told(allowed) == [(url, "picture", "answered")]
    assert [revealing(request) for request in site.asked()] == [set()]


def test_a_request_that_fails_is_told(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put(f"{ALLOWED}gone.png", Answer(b"no", status=404, headers=NO_STORE))
    assert click(allowed, site, image(url)) == "failed"
    assert {entry["status"] for entry in ledger(allowed) if entry["by"] == "offcut"} == {404}


def test_a_file_asks_for_nothing(
    allowed: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    allowed.open_popup()
    begin(allowed, site)
    assert allowed.cut_out(photos["small"]) == "done"
    allowed.download()
    assert ledger(allowed) == []
    assert site.asked() == []
    assert shown(allowed) == []
    assert allowed.element("none").is_displayed()


def test_a_picture_of_the_screen_asks_for_nothing(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = site.put(
        "http://shown.test/a.jpg", Answer(photos["small"].read_bytes(), "image/jpeg")
    )
    screen_browser.open(site.page("http://shown.test/", f'<img src="{address}" width=500>'))
    mouse.click(screen_browser, "img")
    begin(screen_browser, site)
    mouse.press("alt+shift+u")
    popup = until(lambda: popups(screen_browser), "the popup")[0]
    devtools = screen_browser.devtools
    ready = "document.documentElement?.dataset.state === 'ready'"
    until(lambda: devtools.evaluate(popup, ready), "the popup's actions")
    devtools.evaluate(popup, "document.getElementById('capture').click()")
    listed = "document.querySelector('.job')?.textContent ?? ''"
    until(lambda: devtools.evaluate(popup, listed), "the captured tab in the list")
    devtools.close_target(popup)
    screen_browser.open_popup()
    wait_row(screen_browser, "done")
    assert ledger(screen_browser) == []
    assert site.asked() == []
