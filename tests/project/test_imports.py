"""What is imported when the library is imported and when the main job runs."""

import importlib.metadata
import json
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LEFT_OUT = {"torch", "transformers", "kenlm", "tokenizers", "huggingface_hub"}
REPORT = """
import json, sys
{job}
print("modules:" + json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
JOBS = {
    "import": "import discourse",
    "chart": """
from discourse.cli import main
main(["chart", "seed:article", "--out", sys.argv[1]], standalone_mode=False)
""",
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Job to the top-level modules that it leaves imported in a fresh interpreter."""

    def run(job):
        out = tmp_path_factory.mktemp(job) / "out"
        command = [sys.executable, "-c", REPORT.format(job=JOBS[job]), str(out)]
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
def test_job_imports_neither_torch_nor_transformers(job, imported):
    assert imported(job) & LEFT_OUT == set()


@pytest.mark.parametrize("job", list(JOBS))
def test_job_needs_no_package_beyond_the_declared_core(job, imported):
    homes = importlib.metadata.packages_distributions()
    core = core_packages()
    needed = {
        module: homes[module]
        for module in imported(job)
        if module in homes and not core & {canonicalize_name(home) for home in homes[module]}
    }
    # setuptools leaves a hook in every interpreter, and an editable installation one of its own
    needed.pop("_distutils_hack", None)
    assert needed == {}
