"""A plan: named steps whose parameters name the tables they read; any of them is made by name, each once."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from discourse.cache import Cache
from discourse.errors import SchemaError, check_choice

__all__ = ["Plan", "per_document", "read_in_parts", "takes_long"]
_ANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


_MARK, _APART, _LONG = "per_document", "read_in_parts", "takes_long"
_Step = TypeVar("_Step", bound=Callable[..., Any])


def per_document(step: _Step) -> _Step:
    """Mark a step whose table of all documents is the tables of some documents each, one under the other.

    What such a step makes of a document depends on this document alone, and on tables of the whole corpus that it
    names: it may be run over parts of a corpus, in any order, on any machine. A step without the mark is run once.

    Examples
    --------
    >>> @per_document
    ... def words(text): return text.split()
    >>> Plan.of(words).is_per_document("words")
    True
    """
    setattr(step, _MARK, True)
    return step


def read_in_parts(pack: Callable[[Any], Any]) -> Callable[[_Step], _Step]:
    """Mark a step per document whose readers take its table in parts too: it need not fit into memory.

    ``pack`` makes of the table of a part what the readers take of it, in the process that made it.

    Examples
    --------
    >>> @read_in_parts(len)
    ... @per_document
    ... def words(text): return text.split()
    >>> Plan.of(words).pack("words")(["one", "two"])
    2
    """

    def mark(step: _Step) -> _Step:
        setattr(step, _APART, pack)
        return step

    return mark


def takes_long(step: _Step) -> _Step:
    """Mark a step of the whole corpus that is worth a process of its own, where others can be run beside it."""
    setattr(step, _LONG, True)
    return step


@dataclass(frozen=True)
class Plan:
    """Steps by the name of what they make, as ``Plan.of`` collects them.

    A step is a function; its name is the name of its table, its parameters name what it reads: tables of other steps,
    or what the caller gives. One that returns None does not apply. That a parameter names its input is Hamilton's idea.

    Examples
    --------
    >>> def words(text): return text.split()
    >>> def number(words): return len(words)
    >>> Plan.of(number, words).run(["number"], {"text": "قال كابولوف"})
    {'number': 2}
    """

    steps: Mapping[str, Callable[..., Any]]

    @classmethod
    def of(cls, *steps: Callable[..., Any]) -> "Plan":
        """Collect functions into a plan; each name may stand once."""
        names = [step.__name__ for step in steps]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise SchemaError(
                f"`steps` has {', '.join(map(repr, repeated))} twice; a table is made by one step. Rename it."
            )
        return cls(dict(zip(names, steps, strict=True)))

    def reads(self, name: str) -> tuple[str, ...]:
        """Return what a step reads: its parameters that have no default."""
        found = inspect.signature(self.steps[name]).parameters.values()
        return tuple(one.name for one in found if one.default is one.empty and one.kind not in _ANY)

    def is_per_document(self, name: str) -> bool:
        """Tell whether a name is a step that may be run over parts of a corpus; see ``per_document``."""
        return bool(getattr(self.steps.get(name), _MARK, False))

    def pack(self, name: str) -> Callable[[Any], Any] | None:
        """Return what packs the parts of a table whose readers take it in parts, else None; see ``read_in_parts``."""
        return getattr(self.steps.get(name), _APART, None)

    def is_long(self, name: str) -> bool:
        """Tell whether a step is worth a process of its own; see ``takes_long``."""
        return bool(getattr(self.steps.get(name), _LONG, False))

    def given(self) -> list[str]:
        """Return, sorted, what some step reads and no step makes."""
        return sorted({read for name in self.steps for read in self.reads(name)} - set(self.steps))

    def order(self, names: Iterable[str], given: Iterable[str]) -> list[str]:
        """Return the steps that the tables ``names`` need, each once, in an order in which they can run.

        Raises
        ------
        SchemaError
            A name is no step, a step reads what is neither made nor given, or steps wait for each other.
        """
        known, done = set(given), dict[str, None]()
        for name in names:
            check_choice("tables", name, list(self.steps))
            self._visit(name, known, done, ())
        return list(done)

    def _visit(self, name: str, known: set[str], done: dict[str, None], path: tuple[str, ...]) -> None:
        if name in known or name in done:
            return
        if name in path:
            ring = " <- ".join([*path[path.index(name) :], name])
            raise SchemaError(f"`steps` wait for each other: {ring}. Let one of them read something else.")
        if name not in self.steps:
            has, make = (", ".join(map(repr, sorted(names))) or "nothing" for names in (known, self.steps))
            raise SchemaError(
                f"`given` lacks {name!r}, which step {path[-1]!r} reads; it has {has}, and the steps make {make}. "
                "Give it, or add a step of that name."
            )
        for read in self.reads(name):
            self._visit(read, known, done, (*path, name))
        done[name] = None

    def run(
        self,
        names: Iterable[str],
        given: Mapping[str, Any],
        *,
        cache: Cache | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> dict[str, Any]:
        """Make the tables ``names`` that apply from what is given, each step once, in the order asked for.

        A table given under a step's name stands in its place. ``cache`` keeps what steps made, for the same inputs and
        the same code; ``on_step`` is called with the name of each step as it begins. Raises as ``order`` does.
        """
        wanted = list(dict.fromkeys(names))
        order = self.order([name for name in wanted if name not in given], given)
        made, keys, needed = dict(given), cache.keys(given, self.given()) if cache else {}, set(wanted)
        if cache:
            for name in order:
                keys[name] = cache.key(name, self.steps[name], [keys[read] for read in self.reads(name)])
        for name in reversed(order):  # what stands in the cache needs nothing that comes before it
            if name in needed and not (cache and cache.load(keys[name], name, made)):
                needed.update(self.reads(name))
        running = [name for name in order if name in needed and name not in made]
        last = {read: name for name in running for read in self.reads(name)}
        for name in running:
            if on_step:
                on_step(name)
            made[name] = self.steps[name](**{read: made[read] for read in self.reads(name)})
            if cache:
                cache.keep(keys[name], made[name])
            for read in [read for read in self.reads(name) if last[read] == name and read not in wanted]:
                made.pop(read)  # no later step reads it
        return {name: made[name] for name in wanted if made[name] is not None}

    def lines(self, names: Iterable[str] | None = None) -> Iterator[str]:
        """Say what each step makes from what, one line a table, in the order in which they run."""
        for name in self.order(list(self.steps) if names is None else names, self.given()):
            said = (inspect.getdoc(self.steps[name]) or "").partition("\n")[0]
            by_itself = " (per document)" if self.is_per_document(name) else ""
            yield f"{name}{by_itself} <- {', '.join(self.reads(name))}: {said}"
