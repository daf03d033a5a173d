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
    for heading in ("**Question.**", "**Data.**", "**Method.**", "**Provenance.**"):
        assert heading in prose, f"{path.name} lacks {heading}"
    assert prose.startswith(f"# {path.name[:2]} ")


@each_notebook
def test_notebook_ends_with_a_finding_worked_out_and_what_it_does_not_show(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))["cells"]
    *_, heading, _ = (place for place, cell in enumerate(notebook) if cell["cell_type"] == "markdown")
    assert source(notebook[heading]) == "## Finding", f"{path.name}: the last section is another"
    said = [cell for cell in notebook[heading:-1] if cell["cell_type"] == "code"][-1]
    assert source(said).splitlines()[-1].startswith("dc.Finding(["), f"{path.name}: the finding is not shown"
    assert len("".join(said["outputs"][0]["data"]["text/plain"])) > 100
    assert source(notebook[-1]).startswith("**What this does not show.**")


@each_notebook
def test_notebook_numbers_of_the_finding_are_not_typed(path):
    strings = []
    for cell in cells(path, "code"):
        for line in source(cell).splitlines():
            if re.match(r"\w+ \+?= f?\"", line) and not line.startswith("title"):
                strings.append(re.sub(r"\{[^{}]*\}", "", line.split("=", 1)[1]))
    numbers = re.findall(r"(?<![\w'])\d[\d.,]*%?", " ".join(strings))
    typed = [number.rstrip(".,") for number in numbers]
    assert [number for number in typed if number != "1,000" and not re.fullmatch(r"(19|20)\d\d", number)] == []


@each_notebook
def test_notebook_tables_and_figures_are_numbered_in_order_with_one_title_each(path):
    found = {"table": [], "figure": []}
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            text = "".join(output["data"].get("text/plain", ""))
            if "<table" in "".join(output["data"].get("text/html", "")):
                found["table"].append(re.match(r"Table (\d+)\. \S", text))
            if text.startswith("<Figure"):
                found["figure"].append(re.match(r"<Figure: (?:Figure|شكل) (\d+)\. \S", text))
    for kind, heads in found.items():
        assert all(heads), f"{path.name}: a {kind} without its number"
        assert [int(head.group(1)) for head in heads] == list(range(1, len(heads) + 1))


@each_notebook
def test_notebook_figures_are_named_in_the_prose_before_them(path):
    prose = ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        prose += source(cell) if cell["cell_type"] == "markdown" else ""
        for output in cell.get("outputs", []):
            head = re.match(r"<Figure: \w+ (\d+)\.", "".join(output["data"].get("text/plain", "")))
            assert not head or f"Figure {head.group(1)}" in prose, f"{path.name}: Figure {head.group(1)} is not told"


@each_notebook
def test_notebook_figures_have_words_for_those_who_cannot_see_them(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            if "image/png" in output["data"]:
                assert len(output["metadata"]["image/png"]["alt"]) > 40
                assert f"<Figure: {output['metadata']['image/png']['alt']}>" == "".join(output["data"]["text/plain"])


@each_notebook
def test_notebook_tables_are_short_enough_to_be_read(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            assert "".join(output["data"].get("text/html", "")).count("<tr>") <= 31, f"{path.name}:\n{source(cell)}"


@each_notebook
def test_notebook_links_lead_somewhere(path):
    prose = "\n".join(map(source, cells(path, "markdown")))
    for target in re.findall(r"\]\(([^)#]+)\)", prose):
        if not target.startswith("http"):
            assert (FOLDER / target).exists(), f"{path.name} links {target}"
