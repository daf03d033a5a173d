"""The plan of the library: its steps put together, and the door to their tables."""

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import pandas as pd

from discourse.cache import Cache
from discourse.errors import SchemaError, check_choice
from discourse.parts.pools import Pool, open_pool
from discourse.parts.running import run_parts
from discourse.plan import Plan
from discourse.sources.documents import read_documents, rejects_table
from discourse.sources.parted import PART_SIZE, PartedCorpus, open_parted
from discourse.steps import finding, measuring, reading, showing, telling
from discourse.studies.default import holders_of_a_target
from discourse.study import Study, load_study
from discourse.tables import check

__all__ = ["CHARTED", "PLAN", "get_ready", "make_tables"]


def _steps_of(*modules: ModuleType) -> list[Callable[..., Any]]:
    """Return the functions of modules whose names do not begin with a low line, in the order in which they stand."""
    found = [(name, value) for module in modules for name, value in vars(module).items() if inspect.isfunction(value)]
    homes = {module.__name__ for module in modules}
    return [value for name, value in found if value.__module__ in homes and not name.startswith("_")]


PLAN = Plan.of(*_steps_of(reading, measuring, finding, showing, telling))
_WITH_TEXTS = ("units", "subject")  # tables of documents
# what `chart` writes into its folder, in the order of the report; `summary` is what its sentences quote
CHARTED = (
    "summary", "rejects", "flow", "attention", "naming", "frames", "series", "overall", "subject_series", "by_series",
    "positions", "position_sentences", "hand_codes", "position_series", "position_by_series", "findings",
    "period_positions", "company", "events",
)  # fmt: skip


def get_ready() -> None:
    """Import this module, and with it all steps: what a process of a pool does first."""


def make_tables(
    documents: pd.DataFrame | str | os.PathLike[str] | PartedCorpus,
    tables: str | Sequence[str],
    *,
    study: Study | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    rejects: pd.DataFrame | None = None,
    given: Mapping[str, Any] | None = None,
    cache: str | os.PathLike[str] | None = None,
    workers: int | Pool | None = None,
    scheduler: str | None = None,
    part_size: int = PART_SIZE,
    on_step: Callable[[str], None] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Make tables of a corpus by name: the way of ``chart``, of the commands and of the notebooks.

    Each table is made once, and only what the tables asked for need; ``discourse plan`` shows what reads what.

    Parameters
    ----------
    documents : DataFrame, path or PartedCorpus
        DOCUMENTS; or a corpus that ``read_documents`` reads, or ``open_parted`` opened.
    tables : str or sequence of str
        Names of steps, such as ``["frames", "series", "position_series"]``.
    study : Study, str, path or mapping, optional
        What is asked; see ``load_study``. Without a study, a target that is the holder of the study that ships has all
        other actors as its holders.
    rejects : DataFrame, optional
        REJECTS that belong to the documents, for ``flow``.
    given : mapping of str to object, optional
        Tables that are there already and stand in for their step, such as ``{"tokens": tokens}``.
    cache : path, optional
        A folder that keeps the tables: a second run with the same documents, study and code reads them from there,
        whether in one piece or in parts. Of a corpus in parts all texts are read once for the key.
    workers : int, or pool that is open, optional
        Work on the corpus in parts, in so many processes; the tables are the same to the last digit. The texts of a
        Parquet file, or of a folder of them, are then never in memory together. In a script, the call has to stand
        under ``if __name__ == "__main__":``.
    scheduler : str, optional
        Work on the parts in the processes of a Dask scheduler, such as ``"tcp://10.0.0.1:8786"``.
    part_size : int
        Most characters of a part; memory of a process grows with it.
    on_step : callable, optional
        Called with the name of each step as it begins, and of each part as it is done.
    **options
        Keys of the study in place of its own, such as ``period="year"``.

    Returns
    -------
    dict of str to DataFrame
        The tables, in the order asked for; one that does not apply (``by_series`` where nothing splits) is absent.

    Raises
    ------
    SchemaError
        A table is unknown, ``documents`` is no DOCUMENTS table, or the study is wrong.
    ResourceError
        A process or the scheduler is lost; the message says what to do.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["دعت موسكو إلى الحوار مع طالبان."],
    ...                           "date": pd.to_datetime(["2018-11-09"]), "date_precision": ["day"],
    ...                           "source": ["a"], "title": [None]})
    >>> made = make_tables(documents, ["positions"], study="russia-taliban")
    >>> made["positions"][["holder", "target", "position"]].values.tolist()
    [['russia', 'taliban', 1]]
    """
    in_parts = workers is not None or scheduler is not None or isinstance(documents, PartedCorpus)
    if in_parts:
        documents = open_parted(documents, rejects=rejects)
        rejects = documents.rejects if rejects is None else rejects
    elif isinstance(documents, pd.DataFrame):
        check(documents, "DOCUMENTS", argument="documents")
    elif not isinstance(documents, PartedCorpus):
        documents, found = read_documents(documents)
        rejects = found if rejects is None else rejects
    if not len(documents):
        raise SchemaError("`documents` has no row. Give it texts.")
    if not isinstance(tables, str | list | tuple):
        raise SchemaError(
            f"`tables` is {tables!r}; it must be a list of names, such as ['series']. See `discourse plan`."
        )
    asked = load_study(study, **options, **(holders_of_a_target(options) if study is None else {}))
    if asked.split is not None:
        columns = documents.documents.columns if isinstance(documents, PartedCorpus) else documents.columns
        allowed = sorted(set(columns) - {"doc_id", "text", "date", "date_precision", "title"})
        check_choice("split", asked.split, allowed)
    inputs = {"rejects": rejects_table([]) if rejects is None else rejects, **asked.given()}
    if isinstance(documents, pd.DataFrame) or asked.boilerplate == "keep":
        inputs["repeated"] = None  # a corpus in one piece counts its repeated lines as it marks them
    inputs |= dict(given or {})
    wanted = [tables] if isinstance(tables, str) else tables
    kept = None if cache is None else Cache(cache)
    if isinstance(documents, pd.DataFrame):
        return PLAN.run(wanted, {"documents": documents, **inputs}, cache=kept, on_step=on_step)
    with open_pool(workers, scheduler, get_ready) as pool:
        made = run_parts(PLAN, wanted, inputs, documents, pool, part_size=part_size, cache=kept, on_step=on_step)
    return {name: documents.with_texts(table) if name in _WITH_TEXTS else table for name, table in made.items()}
