"""environment.yml, pyproject.toml, the locks and the constraints say the same."""

import re
import tomllib

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # the conda package without a GUI toolkit
ONLY_CONDA = {"editdistance", "pip", "python", "pytorch"}


@pytest.fixture(scope="module")
def metadata(project):
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def direct(metadata):
    """Every direct dependency, of the core and of the extras: name to Requirement."""
    extras = metadata["optional-dependencies"].values()
    lines = [*metadata["dependencies"], *(line for extra in extras for line in extra)]
    requirements = [Requirement(line) for line in lines]
    assert len({requirement.name for requirement in requirements}) == len(requirements)
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def pins_of(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def version_of(pin):
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return Version(specifier.version)


def test_environment_holds_the_direct_dependencies_of_pyproject(project, direct):
    conda = yaml.safe_load((project / "environment.yml").read_text("utf-8"))["dependencies"]
    (pip,) = [entry["pip"] for entry in conda if isinstance(entry, dict)]
    named = {}
    for line in [*(entry for entry in conda if isinstance(entry, str)), *pip]:
        name, rest = re.fullmatch(r"([\w-]+)(.*)", line).groups()
        named[CONDA_NAMES.get(name, name)] = rest
    assert set(named) - ONLY_CONDA == set(direct)
    assert {name: named[name] for name in direct} == {name: str(direct[name].specifier) for name in direct}


def test_environment_asks_for_pytorch_without_cuda(project, metadata):
    conda = yaml.safe_load((project / "environment.yml").read_text("utf-8"))["dependencies"]
    assert "pytorch=*=cpu*" in conda
    assert f"python{metadata['requires-python']}" in conda


def test_lock_of_running_holds_core_corpora_jupyter_and_test(project, direct, metadata):
    pins = pins_of(project / "requirements" / "run.txt")
    extras = metadata["optional-dependencies"]
    left = {canonicalize_name(Requirement(line).name) for line in [*extras["dev"], *extras["dask"]]}
    wanted = set(direct) - left
    assert wanted <= set(pins)
    for name in wanted:
        assert direct[name].specifier.contains(version_of(pins[name])), name


def test_lock_of_tools_holds_dev_and_dask_and_agrees_with_the_lock_of_running(project, direct, metadata):
    run, dev = pins_of(project / "requirements" / "run.txt"), pins_of(project / "requirements" / "dev.txt")
    extras = metadata["optional-dependencies"]
    for line in [*extras["dev"], *extras["dask"]]:
        assert Requirement(line).specifier.contains(version_of(dev[canonicalize_name(Requirement(line).name)]))
    assert {name: run[name].specifier for name in run.keys() & dev.keys()} == {
        name: dev[name].specifier for name in run.keys() & dev.keys()
    }


def test_locks_leave_out_what_nothing_imports(project):
    for name in ("run.txt", "dev.txt"):
        pins = pins_of(project / "requirements" / name)
        left_out = {"torch", "transformers", "camel-kenlm", "triton", "tokenizers", "huggingface-hub"}
        assert left_out & set(pins) == set()
        assert not [pin for pin in pins if pin.startswith("nvidia-")]


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_lock_of_running_is_complete_for_each_python(project, direct, version):
    environment = {"python_version": version, "python_full_version": f"{version}.0", "sys_platform": "linux"}
    pins = pins_of(project / "requirements" / "run.txt")
    kept = {name for name, pin in pins.items() if not pin.marker or pin.marker.evaluate(environment)}
    assert set(pins) - kept <= {"appnope", "colorama", "editdistance", "overrides", "pywinpty"}


def test_pythons_of_the_classifiers_are_those_that_are_tried(metadata):
    named = [line.rpartition(" ")[2] for line in metadata["classifiers"] if line.startswith("Programming Language")]
    assert named == ["3", "3.11", "3.12", "3.13", "3.14"]


def test_only_the_extra_morphology_brings_pytorch(metadata):
    """camel-tools declares PyTorch, transformers and editdistance; who installs the core gets none of them."""
    holding = [
        extra
        for extra, lines in {"core": metadata["dependencies"], **metadata["optional-dependencies"]}.items()
        if {"camel-tools", "torch", "transformers", "editdistance"} & {Requirement(line).name for line in lines}
    ]
    assert holding == ["morphology"]


def test_constraints_pin_pytorch_and_agree_with_the_locks(project, direct):
    constraints = pins_of(project / "constraints.txt")
    assert str(constraints["torch"].specifier) == "==2.13.0"
    assert {"transformers", "camel-kenlm"} <= set(constraints)
    assert set(direct) <= set(constraints)
    for name in ("run.txt", "dev.txt"):
        for package, pin in pins_of(project / "requirements" / name).items():
            assert constraints[package].specifier == pin.specifier


def test_overrides_remove_by_a_marker_that_never_holds(project):
    overrides = pins_of(project / "requirements" / "overrides.txt")
    never = Marker('python_version < "3"')
    assert {name for name, pin in overrides.items() if pin.marker == never} == {"camel-kenlm", "torch", "transformers"}


def test_locks_name_no_address(project):
    for path in [*(project / "requirements").iterdir(), project / "constraints.txt", project / "environment.yml"]:
        assert "://" not in path.read_text("utf-8"), path.name
