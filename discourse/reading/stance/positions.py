"""Positions: who is for or against a target, sentence by sentence and document by document."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from tqdm import tqdm

from discourse import tables
from discourse.errors import SchemaError
from discourse.lexicons.actors import OTHER
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.stance.composing import load_composition
from discourse.reading.stance.documents import TITLE, choose_documents, evidence_of
from discourse.reading.stance.layers import Place, sentences_of
from discourse.reading.stance.passage import Evidence
from discourse.reading.stance.scores import score_positions
from discourse.reading.stance.second import Again, fill_gaps, read_again
from discourse.studies.default import default_pair

__all__ = ["find_positions", "score_positions"]

_HEDGES = frozenset({"may", "can", "if", "would", "considers"})
_LOOSE, _BACKGROUND = 0.5, 0.4  # weight of a cue whose object is not named outright, and of one told of earlier years


def find_positions(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    quotations: pd.DataFrame | None = None,
    target: str | None = None,
    actors: Lexicon | None = None,
    stance: Lexicon | None = None,
    cues: Lexicon | None = None,
    holders: Sequence[str] | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    r"""Find who takes which side toward a target, sentence by sentence: DOCUMENTS and TOKENS become POSITIONS.

    Only documents that name the target in text or headline are read. Each sentence is cut into clauses; every predicate
    of the stance lexicon (what one does to the target, says of it, wants with it) and every appraisal of it is tied to
    who does or says it and to whom; and negation, modality, time and the attitudes above it change the position that
    its class conveys, by a table. Where this finds nothing of a holder, a second reading ties the lexicon of cues by
    nearness. A row is one holder in one sentence in one voice; docs/method-positions.md says how it is read, and what
    goes wrong.

    Parameters
    ----------
    documents, tokens : DataFrame
        DOCUMENTS and TOKENS of its texts.
    quotations : DataFrame, optional
        QUOTATIONS; without them only `A accuses B of ...`, denials and the like tell whose words a cue stands in.
    target : str, optional
        An actor of the actor lexicon, that of the study that ships by default. It stands for the actors whose trait
        ``group`` names it as well: ``taliban`` for the Taliban of Afghanistan and of Pakistan.
    actors : Lexicon, optional
        Actors and persons, the built-in lexicon "actors" by default. From the day that an entry ends (``to``) it
        names its ``successor``: the government in Kabul is the Taliban from 2021-08-15.
    stance : Lexicon, optional
        Entries with polarity, strength and role in the classes of composition.yml, the built-in lexicon "stance" by
        default.
    cues : Lexicon, optional
        Entries of the second reading, the built-in lexicon "cues" by default.
    holders : sequence of str, optional
        Holders told apart, all actors of the lexicon by default; every other actor is ``other``.
    progress : bool
        Show a progress bar.

    Returns
    -------
    DataFrame
        POSITIONS, sorted by doc_id, start_char, holder, voice. A headline is sentence -1 with an empty span at 0.
        ``polarity`` is the sign of the sum of ``codes``, weighed by one half where the cue names no object outright and
        two fifths where it is told of earlier years. ``codes`` and ``rules`` hold one value per cue, joined as ``cues``
        is: the position, and how it was read (the rule, then the operators from the inside out; ``enemies``,
        ``accusation``, ``denial``, ``other party`` and ``second reading`` are rules, every class is one). Extra
        columns: ``categories``, the class of each cue, marked ``~`` turned away from its class (negated, denied,
        opposed), ``!`` turned against the target (help for its opponents), ``?`` hedged (may, if, considers), ``*``
        without an object named outright, ``^`` told as background; ``person``, who speaks for the holder.

    Raises
    ------
    SchemaError
        The target or a holder is no actor of the lexicon.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> text = "قالت موسكو إنها تتبادل المعلومات مع طالبان. ونفت موسكو تسليح طالبان. وقصفت القوات الأمريكية طالبان."
    >>> documents = pd.DataFrame(
    ...     {"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2016-01-01"]), "title": [None]}
    ... )
    >>> table = find_positions(documents, tokenize(documents))
    >>> table[["holder", "codes", "rules", "categories"]].to_string(index=False, header=False)
    'russia  1   cooperation cooperation\nrussia  0 denial denial     arming~\n    us -2         force       force'
    """
    actors = actors or load_lexicon("actors")
    stance = stance or load_lexicon("stance")
    cues = cues or load_lexicon("cues")
    target = default_pair().target if target is None else target
    tables.check_choice("target", target, sorted(actors.categories))
    if isinstance(holders, str):
        raise SchemaError(f"`holders` is {holders!r}; it must be a list of holders, such as [{holders!r}].")
    for holder in holders or ():
        tables.check_choice("holders", holder, list(dict.fromkeys([*actors.categories, OTHER])))
    if not set(stance.categories) & set(load_composition().codes):
        classes = ", ".join(sorted(load_composition().codes))
        raise SchemaError(f"`stance` has no category that the table of composition knows; its classes are {classes}.")
    tables.check_tokens_of(tokens, documents)
    told = frozenset(actors.categories if holders is None else holders)
    chosen, parts = choose_documents(documents, tokens, actors, target)
    if chosen.empty:
        return _table([], target)
    if quotations is not None:
        missing = {name: None for name in ("actor", "speaker") if name not in quotations}
        quotations = quotations.assign(**missing) if missing else quotations
    found = evidence_of(chosen, parts, quotations, target, actors, stance)
    first = {d: [(n, one) for n, one in every if one.holder in actors.categories] for d, every in found.items()}
    places: dict[str, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    again: dict[str, list[tuple[int, Again]]] = defaultdict(list)
    for part in parts:
        headline, quoted = part.headline, None if part.headline else quotations
        every = sentences_of(part.tokens, actors, cues, target=target, mentions=part.mentions, quotations=quoted)
        for place in tqdm(every, disable=not progress, desc="positions", unit=" sentences"):
            number = TITLE if headline else place.sentence
            again[place.doc_id] += [
                (number, one._replace(evidence=replace(one.evidence, start_char=place.start_char)))
                for one in read_again(place, headline=headline)
            ]
            places[place.doc_id][number].append(place)
    rows: list[dict] = []
    for doc_id, by_number in places.items():
        rows += _rows(by_number, first.get(doc_id, []), again[doc_id], told)
    return _table(rows, target)


class _Cue(NamedTuple):
    """One cue of a row: the evidence, its category with its marks, and the sentence that holds it."""

    evidence: Evidence
    signed: str
    place: Place


def _rows(
    places: dict[int, list[Place]],
    first: list[tuple[int, Evidence]],
    again: list[tuple[int, Again]],
    told: frozenset[str],
) -> list[dict]:
    """Return the rows of one document: one per sentence, holder and voice, the cues in their order."""
    every = [(number, one, marks_of(one)) for number, one in first]
    every += [(number, one.evidence, one.marks) for number, one in fill_gaps(first, again)]
    groups: dict[tuple[int, str, str], list[_Cue]] = defaultdict(list)
    for number, one, marks in every:
        # a sentence of more than 200 words is read in pieces: the one that holds the cue
        place = next((place for place in places[number] if place.start_char == one.start_char), None)
        if place is None:
            continue
        voice = one.voice if one.voice not in (None, "?") else "outlet"
        signed = one.category + marks + ("" if one.outright else "*") + ("^" if one.background else "")
        holder = one.holder if one.holder in told else OTHER
        groups[number, holder, str(voice)].append(_Cue(one, signed, place))
    return [_row(number, holder, voice, found) for (number, holder, voice), found in groups.items()]


def marks_of(evidence: Evidence) -> str:
    """Return the marks of a category: `!` turned against the target, `~` turned away from its class, `?` hedged."""
    if evidence.rule == "enemies":
        return "!"
    codes = load_composition().codes
    own = codes.get(evidence.category, evidence.code)
    if own is None:  # what befalls the target is a position by what is around it alone
        own = 1 if evidence.category.endswith("good") else -1
    code, hedged = evidence.code, not _HEDGES.isdisjoint(evidence.ops)
    if not evidence.ops and evidence.rule not in ("denial", "accusation"):
        own = code  # nothing around it: the rule itself gave it a code of its own
    turned = code < 0 <= own or code > 0 > own or (code == 0 != own and not hedged)
    return ("~" if turned else "") + ("?" if hedged else "")


def _row(number: int, holder: str, voice: str, cues: list[_Cue]) -> dict:
    codes = [cue.evidence.code for cue in cues]
    total = sum(_weight(cue.evidence) * cue.evidence.code for cue in cues)
    polarity = (total > 0) - (total < 0)
    leading = [cue for cue in cues if cue.evidence.code * polarity > 0] or cues
    place = cues[0].place
    persons = (place.persons.get(cue.evidence.holder) for cue in cues)
    return {
        "doc_id": place.doc_id,
        "sentence": number,
        "start_char": 0 if number < 0 else place.start_char,
        "end_char": 0 if number < 0 else place.end_char,
        "holder": holder,
        "polarity": polarity,
        "strength": 2 if any(abs(cue.evidence.code) == 2 for cue in leading) else 1,
        "negated": any("~" in cue.signed for cue in leading),
        "voice": voice,
        "cues": "|".join(" ".join(cue.place.tokens[cue.evidence.start : cue.evidence.end]) for cue in cues),
        "categories": "|".join(cue.signed for cue in cues),
        "codes": "|".join(map(str, codes)),
        "rules": "|".join(" ".join((cue.evidence.rule, *cue.evidence.ops)) for cue in cues),
        "person": next(persons, None),
    }


def _weight(evidence: Evidence) -> float:
    return (1.0 if evidence.outright else _LOOSE) * (_BACKGROUND if evidence.background else 1.0)


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
        "codes",
        "rules",
        "person",
    ]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(5, "target", target)
    return tables.conform(table, "POSITIONS")
