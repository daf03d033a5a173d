"""A study: what is asked of a corpus, as one checked, frozen object."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from discourse.errors import SchemaError, SourceError, check_choice
from discourse.lexicons.loader import Lexicon, combine_lexicons, load_lexicon
from discourse.lexicons.yaml_lines import load_with_lines
from discourse.sources.events import read_events
from discourse.sources.seeds import SEEDS, load_seed
from discourse.studies.checks import (
    choose,
    groups_of,
    is_place,
    listed,
    names_of,
    number,
    own_names,
    plain_value,
    stance_of,
    text_or_none,
    title_of,
)
from discourse.studies.default import DEFAULT_STUDY
from discourse.studies.periods import periods_of

__all__ = ["DEFAULT_STUDY", "Study", "load_study", "study_names"]

_CHOICES = {
    "period": (None, "month", "quarter", "year"),
    "scope": ("target", "all"),
    "language": ("en", "ar"),
    "boilerplate": ("drop", "keep"),
    "copies": ("cluster", "weight", "keep"),
}
# who speaks beside the actors of the lexicon
_VOICES = ("outlet",)
# how commands and ``chart`` also name their options
_ALSO = {"holder": "holders", "by": "split", "events": "ledger"}
# what belongs to one pair of holders and target, and is left behind where another pair is asked for
_OF_THE_PAIR = ("name", "title", "ledger", "groups", "compare")


@dataclass(frozen=True, eq=False)
class Study:
    """What is asked: whose position toward whom, by which lexicons, in which periods, said in which language.

    Made by ``load_study``, which checks it; equal studies have equal ``digest`` and compare equal.

    Attributes
    ----------
    name, title : str, dict
        Short name, made from the pair where there is none; language of the output to title, often empty.
    holders, target : tuple of str, str
        Whose position (actors or groups), and toward whom (an actor).
    groups : dict of str to tuple of str
        Actors that are read as one holder.
    actors, stance : Lexicon
        Who is named, and with which words sides are taken.
    lexicons : tuple of Lexicon
        What is charted over time.
    ledger : DataFrame
        EVENTS; empty where the study has none.
    period : {"month", "quarter", "year"} or None
        None: chosen by how many documents there are.
    compare : tuple of (str, str, str)
        Periods whose positions are compared: name, first and last day; empty for first against last third.
    split : str or None
        Document variable that splits the series.
    voices : tuple of str or None
        Voices whose words count in positions; None for all.
    scope, language, boilerplate, copies : str
        As docs/studies.md says.
    n_draws, seed : int
        Draws and seed of the simultaneous bands.
    """

    name: str
    title: Mapping[str, str]
    holders: tuple[str, ...]
    target: str
    groups: Mapping[str, tuple[str, ...]]
    actors: Lexicon
    stance: Lexicon
    lexicons: tuple[Lexicon, ...]
    ledger: pd.DataFrame
    period: str | None
    compare: tuple[tuple[str, str, str], ...]
    split: str | None
    voices: tuple[str, ...] | None
    scope: str
    language: str
    boilerplate: str
    copies: str
    n_draws: int
    seed: int

    def given(self) -> dict[str, Any]:
        """Return what the study gives to a plan, by name."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name not in ("name", "title")}

    def settings(self) -> dict[str, Any]:
        """Return the study as JSON values, for provenance: lexicons and ledger by their digests."""
        plain: dict[str, Any] = {"name": self.name, "title": dict(self.title)}
        for name, value in self.given().items():
            plain[name] = plain_value(value)
        return plain

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the study asks."""
        return hashlib.sha256(json.dumps(self.settings(), sort_keys=True).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Study) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def study_names() -> list[str]:
    """Return the names of the studies that ship."""
    return sorted(
        place.name.removesuffix(".yml") for place in files("discourse.studies").iterdir() if place.name.endswith(".yml")
    )


def load_study(source: str | os.PathLike[str] | Mapping[str, Any] | Study | None = None, **options: Any) -> Study:
    """Load a study from a name, a YAML file or a mapping; options stand in for its keys.

    Parameters
    ----------
    source : str, path, mapping or Study, optional
        The name of a study that ships, the path of a YAML file, its keys, or a study; ``"russia-taliban"`` by
        default. Keys that a file leaves out have the values of the study that ships, but for ``holders`` and
        ``target``, which must be there, and ``ledger``, ``title``, ``groups`` and ``compare``, which are empty.
    **options
        Any key, in place of the source's: ``holders``, ``target``, ``groups``, ``actors``, ``stance``, ``lexicons``,
        ``ledger``, ``period``, ``compare``, ``split``, ``voices``, ``scope``, ``language``, ``boilerplate``,
        ``copies``, ``n_draws``, ``seed``, ``name``, ``title``; also ``holder``, ``by`` and ``events`` for ``holders``,
        ``split`` and ``ledger``. Other holders or another target leave the source's title, ledger, groups and periods
        behind, since these belong to its pair.

    Returns
    -------
    Study

    Raises
    ------
    SchemaError
        A key is unknown, a value is not allowed, or an actor is none of the lexicon: each with what is allowed.
    SourceError, LexiconError
        A file of the study is missing or cannot be read.

    Examples
    --------
    >>> study = load_study(holders=["iran"], period="year")
    >>> study.name, study.target, len(study.ledger)
    ('iran-taliban', 'taliban', 0)
    """
    keys, folder = _keys(source)
    base, _ = _keys(DEFAULT_STUDY)
    twice = [name for name, other in _ALSO.items() if name in options and other in options]
    if twice:
        raise SchemaError(f"`{twice[0]}` and `{_ALSO[twice[0]]}` are one key; give one of them.")
    options = {_ALSO.get(name, name): value for name, value in options.items()}
    allowed = list(base)
    for name in (*keys, *options):
        check_choice("study key", name, allowed)
    if any(name in options and names_of(options[name]) != names_of(keys.get(name)) for name in ("holders", "target")):
        keys = {name: value for name, value in keys.items() if name not in _OF_THE_PAIR}
    merged = {name: value for name, value in base.items() if name not in (*_OF_THE_PAIR, "holders", "target")}
    merged |= keys | options
    for name in ("holders", "target"):
        if merged.get(name) is None or merged[name] in ("", [], ()):
            raise SchemaError(
                f"`study` lacks {name!r}; a study says whose position (holders) toward whom (target). Add it."
            )
    return _check(merged, folder)


def _keys(source: Any) -> tuple[dict[str, Any], Path]:
    """Return the keys of a study and the folder that its files are relative to."""
    if isinstance(source, Study):
        return {part.name: getattr(source, part.name) for part in fields(source)}, Path()
    if isinstance(source, Mapping):
        return dict(source), Path()
    if source is None or (isinstance(source, str) and source in study_names()):
        place = files("discourse.studies") / f"{source or DEFAULT_STUDY}.yml"
        return _parse(place.read_text(encoding="utf-8"), str(source or DEFAULT_STUDY)), Path()
    known = ", ".join(map(repr, study_names()))
    if not is_place(source) or not Path(source).exists():
        raise SourceError(f"`study` is {str(source)[:60]!r}: no such file, and no study of that name ({known}).")
    path = Path(source)
    try:
        return _parse(path.read_text(encoding="utf-8-sig"), path.name), path.parent
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"`study` is {str(source)!r}, which cannot be read as UTF-8: {error}.") from error


def _parse(text: str, shown: str) -> dict[str, Any]:
    try:
        content = load_with_lines(text)
    except ValueError as error:
        raise SchemaError(f"study {shown!r} is no YAML: {error}. Mend it.") from error
    if not isinstance(content, Mapping):
        raise SchemaError(f"study {shown!r} must be a mapping with `holders` and `target`; see docs/studies.md.")
    return {str(name): _plain_text(value) for name, value in content.items()}


def _plain_text(value: Any) -> Any:
    """Return a value of YAML without the lines on its strings."""
    if isinstance(value, Mapping):
        return {_plain_text(name): _plain_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain_text(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _check(keys: dict[str, Any], folder: Path) -> Study:
    chosen: dict[str, Any] = {name: choose(name, keys[name], allowed) for name, allowed in _CHOICES.items()}
    numbers: dict[str, Any] = {name: number(name, keys[name], least) for name, least in (("n_draws", 1), ("seed", 0))}
    sources = (str, os.PathLike, Lexicon)
    actors = combine_lexicons([_lexicon("actors", one, folder) for one in listed("actors", keys["actors"], sources)])
    lexicons = tuple(_lexicon("lexicons", one, folder) for one in listed("lexicons", keys["lexicons"], sources))
    repeated = sorted({one.name for one in lexicons if [other.name for other in lexicons].count(one.name) > 1})
    if repeated:
        raise SchemaError(f"`lexicons` has the name {repeated[0]!r} twice; one is charted once. Rename one of them.")
    keys = keys | {name: own_names(keys.get(name), actors) for name in ("holders", "target", "groups", "voices")}
    groups = groups_of({} if keys.get("groups") is None else keys["groups"], actors)
    holders = tuple(map(str, listed("holders", keys["holders"])))
    for holder in holders:
        check_choice("holder", holder, [*actors.categories, *groups])
    target = choose("target", keys["target"], list(actors.categories))
    if target in {actor for holder in holders for actor in groups.get(holder, (holder,))}:
        raise SchemaError(
            f"`target` is {target!r}, which is also a holder; a position is toward another. Name another."
        )
    voices = None if keys["voices"] is None else listed("voices", keys["voices"])
    for voice in voices or ():
        check_choice("voices", voice, [*_VOICES, *actors.categories])
    title = title_of({} if keys.get("title") is None else keys["title"], _CHOICES["language"])
    return Study(
        name=text_or_none("name", keys.get("name")) or "-".join([*holders, target]),
        title=MappingProxyType(title),
        holders=holders,
        target=str(target),
        groups=MappingProxyType(groups),
        actors=actors,
        stance=stance_of(_lexicon("stance", keys["stance"], folder)),
        lexicons=lexicons,
        ledger=_ledger(keys.get("ledger"), folder),
        voices=voices,
        compare=periods_of(keys.get("compare")),
        split=text_or_none("split", keys["split"]),
        **chosen,
        **numbers,
    )


def _lexicon(name: str, source: Any, folder: Path) -> Lexicon:
    if isinstance(source, Lexicon):
        return source
    if not is_place(source):
        raise SchemaError(f"`{name}` is {str(source)[:60]!r}; it must be the name of a lexicon or a file.")
    beside = folder / source
    return load_lexicon(beside if beside.is_file() else source)


def _ledger(source: Any, folder: Path) -> pd.DataFrame:
    if source is None or isinstance(source, pd.DataFrame):
        none = pd.DataFrame(columns=["date", "event"], dtype="str")
        return read_events(none if source is None else source)
    if not is_place(source):
        raise SchemaError(f"`ledger` is {str(source)[:60]!r}; it must be 'events', a file of EVENTS, a table, or null.")
    if source in SEEDS:
        check_choice("ledger", source, ["events"])
        return load_seed(str(source))
    return read_events(folder / source if (folder / source).is_file() else source)
