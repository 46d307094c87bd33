"""The notices that third-party licences ask for, as one file beside the vendored parts.

Decides: which licences and copyright lines stand in NOTICES.txt.
"""

import fnmatch
import zipfile
from collections.abc import Iterable
from pathlib import Path

from dev.builder.parts import Notice, Part
from dev.paths import ROOT, VENDOR

TEXTS = Path(__file__).with_name("licences")
RULE = "=" * 78


def write_notices(parts: Iterable[Part]) -> None:
    """Write `extension/vendor/NOTICES.txt` from the parts that are in place."""
    text = "\n".join(["Offcut contains the following works of others.", *map(notice_of, parts)])
    target = VENDOR / "NOTICES.txt"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


def notice_of(part: Part) -> str:
    """Name, version, licence, home and all licence texts of one part."""
    head = f"\n{RULE}\n{part.title} {part.version}\nLicence: {part.licence}\n{part.home}\n{RULE}\n"
    return head + "".join(
        f"\n{notice.about}\n{'-' * len(notice.about)}\n\n{text.strip()}\n"
        for notice in part.notices
        for text in _texts(part, notice)
    )


def _texts(part: Part, notice: Notice) -> list[str]:
    """Read the texts: kept here, at the project's top, or inside the part's own wheel."""
    if notice.kind == "file":
        return [(TEXTS / notice.locator).read_text(encoding="utf-8")]
    if notice.kind == "root":
        return [(ROOT / notice.locator).read_text(encoding="utf-8")]
    texts: list[str] = []
    with zipfile.ZipFile(part.files[0].path) as wheel:
        for member in fnmatch.filter(sorted(wheel.namelist()), notice.locator):
            text = wheel.read(member).decode("utf-8").replace("\r\n", "\n")
            texts.append(f"[{member.partition('/licenses/')[2]}]\n{text}")
    return texts
