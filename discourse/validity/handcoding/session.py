"""One coder at work: which unit is shown, what was coded of it, what is saved, and where to go from there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from discourse.errors import SchemaError
from discourse.validity.coding import NO_ANSWER
from discourse.validity.handcoding.leases import Lease, is_held, let_go, take
from discourse.validity.handcoding.lines import Head, Item
from discourse.validity.handcoding.log import add_item, open_log
from discourse.validity.handcoding.others import Other, differing
from discourse.validity.handcoding.reading import last_items

__all__ = ["JUMPS", "Session", "now"]

JUMPS = ("next", "previous", "uncoded", "commented", "unsure", "disagreed")


def now() -> str:
    """Return the time as a coding file has it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Session:
    """A coder, a coding file, and the unit that is shown.

    It goes on at the first unit that is not coded. Each item is saved by a line that is added; the last one counts.

    Parameters
    ----------
    path : path
        The coding file; it is made where it is missing.
    head : Head
        What is coded.
    coder : str
        Whose codes these are.
    units : sequence of str
        The units that are shown, in this order.
    blind : bool
        Whether nothing that a measure found is shown.
    others : function, optional
        Returns the codes of other coders by unit, as they are now; asked anew at each step.
    adjudicates : bool
        Whether these are shown before the coder's own codes; otherwise only once the unit is coded.
    take_over : bool
        Whether to take the lease of another session of this coder.
    clock : function
        Returns the time of a line.
    """

    def __init__(
        self,
        path: Path,
        head: Head,
        coder: str,
        *,
        units: Sequence[str],
        blind: bool = True,
        others: Callable[[], Mapping[str, Sequence[Other]]] | None = None,
        adjudicates: bool = False,
        take_over: bool = False,
        clock: Callable[[], str] = now,
    ) -> None:
        self.path, self.head, self.coder, self.units = path, head, coder, list(units)
        self.blind, self.adjudicates, self._clock = blind, adjudicates, clock
        self._others = others or dict
        content = open_log(path, head)
        self.rejects = content.rejects
        ours = [item for item in content.items if (item.coder, item.plan, item.asked) == (coder, head.plan, head.asked)]
        known = set(self.units)
        self.saved: dict[str, Item] = {item.unit_id: item for item in last_items(ours) if item.unit_id in known}
        self.others = dict(self._others())
        self._lease: Lease = take(path, coder, since=clock(), take_over=take_over)
        self.place = 0
        self.go_on()

    @property
    def unit(self) -> str:
        """The unit that is shown."""
        return self.units[self.place]

    @property
    def n_coded(self) -> int:
        """How many units have a code on every variable."""
        return sum(self.is_coded(unit) for unit in self.units)

    def is_coded(self, unit: str) -> bool:
        """Tell whether a unit has a code on every variable."""
        return unit in self.saved and not self.missing(self.saved[unit].values)

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """Return the variables that have no value yet."""
        return [name for name in self.head.variables if not values.get(name)]

    def seen_others(self, unit: str) -> list[Other]:
        """Return the codes of others that may be shown: to an adjudicator, or once one's own are whole."""
        return list(self.others.get(unit, ())) if self.adjudicates or self.is_coded(unit) else []

    def differs_on(self, unit: str) -> list[str]:
        """Return the variables on which the codes that may be shown differ, one's own among them where they are."""
        answers = [other.values for other in self.seen_others(unit)]
        if not self.adjudicates and answers:
            answers.append(self.saved[unit].values)
        return differing(answers, list(self.head.variables), self.head.sets) if len(answers) > 1 else []

    def save(
        self, unit: str, values: Mapping[str, Any], comment: object = "", unsure: object = False, *, whole: bool = True
    ) -> bool:
        """Save a unit, and return whether a line was added: none is where nothing changed.

        Raises
        ------
        SchemaError
            A value is none of the codes, or, with ``whole``, a variable has none.
        SourceError
            The file cannot be written.
        """
        checked = {name: self._checked(name, values[name]) for name in self.head.variables if values.get(name)}
        checked = {name: value for name, value in checked.items() if value}
        strange = sorted(set(values) - set(self.head.variables))
        if unit not in self.units or strange:
            raise SchemaError(f"`unit` is {unit!r} with {strange!r}, which is not asked here. Run the cell again.")
        missing = self.missing(checked)
        if whole and missing:
            raise SchemaError(f"no code of {', '.join(missing)}; write none where there is nothing to code.")
        saw = tuple(other.coder for other in self.seen_others(unit))
        text = str(comment or "").strip()
        item = Item(
            unit, self.coder, checked, text, bool(unsure), self.blind, saw, self.head.plan, self.head.asked, ""
        )  # fmt: skip
        before = self.saved.get(unit)
        if before is not None and _told(before) == _told(item):
            return False
        if before is None and not checked and not text and not unsure:
            return False
        item = item._replace(time=self._clock())
        add_item(self.path, item)
        self.saved[unit] = item
        return True

    def _checked(self, name: str, value: object) -> str:
        """Return a value as it is kept: a code of the codebook, labels of a set in its order, or a text."""
        codes = self.head.variables[name]
        if not codes:
            return " ".join(str(value).split())
        is_set = name in self.head.sets
        given = [part.strip() for part in str(value).split(";") if part.strip()] if is_set else [str(value).strip()]
        strange = [one for one in given if one not in codes]
        alone = [one for one in given if one.casefold() in NO_ANSWER]
        if strange or (alone and len(given) > 1):
            raise SchemaError(
                f"`values` has {str(value)!r} for {name!r}; it must be one of {', '.join(codes)}"
                f"{', or several of them joined by ;, but none alone' if is_set else ''}."
            )
        return ";".join(code for code in codes if code in given)

    def look_at_others(self) -> None:
        """Read what others have coded meanwhile.

        Raises
        ------
        SchemaError
            Their table or file holds no codes any more.
        SourceError
            Their file cannot be read.
        """
        self.others = dict(self._others())

    def holds(self) -> bool:
        """Tell whether this session is still the one of its coder; another one may have taken over."""
        return is_held(self._lease)

    def close(self) -> None:
        """Let another session of this coder begin."""
        let_go(self._lease)

    def go(self, where: str | int) -> bool:
        """Go to another unit, and return whether there is one: a number from 0, or one of JUMPS.

        ``next`` behind the last unit is the first that is not coded; a jump looks from here on and begins anew.

        Raises
        ------
        SchemaError
            ``where`` is none of these.
        """
        n = len(self.units)
        if isinstance(where, int) and not isinstance(where, bool) and 0 <= where < n:
            self.place = where
            return True
        if where not in JUMPS:
            raise SchemaError(f"`where` is {where!r}; it must be a number below {n} or one of {', '.join(JUMPS)}.")
        if where == "disagreed":
            self.look_at_others()
        if where in ("next", "previous"):
            place = self.place + (1 if where == "next" else -1)
            if 0 <= place < n:
                self.place = place
                return True
            where = "uncoded" if where == "next" else ""
        around = [place % n for place in range(self.place + 1, self.place + n)]
        found = next((place for place in around if self._is(str(where), self.units[place])), None)
        self.place = self.place if found is None else found
        return found is not None

    def go_on(self) -> None:
        """Go to the first unit that is not coded, or to the first where all are."""
        self.place = next((place for place, unit in enumerate(self.units) if not self.is_coded(unit)), 0)

    def _is(self, what: str, unit: str) -> bool:
        item = self.saved.get(unit)
        if what == "uncoded":
            return not self.is_coded(unit)
        if what == "disagreed":
            return bool(self.differs_on(unit))
        return item is not None and bool({"commented": item.comment, "unsure": item.unsure}.get(what))


def _told(item: Item) -> tuple[object, ...]:
    return (item.values, item.comment, item.unsure, item.blind)
