"""The section on composition in docs/method-positions.md is written from composition.yml."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("make_composition", DOCS / "make_composition.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_composition_in_the_docs_is_that_of_the_table(made):
    page = (DOCS / "method-positions.md").read_text(encoding="utf-8")
    assert made.text(page) == page, "write it anew with `make codebook`"


def test_composition_shows_codes_operators_and_classes(made):
    lines = made.section().splitlines()
    assert any(line.startswith("| +2 | `support`") for line in lines)
    assert "| `negation` | -1 | -1 | -1 | +1 | 0 |" in lines
    assert any(line.startswith("| `sanctions` | no_longer +2") for line in lines)
