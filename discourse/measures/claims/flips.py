"""Flips: the smallest set of entries, rules and decisions that turns a claim."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.claims.bounds import bound_size
from discourse.measures.claims.choices import HELD
from discourse.measures.claims.claim import Claim
from discourse.measures.claims.specifications import Setting, alternatives, choose_elements, describe
from discourse.measures.claims.trials import Outcome, Trials, measure_of, relative_difference
from discourse.tables import conform

__all__ = ["TURNS", "find_smallest_flip", "share_left"]

TURNS = ("interval", "half", "sign")
_HALF = 0.5
_TINY = 1e-12
_DEAR = 10  # an interval costs about as much as so many differences
_HEAVIEST = 40  # of the single things that are tried in each step of the search by steps

_Element = tuple[str, str] | str  # a decision and its value, or what is left out


class _Found(NamedTuple):
    """A set, and what it leaves of the claim: the smaller, the further the claim is turned."""

    chosen: tuple[_Element, ...]
    left: float


def find_smallest_flip(
    claim: Claim,
    documents: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    positions: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    actors: Lexicon | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    leave_out: Sequence[str] | None = None,
    most: int = 10,
    n_tries: int = 20_000,
) -> pd.DataFrame:
    """Find the smallest set of things left out or decided otherwise that turns a claim: DOCUMENTS become FLIPS.

    A claim turns in three ways, which are not the same: its ``interval`` holds 0 (the sample no longer shows it),
    ``half`` of the difference is gone (it rests on the set), the ``sign`` turns (it is not so).

    Parameters
    ----------
    claim, documents, lexicon, positions, actors, choices, leave_out
        As in ``try_specifications``; with ``choices={}`` no decision is changed, with ``leave_out=[]`` nothing is left
        out.
    most : int
        Size up to which sets are looked for.
    n_tries : int
        Sets that may be tried size by size; a size with more sets is searched by steps. Intervals count tenfold.

    Returns
    -------
    DataFrame
        FLIPS: one row each for interval, half and sign. ``smallest`` says whether the set is proven to be a smallest
        one, and ``at_least`` how many things any set needs; ``size`` is 0 where the claim is turned as it stands, and
        null where no set was found.

    Raises
    ------
    SchemaError
        As ``try_specifications``; ``most`` or ``n_tries`` is below 1.

    Notes
    -----
    All single things are tried, then all pairs, and so on while there are no more than ``n_tries`` sets: what is found
    among these is a smallest set. Beyond, the thing that turns the claim furthest is added step by step, and what is
    not needed is taken back: such a set may not be a smallest one. Where entries alone are left out of shares or
    rates, the documents (matches) that each entry can take with it at most give a bound that no smaller set can reach;
    where the set is as small as that, it is proven all the same.

    References
    ----------
    Broderick, T., Giordano, R. and Meager, R. (2020). An automatic finite-sample robustness metric: when can dropping a
    little data make a big difference? doi:10.48550/arXiv.2011.14999

    Examples
    --------
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> from discourse.measures.claims.claim import state_claim
    >>> documents = pd.DataFrame({"doc_id": [str(n) for n in range(20)], "date_precision": "day", "source": "x",
    ...     "text": ["كابل"] * 10 + ["داعش"] * 9 + ["الإرهاب"], "title": None,
    ...     "date": pd.to_datetime(["2015"] * 10 + ["2016"] * 10)})
    >>> claim = state_claim(measure="share", category="terror", lexicon="own", direction="higher",
    ...                     first={"period": 2015}, second={"period": 2016}, choices={"copies": "keep"})
    >>> lexicon = lexicon_from_patterns({"terror": ["داعش", "إرهاب"]}, name="own")
    >>> flips = find_smallest_flip(claim, documents, lexicon=lexicon, choices={})
    >>> flips.loc[flips["turns"] != "half", ["turns", "size", "changes", "smallest"]].values.tolist()
    [['interval', 1, 'without entry: داعش', True], ['sign', 2, 'without entry: إرهاب; without entry: داعش', True]]
    """
    for name, value in (("most", most), ("n_tries", n_tries)):
        if value < 1:
            raise SchemaError(f"`{name}` is {value!r}; it must be at least 1.")
    trials = Trials(claim, documents, lexicon=lexicon, positions=positions, actors=actors)
    others, _ = alternatives(trials, choices)
    left_out = choose_elements(trials, leave_out)
    elements: list[_Element] = [*left_out, *((name, value) for name, values in others.items() for value in values)]
    if not elements:
        raise SchemaError(
            "There is nothing to change: no entry or rule is left out, and no decision has another value. Leave "
            "`choices` or `leave_out` out."
        )
    search = _Search(trials, elements)
    rows = [_find(search, turns, most, n_tries, bounded=not any(others.values())) for turns in TURNS]
    return conform(pd.DataFrame(rows).assign(claim=claim.digest, n_elements=len(elements)), "FLIPS")


def share_left(
    base: tuple[float, float], found: tuple[float, float], measures: tuple[str, str], *, decided: bool
) -> float:
    """Return the share of a difference that is left.

    Parameters
    ----------
    base, found : tuple of float
        The estimates of the first and the second side, before and after.
    measures : tuple of str
        What they measure; where these are two, only the proportions are compared.
    decided : bool
        A decision is another one, so that the level of both sides may be another too (a stricter threshold, another
        denominator): then what is left in proportion to the level counts where it is more.

    Examples
    --------
    >>> share_left((0.25, 0.75), (0.125, 0.375), ("share", "share"), decided=True)
    1.0
    >>> share_left((0.25, 0.75), (0.125, 0.375), ("share", "share"), decided=False)
    0.5
    """
    if base[0] == base[1] or np.isnan([*base, *found]).any():
        return np.nan
    shares = []
    if measures[0] == measures[1]:
        shares.append((found[1] - found[0]) / (base[1] - base[0]))
    if decided:
        before, after = (relative_difference(*one, name) for one, name in zip((base, found), measures, strict=True))
        shares.append(after / before)
    largest = max(shares)
    return largest if abs(largest) > _TINY else 0.0


class _Search:
    """Sets of elements, and what each leaves of the claim."""

    def __init__(self, trials: Trials, elements: Sequence[_Element]) -> None:
        self.trials, self.elements = trials, list(elements)
        self.base = trials.outcome(trials.base)
        self.tried: set[tuple[str, frozenset[_Element]]] = set()
        self._left: dict[tuple[str, frozenset[_Element]], float] = {}

    def setting(self, chosen: Sequence[_Element]) -> Setting:
        """Return a set as the setting of a specification."""
        decided = tuple(one for one in chosen if isinstance(one, tuple))
        return decided, frozenset(one for one in chosen if isinstance(one, str))

    def outcome(self, chosen: Sequence[_Element]) -> Outcome:
        """Return what is found with a set."""
        decided, left_out = self.setting(chosen)
        return self.trials.outcome(self.trials.base | dict(decided), left_out)

    def left(self, turns: str, chosen: Sequence[_Element]) -> float:
        """Return what a set leaves of the claim, 0 or less where it turns it."""
        key = "interval" if turns == "interval" else "share", frozenset(chosen)
        if chosen:
            self.tried.add(key)
        if key not in self._left:
            self._left[key] = self._interval_left(chosen) if turns == "interval" else self._share_left(chosen)
        return self._left[key] - (_HALF if turns == "half" else 0.0)

    def _interval_left(self, chosen: Sequence[_Element]) -> float:
        """Return how far the interval stands from 0 on the side of the claim, in widths of the interval."""
        found = self.outcome(chosen)
        sign = self.trials.claim.sign
        nearest, width = min(sign * found.lower, sign * found.upper), found.upper - found.lower
        return -1.0 if np.isnan(nearest) else nearest / width if width > 0 else np.sign(nearest)

    def _share_left(self, chosen: Sequence[_Element]) -> float:
        """Return the share of the difference that is left; 1 where nothing can be estimated any more."""
        decided, left_out = self.setting(chosen)
        settings = self.trials.base | dict(decided)
        measure = measure_of(self.trials.claim, settings)
        if settings["outlets"] == HELD:
            ratios = self.trials.outcome(settings, left_out)[:2]
        else:
            ratios = self.trials.ratios(settings, left_out)
        share = share_left(self.base[:2], ratios, (self.base.measure, measure), decided=bool(decided))
        return 1.0 if np.isnan(share) else share

    def prepare(self, sets: Sequence[Sequence[_Element]]) -> None:
        """Work out in one go what many sets leave behind."""
        settings = (self.setting(chosen) for chosen in sets)
        self.trials.prepare((self.trials.base | dict(decided), left_out) for decided, left_out in settings)

    def sets(self, size: int) -> Iterator[tuple[_Element, ...]]:
        """Return all sets of a size; a decision is changed once."""
        return (one for one in combinations(self.elements, size) if self.is_sound(one))

    @staticmethod
    def is_sound(chosen: Sequence[_Element]) -> bool:
        """Tell whether no decision is changed twice."""
        decided = [one[0] for one in chosen if isinstance(one, tuple)]
        return len(decided) == len(set(decided))


def _find(search: _Search, turns: str, most: int, n_tries: int, *, bounded: bool) -> dict[str, Any]:
    """Return a row of FLIPS."""
    search.tried.clear()
    if search.left(turns, ()) <= 0 or not search.trials.claim.sign * search.base.estimate > 0:
        return _row(search, turns, (), 0, 1)
    cost = _DEAR if turns == "interval" else 1
    n_elements, spent, size = len(search.elements), 0, 0
    while size < min(most, n_elements):
        n_sets = comb(n_elements, size + 1)
        if size and (spent + n_sets) * cost > n_tries:
            break
        size, spent = size + 1, spent + n_sets
        turning = _try_all(search, turns, size)
        if turning:
            best = min(turning, key=lambda one: one.left)
            return _row(search, turns, best.chosen, size, len(turning))
    at_least = size + 1
    if bounded and turns != "interval":
        at_least = max(at_least, bound_size(search.trials, _HALF if turns == "half" else 1.0))
    chosen = _step_by_step(search, turns, most) if size < min(most, n_elements) else None
    return _row(search, turns, chosen, at_least, 0 if chosen is None else 1)


def _try_all(search: _Search, turns: str, size: int) -> list[_Found]:
    """Return the sets of a size that turn the claim."""
    sets = list(search.sets(size))
    search.prepare(sets)
    found = [_Found(chosen, search.left(turns, chosen)) for chosen in sets]
    return [one for one in found if one.left <= 0]


def _step_by_step(search: _Search, turns: str, most: int) -> tuple[_Element, ...] | None:
    """Add what turns the claim furthest until it turns, and take back what is not needed."""
    alone = sorted(search.elements, key=lambda one: search.left(turns, (one,)))[:_HEAVIEST]
    chosen: tuple[_Element, ...] = ()
    while len(chosen) < most and search.left(turns, chosen) > 0:
        sets: list[tuple[_Element, ...]] = [
            (*chosen, one) for one in alone if one not in chosen and search.is_sound((*chosen, one))
        ]
        if not sets:
            return None
        search.prepare(sets)
        chosen = sorted(sets, key=lambda one: search.left(turns, one))[0]
    if search.left(turns, chosen) > 0:
        return None
    for one in chosen:
        rest = tuple(other for other in chosen if other != one)
        if search.left(turns, rest) <= 0:
            chosen = rest
    return chosen


def _row(
    search: _Search, turns: str, chosen: tuple[_Element, ...] | None, at_least: int, n_alike: int
) -> dict[str, Any]:
    found = search.base if chosen is None else search.outcome(chosen)
    return {
        "turns": turns,
        "size": pd.NA if chosen is None else len(chosen),
        "changes": "" if chosen is None else describe(search.setting(chosen)),
        "smallest": chosen is not None and len(chosen) <= at_least,
        "at_least": at_least,
        "n_tried": len(search.tried),
        "n_alike": n_alike,
        "difference": found.estimate,
        "lower": found.lower,
        "upper": found.upper,
        "carried": np.nan
        if chosen is None
        else 1
        - share_left(
            search.base[:2], found[:2], (search.base.measure, found.measure), decided=bool(search.setting(chosen)[0])
        ),
    }
