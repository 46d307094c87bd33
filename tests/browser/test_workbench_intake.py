"""How pictures come onto the workbench: whole, in their order, and without what nobody means."""

from __future__ import annotations

from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from pasting import PASTE
from PIL import Image
from waiting import until
from workbench_page import PAGE, choose, open_workbench, save, states

pytestmark = pytest.mark.usefixtures("empty_workbench")

# As the popup does it, with pictures that were read in another order than they were chosen.
LEAVE = """const done = arguments[0];
    (async () => {
        const { putInInbox } = await import('/platform/batch_files.js');
        const root = await navigator.storage.getDirectory();
        await putInInbox(['c', 'a', 'b'].map((name) => new File([name], `${name}.png`)));
        const inbox = await root.getDirectoryHandle('inbox');
        // Touched in another order, and one that its popup has not finished.
        for (const wanted of ['b', 'a', 'c']) {
            for await (const [name, handle] of inbox.entries()) {
                if (!name.endsWith(`${wanted}.png`)) continue;
                const writable = await handle.createWritable();
                await writable.write(wanted);
                await writable.close();
            }
        }
        await inbox.getFileHandle('1-000003 d.png.part', { create: true });
        done();
    })();"""


def test_a_workbench_that_is_left_as_soon_as_its_pictures_are_seen_keeps_them(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    pictures = [save(portrait, tmp_path / f"{n}.png") for n in range(3)]
    choose(browser, *pictures)
    # In the page itself, in the same moment that the last row is seen.
    browser.when("find('.item:nth-child(3)')", "location.assign('/options/options.html')")
    browser.wait_state("ready")
    open_workbench(browser)
    assert set(states(browser)) == {path.name for path in pictures}


def test_pictures_that_the_popup_left_keep_their_order(browser: OffcutBrowser) -> None:
    browser.open("/options/options.html")
    browser.wait_state("ready")
    browser.driver.execute_async_script(LEAVE)
    open_workbench(browser)
    until(lambda: list(states(browser)) == ["c.png", "a.png", "b.png"], "their order")


def test_what_systems_put_beside_pictures_is_left_out_without_a_word(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    folder = tmp_path / "nas"
    picture = save(portrait, folder / "a.png")
    junk = [
        "._a.png",
        ".DS_Store",
        "@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg",
        "sub/@eaDir/b.jpg",
        "__MACOSX/._a.png",
        "__MACOSX/a.png",
        ".Trash/a.png",
        "#recycle/a.png",
    ]
    for name in junk:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture.read_bytes())
    open_workbench(browser)
    choose(browser, folder)
    browser.wait_state("done")
    assert list(states(browser)) == ["nas/a.png"]
    assert browser.text("intake") == "1 added."


def test_the_next_workbench_goes_on_when_the_first_is_closed(browser: OffcutBrowser) -> None:
    browser.open("/popup/popup.html")
    browser.driver.switch_to.new_window("tab")
    first = browser.driver.current_window_handle
    browser.driver.get(browser.origin + PAGE)
    browser.wait_state("empty")
    browser.driver.switch_to.window(browser.home)
    browser.driver.get(browser.origin + PAGE)
    browser.wait_state("elsewhere")
    browser.driver.switch_to.window(first)
    browser.driver.close()
    browser.driver.switch_to.window(browser.home)
    browser.wait_state("empty")
    assert not browser.element("elsewhere").is_displayed()


def test_a_workbench_waits_for_whoever_tidies_up_and_blames_no_other_tab(
    browser: OffcutBrowser,
) -> None:
    """Longer than the three seconds after which it used to give up, by the page's own clock."""
    browser.open("/popup/popup.html")
    browser.driver.switch_to.new_window("tab")
    holder = browser.driver.current_window_handle
    browser.driver.get(f"{browser.origin}/options/options.html")
    browser.driver.execute_async_script(
        """const done = arguments[0];
        navigator.locks.request('batch', () => {
            done();
            return new Promise((resolve) => { window.release = resolve; });
        });"""
    )
    browser.driver.switch_to.window(browser.home)
    browser.driver.get(browser.origin + PAGE)
    late = "return performance.now() > 4000 && document.documentElement.dataset.state"
    assert until(lambda: browser.driver.execute_script(late), "four seconds") == "starting"
    browser.driver.switch_to.window(holder)
    browser.driver.execute_script("window.release()")
    browser.driver.close()
    browser.driver.switch_to.window(browser.home)
    browser.wait_state("empty")


def test_the_counts_are_said_once_and_are_never_those_of_nothing(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    open_workbench(browser)
    seen = """window.seen = new Set();
        const isSeen = (each) => each.checkVisibility() && each.offsetWidth > 1;
        const look = () => window.seen.add([...document.querySelectorAll('main > section p')]
            .filter(isSeen).map(({ textContent }) => textContent).join('|'));
        new MutationObserver(look).observe(document, { subtree: true, childList: true,
            characterData: true });"""
    browser.driver.execute_script(seen)
    choose(browser, save(portrait, tmp_path / "a.png"))
    browser.wait_state("done")
    assert browser.text("counts") == "1 of 1 made"
    choose(browser, words)
    until(lambda: browser.text("counts") == "1 of 2 made, 1 failed", "the counts")
    browser.wait_state("done")
    for shown in browser.driver.execute_script("return [...window.seen]"):
        assert "0 of 0" not in shown
        assert shown.count(" made") <= 1, shown


def test_a_pasted_address_is_a_row_that_says_which_server_is_to_be_allowed(
    browser: OffcutBrowser,
) -> None:
    open_workbench(browser)
    browser.driver.execute_script(PASTE, "http://pictures.test/cat.jpg")
    until(lambda: states(browser) == {"cat.jpg": "failed"}, "the row")
    row = browser.driver.find_element("css selector", ".item")
    assert "pictures.test" in row.find_element("css selector", "[data-act=allow]").text
    assert not row.find_element("css selector", "[data-act=retry]").is_displayed()
    browser.driver.execute_script(PASTE, "just words")
    until(lambda: "no picture" in browser.text("intake"), "the sentence about it")
