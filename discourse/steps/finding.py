"""Steps to the finding: how the positions of the holders changed between the periods that the study compares."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from discourse.measures.compared import NamedPeriod, measure_periods
from discourse.measures.findings import choose_findings, find_changes, hold_constant
from discourse.measures.layout import fill_table
from discourse.steps.weighing import unit_options

_OUTLETS = ("country", "source")  # what is held constant beside the finding


def period_positions(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    compare: tuple[NamedPeriod, ...],
    freq: str,
    copies: str,
) -> pd.DataFrame:
    """Mean position of each holder in the periods that are compared, by hand codes and by the lexicon measure."""
    options: dict[str, Any] = {"periods": compare, "freq": freq, **unit_options(copies, units)}
    parts = [
        measure_periods(table, units, holder=holder, **options).assign(holder=holder, basis=basis)
        for holder, basis, table in _bases(positions, hand_codes, holders)
    ]
    return fill_table(parts, "PERIOD_POSITIONS")


def findings(
    period_positions: pd.DataFrame,
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    target: str,
    freq: str,
    copies: str,
) -> pd.DataFrame:
    """Change of each holder's mean position between every two of these periods; which of them answers the question."""
    parts, tables = [], {}
    for holder, basis, table in _bases(positions, hand_codes, holders):
        means = period_positions.loc[period_positions["holder"].eq(holder) & period_positions["basis"].eq(basis)]
        changes = find_changes(table, units, means, freq=freq, **unit_options(copies, units))
        parts.append(changes.assign(holder=holder, target=target, basis=basis))
        tables[holder, basis] = table
    told = fill_table(parts, "FINDINGS")
    told["main"] = choose_findings(told, holders)
    for change in told.loc[told["main"] & told["estimate"].notna()].to_dict("records"):
        table = tables[change["holder"], change["basis"]]
        again = [
            hold_constant(table, units, change, name, **unit_options(copies, units))
            for name in _OUTLETS
            if _varies(units, name)
        ]
        parts += [one.assign(main=False) for one in again if len(one)]
    return fill_table([told, *parts[len(tables) :]], "FINDINGS")


def _varies(units: pd.DataFrame, name: str) -> bool:
    return name in units and units[name].nunique() > 1


def _bases(
    positions: pd.DataFrame, hand_codes: pd.DataFrame | None, holders: tuple[str, ...]
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give each holder's positions, by hand codes where the corpus carries some, and by the lexicon measure."""
    for holder in holders:
        for basis, table in (("hand", hand_codes), ("lexicon", positions)):
            own = None if table is None else table.loc[table["holder"].eq(holder) & table["position"].notna()]
            if own is not None and (len(own) or basis == "lexicon"):
                yield holder, basis, own.reset_index(drop=True)
