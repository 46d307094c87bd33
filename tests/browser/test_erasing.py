"""Everything is erased while a page of the web is read: nothing of it comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import point_at, raise_click, with_rights, worker
from launch import open_browser
from offcut_browser import OffcutBrowser
from page_panels import press_in_panel
from picture_pages import PAGE, picture
from site_proxy import Answer, Request, Site
from stores import stores
from test_kept import erase, pages
from test_odd_pages import COUNT_QUESTIONS
from test_page_pictures import gather
from waiting import DEADLINE, until


@pytest.fixture
def reading(extension: Path, site: Site, tmp_path: Path) -> Iterator[SlowPage]:
    """A page whose picture its server gives slowly to whoever asks for it once more."""
    page = SlowPage(site)
    with open_browser(with_rights(extension, tmp_path, f"{PAGE}*"), site, tmp_path) as browser:
        page.browser = browser
        browser.open(PAGE)
        point_at(browser, "#target")
        browser.devtools.evaluate(worker(browser), COUNT_QUESTIONS)
        yield page


class SlowPage:
    """Its picture is given at once to itself, and to others when everything is erased."""

    browser: OffcutBrowser

    def __init__(self, site: Site) -> None:
        self._asked, self._erased = threading.Event(), threading.Event()
        self._times = iter(range(100))
        self.url = site.put(f"{PAGE}slow.png", self._answer)
        site.page(PAGE, f'<img id="target" src="{self.url}" width=160 height=160>')

    def erase_while_it_is_read(self) -> None:
        """Erase everything while its picture is read, and see that nothing comes back."""
        browser = self.browser
        until(self._asked.is_set, "the page's own reading")
        browser.driver.switch_to.new_window("tab")
        browser.home = browser.driver.current_window_handle
        browser.open_settings()
        erase(browser)
        self._erased.set()
        over = "self.open === 0"
        until(lambda: browser.devtools.evaluate(worker(browser), over), "the click's end")
        assert stores(browser) == {}

    def _answer(self, _request: Request) -> Answer:
        if next(self._times) > 0:  # the page itself has shown it
            self._asked.set()
            self._erased.wait(DEADLINE)
        return Answer(picture(160, 160), "image/png", headers={"Cache-Control": "no-store"})


def test_what_a_page_reads_meanwhile_comes_back_into_no_list(reading: SlowPage) -> None:
    raise_click(reading.browser, srcUrl=reading.url, mediaType="image")
    reading.erase_while_it_is_read()


def test_of_all_pictures_of_a_page_none_comes_when_everything_is_erased(
    reading: SlowPage,
) -> None:
    gather(reading.browser)
    press_in_panel(reading.browser, "slow.png")
    press_in_panel(reading.browser, "Remove backgrounds (1)")
    reading.erase_while_it_is_read()
    assert pages(reading.browser) == ["/options/options.html#kept"], "no workbench opens"
