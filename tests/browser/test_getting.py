"""The ways to a picture's bytes, one after the other, and what is sent on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_answers import BAD_ANSWERS, BadAnswer
from clicks import Collected, collected, point_at, raise_click, with_rights, worker
from launch import run_browser
from ledger import faults
from offcut_browser import OffcutBrowser
from picture_pages import OPEN_TO_ALL, PAGE, picture
from picture_table import sentence
from site_proxy import Answer, Request, Site
from waiting import until

# A server that lets no page read, and that the user has allowed.
ALLOWED = "http://allowed.test/"
CLOSED = "http://closed.test/"
SUBDOMAIN = "http://img.page.test/"
PRIVATE = "http://192.168.7.7/"
NO_STORE = {"Cache-Control": "no-store"}
BODY = picture(160, 160)


@pytest.fixture(scope="module")
def allowed(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the clicked page and a few servers."""
    folder = tmp_path_factory.mktemp("allowed")
    hosts = [f"{host}*" for host in (PAGE, ALLOWED, SUBDOMAIN, PRIVATE)]
    yield from run_browser(with_rights(extension, folder, *hosts), site, folder, headless=True)


@pytest.fixture(autouse=True)
def _no_tabs_left(allowed: OffcutBrowser, site: Site) -> Iterator[None]:
    yield
    allowed.close_results()
    assert "not told" not in faults(allowed, site), "the ledger has every request"


def png(body: bytes = BODY, more: dict[str, str] | None = None) -> Answer:
    """Answer with a picture that no cache keeps."""
    return Answer(body, "image/png", headers={**NO_STORE, **(more or {})})


def click(browser: OffcutBrowser, site: Site, url: str, shown: str = "") -> Collected:
    """Right-click an `<img>` of an address; gives what is collected."""
    site.page(PAGE, shown or f'<img id="target" width=160 height=160 src="{url}">')
    browser.open(PAGE)
    point_at(browser, "#target")
    before = browser.result_tabs()
    site.log.clear()
    raise_click(browser, srcUrl=url, mediaType="image")
    browser.new_results(before)
    return collected(browser)


def retry(browser: OffcutBrowser) -> None:
    """Press "Try again", and wait until the page shows another job."""
    job = "return location.search"
    former = browser.driver.execute_script(job)
    browser.click("retry")
    until(lambda: browser.driver.execute_script(job) != former, "another job")


def code(got: Collected) -> str:
    """Code of the failure."""
    assert got.failure is not None
    return str(got.failure["code"])


def test_the_pages_own_reading_comes_first_and_asks_only_for_the_picture(
    allowed: OffcutBrowser, site: Site
) -> None:
    site.put(f"{PAGE}own.png", Answer(BODY, "image/png", headers={"Cache-Control": "max-age=99"}))
    got = click(allowed, site, f"{PAGE}own.png")
    assert got.data == BODY
    assert site.asked() == []  # it was in the browser's cache


def test_an_open_server_is_read_by_the_page(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put("http://open.test/x.png", png(more=OPEN_TO_ALL))
    assert click(allowed, site, url).data == BODY
    assert {request.url for request in site.asked()} == {url}
    assert all("Cookie" not in request.headers for request in site.asked())


def test_a_closed_server_is_named_and_nothing_else_is_asked(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{CLOSED}x.png", png())
    got = click(allowed, site, url)
    assert code(got) == "PERMISSION_NEEDED"
    assert got.failure is not None
    assert got.failure["detail"]["host"] == "closed.test"
    # The page's own two tries, which the browser does not let it read.
    assert {(request.url, request.headers.get("Origin")) for request in site.asked()} == {
        (url, "http://page.test")
    }


def test_an_allowed_server_is_asked_without_referer_and_cookies(
    allowed: OffcutBrowser, site: Site
) -> None:
    site.put(f"{ALLOWED}login", Answer(b"hello", headers={"Set-Cookie": "who=me; Path=/"}))
    allowed.open(f"{ALLOWED}login")
    url = site.put(f"{ALLOWED}x.png", png())
    assert click(allowed, site, url).data == BODY
    last = site.asked()[-1]
    assert last.url == url
    assert "Origin" not in last.headers
    assert "Referer" not in last.headers
    assert "Cookie" not in last.headers


def test_a_server_that_wants_to_see_its_page_gets_the_page_and_only_once(
    allowed: OffcutBrowser, site: Site
) -> None:
    def hotlink(request: Request) -> Answer:
        known = request.headers.get("Referer", "").startswith(PAGE)
        wants = request.headers.get("Origin") is None
        return png() if known and wants else Answer(b"no", status=403)

    url = site.put(f"{ALLOWED}hotlink.png", hotlink)
    got = click(allowed, site, url)
    assert got.data == BODY
    assert [request.headers.get("Referer") for request in site.asked()][-2:] == [None, PAGE]
    rules = "chrome.declarativeNetRequest.getSessionRules().then((rules) => rules.length)"
    assert allowed.devtools.evaluate(worker(allowed), rules) == 0


def test_cookies_go_to_the_pages_own_host_only(allowed: OffcutBrowser, site: Site) -> None:
    site.put(f"{SUBDOMAIN}login", Answer(b"hello", headers={"Set-Cookie": "who=me; Path=/"}))
    allowed.open(f"{SUBDOMAIN}login")

    def members(request: Request) -> Answer:
        return png() if "who=me" in request.headers.get("Cookie", "") else Answer(status=403)

    url = site.put(f"{SUBDOMAIN}member.png", members)
    # Where names end with that of somebody else, as in github.io, this host is a stranger's.
    assert code(click(allowed, site, url)) == "FETCH_REFUSED"
    assert all("Cookie" not in request.headers for request in site.asked())


def test_an_element_that_sends_no_cookies_keeps_us_from_sending_any(
    allowed: OffcutBrowser, site: Site
) -> None:
    site.put(f"{SUBDOMAIN}login", Answer(b"hello", headers={"Set-Cookie": "who=me; Path=/"}))
    allowed.open(f"{SUBDOMAIN}login")
    url = site.put(f"{SUBDOMAIN}anonymous.png", png())
    html = f'<img id="target" crossorigin="anonymous" width=160 height=160 src="{url}">'
    assert click(allowed, site, url, html).data == BODY
    assert "Cookie" not in site.asked()[-1].headers


@pytest.mark.parametrize("bad", BAD_ANSWERS, ids=lambda bad: bad.name)
def test_every_bad_answer_has_its_own_message(
    allowed: OffcutBrowser, site: Site, bad: BadAnswer
) -> None:
    site.put(f"{ALLOWED}sign-in", Answer(b"<html>Log in"))
    site.put(f"{CLOSED}elsewhere.png", png())
    site.put(f"{PRIVATE}a.png", png())
    url = site.put(f"{ALLOWED}{bad.name.replace(' ', '-')}.png", bad.answer)
    html = f'<img id="target" alt="" style="width:160px;height:160px" src="{url}">'
    got = click(allowed, site, url, html)
    assert code(got) == bad.code, got.failure
    allowed.wait_over()
    assert allowed.text("failure-text") == sentence(bad.code, *bad.values)
    # A picture that is seen can be taken from the screen, the sign of a broken one cannot.
    tab = allowed.driver.current_window_handle
    allowed.driver.switch_to.window(allowed.home)
    seen = allowed.driver.execute_script(
        "return document.getElementById('target').naturalWidth > 0"
    )
    allowed.driver.switch_to.window(tab)
    assert allowed.element("take-screen").is_displayed() == seen
    assert allowed.driver.find_elements("css selector", "#failed .primary:not([hidden])")


def test_without_a_network_that_is_what_is_said_and_another_try_works(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{ALLOWED}offline.png", Answer(b"no", status=500, headers=NO_STORE))
    assert code(click(allowed, site, url)) == "FETCH_FAILED"  # now there is an engine
    engine = allowed.devtools.engine()
    offline = "Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })"
    allowed.devtools.evaluate(engine, f"{offline}, true")
    assert code(click(allowed, site, url)) == "FETCH_FAILED"
    allowed.wait_over()
    assert "no connection" in allowed.text("failure-text")
    assert allowed.element("retry").is_displayed()
    allowed.devtools.evaluate(engine, "delete navigator.onLine")
    site.put(url, png())
    retry(allowed)
    assert collected(allowed).data == BODY


def test_a_picture_that_was_not_there_is_had_by_another_try(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{ALLOWED}late.png", Answer(b"no", status=404, headers=NO_STORE))
    assert code(click(allowed, site, url)) == "FETCH_NOT_FOUND"
    allowed.wait_over()
    assert not allowed.element("take-screen").is_displayed()
    site.put(url, png())
    retry(allowed)
    assert collected(allowed).data == BODY
    assert allowed.wait_over() == "done"


def test_a_picture_in_a_tab_of_its_own_gives_its_own_bytes_under_a_sandbox_too(
    allowed: OffcutBrowser, site: Site
) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    url = site.put(f"{ALLOWED}alone.png", png(more=policy))
    allowed.open(url)
    before = allowed.result_tabs()
    raise_click(allowed, srcUrl=url, mediaType="image")
    allowed.new_results(before)
    assert collected(allowed).data == BODY


def test_a_page_from_outside_leads_nobody_into_the_users_network(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{PRIVATE}inside.png", png())
    got = click(allowed, site, url)
    assert code(got) == "PRIVATE_ADDRESS"
    # All that was asked is what the page asked for itself.
    assert all("page.test" in request.headers.get("Origin", "") for request in site.asked())


CLOSED_FRAME = 99
"""Id of a frame that no script of ours may enter."""


def test_a_picture_in_a_closed_frame_is_had_from_its_own_host(
    allowed: OffcutBrowser, site: Site
) -> None:
    url = site.put(f"{ALLOWED}framed.png", png())
    site.page(PAGE, "text")
    allowed.open(PAGE)
    before = allowed.result_tabs()
    frame = "http://frame.test/"
    raise_click(allowed, frame=CLOSED_FRAME, srcUrl=url, mediaType="image", frameUrl=frame)
    allowed.new_results(before)
    assert collected(allowed).data == BODY


def test_a_closed_frame_is_named_where_the_browser_names_no_picture(
    allowed: OffcutBrowser, site: Site
) -> None:
    site.page(PAGE, "text")
    allowed.open(PAGE)
    before = allowed.result_tabs()
    raise_click(allowed, frame=CLOSED_FRAME, frameUrl="http://frame.test/x")
    allowed.new_results(before)
    got = collected(allowed)
    assert code(got) == "FRAME_CLOSED"
    allowed.wait_over()
    assert allowed.text("failure-text") == sentence("FRAME_CLOSED", "frame.test")
    assert "frame.test" in allowed.text("allow")


def test_what_a_pages_script_says_starts_nothing(allowed: OffcutBrowser, site: Site) -> None:
    url = site.put(f"{PAGE}quiet.png", png())
    assert click(allowed, site, url).data == BODY  # the content script is in the page now
    allowed.driver.switch_to.window(allowed.home)
    before = allowed.result_tabs()
    site.log.clear()
    allowed.driver.execute_script(
        """const message = { to: 'content', type: 'address.read',
            body: { url: 'http://allowed.test/x.png' } };
        window.postMessage(message, '*');
        document.dispatchEvent(new CustomEvent('offcut', { detail: message }));
        const box = document.getElementById('target').getBoundingClientRect();
        document.dispatchEvent(new MouseEvent('contextmenu', { clientX: box.x, clientY: box.y }));
        return window.chrome?.runtime === undefined;"""
    )
    # The next real click opens one result, and no other has been opened before it.
    raise_click(allowed, srcUrl=url, mediaType="image")
    allowed.new_results(before, 1)
    assert collected(allowed).data == BODY
    assert {request.url for request in site.asked()} <= {url}
