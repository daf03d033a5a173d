"""The files of the project that speak of one another stay in step."""

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

import discourse
from discourse.tables import TABLES


@pytest.fixture(scope="module")
def metadata(project):
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def citation(project):
    return yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))


TARGETS = ["notebooks", "test", "check", "frozen", "validity", "copies", "mutation", "lab", "codebook", "lock", "clean"]


def load_script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_codebook_is_current(project):
    made = load_script(project / "docs" / "make_codebook.py").text()
    assert (project / "docs" / "codebook.md").read_text("utf-8") == made, "run `make codebook`"


def test_codebook_has_a_section_for_each_table(project):
    found = re.findall(r"^## ([A-Z_]+)$", (project / "docs" / "codebook.md").read_text("utf-8"), re.M)
    assert found == list(TABLES)


def test_version_is_the_same_everywhere(metadata, citation, project):
    versions = {metadata["version"], citation["version"], discourse.__version__}
    assert versions == {importlib.metadata.version("arabic-discourse")}
    assert re.search(rf"^## {re.escape(metadata['version'])}\b", (project / "CHANGELOG.md").read_text("utf-8"), re.M)


def test_citation_has_what_the_format_asks_for(citation, metadata):
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"] and citation["title"] and citation["abstract"]
    assert citation["type"] == "software"
    assert citation["license"] == metadata["license"] == "BSD-3-Clause"
    assert all("name" in author or {"family-names", "given-names"} <= set(author) for author in citation["authors"])
    allowed = {
        "abstract", "authors", "cff-version", "date-released", "keywords", "license", "message", "title", "type",
        "version", "references", "preferred-citation", "repository-code", "url", "doi", "identifiers",
    }  # fmt: skip
    assert set(citation) <= allowed


def test_changelog_says_which_results_changed(project):
    text = (project / "CHANGELOG.md").read_text("utf-8")
    releases = re.split(r"^## ", text, flags=re.M)[1:]
    assert releases
    for release in releases:
        assert re.search(r"^### Changed results$", release, re.M), release.splitlines()[0]


def test_dependencies_document_names_each_direct_dependency_once(project, metadata):
    text = (project / "docs" / "dependencies.md").read_text("utf-8")
    lines = [*metadata["dependencies"], *(x for extra in metadata["optional-dependencies"].values() for x in extra)]
    for name in (re.match(r"[\w-]+", line)[0] for line in lines):
        assert len(re.findall(rf"^\| {re.escape(name)} \|", text, re.M)) == 1, name


def test_readme_shows_the_two_commands(project):
    text = (project / "README.md").read_text("utf-8")
    assert "make notebooks" in text
    assert "make test" in text


@pytest.mark.skipif(sys.platform == "win32", reason="the Makefile is for make on Linux and macOS")
@pytest.mark.parametrize("target", TARGETS)
def test_makefile_resolves_each_target(project, target):
    done = subprocess.run(["make", "-n", target], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "== " in done.stdout, "each target says what it does"


@pytest.mark.skipif(sys.platform == "win32", reason="the Makefile is for make on Linux and macOS")
def test_makefile_refuses_an_old_python_with_a_clear_message(project, tmp_path):
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.18"\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    command = ["make", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}", f"{tmp_path / 'venv'}/bin/python"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    message = done.stderr.splitlines()[0]
    assert message.startswith(
        f"arabic-discourse needs Python 3.11 or later; '{old}' is Python 3.9.18. Name another one: "
    )
    assert not (tmp_path / "venv").exists()


def test_committed_files_hold_no_bidi_controls(project):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the list of committed files is not known")
    controls = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]".encode().decode())
    for name in filter(None, listed.stdout.split("\0")):
        path = project / name
        if path.suffix in {".py", ".md", ".toml", ".cff", ".ipynb", ".yml"} and path.is_file():
            assert not controls.search(path.read_text("utf-8")), name
