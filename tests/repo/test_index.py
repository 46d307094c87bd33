"""FILES.md lists every source file as it is today."""

from __future__ import annotations

import re

from dev.index import INDEX, index_text


def test_the_index_is_what_the_sources_say() -> None:
    assert INDEX.read_text(encoding="utf-8") == index_text(), "run scripts/index"


def test_every_file_of_the_product_says_what_it_does() -> None:
    purposes = re.findall(r"^\* `(.+?)`: (.+)$", index_text(), re.MULTILINE)
    short = [name for name, purpose in purposes if len(purpose) < 20]
    assert not short
    assert len(purposes) > 300
