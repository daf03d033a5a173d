"""The formats of hand codes by their names: which module reads each, which writes it, and which one a file is of."""

from importlib import import_module
from types import ModuleType

from discourse.errors import SourceError
from discourse.exchange.codes.packed import File

__all__ = ["READ", "WRITTEN", "module_of", "recognise"]

READ = {
    "qdpx": "qdpx",
    "catma": "catma",
    "inception": "inception",
    "label-studio": "label_studio",
    "doccano": "doccano",
    "sheet": "sheets",
}
"""Format and the module that reads it, in the order in which a file is held against them. Such a module has
``recognise(file)`` and ``read(file, found)``; a further format is a line here."""
WRITTEN = {"label-studio": "label_studio_writing", "qdpx": "qdpx_writing"}
"""Format and the module that writes it."""


def module_of(name: str) -> ModuleType:
    """Return the module of a format."""
    return import_module(f"discourse.exchange.codes.{name}")


def recognise(file: File) -> str:
    """Return the format of a file, by what it holds.

    Raises
    ------
    SourceError
        It is none that is known.
    """
    for name, module in READ.items():
        if module_of(module).recognise(file):
            return name
    known = ", ".join(map(repr, sorted(READ)))
    raise SourceError(f"{file.shown} is an export of none of {known}. Say which one by `format`, if it is one.")
