"""A study as files: its YAML, its lexicons and its ledger, so that it can be loaded again elsewhere."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from discourse.archives.packing import csv_bytes
from discourse.errors import SchemaError
from discourse.lexicons.loader import BUILT_IN, Lexicon
from discourse.study import Study

__all__ = ["study_files"]

_STUDY, _LEXICONS = "study/study.yml", "lexicons"
_PLAIN = ("target", "period", "split", "scope", "language", "boilerplate", "copies", "n_draws", "seed")


def study_files(study: Study) -> dict[str, bytes]:
    """Return the files of a study by their paths in an archive.

    ``study/study.yml`` names the lexicons and the ledger by their paths beside it, so that ``load_study`` reads them
    from the archive. The lexicons that reading uses beside them (cues, speech, scopes and the others that ship) are
    there too, with the cards of all, to be looked at: these come from the library when the study runs.

    Parameters
    ----------
    study : Study
        What is asked.

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    SchemaError
        A lexicon does not know the files that it was read from, or two of one name differ.

    Examples
    --------
    >>> from discourse.study import load_study
    >>> sorted(name for name in study_files(load_study()) if name.startswith("study/"))
    ['study/events.csv', 'study/study.yml']
    """
    made: dict[str, bytes] = {}
    keys: dict[str, Any] = {"name": study.name, "title": dict(study.title), "holders": list(study.holders)}
    keys |= {name: getattr(study, name) for name in _PLAIN}
    keys["groups"] = {name: list(members) for name, members in study.groups.items()}
    keys["compare"] = {name: [first, last] for name, first, last in study.compare} or None
    keys["voices"] = None if study.voices is None else list(study.voices)
    keys["actors"] = _places(study.actors, made)
    keys["stance"] = _places(study.stance, made)[0]
    keys["lexicons"] = [_places(lexicon, made)[0] for lexicon in study.lexicons]
    keys["ledger"] = None
    if len(study.ledger):
        made["study/events.csv"] = csv_bytes(study.ledger)
        keys["ledger"] = "events.csv"
    folder = files("discourse.lexicons")
    for name in BUILT_IN:
        made.setdefault(f"{_LEXICONS}/{name}.yml", (folder / f"{name}.yml").read_bytes())
        made[f"{_LEXICONS}/{name}.md"] = (folder / f"{name}.md").read_bytes()
    made[_STUDY] = _as_yaml(keys)
    return made


def _places(lexicon: Lexicon, made: dict[str, bytes]) -> list[str]:
    """Put the files of a lexicon into an archive; return their paths as the study names them."""
    if not lexicon.origin:
        raise SchemaError(
            f"`study` holds the lexicon {lexicon.name!r}, which does not know its files. Load it by load_lexicon()."
        )
    places = []
    for name, content in lexicon.origin:
        place = f"{_LEXICONS}/{name}"
        if made.setdefault(place, content) != content:
            raise SchemaError(f"`study` holds two lexicons in files of the name {name!r}. Rename one of the files.")
        places.append(f"../{place}")
    return places


def _as_yaml(keys: Mapping[str, Any]) -> bytes:
    head = "# The study of this archive: load_study() reads it, with the lexicons and the ledger beside it.\n"
    return (head + yaml.safe_dump(dict(keys), allow_unicode=True, sort_keys=False, width=120)).encode("utf-8")
