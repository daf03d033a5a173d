"""The drawing of the plan in the documentation is the plan; modules stay small."""

import subprocess
import sys

LONGEST = 300


def test_plan_drawing_in_the_docs_is_current(project, tmp_path):
    drawn = tmp_path / "plan.svg"
    command = [sys.executable, "-m", "discourse.cli", "plan", "--out", str(drawn)]
    subprocess.run(command, check=True, capture_output=True)
    shown = (project / "docs" / "figures" / "plan.svg").read_text(encoding="utf-8")
    assert shown == drawn.read_text(encoding="utf-8"), "run: discourse plan --out docs/figures/plan.svg"


def test_plan_as_text_in_the_docs_is_current(project):
    command = [sys.executable, "-m", "discourse.cli", "plan"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    shown = (project / "docs" / "architecture.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    assert shown == said, "put the output of `discourse plan` there"


def test_modules_are_at_most_300_lines_long(project):
    long = {}
    for path in sorted((project / "discourse").rglob("*.py")):
        name = path.relative_to(project).as_posix()
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        if n_lines > LONGEST:
            long[name] = n_lines
    assert long == {}
