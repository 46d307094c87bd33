"""The clipboard of a virtual screen, which every such screen has for itself."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from mouse import Mouse
from waiting import until

TEXT = "UTF8_STRING"
PNG = "image/png"


@dataclass(frozen=True)
class Clipboard:
    """What is copied and pasted beside the mouse of a screen."""

    mouse: Mouse

    def put(self, content: bytes, target: str = TEXT) -> None:
        """Copy something, and wait until it is there: xclip has gone on by itself by then."""
        self._xclip("-target", target, "-in", content=content)
        until(lambda: self._holds(content, target), "the clipboard to be filled")

    def take(self, target: str = PNG) -> bytes:
        """What was copied last."""
        done = self._xclip("-target", target, "-out")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _holds(self, content: bytes, target: str) -> bool:
        done = self._xclip("-target", target, "-out")
        return done.returncode == 0 and done.stdout == content

    def _xclip(self, *arguments: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = ["xclip", "-selection", "clipboard", *arguments]
        # Its output stays open in the process that goes on: only what is asked for is read.
        outputs = subprocess.PIPE if "-out" in arguments else subprocess.DEVNULL
        return subprocess.run(
            command,
            env={**os.environ, **self.mouse.environment},
            input=content,
            stdout=outputs,
            stderr=outputs,
            check=False,
        )
