"""Positions: who is for or against a target, sentence by sentence and document by document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd
from tqdm import tqdm

from discourse import tables
from discourse.language.tokens import tokenize
from discourse.lexicons.actors import OTHER
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.speech.resolution import last_day
from discourse.reading.stance.layers import Place, candidate_documents, sentences_of
from discourse.reading.stance.rules import read_sentence
from discourse.reading.stance.scores import code_of, score_positions
from discourse.reading.stance.shapes import Tie, opening_speaker
from discourse.studies.default import default_pair

__all__ = ["find_positions", "score_positions"]

# what is read of a sentence that says only `the fighters`, long after the target is named
ACTS = frozenset({"force", "condemnation", "designation"})


def find_positions(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    quotations: pd.DataFrame | None = None,
    target: str | None = None,
    actors: Lexicon | None = None,
    stance: Lexicon | None = None,
    holders: Sequence[str] | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    r"""Find who takes which side toward a target, sentence by sentence: DOCUMENTS and TOKENS become POSITIONS.

    Only documents that name the target are read, and in them the headline and the sentences that name it, stand for it
    (the movement, its fighters), or follow one that does. There, every cue of the stance lexicon is tied to a holder
    and to an object by the grammar around it; a cue of the target itself is not a position toward it. A row is one
    holder in one sentence in one voice. What the rules read, and what they get wrong, is in docs/method-positions.md.

    Parameters
    ----------
    documents, tokens : DataFrame
        DOCUMENTS and TOKENS of its texts.
    quotations : DataFrame, optional
        QUOTATIONS; without them only `X: ...` and `A accuses B of ...` tell whose words a cue stands in.
    target : str, optional
        An actor of the actor lexicon, that of the study that ships by default. It stands for the actors whose trait
        ``group`` names it as well: ``taliban`` for the Taliban of Afghanistan and of Pakistan.
    actors : Lexicon, optional
        Actors and persons, the built-in lexicon "actors" by default. From the day that an entry ends (``to``) it
        names its ``successor``: the government in Kabul is the Taliban from 2021-08-15.
    stance : Lexicon, optional
        Entries with polarity, strength and role, the built-in lexicon "stance" by default.
    holders : sequence of str, optional
        Holders told apart, all actors of the lexicon by default; every other actor is ``other``.
    progress : bool
        Show a progress bar.

    Returns
    -------
    DataFrame
        POSITIONS, sorted by doc_id, start_char, holder, voice. A headline is sentence -1 with an empty span at 0.
        ``polarity`` is the sum of the cues' sides, weighted by strength, as a sign; a denial of support is against.
        Extra columns: ``categories``, one per cue and in the order of ``cues``, marked ``~`` negated or denied, ``!``
        turned against the target, ``?`` hedged, ``*`` without an object named outright; ``person``, who speaks for
        the holder.

    Raises
    ------
    SchemaError
        The target or a holder is no actor of the lexicon.

    Examples
    --------
    >>> text = "قالت موسكو إنها تتبادل المعلومات مع طالبان. ونفت موسكو تسليح طالبان. وقصفت القوات الأمريكية طالبان."
    >>> documents = pd.DataFrame(
    ...     {"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2016-01-01"]), "title": [None]}
    ... )
    >>> table = find_positions(documents, tokenize(documents))
    >>> table[["holder", "polarity", "negated", "categories"]].to_string(index=False, header=False)
    'russia  1 False shared_interest\nrussia -1  True   denial|arming~\n    us -1 False           force'
    """
    actors = actors or load_lexicon("actors")
    stance = stance or load_lexicon("stance")
    target = default_pair().target if target is None else target
    tables.check_choice("target", target, sorted(actors.categories))
    for holder in holders or ():
        tables.check_choice("holders", holder, [*actors.categories, OTHER])
    told = frozenset(actors.categories if holders is None else holders)
    kept = candidate_documents(tokens, actors, target)
    chosen = documents[documents["doc_id"].isin(kept["doc_id"].cat.categories)]
    days = last_day(chosen)
    rows: list[dict] = []
    leads: dict[str, list[tuple[Place, bool]]] = {}
    layers = [(_headlines(chosen), True), (kept, False)]
    for part, headline in layers:
        if part is None or part.empty:
            continue
        quoted = None if headline else quotations
        places = sentences_of(part, actors, stance, target=target, days=days, quotations=quoted)
        for place in tqdm(places, disable=not progress, desc="positions", unit=" sentences"):
            if headline or place.reading.near or place.named:
                rows += _rows(place, read_sentence(place.reading), told, headline)
            elif any(m.actor == target for m in place.reading.mentions):  # the fighters, long after the name
                acts = [tie for tie in read_sentence(place.reading) if tie.cue.category in ACTS]
                rows += _rows(place, acts, told, headline)
            if headline or place.sentence < 2:
                leads.setdefault(place.doc_id, []).append((place, headline))
    rows += _loose_rows(leads, {(row["doc_id"], row["holder"]) for row in rows}, told)
    return _table(rows, target)


def _loose_rows(leads: dict[str, list[tuple[Place, bool]]], found: set, told: frozenset[str]) -> list[dict]:
    """Read headline and lead once more, more freely, for an actor that opens the headline and that no rule tied."""
    rows: list[dict] = []
    for doc_id, places in leads.items():
        opening = next((opening_speaker(place.reading) for place, headline in places if headline), None)
        holder = opening if opening in told else OTHER
        if opening is None or (doc_id, holder) in found:
            continue
        for place, headline in places:
            ties = read_sentence(replace(place.reading, near=True), loose=True)
            ties = [tie for tie in ties if tie.holder == opening and tie.object in (None, place.reading.target)]
            rows += _rows(place, ties, told, headline)
    return rows


def _headlines(documents: pd.DataFrame) -> pd.DataFrame | None:
    titled = (
        documents[documents["title"].notna() & (documents["title"].astype(str).str.strip() != "")]
        if "title" in documents
        else documents[:0]
    )
    if titled.empty:
        return None
    return tokenize(titled.assign(text=titled["title"].astype(str)))


def _rows(place: Place, ties: Iterable[Tie], told: frozenset[str], headline: bool) -> list[dict]:
    groups: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        if tie.object == place.reading.target and tie.holder:
            holder = tie.holder if tie.holder in told else OTHER
            groups.setdefault((holder, tie.voice or "outlet"), []).append(tie)
    return [_row(place, holder, voice, found, headline) for (holder, voice), found in groups.items()]


def _sign(tie: Tie, code: int) -> int:
    """Return the side of a cue: its code's, and against where support is denied."""
    if tie.cue.negated and code == 0 and tie.polarity > 0 and tie.cue.category in ("support", "arming"):
        return -1
    return (code > 0) - (code < 0)


def _row(place: Place, holder: str, voice: str, ties: list[Tie], headline: bool) -> dict:
    codes = [code_of(_signed(tie)) for tie in ties]
    weight = [(1.0 if tie.outright else 0.5) * tie.cue.strength for tie in ties]
    signs = [_sign(tie, code) for tie, code in zip(ties, codes, strict=True)]
    total = sum(w * sign for w, sign in zip(weight, signs, strict=True))
    polarity = (total > 0) - (total < 0)
    leading = [tie for tie, sign in zip(ties, signs, strict=True) if sign * polarity > 0] or ties
    return {
        "doc_id": place.doc_id,
        "sentence": -1 if headline else place.sentence,
        "start_char": 0 if headline else place.start_char,
        "end_char": 0 if headline else place.end_char,
        "holder": holder,
        "polarity": polarity,
        "strength": max(tie.cue.strength for tie in leading),
        "negated": any(tie.cue.negated for tie in leading),
        "voice": voice,
        "cues": "|".join(" ".join(place.tokens[tie.cue.start : tie.cue.end]) for tie in ties),
        "categories": "|".join(_signed(tie) for tie in ties),
        "person": place.persons.get(ties[0].holder or "", None),
    }


def _signed(tie: Tie) -> str:
    """Name the category with its marks: `~` negated, `!` against the target, `?` hedged, `*` object not named."""
    flips = ("!" if tie.polarity != tie.cue.polarity else "") + ("~" if tie.cue.negated else "")
    return tie.cue.category + flips + ("?" if tie.cue.hedged else "") + ("" if tie.outright else "*")


def _table(rows: list[dict], target: str) -> pd.DataFrame:
    columns = [
        "doc_id",
        "sentence",
        "start_char",
        "end_char",
        "holder",
        "polarity",
        "strength",
        "negated",
        "voice",
        "cues",
        "categories",
        "person",
    ]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(5, "target", target)
    return tables.conform(table, "POSITIONS")
