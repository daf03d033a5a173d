"""Specifications: the difference of a claim under all decisions that could have been taken."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.lexicons.loader import Lexicon
from discourse.measures.claims.choices import check_choices, other_choices
from discourse.measures.claims.claim import Claim
from discourse.measures.claims.trials import Outcome, Trials, relative_difference
from discourse.tables import conform

__all__ = ["Setting", "alternatives", "choose_elements", "describe", "lay_out", "split_changes", "try_specifications"]

Setting = tuple[tuple[tuple[str, str], ...], frozenset[str]]  # choices that are not those of the base; what is left out
_JOIN = "; "


def try_specifications(
    claim: Claim,
    documents: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    positions: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    actors: Lexicon | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    leave_out: Sequence[str] | None = None,
    n_specifications: int = 1000,
    seed: int = 20151223,
) -> pd.DataFrame:
    """Try a claim under other decisions: DOCUMENTS become SPECIFICATIONS, one row per set of decisions.

    The first row is the base specification: the usual decisions, and those that the claim states. Then come all
    specifications that differ from it in one decision or in one entry, rule, class, operator or cue that is left out;
    then combinations of decisions, with nothing or one thing left out, drawn without repetition.

    Parameters
    ----------
    claim : Claim
        From ``state_claim``.
    documents : DataFrame
        DOCUMENTS.
    lexicon : Lexicon, optional
        Of shares and rates; the built-in lexicon that the claim names by default.
    positions : DataFrame or mapping, optional
        POSITIONS that ``find_positions`` found in these documents, or one table for each treatment of boilerplate
        (``{"drop": ..., "keep": ...}``); they are found here by default.
    actors : Lexicon, optional
        Actors, for documents that name the target; the built-in lexicon by default.
    choices : mapping of str to sequence of str, optional
        Decisions to be varied, with the values to be tried beside that of the base; by default all that these
        documents allow: ``normalisation``, ``denominator``, ``periods`` (borders between the sides a period off),
        ``outlets`` (held constant; without one of the largest), ``copies``, ``boilerplate``, ``threshold`` (of
        ``find_frames``), ``voice``, ``evidence``, ``scoring`` (of ``score_positions``), ``scale``; see
        docs/method-claims.md.
    leave_out : sequence of {"entry", "rule", "class", "operator", "cue"}, optional
        What is left out one by one; by default all that the measure has; empty for nothing.
    n_specifications : int
        At most so many; the base and all that differ from it in one thing are kept in any case.
    seed : int
        Of the combinations that are drawn, where there are more.

    Returns
    -------
    DataFrame
        SPECIFICATIONS, sorted by ``specification``; 0 is the base. ``not_tried`` of the base says which decisions were
        left out, since they leave fewer than 5 documents on a side.

    Raises
    ------
    SchemaError
        A side has no documents, there is nothing to vary, the category has a single entry, or an option is unknown.

    Notes
    -----
    Every row is a contrast. Matches are found once; where entries are left out, only places that they held are
    resolved anew, and only documents that rules and cues touch are scored anew. ``holds`` asks for the direction and
    an interval without 0, ``sign`` for the direction alone. Specifications are not independent: their share that holds
    is no probability.

    References
    ----------
    Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4,
    1208-1214. doi:10.1038/s41562-020-0912-z

    Steegen, S., Tuerlinckx, F., Gelman, A. and Vanpaemel, W. (2016). Increasing transparency through a multiverse
    analysis. Perspectives on Psychological Science 11, 702-712. doi:10.1177/1745691616658637

    Examples
    --------
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> from discourse.measures.claims.claim import state_claim
    >>> documents = pd.DataFrame({"doc_id": list("abcdef"), "text": ["كابل", "كابل", "داعش", "داعش", "الإرهاب", "كابل"],
    ...     "date": pd.to_datetime(["2015"] * 3 + ["2016"] * 3), "date_precision": "day", "source": "x", "title": None})
    >>> claim = state_claim(measure="share", category="terror", lexicon="own", direction="higher",
    ...                     first={"period": 2015}, second={"period": 2016})
    >>> lexicon = lexicon_from_patterns({"terror": ["داعش", "إرهاب"]}, name="own")
    >>> table = try_specifications(claim, documents, lexicon=lexicon, choices={"denominator": ["words"]})
    >>> table.loc[table["n_differs"] < 2, ["differs", "difference"]].round(2).values.tolist()
    [['', 0.33], ['denominator: words', 333.33], ['without entry: داعش', 0.33], ['without entry: إرهاب', 0.0]]
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise SchemaError(f"`seed` is {seed!r}; it must be a whole number of 0 or more. 20151223 is the usual choice.")
    if n_specifications < 1:
        raise SchemaError(
            f"`n_specifications` is {n_specifications}; it must be at least 1. 1,000 is the usual choice."
        )
    trials = Trials(claim, documents, lexicon=lexicon, positions=positions, actors=actors)
    others, not_tried = alternatives(trials, choices)
    elements = choose_elements(trials, leave_out)
    if not elements and not any(others.values()):
        raise SchemaError(
            "There is nothing to vary: no entry or rule is left out, and `choices` names no other decision than those "
            f"of the base. Name some of {', '.join(sorted(others))}, or leave `choices` and `leave_out` out."
        )
    settings = _settings(others, elements, n_specifications, seed)
    table = lay_out(trials, settings, [trials.base | dict(chosen) for chosen, _ in settings])
    said = pd.Series(None, index=table.index, dtype=object)
    said[table["specification"].eq(0)] = _JOIN.join(not_tried) or None
    n_possible = _count([*others.values(), elements])
    return conform(table.assign(n_possible=n_possible, not_tried=said.astype("str")), "SPECIFICATIONS")


def alternatives(trials: Trials, choices: Mapping[str, Sequence[str]] | None) -> tuple[dict[str, list[str]], list[str]]:
    """Return every decision with its other values: those asked for, or all by which a number of a document changes.

    A decision that leaves so few documents that a comparison of them tells nothing is none of them; it stands, with
    what it leaves, in the list that is returned beside.
    """
    others = other_choices(trials.claim, trials.documents, **trials.can_vary())
    if choices is not None:
        return check_choices(trials.claim, choices, others), []
    tried: dict[str, list[str]] = {name: [] for name in others}
    not_tried = []
    for name, value in [(name, value) for name, values in others.items() for value in values]:
        settings = trials.base | {name: value}
        if not trials.differs(settings):
            continue
        kept = trials.too_few(settings)
        if kept is None:
            tried[name].append(value)
        else:
            not_tried.append(f"{name}: {value} ({kept} document{'' if kept == 1 else 's'} left on a side)")
    return tried, not_tried


def _count(axes: Iterable[Sequence[str]]) -> int:
    """Return how many specifications there are, of which the table may hold a part."""
    return min(prod(len(axis) + 1 for axis in axes), 2**53)


def choose_elements(trials: Trials, leave_out: Sequence[str] | None) -> list[str]:
    """Return what can be left out, of the kinds asked for."""
    kinds = list(trials.kinds if leave_out is None else [leave_out] if isinstance(leave_out, str) else leave_out)
    for kind in kinds:
        if not trials.kinds:
            raise SchemaError(
                f"`leave_out` is {kind!r}, but nothing can be left out of hand codes; leave it out, or claim by the "
                "basis 'lexicon'."
            )
        check_choice("leave_out", kind, trials.kinds)
    if "entry" in kinds:
        trials.check_entries()
    return [name for name in trials.elements() if name.partition(":")[0] in kinds] if kinds else []


def _settings(others: Mapping[str, list[str]], elements: Sequence[str], most: int, seed: int) -> list[Setting]:
    """Return the base, all settings that differ in one thing, and some of those that differ in more."""
    nothing: frozenset[str] = frozenset()
    singles: list[Setting] = [((), nothing)]
    singles += [(((name, value),), nothing) for name, values in others.items() for value in values]
    singles += [((), frozenset([element])) for element in elements]
    axes = [[None, *((name, value) for value in values)] for name, values in others.items() if values]
    axes.append([None, *elements])
    n_all = _count(axis[1:] for axis in axes)
    wanted = most - len(singles)
    if wanted <= 0:
        return singles
    if n_all <= 4 * most:
        every = [_setting(one) for one in product(*axes)]
        more = [one for one in every if _size(one) > 1]
        if len(more) > wanted:
            kept = np.sort(np.random.default_rng(seed).choice(len(more), wanted, replace=False))
            more = [more[place] for place in kept.tolist()]
        return singles + sorted(more, key=_size)
    generator = np.random.default_rng(seed)
    drawn: dict[Setting, None] = {}
    while len(drawn) < wanted:
        one = _setting([axis[int(generator.integers(len(axis)))] for axis in axes])
        if _size(one) > 1:
            drawn[one] = None
    return singles + sorted(drawn, key=lambda one: (_size(one), one[0], sorted(one[1])))


def _setting(values: Iterable[Any]) -> Setting:
    """Return one value of each axis as a setting; the last axis is what is left out."""
    *chosen, element = values
    return tuple(one for one in chosen if one is not None), frozenset() if element is None else frozenset([element])


def _size(setting: Setting) -> int:
    return len(setting[0]) + len(setting[1])


def describe(setting: Setting) -> str:
    """Say what differs from the base."""
    chosen = [f"{name}: {value}" for name, value in setting[0]]
    return _JOIN.join(chosen + [f"without {name}" for name in sorted(setting[1])])


def lay_out(trials: Trials, settings: Sequence[Setting], decided: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return SPECIFICATIONS of these settings."""
    trials.prepare((choices, left_out) for choices, (_, left_out) in zip(decided, settings, strict=True))
    rows = []
    for number, (setting, all_choices) in enumerate(zip(settings, decided, strict=True)):
        found = trials.outcome(all_choices, setting[1])
        rows.append(
            {"specification": number, "differs": describe(setting), "n_differs": _size(setting)}
            | {"left_out": _JOIN.join(sorted(setting[1]))}
            | dict(all_choices)
            | row_of(trials.claim, found)
        )
    table = pd.DataFrame(rows).assign(claim=trials.claim.digest)
    return conform(table, "SPECIFICATIONS")


def row_of(claim: Claim, found: Outcome) -> dict[str, Any]:
    """Return the numbers of an outcome, and whether the claim holds in it."""
    signed = claim.sign * found.estimate
    nearest = min(claim.sign * found.lower, claim.sign * found.upper)
    relative = relative_difference(found.first, found.second, found.measure)
    return {
        "measure": found.measure, "estimate_first": found.first, "estimate_second": found.second,
        "difference": found.estimate, "lower": found.lower, "upper": found.upper, "relative": relative,
        "n_first": found.n_first, "n_second": found.n_second, "n_units": found.n_units,
        "sign": bool(signed > 0), "holds": bool(nearest > 0),
    }  # fmt: skip


def split_changes(changes: str) -> list[tuple[str, str, bool]]:
    """Return name and value of each change that ``describe`` said, and whether it is something left out.

    Examples
    --------
    >>> split_changes("copies: keep; without entry: a; b")
    [('copies', 'keep', False), ('entry', 'a; b', True)]
    """
    parts: list[tuple[str, str, bool]] = []
    for part in changes.split(_JOIN) if changes else []:
        left_out = part.startswith("without ")
        name, colon, value = part.removeprefix("without ").partition(": ")
        if colon:
            parts.append((name, value, left_out))
        elif parts:  # a name that holds the mark itself
            last = parts.pop()
            parts.append((last[0], f"{last[1]}{_JOIN}{part}", last[2]))
    return parts
