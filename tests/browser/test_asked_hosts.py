"""Which hosts a click or a pasted address asks, and what is told of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import collected, frame_id, point_at, raise_click, with_rights
from launch import open_browser
from ledger import begin, faults, ledger, revealing, shown, told
from offcut_browser import OffcutBrowser
from picture_pages import OPEN_TO_ALL, PAGE, picture
from picture_table import sentence
from popup_page import paste_address
from site_proxy import Answer, Site
from stores import stores
from waiting import until

ALLOWED = "http://allowed.test/"
NO_STORE = {"Cache-Control": "no-store"}
BODY = picture(160, 160)


@pytest.fixture(scope="module")
def allowed(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the page's host and one more."""
    folder = tmp_path_factory.mktemp("allowed")
    rights = with_rights(extension, folder, f"{PAGE}*", f"{ALLOWED}*")
    with open_browser(rights, site, folder) as browser:
        yield browser


@pytest.fixture(autouse=True)
def _nothing_else_is_asked(allowed: OffcutBrowser, site: Site) -> Iterator[None]:
    """Compare the ledger with the proxy after every test here."""
    yield
    assert faults(allowed, site) == {}
    allowed.close_results()


def png(more: dict[str, str] | None = None) -> Answer:
    return Answer(BODY, "image/png", headers={**NO_STORE, **(more or {})})


def image(url: str) -> str:
    return f'<img id="target" width=160 height=160 src="{url}">'


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


def test_a_larger_file_on_another_server_is_not_asked_for(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{PAGE}small-one.png", png())
    site.put("http://tracker.test/large.png", png(OPEN_TO_ALL))
    assert click(allowed, site, offering(url, "http://tracker.test/large.png")) == "done"
    assert {request.host for request in site.asked()} == {"page.test"}


def offering(shown: str, larger: str) -> str:
    srcset = f"{shown} 80w, {larger} 4000w"
    return f'<img id="target" src="{shown}" srcset="{srcset}" sizes="80px" width=160 height=160>'


def test_a_larger_file_on_the_same_server_is_asked_for_first_and_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    shown, larger = (site.put(f"{PAGE}{name}-two.png", png()) for name in ("small", "large"))
    assert click(allowed, site, offering(shown, larger)) == "done"
    assert {request.url for request in site.asked()} == {larger}
    assert told(allowed) == [(larger, "picture", "answered")]


def test_a_larger_file_that_leads_to_another_server_is_not_followed(
    allowed: OffcutBrowser, site: Site
) -> None:
    to = site.put("http://tracker.test/clicked.png", png(OPEN_TO_ALL))
    shown = site.put(f"{PAGE}small-three.png", png())
    away = Answer(status=302, headers={"Location": to, **NO_STORE})
    larger = site.put(f"{PAGE}large-three.png", away)
    assert click(allowed, site, offering(shown, larger)) == "done"
    assert {request.host for request in site.asked()} == {"page.test"}


def test_a_strangers_frame_gets_no_cookies_of_the_page_around_it_sent(
    allowed: OffcutBrowser, site: Site
) -> None:
    cookie = "who=me; Path=/; SameSite=Strict"
    site.put(f"{PAGE}login", Answer(b"hello", headers={"Set-Cookie": cookie}))
    allowed.open(f"{PAGE}login")
    url = site.put(f"{PAGE}members.png", png())
    html = f'<img id="target" width=160 height=160 src="{url}">'
    site.page(f"{ALLOWED}frame.html", html)
    site.page(PAGE, f'<iframe src="{ALLOWED}frame.html" width=200 height=200></iframe>')
    allowed.open(PAGE)
    point_at(allowed, "#target", "iframe")
    before = allowed.result_tabs()
    begin(allowed, site)
    number, address = frame_id(allowed), f"{ALLOWED}frame.html"
    raise_click(allowed, frame=number, frameUrl=address, srcUrl=url, mediaType="image")
    allowed.new_results(before)
    assert collected(allowed).data == BODY
    asked = [request for request in site.asked() if request.url == url]
    assert asked
    assert all("Cookie" not in request.headers for request in asked)


def test_what_is_said_of_a_pasted_address_speaks_of_no_page(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{ALLOWED}nowhere.png", Answer(b"no", status=404, headers=NO_STORE))
    allowed.open_popup()
    begin(allowed, site)
    job = paste_address(allowed, url, "failed")
    before = allowed.result_tabs()
    allowed.press(job, "open")
    allowed.new_results(before)
    allowed.wait_over()
    assert allowed.text("failure-text") == sentence("given_FETCH_NOT_FOUND", "allowed.test", "404")
    assert "page" not in allowed.text("failure-text")


def test_that_the_pages_own_request_was_sent_on_is_told(allowed: OffcutBrowser, site: Site) -> None:
    to = site.put("http://closed.test/y.png", Answer(BODY, "image/png", headers=NO_STORE))
    url = site.put(f"{PAGE}own-away.png", Answer(status=302, headers={"Location": to, **NO_STORE}))
    click(allowed, site, image(url))
    by_page = [entry for entry in ledger(allowed) if entry["by"] == "page"]
    assert any(entry.get("sentOn") for entry in by_page)
    allowed.open("/privacy/requests.html")
    allowed.wait_state("ready")
    assert "does not say where" in allowed.text("requests")


def test_that_the_page_is_not_told_whether_it_was_sent_on_is_told(
    allowed: OffcutBrowser, site: Site
) -> None:
    to = site.put("http://closed.test/z.png", Answer(BODY, "image/png", headers=NO_STORE))
    url = site.put("http://open.test/away.png", Answer(status=302, headers={"Location": to}))
    click(allowed, site, image(url))
    assert all(entry.get("unsaid") for entry in ledger(allowed) if entry["outcome"] == "failed")
    allowed.open("/privacy/requests.html")
    allowed.wait_state("ready")
    assert "does not say whether it was sent on" in allowed.text("requests")


def test_the_password_in_a_pasted_address_is_neither_sent_nor_listed_nor_kept(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{ALLOWED}mine.png", Answer(BODY, "image/png", headers=NO_STORE))
    allowed.open_popup()
    begin(allowed, site)
    paste_address(allowed, url.replace("//", "//me:secret@"), "done")
    until(lambda: told(allowed) == [(url, "picture", "answered")], "the answer in the ledger")
    assert [revealing(request) for request in site.asked()] == [set()]
    assert "secret" not in str(stores(allowed))
    assert shown(allowed) == [url]
