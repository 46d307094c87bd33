"""One job of each kind that a soak mixes, led to the end that it must have."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from clicks import raise_click, show
from files import four_blocks, saved
from held_jobs import held
from offcut_browser import OffcutBrowser
from picture_pages import picture
from PIL import Image
from site_proxy import Site
from soak_leaks import leak
from waiting import until
from workbench_page import await_all, choose, erase, open_workbench, states

SIDES = (160, 320, 512, 900, 1500)
"""Pixels: what the small pictures' sides are drawn from."""
BATCH = 3
CLICKED = '<img id="target" src="/a.png" width=160 height=160>'


class SoakJobs:
    """Jobs in one browser: each leaves no page of its own."""

    def __init__(
        self,
        browser: OffcutBrowser,
        site: Site,
        photos: dict[str, Path],
        folder: Path,
        seed: int,
        *,
        leaks: str = "",
    ) -> None:
        self._browser = browser
        self._leaks = leaks
        """What each job leaves behind, by a name of soak_leaks.py; nothing in earnest."""
        self._site = site
        self._large = photos["large"]
        self._folder = folder
        self._random = random.Random(seed)
        with Image.open(photos["small"]) as photo:
            self._portrait = photo.convert("RGB")
        self.kinds: dict[str, Callable[[], str]] = {
            "small": lambda: self._over("done", self._small()),
            "large": lambda: self._over("done", self._large),
            "logo": lambda: self._over("done", self._file("logo.png", picture(640, 480))),
            "animated": lambda: self._over("done", self._animated()),
            "broken": lambda: self._over("CORRUPT_IMAGE", self._broken()),
            "empty": lambda: self._over("NO_SUBJECT", self._empty()),
            "cancelled": self._cancel,
            "closed": self._close,
            "clicked": self._click,
            "batch": self._batch,
        }

    def mixed(self, count: int) -> list[str]:
        """Names of so many kinds, in an order by chance: each comes equally often."""
        rounds = [list(self.kinds) for _ in range(-(-count // len(self.kinds)))]
        for each in rounds:
            self._random.shuffle(each)
        return [kind for each in rounds for kind in each][:count]

    def run(self, kind: str) -> None:
        """Lead one job to its end.

        Raises
        ------
        AssertionError
            If it ends otherwise than this kind must.
        """
        wrong = self.kinds[kind]()
        self._browser.close_results()
        assert not wrong, f"{kind}: {wrong}"
        if self._leaks:
            leak(self._browser, self._leaks)

    def _over(self, expected: str, file: Path) -> str:
        """Cut a file out; gives how else it ended."""
        end = self._browser.cut_out(file)
        if end == "failed":
            end = str(self._browser.failure()["code"])
        return "" if end == expected else end

    def _cancel(self) -> str:
        with held(self._browser.devtools):
            self._browser.pick_file(self._large)
            self._browser.cancel_at("find_subject")
            end = self._browser.wait_over()
        return "" if end == "cancelled" else end

    def _close(self) -> str:
        """Close the page in the middle: its job is cancelled and forgotten with it."""
        with held(self._browser.devtools):
            self._browser.pick_file(self._large)
            self._browser.wait_stage("find_subject")
            self._browser.close_results()
            self._browser.open_popup()
            active = "[data-state=running], [data-state=waiting]"
            script = f"return document.querySelectorAll('.job:is({active})').length"
            until(lambda: self._browser.driver.execute_script(script) == 0, "the job's end")
        return ""

    def _click(self) -> str:
        """The entry of the context menu, over a picture of a page."""
        show(self._browser, self._site, CLICKED)
        before = self._browser.result_tabs()
        raise_click(self._browser)
        self._browser.new_results(before)
        end = self._browser.wait_over()
        return "" if end == "done" else end

    def _batch(self) -> str:
        """A few pictures on the workbench, erased when they are made."""
        files = [self._small(f"batch-{number}.jpg") for number in range(BATCH)]
        open_workbench(self._browser)
        choose(self._browser, *files)
        await_all(self._browser, BATCH)
        made = states(self._browser)
        erase(self._browser)
        return "" if set(made.values()) == {"done"} else str(made)

    def _small(self, name: str = "small.jpg") -> Path:
        side = self._random.choice(SIDES)
        path = self._folder / name
        self._portrait.resize((side, side)).save(path)
        return path

    def _animated(self) -> Path:
        path = self._folder / "animated.gif"
        frames = [self._portrait.resize((200, 200)).rotate(5 * turn) for turn in range(4)]
        frames[0].save(path, save_all=True, append_images=frames[1:])
        return path

    def _broken(self) -> Path:
        whole = saved(Image.fromarray(four_blocks()), "JPEG")
        return self._file("half.jpg", whole[: len(whole) // 3])

    def _empty(self) -> Path:
        return self._file("flat.png", saved(Image.new("RGB", (300, 200), (90, 120, 200)), "PNG"))

    def _file(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path
