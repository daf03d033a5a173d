"""The runner: steps per document over the parts of a corpus, pass by pass, and between them the steps that need all.

A pass goes over all parts once. It makes the tables of those steps per document that read nothing but the texts, the
study, and tables of the whole corpus that are there already; of a part no more comes back than what a later step or
the caller reads. What the parts gave is put together in the order of the corpus, so that neither their number nor the
order in which they come changes anything.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from discourse.cache import Cache
from discourse.errors import SchemaError
from discourse.parts.files import read_file, write_file
from discourse.parts.joining import Kept, join_made
from discourse.parts.keeping import Keeping
from discourse.parts.pools import Pool
from discourse.plan import Plan
from discourse.sources.parted import Part, PartedCorpus

__all__ = ["Job", "run_parts"]


@dataclass(frozen=True)
class Job:
    """What is done to each part: which tables are made of it, from its documents and from what all parts share.

    Tables that are ``apart`` are packed; with a folder, they are written there, and their path is what comes back.
    """

    plan: Plan
    names: tuple[str, ...]
    shared: Mapping[str, Any]
    apart: tuple[str, ...] = ()
    folder: str | None = None

    def __call__(self, part: Part) -> dict[str, Any]:
        """Make the tables of a part; of tables of documents the ids alone."""
        documents = part.read()
        made = self.plan.run(self.names, {**self.shared, "documents": documents})
        for name, table in made.items():
            if name in self.apart and (pack := self.plan.pack(name)):
                made[name] = pack(table) if self.folder is None else write_file(pack(table), self.folder)
            elif isinstance(table, pd.DataFrame) and set(documents) <= set(table):
                made[name] = table[["doc_id"]]
        return {name: made.get(name) for name in self.names}


@dataclass(frozen=True)
class Errand:
    """A step of the whole corpus that another process runs; what it reads lies in files."""

    plan: Plan
    name: str

    def __call__(self, paths: Mapping[str, str]) -> Any:
        """Make the table."""
        return self.plan.steps[self.name](**{read: read_file(path) for read, path in paths.items()})


def run_parts(
    plan: Plan,
    names: Iterable[str],
    given: Mapping[str, Any],
    corpus: PartedCorpus,
    pool: Pool,
    *,
    part_size: int,
    cache: Cache | None = None,
    on_step: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Make tables as ``plan.run`` does, of a corpus in parts; see the head of this module.

    Parameters
    ----------
    plan : Plan
        The steps.
    names : iterable of str
        The tables asked for.
    given : mapping of str to object
        What no step makes, the documents aside; tables of steps per document cannot be given.
    corpus : PartedCorpus
        The documents, and where their texts are read.
    pool : Pool
        Where the parts are worked on.
    part_size : int
        Most characters of a part.
    cache : Cache, optional
        Keeps what comes whole to this process, under the keys of one piece.
    on_step : callable, optional
        Called with the name of each step of the whole corpus as it begins, and of each part as it is done.

    Raises
    ------
    SchemaError
        A table of a step per document is given.
    """
    if ready := sorted(name for name in given if plan.is_per_document(name)):
        raise SchemaError(
            f"`given` has {', '.join(map(repr, ready))}, which parts of a corpus make anew. Leave it out, or `workers`."
        )
    say = on_step or (lambda name: None)
    wanted, made = list(dict.fromkeys(names)), {**given, "documents": corpus.documents}
    order = plan.order([name for name in wanted if name not in made], made)
    keeping = None if cache is None else Keeping(cache, plan, given, corpus, order)
    if keeping is not None:
        order = keeping.find(wanted, made)
    keep = (lambda name, table: None) if keeping is None else keeping.keep
    with tempfile.TemporaryDirectory() as folder:
        while left := [name for name in order if name not in made and _is_needed(plan, name, order, made, wanted)]:
            ready = [name for name in left if not plan.is_per_document(name) and set(plan.reads(name)) <= made.keys()]
            if ready:
                came = _run_whole(plan, ready, made, pool, folder, say)
            else:
                whole = {name: table for name, table in made.items() if not plan.is_per_document(name)}
                asked = tuple(
                    name
                    for name in left
                    if plan.is_per_document(name) and all(map(plan.is_per_document, plan.order([name], whole)))
                )
                came = _go_over(plan, asked, whole, corpus, pool, part_size, wanted, folder, say)
            for name in [name for name in came if not isinstance(came[name], Kept)]:
                keep(name, came[name])
            made |= came
            for name in [name for name in made if name in order and not _is_needed(plan, name, order, made, wanted)]:
                made[name] = None  # no later step reads it
        return {name: made[name] for name in wanted if made[name] is not None}


def _is_needed(plan: Plan, name: str, order: list[str], made: Mapping[str, Any], wanted: list[str]) -> bool:
    """Tell whether a table is asked for, or read by a step that is still to run (per document: by one of the whole)."""
    readers = [step for step in order if step not in made and name in plan.reads(step)]
    if plan.is_per_document(name):
        readers = [step for step in readers if not plan.is_per_document(step)]
    return name in wanted or bool(readers)


def _run_whole(
    plan: Plan, names: list[str], made: Mapping[str, Any], pool: Pool, folder: str, say: Callable[[str], None]
) -> dict[str, Any]:
    """Run steps of the whole corpus; long ones at the same time, where there are processes for them."""
    aside = [name for name in names if plan.is_long(name)] if pool.shares_files and pool.n_workers > 1 else []
    if len(aside) < 2:
        aside = []
    reads = {read for name in aside for read in plan.reads(name)}
    paths = {read: write_file(made[read], folder) for read in sorted(reads)}
    begun: dict[str, Callable[[], Any]] = {}
    for name in aside:
        say(name)
        begun[name] = pool.begin(Errand(plan, name), {read: paths[read] for read in plan.reads(name)})
    done: dict[str, Any] = {}
    for name in names:
        if name not in begun:
            say(name)
            done[name] = plan.steps[name](**{read: made[read] for read in plan.reads(name)})
    return done | {name: result() for name, result in begun.items()}


def _go_over(
    plan: Plan,
    names: tuple[str, ...],
    whole: Mapping[str, Any],
    corpus: PartedCorpus,
    pool: Pool,
    part_size: int,
    wanted: list[str],
    folder: str,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Make the tables of one pass."""
    shared = {read for step in plan.order(names, whole) for read in plan.reads(step)} - {"documents"}
    apart = {name: Kept() for name in names if plan.pack(name) and name not in wanted}
    given = {name: whole[name] for name in whole if name in shared}
    job = Job(plan, names, given, tuple(apart), folder if pool.shares_files else None)
    parts = corpus.parts(part_size, pool.n_workers)
    gathered: dict[str, dict[int, Any]] = {name: {} for name in names if name not in apart}
    done: set[int] = set()
    say(f"part 0 of {len(parts)}")
    for number, made in pool.over(job, parts):
        for name, table in made.items():
            if name not in apart:
                gathered[name][number] = table  # of this part, or of it and of those after it
            elif table is not None:
                apart[name].add(number, table if job.folder else write_file(table, folder))
        if number not in done:
            done.add(number)
            say(f"part {len(done)} of {len(parts)}")
    ids = pd.Index(corpus.documents["doc_id"].astype(str).sort_values())
    orders = {"lexicon": [one.name for one in whole.get("lexicons", ())]}
    joined: dict[str, Any] = {name: kept if len(kept) else None for name, kept in apart.items()}
    for name in list(gathered):
        some = gathered.pop(name)
        table = join_made([some[number] for number in sorted(some)], ids, orders)
        if isinstance(table, pd.DataFrame) and list(table) == ["doc_id"]:
            table = corpus.documents.loc[corpus.documents["doc_id"].isin(table["doc_id"])]
        joined[name] = table
    return joined
