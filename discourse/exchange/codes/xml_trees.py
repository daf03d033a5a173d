"""XML of other tools as a tree that knows its lines; what declares a document type is refused."""

from dataclasses import dataclass, field
from xml.parsers import expat

from discourse.errors import SourceError

__all__ = ["MOST_DEEP", "Element", "parse_xml"]

MOST_DEEP = 500
"""Elements within one another."""


@dataclass
class Element:
    """An element of XML: name without its namespace, attributes, text, children, the line where it begins."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def get(self, name: str) -> str | None:
        """Return an attribute, by its name without namespace."""
        return self.attributes.get(name)

    def all(self, *names: str) -> list["Element"]:
        """Return the children of these names."""
        return [one for one in self.children if one.name in names]

    def first(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next(iter(self.all(name)), None)

    def walk(self) -> list["Element"]:
        """Return this element and all below it, in the order of the file."""
        out: list[Element] = []
        waiting: list[Element] = [self]
        while waiting:
            one = waiting.pop()
            out.append(one)
            waiting += reversed(one.children)
        return out


def parse_xml(raw: bytes, place: str) -> Element:
    """Parse XML that declares no document type, so that it has no entities and asks for no other file.

    Raises
    ------
    SourceError
        It is none, is nested too deep, or declares a document type; the message names the line.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[Element] = []
    roots: list[Element] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(stack) >= MOST_DEEP:
            raise SourceError(f"{place} is nested more than {MOST_DEEP} deep, in line {parser.CurrentLineNumber}.")
        space, _, local = name.rpartition(" ")
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(local, space, own, parser.CurrentLineNumber)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def write(text: str) -> None:
        stack[-1].text += text

    def refuse(*_: object) -> None:
        raise SourceError(
            f"{place} declares a document type in line {parser.CurrentLineNumber}, which may hold entities; no export "
            "of a coding tool does. Take the declaration out if you trust the file."
        )

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = write
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except SourceError:  # of our own, raised from a handler
        raise
    except expat.ExpatError as error:
        raise SourceError(
            f"{place} is not whole XML: {expat.errors.messages[error.code]}, line {error.lineno}. Export it again."
        ) from error
    except (LookupError, ValueError) as error:
        raise SourceError(f"{place} is in an encoding that XML does not know. Export it again as UTF-8.") from error
    return roots[0]
