"""The workbench: many pictures in, one archive out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from waiting import until
from workbench_page import (
    PAGE,
    await_all,
    choose,
    erase,
    is_cut_out,
    open_workbench,
    opened,
    press,
    save,
    states,
)

pytestmark = pytest.mark.usefixtures("empty_workbench")


def test_thirty_good_and_bad_files_become_one_archive(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    sizes = {f"shop/red/{n}.png": (96 + n, 96) for n in range(12)}
    sizes |= {f"shop/red/{n}.jpg": (96, 97 + n) for n in range(8)}  # the same stems again
    sizes |= {f"shop/blue shoes/größe {n}.webp": (90, 90 + n) for n in range(4)}
    for name, size in sizes.items():
        save(portrait, tmp_path / name, size)
    whole = (shop / "red" / "0.png").read_bytes()
    bad = {"empty.png": b"", "words.jpg": b"just words", "cut.png": whole[: len(whole) // 2]}
    bad |= {"zip.png": b"PK\x03\x04" + bytes(50), "zeros.gif": bytes(99), "tiny.webp": b"RIFF"}
    for name, content in bad.items():
        (shop / name).write_bytes(content)
    (shop / "notes.txt").write_text("no picture, and left out")
    open_workbench(browser)
    choose(browser, shop)
    await_all(browser, 30)
    browser.wait_state("done")
    assert "30 added. Other files left out: 1" in browser.text("intake")
    ends = states(browser)
    assert {name for name, state in ends.items() if state == "done"} == set(sizes)
    assert {name for name, state in ends.items() if state == "failed"} == {
        f"shop/{name}" for name in bad
    }
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    pictures = opened(archive)
    expected = {
        **{f"shop/red/{n}-cutout": (96 + n, 96) for n in range(12)},
        **{f"shop/blue shoes/größe {n}-cutout": (90, 90 + n) for n in range(4)},
        **{f"shop/red/{n}-cutout (2)": (96, 97 + n) for n in range(8)},
    }
    both = {name: {expected[name]} for name in expected}
    for n in range(8):  # either of the two with one stem may have come first
        pair = {(96 + n, 96), (96, 97 + n)}
        both[f"shop/red/{n}-cutout"] = both[f"shop/red/{n}-cutout (2)"] = pair
    assert {f"{name}.png" for name in both} == set(pictures)
    for name, picture in pictures.items():
        assert picture.format == "PNG"
        assert picture.size in both[name.removesuffix(".png")]
        assert is_cut_out(picture), name
    assert {picture.size for picture in pictures.values()} == set(sizes.values())
    browser.wait_state("saved")
    archive.unlink()


def test_settings_are_applied_to_all(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png") for n in range(2)])
    browser.wait_state("done")
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    Select(browser.element("making-format")).select_by_value("jpeg")
    Select(browser.element("making-background")).select_by_value("black")
    browser.click("apply")  # from now on they are not done, until they are made again
    browser.wait_state("done")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    pictures = opened(archive)
    assert set(pictures) == {"0-cutout.jpg", "1-cutout.jpg"}
    for picture in pictures.values():
        assert picture.format == "JPEG"
        assert np.asarray(picture)[2, 90].max() < 12, "the corner is black"
    archive.unlink()


def test_a_market_place_an_outline_and_a_shadow_are_chosen_for_all(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    assert not browser.element("making-own_size").is_displayed()
    Select(browser.element("making-shape")).select_by_value("amazon")
    assert browser.element("making-background").get_attribute("value") == "white"
    Select(browser.element("making-shadow")).select_by_value("contact")
    browser.element("making-outline").clear()
    browser.element("making-outline").send_keys("3")
    browser.element("making-outline_color").is_displayed()
    choose(browser, save(portrait, tmp_path / "0.png"))
    browser.wait_state("done")
    row = browser.driver.find_element(By.CSS_SELECTOR, ".item .what").text
    assert "enlarged" in row, row
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    (picture,) = opened(archive).values()
    archive.unlink()
    assert picture.size == (2000, 2000)
    assert picture.mode == "RGB"
    browser.element("making-own_size").click()
    browser.click("apply")
    browser.wait_state("done")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    (picture,) = opened(archive).values()
    archive.unlink()
    assert max(picture.size) < 200


def test_an_item_is_opened_in_the_editor(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "cat.png"))
    browser.wait_state("done")
    before = browser.result_tabs()
    press(browser, "cat.png", "open")
    browser.new_results(before)
    assert browser.wait_over() == "done"
    assert browser.text("title") == "cat"


def test_many_pictures_in_the_popup_go_to_the_workbench(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    browser.open("/popup/popup.html")
    browser.wait_state("ready")
    before = set(browser.driver.window_handles)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png") for n in range(9)])

    def workbench() -> str | None:
        for tab in set(browser.driver.window_handles) - before:
            browser.driver.switch_to.window(tab)
            if browser.driver.current_url.endswith(PAGE):
                return tab
        return None

    until(workbench, "the workbench")
    until(lambda: len(states(browser)) == 9, "nine pictures")
    erase(browser)
    browser.driver.close()
    browser.driver.switch_to.window(browser.home)
