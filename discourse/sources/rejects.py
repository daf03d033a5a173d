"""Rejected records by reason: how many, the first of each, and what would mend them."""

from importlib.resources import files

import pandas as pd
import yaml

from discourse.tables import conform, need

__all__ = ["group_rejects"]

_MENDS = yaml.safe_load((files("discourse.sources") / "mends.yml").read_text(encoding="utf-8"))


def group_rejects(rejects: pd.DataFrame) -> pd.DataFrame:
    """Count REJECTS by reason, with the first record of each and what would mend them: REJECT_REASONS.

    Parameters
    ----------
    rejects : DataFrame
        REJECTS, as ``read_documents`` or ``read_sources`` returns it.

    Returns
    -------
    DataFrame
        REJECT_REASONS, the most frequent reason first, reasons of one count by their first record. The counts add up to
        the rows of ``rejects``. ``argument`` and ``option`` are null where no option of the readers mends such records.

    Raises
    ------
    SchemaError
        ``rejects`` lacks path, record or reason.

    Examples
    --------
    >>> from discourse.sources.documents import read_documents
    >>> table = pd.DataFrame({"text": ["خبر", " ", "", "خبر"], "date": ["03/04/2015", None, None, "2015"]})
    >>> documents, rejects = read_documents(table)
    >>> group_rejects(rejects)[["reason", "n", "record"]].values.tolist()
    [['the text is empty', 2, 'row 2'],
     ['the date can be read day first or month first; say which by day_first', 1, "row 1, date '03/04/2015'"]]
    >>> group_rejects(rejects)["argument"].tolist()
    ['text=NAME', 'day_first=True or False']
    """
    need(rejects, "rejects", ["path", "record", "reason"], table="REJECTS")
    order = rejects["reason"].drop_duplicates().tolist()
    counts = rejects["reason"].value_counts()
    firsts = rejects.drop_duplicates("reason").set_index("reason")
    rows = [
        (reason, int(counts[reason]), firsts.at[reason, "path"], firsts.at[reason, "record"], *_mend(reason))
        for reason in sorted(order, key=lambda reason: -counts[reason])  # stable: the first record decides a tie
    ]
    names = ["reason", "n", "path", "record", "argument", "option", "advice"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys([name for name in names if name != "n"], "str"))
    reasons = table["reason"].tolist()
    return conform(table, "REJECT_REASONS").set_index("reason").loc[reasons].reset_index()


def _mend(reason: str) -> tuple[str | None, str | None, str | None]:
    found = next((mend for mend in _MENDS if reason.startswith(mend["reason"])), {})
    return found.get("argument"), found.get("option"), found.get("advice")
