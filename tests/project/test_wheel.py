"""The wheel carries seeds and lexicons, and does the main job in an environment that holds nothing of the checkout.

Installing a hundred packages from the net would take a minute and a registry, which a default suite may not need. So
the wheel alone is installed into a new, empty virtual environment, and the packages it depends on are lent to it by one
path file. Path files of the lending folder are not read there, so the editable installation of the checkout does not
come along: the only `discourse` in that environment is the one of the wheel, and the tests say so first. That the
declared dependencies suffice is shown in test_imports.py.
"""

import email
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(project, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def foreign(wheel, tmp_path_factory):
    """An environment with the wheel, and a folder far from the checkout: a function that runs a command of it there."""
    place = tmp_path_factory.mktemp("foreign")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / "venv")], check=True)
    scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place / "venv")}))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    def run(program, *arguments):
        command = [str(scripts / program), *arguments]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
        clean["PYTHONUTF8"] = "1"
        return subprocess.run(
            command, cwd=place, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
        )

    run.place = place
    return run


def test_wheel_holds_seeds_lexicons_and_types(wheel, project):
    names = set(zipfile.ZipFile(wheel).namelist())
    seeds = {f"discourse/_seeds/{path.relative_to(project / 'seeds').as_posix()}" for path in files(project / "seeds")}
    kinds = (".py", ".yml", ".md", ".typed", ".js", ".css")
    package = {path.relative_to(project).as_posix() for path in files(project / "discourse") if path.suffix in kinds}
    assert seeds | package <= names
    assert "discourse/_seeds/article/article.txt" in seeds
    assert any(name.startswith("discourse/lexicons/") and name.endswith(".yml") for name in package)
    page = {"evidence.css", "words.yml", *(f"{name}.js" for name in ("stats", "data", "figure", "reading", "page"))}
    assert {f"discourse/display/evidence/{name}" for name in page} <= names


def test_wheel_holds_nothing_but_the_package(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"discourse", "arabic_discourse-0.1.0.dist-info"}


def test_wheel_tells_what_it_is(wheel, project):
    """The long description is the README; an address stands there when the citation has one, and the same."""
    name = "arabic_discourse-0.1.0.dist-info/METADATA"
    head, _, description = zipfile.ZipFile(wheel).read(name).decode("utf-8").partition("\n\n")
    told = email.message_from_string(head)
    assert told["Description-Content-Type"] == "text/markdown"
    assert description.strip() == (project / "README.md").read_text("utf-8").strip()
    assert told["License-Expression"] == "BSD-3-Clause"
    assert told["License-File"] == "LICENSE"
    citation = yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))
    cited = {citation[key] for key in ("url", "repository-code") if key in citation}
    assert {line.partition(", ")[2] for line in told.get_all("Project-URL", [])} == cited


def test_wheel_imports_from_the_foreign_environment_only(foreign):
    code = "import discourse; print(discourse.__file__); print(discourse.__version__)"
    done = foreign("python", "-c", code)
    assert done.returncode == 0, done.stderr
    file, version = done.stdout.split()
    assert Path(file).is_relative_to(foreign.place)
    assert version == "0.1.0"


def test_wheel_seeds_equal_the_checkout(foreign, project):
    names = "'article', 'reports', 'events'"
    code = f"from discourse.sources.seeds import seed_path; print(*map(seed_path, ({names})), sep='\\n')"
    done = foreign("python", "-c", code)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        installed = Path(line)
        assert installed.is_relative_to(foreign.place)
        beside = project / "seeds" / installed.parent.name / installed.name
        assert installed.read_bytes() == beside.read_bytes()


def test_wheel_charts_the_reports_from_a_foreign_folder(foreign):
    done = foreign("discourse", "chart", "seed:reports", "--out", "charts", "--format", "png", "--format", "svg")
    assert done.returncode == 0, done.stderr
    out = foreign.place / "charts"
    assert (out / "index.html").stat().st_size > 10_000
    assert list((out / "figures").glob("*.png"))
    assert list((out / "figures").glob("*.svg"))
    assert list((out / "tables").glob("*.csv"))
    assert (out / "provenance.json").is_file()
    assert str(foreign.place) not in (out / "index.html").read_text("utf-8")


def test_wheel_runs_as_a_module(foreign):
    done = foreign("python", "-m", "discourse", "--version")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "discourse, version 0.1.0\n"


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
