"""What is imported when the library is imported and when the main job runs."""

import ast
import importlib.metadata
import json
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LEFT_OUT = {"torch", "transformers", "kenlm", "tokenizers", "huggingface_hub"}
GONE = {"editdistance", "pkg_resources"}  # no wheel for Python 3.13, and not in a new environment since Python 3.12
REPORT = """
import json, sys
{job}
print("modules:" + json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
BLOCK = """
import sys
from importlib.abc import MetaPathFinder

class Foreign(MetaPathFinder):
    names = frozenset({foreign})

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{{name}} is no dependency of the core", name=name)
        return None

sys.meta_path.insert(0, Foreign())
"""
JOBS = {
    "import": "import discourse\nfor name in discourse.__all__: getattr(discourse, name)",
    "chart": """
from discourse.cli import main
main(["chart", "seed:article", "--out", sys.argv[1]], standalone_mode=False)
""",
    "modules": """
import importlib, pkgutil, discourse
for found in pkgutil.walk_packages(discourse.__path__, "discourse."): importlib.import_module(found.name)
""",
    "morphology": """
import pandas as pd, discourse
words = discourse.tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["وزير"]}))
assert discourse.annotate_morphology(words, analyzer="buckwalter")["lemma"].notna().all()
""",
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Job to the top-level modules that it leaves imported in a fresh interpreter, which has none of GONE."""

    def run(job):
        out = tmp_path_factory.mktemp(job) / "out"
        code = BLOCK.format(foreign=sorted(GONE)) + REPORT.format(job=JOBS[job])
        command = [sys.executable, "-X", "utf8", "-c", code, str(out)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        last = done.stdout.rstrip().splitlines()[-1]
        return set(json.loads(last.removeprefix("modules:")))

    return run


def core_packages():
    """The distributions that an installation without extras brings, by their declared dependencies."""
    found, waiting = set(), ["arabic-discourse"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        try:
            lines = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # what the lean locks leave out
        for requirement in map(Requirement, lines):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


@pytest.mark.parametrize("job", list(JOBS))
def test_job_imports_neither_torch_nor_transformers_and_works_where_new_pythons_lack_packages(job, imported):
    assert imported(job) & (LEFT_OUT | GONE) == set()


def test_chart_works_where_nothing_beyond_the_declared_core_can_be_imported(tmp_path):
    core = core_packages()
    homes = importlib.metadata.packages_distributions()
    foreign = [name for name, home in homes.items() if not core & {canonicalize_name(package) for package in home}]
    assert {"IPython", "jupyterlab", "pytest"} <= set(foreign)
    code = BLOCK.format(foreign=foreign) + JOBS["chart"]
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "index.html").is_file()


def test_declared_dependencies_are_the_imported_ones(project):
    declared, imported = declared_packages(project), imported_packages(project / "discourse")
    optional = {name for extra, names in declared.items() if extra != "core" for name in names}
    assert imported - declared["core"] - optional == set(), "imported and not declared"
    assert declared["core"] - imported == set(), "declared and not imported"
    assert declared["corpora"] - imported == set(), "declared and not imported"


def declared_packages(project):
    metadata = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"core": metadata["dependencies"], **metadata["optional-dependencies"]}
    return {group: {canonicalize_name(Requirement(line).name) for line in lines} for group, lines in groups.items()}


def imported_packages(package):
    """The distributions that some module imports, at its top, inside a function, or by the name in a string."""
    modules, strings = set(), set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value.partition(".")[0])
    homes = importlib.metadata.packages_distributions()
    third_party = modules - set(sys.stdlib_module_names) - {"discourse"}
    named = {module for module in strings & set(homes) if module in ("camel_tools", "htmldate")}
    return {canonicalize_name(homes[module][0]) if module in homes else module for module in third_party | named}
