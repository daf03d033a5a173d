"""Notebooks are thin: prose and calls, outputs committed, nothing hidden from the test that compares them."""

import ast
import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9]*.ipynb"))
FORBIDDEN = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try, ast.With, ast.If),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Global, ast.Delete, ast.Assert),
)
IMPORTS = {"discourse", "os", "pandas", "tempfile", "pathlib"}
FROM_THE_MACHINE = re.compile(r"/wor[k]/|/home/|/tmp/|/ro[o]t/|/Users/|[A-Z]:\\\\|0x[0-9a-f]{8,}")

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="an installed package has no notebooks beside it")
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def test_notebooks_are_numbered_from_one():
    assert [int(path.name[:2]) for path in NOTEBOOKS] == list(range(1, len(NOTEBOOKS) + 1))


@each_notebook
def test_notebook_is_prose_and_calls(path):
    for cell in cells(path, "code"):
        tree = ast.parse(source(cell))
        wrong = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]
        assert not wrong, f"{path.name}: {wrong} in\n{source(cell)}"


@each_notebook
def test_notebook_cells_have_at_most_six_lines(path):
    for cell in cells(path, "code"):
        lines = [line for line in source(cell).splitlines() if line.strip()]
        assert 1 <= len(lines) <= 6, f"{path.name}:\n{source(cell)}"


@each_notebook
def test_notebook_uses_public_names_only(path):
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Import):
                assert {name.name.split(".")[0] for name in node.names} <= IMPORTS
            assert not isinstance(node, ast.ImportFrom)
            assert not (isinstance(node, ast.Attribute) and node.attr.startswith("_"))
    assert "import discourse as dc" in "\n".join(map(source, cells(path, "code")))


@each_notebook
def test_notebook_every_cell_ran_in_order(path):
    counts = [cell["execution_count"] for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_notebook_cell_that_ends_in_a_call_shows_its_output(path):
    for cell in cells(path, "code"):
        shows = isinstance(ast.parse(source(cell)).body[-1], ast.Expr)
        assert bool(cell["outputs"]) == shows, f"{path.name}:\n{source(cell)}"


@each_notebook
def test_notebook_outputs_are_results_only(path):
    kinds = {output["output_type"] for cell in cells(path, "code") for output in cell["outputs"]}
    assert kinds <= {"execute_result"}


@each_notebook
def test_notebook_hides_nothing_from_the_comparison(path):
    for cell in cells(path, "code"):
        assert not cell["metadata"], f"{path.name}: a tag can switch the comparison off"
        assert "nbval" not in source(cell).lower()
        assert not source(cell).rstrip().endswith(";")


@each_notebook
def test_notebook_holds_nothing_of_the_machine(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            shown = json.dumps({kind: text for kind, text in output["data"].items() if kind != "image/png"})
            assert not FROM_THE_MACHINE.search(shown), f"{path.name}:\n{source(cell)}"


@each_notebook
def test_notebook_figures_are_drawn_and_stand_below_a_table(path):
    seen_table = False
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            text = "".join(output["data"].get("text/plain", ""))
            if text.startswith("<Figure"):
                assert "image/png" in output["data"], f"{path.name}: a figure without its image"
                assert seen_table, f"{path.name}: a figure stands before any table"
            seen_table |= "<table" in "".join(output["data"].get("text/html", ""))
    assert seen_table


@each_notebook
def test_notebook_says_question_data_method_limits_and_provenance(path):
    prose = "\n".join(map(source, cells(path, "markdown")))
    for heading in ("**Question.**", "**Data.**", "**Method.**", "does not show.**", "**Provenance.**"):
        assert heading in prose, f"{path.name} lacks {heading}"
    assert prose.startswith(f"# {path.name[:2]} ")


@each_notebook
def test_notebook_links_lead_somewhere(path):
    prose = "\n".join(map(source, cells(path, "markdown")))
    for target in re.findall(r"\]\(([^)#]+)\)", prose):
        if not target.startswith("http"):
            assert (FOLDER / target).exists(), f"{path.name} links {target}"
