"""Safe YAML whose strings remember their line, so that an error can name it."""

from collections.abc import Hashable
from typing import Any

import yaml

__all__ = ["Line", "load_with_lines"]

_MOST_NODES = 1_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Line(str):
    """A string of the file with the line on which it stands."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int) -> "Line":
        """Make the string and note its line."""
        self = super().__new__(cls, value)
        self.line = line
        return self

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        """Return what makes it anew in a copy."""
        return str(self), self.line


class _LineLoader(_Loader):  # type: ignore[misc,valid-type]
    """The safe loader, with lines on strings and repeated keys refused."""


def _string(loader: Any, node: yaml.ScalarNode) -> Line:
    return Line(loader.construct_scalar(node), node.start_mark.line + 1)


def _mapping(loader: Any, node: yaml.MappingNode) -> dict:
    result: dict[Hashable, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, bool):  # yes, no, on, off: as a key they are words
            key = _string(loader, key_node)
        if key in result:
            raise ValueError(f"line {key_node.start_mark.line + 1}: the key {str(key)!r} stands twice in one mapping")
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_LineLoader.add_constructor("tag:yaml.org,2002:str", _string)
_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_with_lines(text: str) -> object:
    """Load YAML safely; every string is a ``Line``.

    Raises
    ------
    ValueError
        No YAML, or a key that stands twice; the message names the line.

    Examples
    --------
    >>> load_with_lines("a: [b]")["a"][0].line
    1
    """
    try:
        if "*" in text:
            _refuse_bomb(text)
        return yaml.load(text, Loader=_LineLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    except RecursionError as error:
        raise ValueError("it is nested too deep; a lexicon has mappings in mappings, no more than ten deep") from error


def _refuse_bomb(text: str) -> None:
    """Refuse anchors that stand for one another: a few lines of them stand for more than any memory holds."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(event.anchor, _MOST_NODES)  # an anchor inside itself has no size yet
        elif isinstance(event, yaml.NodeEvent):
            total += 1
            if isinstance(event, yaml.CollectionStartEvent):
                open_nodes.append((event.anchor, total))
            elif event.anchor is not None:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor is not None:
                sizes[anchor] = total - before + 1
        if total >= _MOST_NODES:
            line = event.start_mark.line + 1
            raise ValueError(f"line {line}: its anchors (&) and aliases (*) stand for more than {_MOST_NODES:,} values")
