"""Claims: a contrast and a direction, stated before the numbers are seen and known by a digest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.errors import SchemaError, check_choice, first_three
from discourse.lexicons.yaml_lines import load_with_lines
from discourse.measures.claims.choices import base_choices
from discourse.measures.claims.sides import Side, state_side
from discourse.provenance import digest

__all__ = ["BASES", "Claim", "state_claim"]

# what each measure can be read from; the first is the default
BASES = {"share": ("matches", "frames"), "per_1000": ("matches",), "mean_position": ("lexicon", "hand")}
_DIRECTIONS = ("higher", "lower")
_KEYS = ("measure", "category", "lexicon", "basis", "holder", "target", "voice", "first", "second", "direction",
         "level", "choices", "note")  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A claim: the measure, the two sides, and which of them is higher. Make one with ``state_claim``.

    Attributes
    ----------
    measure : str
        share, per_1000 or mean_position.
    basis : str
        What the measure is read from: matches or frames; lexicon or hand.
    first, second : Side
        The sides; the difference is the second less the first.
    direction : str
        ``higher`` where the claim is that the second side is higher, ``lower`` where it is lower.
    level : float
        Probability that the interval aims to cover.
    category, lexicon : str or None
        Of shares and rates: the category, and the lexicon that has it.
    holder, target, voice : str or None
        Of positions: whose, toward whom, in whose words; of shares, ``target`` says what documents may have to name.
    choices : tuple
        Choices of the base specification, each with its value, where they are not the usual ones.
    note : str
        Why it is claimed; a part of the text, and so of the digest.
    """

    measure: str
    basis: str
    first: Side
    second: Side
    direction: str
    level: float = 0.95
    category: str | None = None
    lexicon: str | None = None
    holder: str | None = None
    target: str | None = None
    voice: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def parts(self) -> dict[str, Any]:
        """Return the claim as a mapping, in the form in which ``state_claim`` reads it."""
        found = {name: getattr(self, name) for name in _KEYS}
        found |= {"first": self.first.parts(), "second": self.second.parts(), "choices": dict(self.choices)}
        return {name: value for name, value in found.items() if value not in (None, "", {})}

    @property
    def digest(self) -> str:
        """SHA-256 of the claim's text: another text, another digest; the order of its keys does not count."""
        return digest(json.dumps(self.parts(), ensure_ascii=False, sort_keys=True))

    @property
    def sign(self) -> int:
        """1 where the second side is claimed to be higher, -1 where it is claimed to be lower."""
        return 1 if self.direction == "higher" else -1


def state_claim(
    file: str | Path | None = None,
    *,
    measure: str | None = None,
    first: Mapping | None = None,
    second: Mapping | None = None,
    direction: str | None = None,
    level: float | None = None,
    category: str | None = None,
    lexicon: str | None = None,
    basis: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    choices: Mapping[str, str] | None = None,
    note: str | None = None,
) -> Claim:
    """State a claim, from a YAML file or from arguments, before its numbers are seen.

    The claim is that the second side is higher (or lower) than the first. Its digest stands in every table made for
    it; a claim whose text changes afterwards has another digest.

    Parameters
    ----------
    file : str or Path, optional
        YAML file with the arguments below as keys; arguments given beside it are refused.
    measure : {"share", "per_1000", "mean_position"}
        Share of documents with a category, its matches per 1,000 words, or the mean position of a holder.
    first, second : mapping
        The sides, as ``contrast`` reads them: ``period`` (one year, month or day, or first and last), document
        variables with one value or a list of them, ``category`` or ``voice``.
    direction : {"higher", "lower"}
        What is claimed of the second side.
    level : float
        Probability that the interval aims to cover; .95 when left out.
    category, lexicon : str
        For shares and rates: the category, and the name of its lexicon (``frames`` when left out).
    basis : str
        ``matches`` (at least one match; the default) or ``frames`` (the rule of ``find_frames``) for shares; for
        positions ``lexicon`` (the default) or ``hand``.
    holder, target, voice : str
        For positions: whose, toward whom, and in whose words (the holder's own when left out; ``third_party``, or
        ``all``). For shares and rates ``target`` names what documents of one of the denominators must name.
    choices : mapping of str to str
        Choices of the base specification where they are not the usual ones, see ``try_specifications``.
    note : str
        Why it is claimed.

    Returns
    -------
    Claim
        Frozen; ``digest`` is its SHA-256.

    Raises
    ------
    SchemaError
        The file cannot be read or has unknown keys or one key twice, something is missing or none of the choices, or
        both sides are the same.

    Examples
    --------
    >>> claim = state_claim(measure="mean_position", holder="russia", target="taliban", direction="higher",
    ...                     first={"period": [2000, 2004]}, second={"period": [2015, 2020]})
    >>> str(claim.first), str(claim.second), claim.digest[:12]
    ('2000–2004', '2015–2020', '779874d69f5a')
    """
    given: dict[str, Any] = {
        "measure": measure, "first": first, "second": second, "direction": direction, "level": level,
        "category": category, "lexicon": lexicon, "basis": basis, "holder": holder, "target": target, "voice": voice,
        "choices": choices, "note": note,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    if file is not None:
        if given:
            raise SchemaError(
                f"`file` and {', '.join(f'`{name}`' for name in given)} are both given; a claim is stated in one "
                "place. Write all of it in the file, or leave the file out."
            )
        given = _read(Path(file))
    _check_keys(given)
    measure, direction = str(given["measure"]), str(given["direction"])
    check_choice("measure", measure, list(BASES))
    check_choice("direction", direction, list(_DIRECTIONS))
    basis = str(given.get("basis", BASES[measure][0]))
    check_choice("basis", basis, BASES[measure])
    sides = {name: state_side(given[name], name) for name in ("first", "second")}
    _check_difference(sides["first"], sides["second"])
    level = _level(given.get("level", 0.95))
    names = _check_names(given, measure, sides)
    stated = given.get("choices", {})
    if not isinstance(stated, Mapping):
        raise SchemaError(f"`choices` is {stated!r}; it must name choices with their values, such as copies: cluster.")
    kept = tuple(sorted((str(name), str(value)) for name, value in stated.items()))
    claim = Claim(measure, basis, sides["first"], sides["second"], direction, level, **names, choices=kept,
                  note=str(given.get("note", "")))  # fmt: skip
    base_choices(claim)
    return claim


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise SchemaError(f"`file` is {str(path)!r}: no such file. Give the path of a claim in YAML.")
    try:
        content = load_with_lines(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # bytes that are no UTF-8 are one
        said = str(error).replace("\n", " ")
        raise SchemaError(f"`file` {path.name!r} cannot be read as UTF-8 YAML: {said}") from error
    if not isinstance(content, Mapping):
        raise SchemaError(f"`file` {path.name!r} holds no keys; a claim has {', '.join(_KEYS)}.")
    return {str(name): _plain(value) for name, value in content.items() if value is not None}


def _plain(value: Any) -> Any:
    """Return what a file holds without the lines on which it stands."""
    if isinstance(value, Mapping):
        return {_plain(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _check_keys(given: Mapping[str, Any]) -> None:
    unknown = [name for name in given if name not in _KEYS]
    if unknown:
        raise SchemaError(
            f"The claim has {len(unknown)} unknown keys, {first_three(unknown)}; it may have "
            f"{', '.join(sorted(_KEYS))}. Correct or remove them."
        )
    missing = [name for name in ("measure", "first", "second", "direction") if name not in given]
    if missing:
        raise SchemaError(
            f"The claim lacks {', '.join(repr(name) for name in missing)}; it needs a measure, two sides (`first` and "
            "`second`) and a direction."
        )


def _check_difference(first: Side, second: Side) -> None:
    if first == second:
        raise SchemaError(
            f"Both sides of the claim are the same ({first}); a claim compares two. Give `first` and `second` other "
            "periods, outlets, voices or categories."
        )


def _level(level: object) -> float:
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1. 0.95 is the usual choice.")
    return float(level)


def _check_names(given: Mapping[str, Any], measure: str, sides: Mapping[str, Side]) -> dict[str, str | None]:
    """Return category, lexicon, holder, target and voice as the measure needs them."""
    names = ("category", "lexicon", "holder", "target", "voice")
    found: dict[str, str | None] = {name: None if given.get(name) is None else str(given[name]) for name in names}
    of_positions = measure == "mean_position"
    strange = [name for name in (("category", "lexicon") if of_positions else ("holder", "voice")) if found[name]]
    strange += [
        f"{side}, {name}"
        for side, one in sides.items()
        for name in (("category",) if of_positions else ("voice",))
        if name in dict(one.values)
    ]
    if strange:
        raise SchemaError(
            f"The claim of {measure} gives `{strange[0]}`, which says nothing of it: shares and rates have a category "
            "and a lexicon, positions a holder, a target and a voice. Remove it."
        )
    if of_positions:
        for name in ("holder", "target"):
            if not found[name]:
                raise SchemaError(f"The claim of mean_position lacks `{name}`: say whose position toward whom it is.")
        found["voice"] = found["voice"] or found["holder"]
        return found
    if not found["category"] and not all(side.measured for side in sides.values()):
        raise SchemaError(f"The claim of {measure} lacks `category`: say which category of the lexicon it is about.")
    found["lexicon"] = found["lexicon"] or "frames"
    return found
