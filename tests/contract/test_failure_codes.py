"""Failure codes: one list in Python, JavaScript and every language's texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from offcut.errors import CODES, OffcutError
from offcut.stages import ENCODE, POSTPROCESS, STAGES, fraction_before

EXTENSION = Path(__file__).parents[2] / "extension"
LOCALES = sorted((EXTENSION / "_locales").iterdir())


def javascript_codes() -> set[str]:
    source = (EXTENSION / "messages" / "failure.js").read_text(encoding="utf-8")
    listed = re.search(r"CODES = Object\.freeze\(\[(.*?)\]\)", source, re.DOTALL)
    assert listed
    return set(re.findall(r"'([A-Z_]+)'", listed[1]))


def test_javascript_knows_the_same_codes() -> None:
    assert javascript_codes() == CODES


def test_every_code_belongs_to_a_class_or_to_the_extension() -> None:
    raised = {code for kind in OffcutError.__subclasses__() for code in kind.codes}
    assert raised <= CODES


@pytest.mark.parametrize("locale", LOCALES, ids=lambda path: path.name)
def test_every_code_has_a_text_in_every_language(locale: Path) -> None:
    texts = json.loads((locale / "messages.json").read_text(encoding="utf-8"))
    assert {f"failure_{code}" for code in CODES} <= texts.keys()


@pytest.mark.parametrize("locale", LOCALES, ids=lambda path: path.name)
def test_every_stage_has_a_name_in_every_language(locale: Path) -> None:
    texts = json.loads((locale / "messages.json").read_text(encoding="utf-8"))
    assert {f"timing_{stage}" for stage in STAGES} <= texts.keys()


def test_the_engine_knows_every_stage_of_the_pipeline() -> None:
    source = (EXTENSION / "engine" / "job_progress.js").read_text(encoding="utf-8")
    table = re.search(r"STAGE_OF = Object\.freeze\(\{(.*?)\}\)", source, re.DOTALL)
    assert table
    assert set(re.findall(r"(\w+): '", table[1])) == set(STAGES)


def test_the_engine_knows_where_each_of_its_stages_begins_and_ends() -> None:
    source = (EXTENSION / "engine" / "job_progress.js").read_text(encoding="utf-8")
    spans = {
        name: (float(start), float(end))
        for name, start, end in re.findall(r"(\w+): \[([\d.]+), ([\d.]+)\]", source)
    }
    expected = (0.0, fraction_before(POSTPROCESS), fraction_before(ENCODE), 1.0)
    edges = [edge for name in ("find_subject", "refine", "save") for edge in spans[name]]
    assert edges == pytest.approx([expected[0], *np.repeat(expected[1:3], 2), expected[3]])


def test_a_class_refuses_a_code_of_another() -> None:
    kind = next(kind for kind in OffcutError.__subclasses__() if "BAD_OPTION" in kind.codes)
    with pytest.raises(ValueError, match="CORRUPT_IMAGE"):
        kind("CORRUPT_IMAGE", "no")
