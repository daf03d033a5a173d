"""The page made of a notebook holds all it shows."""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9]*.ipynb"))
nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed (extra 'jupyter')")

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="an installed package has no notebooks beside it")


@pytest.fixture(scope="module")
def page():
    exporter = nbconvert.HTMLExporter(extra_template_basedirs=[str(FOLDER)], template_name="page")
    return exporter.from_filename(str(NOTEBOOKS[5]))[0]


def test_page_has_no_script_and_asks_the_net_for_nothing(page):
    assert "<script" not in page
    assert "No description has been provided" not in page
    assert re.findall(r"""(?:src=|url\(|@import )["']?(?!data:)[^"' )>]*//[^"' )>]*""", page) == []


def test_page_figures_have_the_words_of_the_notebook(page):
    cells = json.loads(NOTEBOOKS[5].read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    words = [output["metadata"]["image/png"]["alt"] for output in outputs if "image/png" in output["data"]]
    assert words and all(words)
    assert [text.replace("&#39;", "'") for text in re.findall(r'<img alt="([^"]*)"', page)] == words


def test_page_links_lead_from_the_folder_of_pages(page):
    links = [link for link in re.findall(r'href="([^"#]+)"', page) if not link.startswith("http")]
    beside = [link for link in links if not link.startswith("../../")]
    assert len(links) > len(beside) > 0
    assert all((FOLDER.parent / link.removeprefix("../../")).exists() for link in set(links) - set(beside))
    assert all((FOLDER / link.replace(".html", ".ipynb")).exists() for link in beside)
