"""One ordinal position per document and holder, by a rule that shows its evidence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError

__all__ = ["score_positions"]

_ARMS = frozenset({"support", "arming"})  # what others allege
_DEEDS = _ARMS | {"force"}
_TALKS = frozenset({"contact", "dialogue"})  # no answer to what is alleged
_UNDECIDED = frozenset({"considers", "neutrality"})  # of neither side, and yet a position
_RULE = re.compile(r"other party|second reading|\S+")  # a rule without operators
_CODE = re.compile(r"-?[12]|0")
_JUDGED = frozenset({"good_conduct", "bad_conduct", "good_quality", "bad_quality"})
_LOOSE, _BACKGROUND, _LISTED, _SAID = 0.5, 0.4, 0.5, 0.7
_ALLEGED = 0.5  # least share of the strong support that others allege for the position to stand in their voice


class _Cue(NamedTuple):
    """One cue of a holder in a document."""

    sentence: int  # -1: the headline
    code: int
    category: str
    outright: bool
    background: bool
    third: bool  # neither the holder's nor the outlet's words
    own: bool  # the holder's own words
    denial: bool
    plain: bool  # nothing around it changed it


class _Weights(NamedTuple):
    """What the rule weighs with."""

    headline: float
    lead: float
    balance: float
    strong_for: float
    strong_against: float

    def of(self, cue: _Cue) -> float:
        weight = self.headline if cue.sentence == -1 else self.lead if cue.sentence == 0 else 1.0
        weight = min(weight, 1.0) if cue.background else weight
        if not cue.outright:
            weight *= _LOOSE
        if cue.category in _JUDGED:
            weight *= _SAID
        if cue.background:
            weight *= _BACKGROUND
        elif cue.category == "designation" and cue.sentence >= 2:  # told again of whom the law names so
            weight *= _LISTED
        return weight


def score_positions(
    sentences: pd.DataFrame,
    *,
    headline_weight: float = 3.0,
    lead_weight: float = 1.4,
    balance: float = 0.8,
    strong_share: float = 0.25,
    strong_share_against: float = 0.45,
) -> pd.DataFrame:
    """Give each holder one position per document, -2 to 2: POSITIONS become DOCUMENT_POSITIONS.

    Every cue conveys the position in ``codes``. The cues of a holder are weighed: ``headline_weight`` in the headline,
    ``lead_weight`` in the first sentence; one half where the cue names no object outright, two fifths where it is told
    of earlier years (and 1 in the headline, not ``headline_weight``), seven tenths where conduct or a quality is
    judged, one half where the last sentences tell of a designation once more. Then the first rule that holds
    decides:

    1. Where headline or lead deny a charge, or support and arming, that nothing before alleges: 0. Elsewhere, where the
       holder denies, what others claim of it counts only if headline or lead claim it before the denial. What else the
       holder says or does decides; without any, the denials do: 0, or against where more than half of them deny a
       recognition.
    2. What holder and outlet say goes before what others claim of the holder. Cues that name no object and are of
       neither side count only beside no others.
    3. No cue is for or against; or the weaker side has more than ``balance`` of the weight of the stronger one; or
       cues of neither side outweigh both: 0.
    4. The stronger side decides the sign; strong cues (2 or -2) make it 2 or -2 with at least ``strong_share`` of its
       weight, or ``strong_share_against`` on the side against.

    Parameters
    ----------
    sentences : DataFrame
        POSITIONS with ``categories``, ``codes`` and ``rules``, as ``find_positions`` returns it.
    headline_weight, lead_weight : float
        Weight of a cue in the headline and in the first sentence, where one in the rest of the text has 1.
    balance : float
        Share of the stronger side above which the weaker one makes a document ambivalent.
    strong_share, strong_share_against : float
        Share of strong cues from which a position is 2, and from which it is -2.

    Returns
    -------
    DataFrame
        DOCUMENT_POSITIONS, sorted by doc_id, holder, target. ``n_for`` and ``n_against`` count sentences of the text.
        ``voice`` is the holder, or third_party where the position is support or arming that others allege.

    Raises
    ------
    SchemaError
        ``sentences`` lacks ``categories``, ``codes`` or ``rules``.

    Examples
    --------
    >>> sentences = pd.DataFrame({"doc_id": ["a"], "sentence": [0], "start_char": [0], "end_char": [9],
    ...     "holder": ["russia"], "target": ["taliban"], "polarity": [1], "strength": [1.0], "negated": [False],
    ...     "voice": ["russia"], "cues": ["يتبادل المعلومات"], "categories": ["cooperation"], "codes": ["1"],
    ...     "rules": ["cooperation"]})
    >>> score_positions(sentences)[["holder", "position", "voice"]].to_string(index=False, header=False)
    'russia 1 russia'
    """
    for name in ("categories", "codes", "rules"):
        if name not in sentences:
            raise SchemaError(f"`sentences` lacks the column {name!r}; make it with find_positions().")
    weights = _Weights(headline_weight, lead_weight, balance, strong_share, strong_share_against)
    key = ["doc_id", "holder", "target"]
    rows = sentences.dropna(subset=key).reset_index(drop=True)
    rows["cell"] = rows.groupby(key, observed=True, sort=False).ngroup()
    n = rows["cell"].nunique()
    decided: list[tuple[int, bool] | None] = [_decide(cues, weights) for cues in _cues_by_cell(rows, n)]
    out = rows.drop_duplicates("cell")[key].reset_index(drop=True)
    out["position"] = [0 if one is None else one[0] for one in decided]
    body = rows[rows["sentence"] >= 0]
    out["n_for"] = np.bincount(body["cell"][body["polarity"] > 0], minlength=n)
    out["n_against"] = np.bincount(body["cell"][body["polarity"] < 0], minlength=n)
    theirs = np.array([one is not None and one[1] for one in decided], bool)
    out["voice"] = out["holder"].astype("object").mask(theirs, "third_party")
    out = out[np.array([one is not None for one in decided], bool)]
    return tables.conform(out.astype(dict.fromkeys([*key, "voice"], "str")), "DOCUMENT_POSITIONS")


def _cues_by_cell(rows: pd.DataFrame, n: int) -> list[list[_Cue]]:
    """Return the cues of each cell; the order of the rows does not count."""
    cells: list[list[_Cue]] = [[] for _ in range(n)]
    columns = ("cell", "sentence", "holder", "voice", "categories", "codes", "rules")
    texts = (rows[name].astype(object) for name in columns)
    for row, (cell, sentence, holder, voice, categories, codes, rules) in enumerate(zip(*texts, strict=True)):
        if not categories:
            continue
        third, own = voice not in ("outlet", holder), voice == holder
        parts = [str(text).split("|") for text in (categories, codes, rules)]
        if len({len(part) for part in parts}) > 1 or not all(_CODE.fullmatch(code) for code in parts[1]):
            raise SchemaError(
                f"`sentences`, row {row}: `codes` is {codes!r}; it holds one of -2 to 2 for each of `categories` "
                f"({categories}), and `rules` one rule for each."
            )
        for signed, code, rule in zip(*parts, strict=True):
            category = signed.rstrip("!~?*^")
            cells[cell].append(
                _Cue(
                    int(sentence),
                    int(code),
                    category,
                    "*" not in signed,
                    "^" in signed,
                    third,
                    own,
                    category == "denial" or rule.startswith("denial"),
                    _RULE.fullmatch(rule) is not None,
                )
            )
    return cells


def _decide(cues: Sequence[_Cue], weights: _Weights) -> tuple[int, bool] | None:
    """Return the position, and whether it is what others allege; None where nothing counts."""
    use = _counted(cues, weights)
    if not isinstance(use, list):
        return None if use is None else (use, False)
    if any(cue.outright for cue in use):
        use = [cue for cue in use if cue.outright or cue.code or cue.denial or cue.category in _UNDECIDED]
    weight = [weights.of(cue) for cue in use]

    def total(*codes: int, without: str = "") -> float:
        return sum(w for w, cue in zip(weight, use, strict=True) if cue.code in codes and cue.category != without)

    favour, against = total(1, 2), total(-1, -2)
    neither = total(0, without="contact")
    stronger, weaker = max(favour, against), min(favour, against)
    if not stronger or weaker > weights.balance * stronger or neither > stronger:
        return 0, False
    if favour <= against:
        return (-2 if total(-2) >= weights.strong_against * against else -1), False
    if total(2) < weights.strong_for * favour:
        return 1, False
    arms = (w for w, cue in zip(weight, use, strict=True) if cue.third and cue.code == 2 and cue.category in _ARMS)
    return 2, sum(arms) >= _ALLEGED * total(2)


def _counted(cues: Sequence[_Cue], weights: _Weights) -> list[_Cue] | int | None:
    """Return the cues that count; or the position, where denials decide it; None where there is none."""
    denials = [cue for cue in cues if cue.denial]
    claims = [cue for cue in cues if cue.third and not cue.denial]
    own = [cue for cue in cues if not cue.third and not cue.denial]
    if denials:  # what the holder tells of the charge is a claim too
        told = [cue for cue in own if cue.category in _DEEDS and abs(cue.code) == 2 and cue.plain and cue.own]
        own = [cue for cue in own if cue not in told]
        claims += told
    charged = [cue for cue in claims if abs(cue.code) == 2]
    if denials and not charged and not any(cue.outright for cue in denials):  # of what the text does not tell
        leads = min(cue.sentence for cue in denials) <= 0 and not any(cue.outright and cue.code for cue in own)
        return 0 if leads or not (own or claims) else [*(own or claims), *denials]
    if not denials:
        told = any(cue.sentence == -1 and cue.outright for cue in charged)
        return own + claims if told and not any(cue.outright for cue in own) else own or claims or None
    first, denied = min((cue.sentence for cue in charged), default=99), min(cue.sentence for cue in denials)
    if denied <= 0 and first >= denied and (charged or any(cue.category in _ARMS for cue in cues)):
        return 0
    if first <= 0 and first < denied:
        return own + claims
    solid = [weights.of(cue) for cue in own if cue.outright and cue.code and cue.category not in _TALKS]
    if max(solid, default=0) >= 1:
        return own
    outright = [cue for cue in denials if cue.outright]
    codes = [cue.code for cue in outright if cue.code]
    if len(codes) * 2 <= len(outright) or not codes:
        return 0
    return max(set(codes), key=codes.count)
