"""Which modules are mutated, and which tests stand for a module."""

from pathlib import Path

ROOMS = ("discourse/measures", "discourse/sources/dates", "discourse/reading")


def modules_of(names: list[str], root: Path) -> list[str]:
    """Return the modules that the names stand for: a module, a folder or a part of a path.

    Raises
    ------
    ValueError
        A name stands for no module.
    """
    everywhere = sorted(path.relative_to(root).as_posix() for path in (root / "discourse").rglob("*.py"))
    everywhere = [name for name in everywhere if not name.endswith("/__init__.py")]
    found = []
    for name in names:
        wanted = name.strip().strip("/")
        here = [m for m in everywhere if m == wanted or m.startswith(f"{wanted}/") or m.endswith(f"/{wanted}")]
        if not here:
            raise ValueError(f"{name}: no such module or folder; name one like {', '.join(ROOMS)} or counts.py.")
        found += here
    return list(dict.fromkeys(found))


def tests_of(module: str, root: Path) -> list[list[str]]:
    """Return the tests of a module, step by step: its own with its doctest, then the folder of its room.

    discourse/X/Y.py has tests/X/test_Y.py; where that is not there, the folder tests/X stands for it at once.
    """
    path = Path(module)
    room = Path("tests", *path.parts[1:-1])
    own = root / room / f"test_{path.name}"
    while not (root / room).is_dir():
        room = room.parent
    first = [own.relative_to(root).as_posix()] if own.is_file() else []
    steps = [[module, *first], [room.as_posix()]]
    return [[module, room.as_posix()]] if not first else steps
