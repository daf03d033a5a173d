"""No actor's name stands in code: what is said of an actor is said by the lexicon of actors or by a study."""

import ast
from pathlib import Path

import pytest
import yaml

import discourse
from discourse.lexicons.loader import load_lexicon

PACKAGE = Path(discourse.__file__).parent
ACTORS = frozenset(load_lexicon("actors").categories) - {"other"}  # a common word: whoever has no name of its own
UNITS = {"unit", "datetime64", "as_unit"}  # where "us" is a microsecond


def names_in(tree):
    """Return the strings of a module that are an actor's name, each with its line; docstrings are left out."""
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring, or a string that says what a name above it holds
            passed.add(node.value)
        if isinstance(node, ast.keyword) and node.arg in UNITS:
            passed.add(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in UNITS:
            passed.update(node.args)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in ACTORS and node not in passed
    ]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_code_names_no_actor(path):
    assert names_in(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("ROLE = {'nato': 1}", [(1, "nato")]),
        ("def find(target='taliban'):\n    'taliban'", [(1, "taliban")]),
        ("match = side == 'us'", [(1, "us")]),
        ("days = range(1, unit='us')\nday = np.datetime64('NaT', 'us')", []),
        ("'''Russia: russia.'''\nx = 'other'", []),
    ],
)
def test_names_in_finds_names_and_passes_units_and_docstrings(code, found):
    assert names_in(ast.parse(code)) == found


def keys_of(content):
    """Yield every key of a mapping, however deep."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from keys_of(value)
    elif isinstance(content, list):
        for value in content:
            yield from keys_of(value)


def test_word_lists_name_no_actor():
    paths = [path for path in PACKAGE.rglob("*.yml") if path.parent.name not in ("lexicons", "studies")]
    assert paths
    for path in paths:
        assert ACTORS.isdisjoint(keys_of(yaml.safe_load(path.read_text(encoding="utf-8")))), path
