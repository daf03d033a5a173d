"""Holding an archive against its digests, against texts that were fetched again, and against a run of its study."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.archives.moves import CHANGED, compare_points, count_lost
from discourse.archives.packing import check_digests, csv_bytes, read_archive
from discourse.archives.points import COMPARED, points_of, read_csv
from discourse.archives.texts import compare_texts, match_documents
from discourse.archives.versions import find_versions
from discourse.errors import DiscourseError, SourceError, first_three
from discourse.saved.renewing import read_corpus
from discourse.steps.making import make_tables
from discourse.study import load_study
from discourse.tables import PERIODS, TABLES, conform

__all__ = ["verify"]

_STUDY = re.compile(r"(study|lexicons)/[^/\\]+")
_NEEDED = ("documents.csv", "provenance.json", "versions.json", "study/study.yml")


def verify(
    archive: str | os.PathLike[str],
    corpus: str | os.PathLike[str] | pd.DataFrame | None = None,
    *,
    rerun: bool = True,
    cache: str | os.PathLike[str] | None = None,
    on_step: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Say whether an archive is whole and, given its texts again, which of its numbers still stand.

    Every file is held against its digest. Given a corpus, every text is held against the digests of the archive, the
    study is run on the documents that are there (new ones are told and left out), and every point is held against the
    one in the archive. The documents behind a point are known from the archive, so that it says, too, how many of
    them are missing.

    Parameters
    ----------
    archive : path
        What ``archive`` wrote: a folder or a ZIP.
    corpus : path, str or DataFrame, optional
        The texts, fetched again; anything that ``read_documents`` reads. ``doc_id`` and ``text`` are enough, with
        ``title`` where documents have headlines: what else the study needs is taken from the archive.
    rerun : bool
        Run the study; otherwise say which points rest on documents that are missing or changed.
    cache : path, optional
        A folder that keeps the tables for the next run.
    on_step : callable, optional
        Called with the name of each step as it begins.

    Returns
    -------
    DataFrame
        VERIFIED: a row for each file, version, text and point; docs/paper.md says how to read it. Nothing moves where
        no file is ``changed`` or ``missing`` and every point is ``equal``.

    Raises
    ------
    SourceError
        There is no such archive, it lacks a part, or the corpus cannot be read.
    SchemaError, LexiconError
        The study of the archive is one that this version cannot read.
    """
    files = read_archive(archive)
    digests = check_digests(files)
    parts = [digests.rename(columns={"path": "item"}).assign(kind="file"), _versions(files, archive)]
    if corpus is not None:
        try:
            parts += _against(files, archive, digests, corpus, parts[1], rerun=rerun, cache=cache, on_step=on_step)
        except DiscourseError:
            raise
        except Exception as error:
            spoilt = digests.loc[digests["state"].ne("equal"), "path"].tolist()
            if not spoilt:  # all is as it was written: a fault of the program
                raise
            count = f"{len(spoilt)} file{'s are' if len(spoilt) != 1 else ' is'}"
            raise SourceError(
                f"`archive` is {str(archive)!r}, of which {count} not what the manifest says, and it cannot be held "
                f"against a corpus ({type(error).__name__}). First: {first_three(spoilt)}. Fetch the archive again."
            ) from error
    return _verified(parts)


def _verified(parts: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    for column in TABLES["VERIFIED"].columns:
        if column.name not in whole:
            whole[column.name] = None
    whole["table"] = whole["table"].astype("object").fillna("")
    kept = whole[[column.name for column in TABLES["VERIFIED"].columns]]
    return conform(kept, "VERIFIED")


def _part(files: Mapping[str, bytes], name: str, archive: object) -> bytes:
    if name not in files:
        raise SourceError(f"`archive` is {str(archive)!r}, which lacks {name!r}. Fetch the archive again.")
    return files[name]


def _versions(files: Mapping[str, bytes], archive: object) -> pd.DataFrame:
    """Hold the versions of the archive against those of this machine."""
    content = _part(files, "versions.json", archive)
    try:
        old = json.loads(content)
        packages = dict(old["packages"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"`archive` is {str(archive)!r}, whose 'versions.json' cannot be read: {error}.") from error
    now = find_versions()
    before = {"python": old.get("python"), "code": old.get("code"), **packages}
    present = {"python": now["python"], "code": now["code"], **now["packages"]}
    names = sorted({*before, *present})
    equal = [before.get(name) == present.get(name) for name in names]
    said = [None if same else f"{before.get(name) or 'absent'}, now {present.get(name) or 'absent'}"
            for name, same in zip(names, equal, strict=True)]  # fmt: skip
    states = ["equal" if same else "changed" for same in equal]
    return pd.DataFrame({"kind": "version", "item": names, "state": states, "cause": said})


def _against(
    files: Mapping[str, bytes],
    archive: object,
    digests: pd.DataFrame,
    corpus: Any,
    versions: pd.DataFrame,
    *,
    rerun: bool,
    cache: Any,
    on_step: Callable[[str], None] | None,
) -> list[pd.DataFrame]:
    """Hold texts and points against a corpus."""
    for name in _NEEDED:
        _part(files, name, archive)
    try:
        archived = read_csv(files["documents.csv"])
        archived["date"] = pd.to_datetime(archived["date"])
        period = str(json.loads(files["provenance.json"])["settings"]["period"])
        freq = PERIODS[period].freq
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"`archive` is {str(archive)!r}, of which a part cannot be read: {error!r}.") from error
    found = match_documents(read_corpus(corpus)[0], archived)
    states = compare_texts(found, archived)
    texts = states.rename(columns={"doc_id": "item"}).assign(kind="text")
    known = dict(zip(states["doc_id"], states["state"], strict=True))
    tables = {
        name.removeprefix("tables/").removesuffix(".csv"): read_csv(content)
        for name, content in files.items()
        if name.startswith("tables/") and name.endswith(".csv")
    }
    compared = [name for name in COMPARED if name in tables and len(tables[name])]
    fresh = None
    if rerun:
        there = found.loc[found["doc_id"].isin(archived["doc_id"])]
        fresh = _run(files, there, compared, period=period, cache=cache, on_step=on_step)
    changed = set(digests.loc[digests["state"].eq("changed"), "path"])
    points = []
    for name in compared:
        lost = count_lost(name, tables[name], archived, tables, known, freq=freq)
        new = None if fresh is None else points_of(fresh[name]) if name in fresh else points_of(tables[name].iloc[:0])
        told = compare_points(
            lost, new, edited=f"tables/{name}.csv" in changed, code=bool(versions["state"].eq("changed").any()),
            elsewhere=bool(states["state"].isin(["missing", *CHANGED]).any()),
        )  # fmt: skip
        points.append(told.assign(kind="point", table=name))
    return [texts, *points]


def _run(
    files: Mapping[str, bytes],
    documents: pd.DataFrame,
    names: list[str],
    *,
    period: str,
    cache: Any,
    on_step: Callable[[str], None] | None,
) -> dict[str, pd.DataFrame]:
    """Run the study of an archive on the documents that are there; its tables as a file would hold them."""
    if not len(documents):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            if _STUDY.fullmatch(name):
                place = Path(folder) / name
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(content)
        study = load_study(Path(folder) / "study" / "study.yml", period=period)
    made = make_tables(conform(documents, "DOCUMENTS"), names, study=study, cache=cache, on_step=on_step)
    return {name: read_csv(csv_bytes(table)) for name, table in made.items()}
