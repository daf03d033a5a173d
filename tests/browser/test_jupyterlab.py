"""JupyterLab, used as a scholar uses it: open a notebook, run all cells, see figures and no error."""

import shutil

import pytest

TOKEN = "discourse-test"  # the server listens on this machine only, for this test


@pytest.fixture(scope="module")
def lab(tmp_path_factory, project, start_lab):
    """Start JupyterLab on a copy of the notebooks and return its address."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(project / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with start_lab(folder, folder / "notebooks") as address:
        yield address


SIDES = """() => [...document.querySelectorAll('.jp-OutputArea table.discourse td')]
  .filter(cell => /\\p{L}/u.test(cell.textContent))
  .map(cell => [/[\\u0600-\\u06ff]/.test(cell.textContent) && !/[A-Za-z]/.test(cell.textContent) ? 'arabic'
    : /[\\u0600-\\u06ff]/.test(cell.textContent) ? 'both' : 'latin', getComputedStyle(cell).textAlign])"""


def test_jupyterlab_untrusted_notebook_keeps_text_on_its_side(lab, browser, project):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/tree/06-who-speaks.ipynb?token={TOKEN}&reset", timeout=60_000)
    page.wait_for_selector(".jp-OutputArea table.discourse >> nth=5", timeout=60_000)
    sides = page.evaluate(SIDES)
    assert {side for script, side in sides if script == "arabic"} == {"right"}
    assert "left" in {side for script, side in sides if script == "latin"}
    page.close()


def test_jupyterlab_untrusted_concordance_meets_at_its_keyword(lab, browser, project):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/tree/01-the-founding-article.ipynb?token={TOKEN}&reset", timeout=60_000)
    page.wait_for_selector(".jp-OutputArea table.discourse >> nth=5", timeout=60_000)
    rows = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea table.discourse tbody tr')].map(row => [...row.children]"
        ".map(cell => getComputedStyle(cell).textAlign)).filter(sides => sides.includes('center'))"
    )
    assert rows
    assert {tuple(sides) for sides in rows} == {("left", "center", "right")}
    page.close()


def test_jupyterlab_notebook_run_all_cells_shows_figures_and_no_error(lab, browser, project):
    name = sorted(path.name for path in (project / "notebooks").glob("03-*.ipynb"))[0]
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/tree/{name}?token={TOKEN}", timeout=60_000)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_selector("text=/Python 3.*Idle/", timeout=60_000)
    page.click("text=Run >> nth=0")
    page.click(".lm-Menu-itemLabel >> text=/^Restart Kernel and Run All Cells/ >> nth=0")
    page.click("button:has-text('Restart')")
    cells = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(e => e.textContent.trim())"
    page.wait_for_function(f"() => {cells}.some(t => t === '[*]:')", timeout=60_000)  # the run has begun
    page.wait_for_function(
        f"() => {{ const p = {cells}; return p.length && p.every(t => /^\\[\\d+\\]:$/.test(t)); }}", timeout=120_000
    )
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelectorAll('.jp-OutputArea-output[data-mime-type*=error]').length") == 0
    images = page.evaluate("[...document.querySelectorAll('.jp-OutputArea img')].map(i => i.naturalWidth)")
    assert images
    assert all(width > 200 for width in images)
    assert page.evaluate("document.querySelectorAll('.jp-OutputArea table').length") > 0
    page.close()
