"""The evidence of positions in documents: which ones may name the target, and their sentences in order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from discourse.lexicons.actors import NOBODY, actor_on, group_of, read_offices, read_roles
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.matches import locate
from discourse.reading.speech.resolution import last_day
from discourse.reading.stance.alarms import find_alarms, has_alarm, tells_advance
from discourse.reading.stance.evidence import read_sentence
from discourse.reading.stance.forms import without_conjunction
from discourse.reading.stance.lists import PURPOSES, TALKED
from discourse.reading.stance.mentions import hosts_of, mentions_of, with_anaphora
from discourse.reading.stance.passage import Evidence, Passage, entries_of, is_place
from discourse.reading.stance.reading import Reading, actor_of, is_oblique, lay_out
from discourse.reading.stance.running import Running, note_offices, note_scene, speaker_by_office
from discourse.reading.stance.sentences import (
    OFFICE,
    Part,
    Sentence,
    Study,
    headlines,
    sentences_of_part,
)
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY, Mention
from discourse.reading.stance.sides import with_opponents, without_private
from discourse.reading.stance.standins import Known
from discourse.reading.stance.voices import is_private_speaker, unnamed_speaker
from discourse.studies.default import default_pair

__all__ = ["TITLE", "choose_documents", "documents_about", "evidence_of", "find_evidence"]

TITLE = -1  # the number of the headline among the sentences
_IN_MIND = 2  # sentences for which the target stays in mind when it is not named
_MEETING = 2  # sentences back to a meeting whose purpose is told
_REMEMBERED = 90  # ... and for which `the movement` still means it
_ABOUT = 3  # mentions from which on a document is about the target, wherever they stand
_SCENE = 3  # words in which a sentence sets its scene: in Washington
_OPENING = 6  # words in which a sentence says whom it is about


def find_evidence(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame | None = None,
    target: str | None = None,
    actors: Lexicon | None = None,
    stance: Lexicon | Sequence[Lexicon] | None = None,
) -> dict[str, list[tuple[int, Evidence]]]:
    """Return the evidence of positions toward a target, sentence by sentence.

    Parameters
    ----------
    documents, tokens : DataFrame
        Tables DOCUMENTS and TOKENS; headlines are read too.
    quotations : DataFrame, optional
        Table QUOTATIONS of these documents; without it nothing is in somebody's words.
    target : str, optional
        The actor toward whom positions are read; that of the study that ships when left out.
    actors : Lexicon, optional
        The lexicon of actors; that of the package when left out.
    stance : Lexicon or sequence of Lexicon, optional
        What acts, attitudes and judgements are; that of the package when left out.

    Returns
    -------
    dict
        For each document with evidence, the number of the sentence, -1 for the headline, and the evidence.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> text = "اعترفت روسيا بحكومة طالبان."
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "title": [None], "date_precision": "day"})
    >>> documents["date"] = pd.to_datetime("2025-07-04")
    >>> found = find_evidence(documents, tokenize(documents))
    >>> [(number, sign.holder, sign.code) for number, sign in found["a"]]
    [(0, 'russia', 2)]
    """
    target = default_pair().target if target is None else target
    actors = actors or load_lexicon("actors")
    chosen, parts = choose_documents(documents, tokens, actors, target)
    return evidence_of(chosen, parts, quotations, target, actors, stance or load_lexicon("stance"))


def evidence_of(
    documents: pd.DataFrame,
    parts: Sequence[Part],
    quotations: pd.DataFrame | None,
    target: str,
    actors: Lexicon,
    stance: Lexicon | Sequence[Lexicon],
) -> dict[str, list[tuple[int, Evidence]]]:
    """Return the evidence of the parts of documents that name the target; see ``find_evidence``."""
    lexicons = [stance] if isinstance(stance, Lexicon) else list(stance)
    ruling = tuple({office for office in read_offices(actors) if office.successor})
    study = Study(target, actors, lexicons, read_roles(actors), entries_of(lexicons), last_day(documents), ruling)
    layers: dict[str, list[tuple[bool, list[Sentence]]]] = {}
    for part in parts:
        for name, sentences in sentences_of_part(part, documents, quotations, study):
            layers.setdefault(name, []).append((part.headline, sentences))
    out: dict[str, list[tuple[int, Evidence]]] = defaultdict(list)
    for name, read in layers.items():
        found = _read_document(name, read, study)
        if found:
            out[name] = found
    return out


def choose_documents(
    documents: pd.DataFrame, tokens: pd.DataFrame, actors: Lexicon, target: str
) -> tuple[pd.DataFrame, list[Part]]:
    """Return the documents whose headline or text names the target, and the parts of them that have words."""
    heads = headlines(documents)
    about = documents_about(tokens, actors, target)
    if heads is not None:
        about |= documents_about(heads, actors, target)
    chosen = documents[documents["doc_id"].astype(str).isin(about)]
    days, roles, parts = last_day(chosen), read_roles(actors), []
    for part, headline in ((heads, True), (tokens, False)):
        if part is None:
            continue
        kept = part[part["doc_id"].astype(str).isin(about).to_numpy()].reset_index(drop=True)
        for name in ("doc_id", "token", "norm"):
            kept[name] = kept[name].cat.remove_unused_categories()
        if not kept.empty:
            parts.append(Part(kept, headline, mentions_of(kept, actors, roles, target, days)))
    return chosen, parts


def documents_about(tokens: pd.DataFrame, actors: Lexicon, target: str) -> set[str]:
    """Return the documents that may name the target: by its own names, or by one that is its own in some years."""
    group = set(group_of(target, actors))
    offices = read_offices(actors)
    rows = np.array([
        office.actor in group or office.successor in group or any(term.actor in group for term in office.terms)
        for office in offices
    ])  # fmt: skip
    names = set(actors.entries.loc[rows, "category"])
    part = replace(
        actors,
        categories={name: label for name, label in actors.categories.items() if name in names},
        entries=actors.entries[rows].reset_index(drop=True),
    )
    codes = tokens["doc_id"].cat.codes.to_numpy()
    return set(tokens["doc_id"].cat.categories[np.unique(codes[locate(tokens, part).first])].astype(str))


def _read_document(
    name: str, layers: list[tuple[bool, list[Sentence]]], study: Study
) -> list[tuple[int, Evidence]]:  # fmt: skip
    """Read the headline and the sentences of a document that names the target, in order."""
    target, roles = study.target, study.roles
    actors = [[m.actor for m in s.mentions] for _, sentences in layers for s in sentences]
    if not any(target in found for found in actors):
        return []
    day = study.days.get(name)
    opening = [s.mentions for _, sentences in layers for s in sentences[:2]]
    running = Running(
        target,
        home=_home(actors, study),
        nobody=roles.nobody | {NOBODY},
        lost=frozenset(office.actor for office in study.offices if actor_on(office, day) == target),
        year=None if day is None else int(str(day)[:4]),
        about=sum(found.count(target) for found in actors) >= _ABOUT
        or any(m.actor == target for found in opening for m in found),
    )
    foes = roles.enemies_of(target, day)
    out: list[tuple[int, Evidence]] = []
    alarms: list[tuple[int, Evidence]] = []
    advances = False
    unnamed, state, group = _REMEMBERED, None, target
    rules = target_rules(study, day)
    for title, sentences in layers:
        for sentence in sentences:
            if not title and sentence.number:
                state = note_scene(running, hosts_of(sentence.words[:_SCENE], roles)) or state
            known = Known(title or unnamed < _REMEMBERED, state, unnamed <= _IN_MIND, group == target, rules)
            found = with_anaphora(sentence.mentions, sentence.words, target, roles, known)
            groups = [m.actor for m in found if m.actor == target or m.actor in roles.militants]
            group = groups[-1] if groups else group
            found = without_private(found, sentence.words, roles, target)
            states = [m.actor for m in found if m.actor in roles.states and not m.anaphor]
            state = states[-1] if states else state
            found = [replace(m, actor=OPPONENTS) if m.actor in foes else m for m in found]
            found = with_opponents(found, sentence.cues, sentence.words, target)
            named = any(m.actor == target for m in found)
            running.salient = named or unnamed <= _IN_MIND
            passage = _passage(sentence, found, title, running, study)
            number, start = TITLE if title else sentence.number, sentence.start_char
            shown, alarmed = _may_show(passage, running), has_alarm(passage)
            if shown or alarmed:
                reading = lay_out(passage, running)
                signs = read_sentence(reading)
                out += [(number, replace(sign, start_char=start)) for sign in signs if shown]
                alarms += [(number, replace(sign, start_char=start)) for sign in find_alarms(reading) if alarmed]
                advances = advances or (named and tells_advance(reading))
            else:
                reading = Reading(passage, running, [], [], [], {}, [])
            if _tells_purpose(sentence.words):
                out = [_with_purpose(number, sign, sentence.number) for number, sign in out]
            unnamed = 0 if named else unnamed + 1
            _note_speaker(reading)
    if advances:
        holders = {sign.holder for _, sign in out}
        out += [(number, sign) for number, sign in alarms if sign.holder not in holders]
    return out


def _tells_purpose(words: Sequence[str]) -> bool:
    """Tell whether a sentence says what was talked about, and that it is something both sides want."""
    bare = {without_conjunction(word) for word in words}
    return not bare.isdisjoint(TALKED) and any(word in PURPOSES or word[1:] in PURPOSES for word in bare)


def _with_purpose(number: int, sign: Evidence, here: int) -> tuple[int, Evidence]:
    """A meeting told in the headline or up to two sentences before is more than a contact: it has a purpose."""
    near = here - number <= _MEETING or (number == TITLE and here <= _MEETING)
    bare = sign.category == "contact" and sign.code == 0 and sign.outright and not (sign.ops or sign.background)
    return number, replace(sign, category="purpose", code=1, rule="purpose") if near and bare else sign


def target_rules(study: Study, day: np.datetime64 | None) -> bool:
    """Tell whether the target rules a country on a day: an entry of a state is its own by succession."""
    return any(office.successor == study.target and actor_on(office, day) == study.target for office in study.offices)


def _home(actors: list[list[str]], study: Study) -> str | None:
    """Return the first actor of a document, or place, that is a state: no movement, alliance or body of all states."""
    roles = study.roles
    alliances = roles.armed & set(roles.international.values())
    nowhere = {study.target} | roles.militants | roles.movements | roles.no_sides | alliances
    named = (actor.removeprefix("in_") for found in actors for actor in found)
    return next((actor for actor in named if actor not in nowhere), None)


def _passage(sentence: Sentence, found: list[Mention], title: bool, running: Running, study: Study) -> Passage:
    """Put together what is known of a sentence; a speaker named by an office is who last had it."""
    note_offices(running, sentence.words, found)
    quoted = tuple(
        (start, end, _speaker(who, (start, end), sentence.words, found, running)) for start, end, who in sentence.quoted
    )
    cues = tuple(cue for cue in sentence.cues if cue.category != OPPONENTS)
    return Passage(
        sentence.words, sentence.tokens, tuple(found), cues, study.target, quoted, study.roles, title, study.entries
    )


def _may_show(passage: Passage, running: Running) -> bool:
    """Tell whether a sentence can show anything, so that it is worth cutting into clauses."""
    named = any(m.actor in (passage.target, OPPONENTS) for m in passage.mentions)
    if named:
        return True
    if running.salient:
        return bool(passage.cues) or any(m.actor == OWN_COUNTRY for m in passage.mentions)
    categories = {cue.category for cue in passage.cues}
    return "denial" in categories or bool(running.about and (passage.quoted or "affirms" in categories))


def _speaker(
    who: str | None, span: tuple[int, int], words: tuple[str, ...], found: list[Mention], running: Running
) -> str | None:
    """Return the actor who speaks in a quotation: as it says, by the office named, or as the text goes on."""
    if who and who.startswith(OFFICE):
        return speaker_by_office(who[1:], span[0], found, running)
    if who:
        return who
    alone = running.speaker if span[0] == 1 else None  # a verb alone: who spoke before
    return unnamed_speaker(words, span, found, running) or alone


def _note_speaker(reading: Reading) -> None:
    """Note who spoke last in a sentence, or, where nobody did, the first actor that nothing governs."""
    quoted = reading.passage.quoted
    if quoted:
        speakers = [who for _, _, who in quoted if who]
        if speakers:
            reading.running.speaker = speakers[-1]
        reading.running.voice = quoted[-1][2]
        return
    if is_private_speaker(reading.words[:_OPENING]):
        reading.running.voice = None
        return
    silent = reading.nobody | {OPPONENTS, reading.target}
    for m in reading.mentions:
        if m.actor in silent or is_place(m.actor) or reading.is_militant(m.actor) or is_oblique(reading, m):
            continue
        reading.running.speaker = actor_of(reading, m) or reading.running.speaker
        reading.running.voice = reading.running.speaker
        return
