"""No module outside the pack of a language knows a word of it: words stand in data files."""

import ast
import unicodedata

import pytest

PACK = "language/arabic"


def is_arabic_letter(char):
    return unicodedata.category(char)[0] == "L" and unicodedata.name(char, "").startswith("ARABIC")


def docstrings(tree):
    """Return the ids of the constants that document a module, a class, a function or a name."""
    found = set()
    for node in ast.walk(tree):
        for child in getattr(node, "body", []) if not isinstance(node, ast.Lambda | ast.IfExp) else []:
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                found.add(id(child.value))
    return found


def arabic_constants(source):
    """Return (line, string) of the string constants with an Arabic letter, docstrings apart."""
    tree = ast.parse(source)
    left_out = docstrings(tree)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out
        if any(map(is_arabic_letter, node.value))
    ]


def modules(project):
    return {path.relative_to(project / "discourse").as_posix(): path for path in project.glob("discourse/**/*.py")}


def in_room(name, room):
    return name == room or name.startswith(f"{room}/")


def test_modules_outside_the_pack_hold_no_arabic_word(project):
    found = [
        f"{name}:{line} {text[:40]!r}"
        for name, path in sorted(modules(project).items())
        if not in_room(name, PACK)
        for line, text in arabic_constants(path.read_text("utf-8"))
    ]
    assert not found, "move these words to a data file of the pack:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "n"),
    [
        ('word = "موسكو"', 1),
        ('word = f"{x} في"', 1),
        ('letter = "\\u0621"', 1),
        ('letters = r"[\\u0621-\\u064a]"', 0),
        ('"""موسكو"""', 0),
        ('def f():\n    """موسكو"""\n    return "،"', 0),
        ('def f(word="و"):\n    """Docstring."""', 1),
        ("x = 1  # موسكو", 0),
    ],
)
def test_arabic_constants_takes_words_and_leaves_docstrings_and_marks(source, n):
    assert len(arabic_constants(source)) == n
