"""The states in which a person sees our pages, and how the browser is brought to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from animated import gif
from clouds import save_clouds
from editor_page import EditorPage
from ledger import put_requests
from offcut_browser import OffcutBrowser
from PIL import Image
from tapping import Taps
from waiting import until
from workbench_page import erase, open_workbench, states, stored

WIDTHS = (320, 768, 1440)
# Moving pictures, lists that scroll: whatever is wider than the page.
TOO_WIDE = """const limit = document.documentElement.clientWidth;
    return document.scrollingElement.scrollWidth <= limit ? [] :
        [...document.body.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > limit + 1
                || element.getBoundingClientRect().left < -1)
            .map((element) => element.tagName + '#' + element.id + '.' + element.className)"""
OPEN_ALL = """for (const group of document.querySelectorAll('details')) group.open = true;
    const press = (id) => document.getElementById(id).click();
    ['is-hard', 'shadow', 'background-color', 'format-webp'].forEach(press);
    const frame = document.getElementById('frame');
    frame.value = 'canvas';
    frame.dispatchEvent(new Event('input', { bubbles: true }));"""

Go = Callable[["Visit"], None]


class Visit:
    """What it takes to bring the browser to a state."""

    def __init__(self, browser: OffcutBrowser, photos: dict[str, Path], folder: Path) -> None:
        self.browser = browser
        self.good = photos["small"]
        self.large = photos["large"]
        self.bad = folder / "words.png"
        self.bad.write_bytes(b"just words")
        self.unsure = save_clouds(folder / "clouds.png")
        self.small = folder / "small.png"
        with Image.open(photos["small"]) as photo:
            photo.resize((96, 96)).save(self.small)
            self.moving = folder / "moving.gif"
            small = photo.convert("RGB").resize((160, 160))
            frames = [small.crop((left, 0, left + 150, 160)) for left in (8, 4)]
            self.moving.write_bytes(gif(frames, loop=0))

    def open(self, page: str) -> None:
        self.browser.open(page)
        until(lambda: self.browser.state() not in ("", "starting"), "the page")

    def choose(self, *pictures: Path) -> None:
        chosen = "\n".join(map(str, pictures))
        self.browser.element("file-input").send_keys(chosen)

    def popup_with(self, picture: Path, state: str) -> None:
        self.open("/popup/popup.html")
        self.choose(picture)
        until(lambda: state in dict(self.browser.job_states()).values(), f"a {state} job")


def popup_empty(visit: Visit) -> None:
    visit.open("/popup/popup.html")
    until(lambda: visit.browser.dataset().get("jobs"), "the list")


def popup_jobs(visit: Visit) -> None:
    visit.popup_with(visit.bad, "failed")
    visit.popup_with(visit.small, "done")


def popup_running(visit: Visit) -> None:
    visit.popup_with(visit.large, "running")


def settings(visit: Visit) -> None:
    visit.open("/options/options.html")
    await_models(visit)


def await_models(visit: Visit) -> None:
    """The list of models is the last part of the settings to come."""
    models = "return document.getElementById('models').dataset.state"
    until(lambda: visit.browser.driver.execute_script(models) == "ready", "the models")


def settings_erased(visit: Visit) -> None:
    """The question before erasing is open."""
    settings(visit)
    visit.browser.driver.execute_script("document.getElementById('erase-all').click()")


def privacy(visit: Visit) -> None:
    visit.open("/privacy/privacy.html")


def welcome(visit: Visit) -> None:
    visit.open("/welcome/welcome.html")
    # As it is for most: the icon is not pinned yet.
    visit.browser.driver.execute_script("document.getElementById('pin').hidden = false")


def requests(visit: Visit) -> None:
    visit.open("/privacy/requests.html")
    put_requests(visit.browser)
    until(lambda: visit.browser.driver.find_elements("class name", "address"), "the requests")


def workbench_empty(visit: Visit) -> None:
    """What a former state has left there is erased."""
    open_workbench(visit.browser)
    if states(visit.browser):
        erase(visit.browser)
    visit.open("/batch/batch.html")
    assert visit.browser.state() == "empty"


def workbench_done(visit: Visit) -> None:
    workbench_empty(visit)
    visit.choose(visit.small, visit.bad)
    visit.browser.wait_state("done")
    visit.browser.driver.execute_script("document.getElementById('making').open = true")


def workbench_restored(visit: Visit) -> None:
    workbench_empty(visit)
    visit.choose(visit.large)
    visit.browser.press_when("find('html[data-state=running]')", "find('#pause')")
    until(lambda: "batch/queue.json" in stored(visit.browser), "the batch to be written down")
    visit.open("/options/options.html")
    visit.browser.wait_state("ready")
    visit.open("/batch/batch.html")
    assert visit.browser.element("restored").is_displayed()


def result_done(visit: Visit) -> None:
    assert visit.browser.cut_out(visit.good) == "done"


def editor_groups(visit: Visit) -> None:
    """Every group of settings is open, with all that can be in it."""
    result_done(visit)
    visit.browser.driver.execute_script(OPEN_ALL)


def editor_market(visit: Visit) -> None:
    """What a market place asks for is shown, with what is not met, and a shadow's own settings."""
    result_done(visit)
    editor = EditorPage(visit.browser)
    for control, value in (("frame", "amazon"), ("shadow", ""), ("shadow-cast", "")):
        editor.set(control, value)
    checks = "return document.querySelectorAll('#market-checks li').length"
    until(lambda: visit.browser.driver.execute_script(checks) == 6, "the checks")


def editor_id_photo(visit: Visit) -> None:
    """A photo for an office is marked."""
    result_done(visit)
    editor = EditorPage(visit.browser)
    editor.set("id-photo", "own")
    editor.wait_shown()


def editor_brush(visit: Visit) -> None:
    """A brush is in the hand, and the original is shown."""
    result_done(visit)
    for element in ("tool-keep", "show-original"):
        visit.browser.driver.execute_script(f"document.getElementById('{element}').click()")


def editor_doubt(visit: Visit) -> None:
    """The cut-out is told to be unsure, with all that may be done about it."""
    assert visit.browser.cut_out(visit.unsure) == "done"
    until(lambda: visit.browser.element("doubt").is_displayed(), "the doubt")
    visit.browser.driver.execute_script("document.getElementById('doubt-models').hidden = false")


def editor_tap(visit: Visit) -> None:
    """Something was added by a tap, and it is said that another tap gives another guess."""
    result_done(visit)
    taps = Taps(EditorPage(visit.browser))
    taps.tap((60.5, 180.5))
    until(taps.said, "the word about the tap")
    taps.editor.wait_shown()


def result_moving(visit: Visit) -> None:
    """A picture that moves: its cut-out as it plays, the formats, and the choice of one frame."""
    assert visit.browser.cut_out(visit.moving) == "done"
    shown = "return document.getElementById('moving')?.hidden === false"
    until(lambda: visit.browser.driver.execute_script(shown), "the cut-out that moves")


def result_failed(visit: Visit) -> None:
    assert visit.browser.cut_out(visit.bad) == "failed"


STATES: tuple[Go, ...] = (
    popup_empty,
    popup_running,
    popup_jobs,
    settings,
    settings_erased,
    privacy,
    requests,
    welcome,
    workbench_empty,
    workbench_done,
    workbench_restored,
    result_done,
    result_moving,
    editor_groups,
    editor_market,
    editor_id_photo,
    editor_brush,
    editor_doubt,
    editor_tap,
    result_failed,
)


def emulate(browser: OffcutBrowser, **features: str) -> None:
    media = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})


def resize(browser: OffcutBrowser, width: int) -> None:
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)


def too_wide(browser: OffcutBrowser) -> list[str]:
    return cast("list[str]", browser.driver.execute_script(TOO_WIDE))
