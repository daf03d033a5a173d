"""What particles, auxiliaries and verbs of ability or duty say of a clause."""

from discourse.language.arabic.clause_words import auxiliaries, raising
from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.frames import Draft
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch

__all__ = ["find_operators", "mark_auxiliaries"]

C = Class
_TENSE = 14  # words between an auxiliary and its verb
_PARTICLES = C.NEGATOR | C.ALREADY | C.FUTURE | C.WISH | C.PERHAPS | C.QUOTE | C.ADVERB


def mark_auxiliaries(s: Stretch) -> None:
    """Mark the verbs that only say something of the verb behind them: كان يعمل, كان قد قال, لم يعد يقبل."""
    places = sorted(s.verbs)
    for place, following in zip(places, places[1:], strict=False):
        verb = s.verbs[place]
        if not any(lemma in auxiliaries() for lemma in verb.lemmas) or following - place > _TENSE:
            continue
        between = range(place + 1, following)
        if any(s.flags[k] & (MARK & ~C.QUOTE | C.THAT | C.RELATIVE | C.PREPOSITION) for k in between):
            continue
        if s.words[following].conjunction and not s.words[following].particle:
            continue
        s.auxiliary[place] = following


def _before(s: Stretch, place: int, marker: int | None = None) -> list[str]:
    """Return what the particles right before a verb say of it."""
    found: list[str] = []
    present = place in s.verbs and s.verbs[place].form.tense != "past"
    before = s.before(place)
    while before >= 0 and before != marker and s.flags[before] & _PARTICLES:
        flags = s.flags[before]
        if flags & C.NEGATOR and not flags & C.PREPOSITION:
            found.append("negation")
        if flags & C.FUTURE:
            found.append("future")
        if flags & C.WISH:
            found.append("wish")
        if flags & C.PERHAPS or flags & C.ALREADY and present:
            found.append("may")
        before = s.before(before)
    return found


def _of_auxiliaries(s: Stretch, main: int) -> list[str]:
    found: list[str] = []
    for auxiliary, verb in s.auxiliary.items():
        if verb != main:
            continue
        name = next(auxiliaries()[lemma] for lemma in s.verbs[auxiliary].lemmas if lemma in auxiliaries())
        said = _before(s, auxiliary)
        if name == "was":
            past = s.verbs[main].form.tense == "past" and s.verbs[auxiliary].form.tense == "past"
            found += [*said, "past_perfect"] if past else said
        elif "negation" in said and name in ("again", "still"):
            found += ["no_longer" if name == "again" else name, *(word for word in said if word != "negation")]
        else:
            found += [name, *said]
        if s.words[auxiliary].particle == "future":
            found.append("future")
    return found


def find_operators(s: Stretch, draft: Draft, lemmas: tuple[str, ...], parent: list[str]) -> list[str]:
    """Return the operators of a clause; ``parent`` are those that the verb above hands down to its complement."""
    found: list[str] = []
    verb = draft.verb
    if verb is not None:
        found += _of_auxiliaries(s, verb.place) + _before(s, verb.place, draft.marker) + _of_opening(s, draft)
        if s.words[verb.place].particle == "future":
            found.append("future")
        if s.words[verb.place].particle == "answer":
            found.append("would")
        if s.flags[verb.place] & C.NOT:
            found.append("negation")
        found += _behind(s, draft, found)
    else:
        found += _of_nominal(s, draft)
    found += [raising()[lemma] for lemma in lemmas[:1] if lemma in raising()]
    if draft.relation == "condition":
        found.append("if")
        if draft.marker is not None and s.flags[draft.marker] & C.COUNTERFACTUAL:
            found.append("would")
    if _asks(s, draft):
        found.append("question")
    return list(dict.fromkeys([*found, *parent]))


def handed_down(s: Stretch, draft: Draft, lemmas: tuple[str, ...], operators: list[str]) -> list[str]:
    """Return what a verb of ability, duty or going on hands down to its complement: the operator and its negation."""
    first = draft.start if draft.marker is None else draft.marker + 1
    if draft.verb is None and first < len(s) and s.flags[first] & C.OBLIGES:
        return ["must"]
    if not any(lemma in raising() for lemma in lemmas[:1]):
        return []
    return [name for name in operators if name in (*raising().values(), "negation", "may", "future", "no_longer")]


def _behind(s: Stretch, draft: Draft, said: list[str]) -> list[str]:
    """Return what words behind a negated verb make of it: not yet (بعد), only (إلا)."""
    verb = draft.verb
    if verb is None or "negation" not in said:
        return []
    found: list[str] = []
    for place in range(verb.place + 1, draft.behind):
        behind = s.behind(place)
        alone = (
            behind >= len(s) or s.flags[behind] & (MARK | C.THAT | CLAUSE_OPENER | C.PREPOSITION) or behind in s.verbs
        )
        if s.flags[place] & C.YET and alone:
            found.append("not_yet")
        if s.flags[place] & C.EXCEPT:
            found.append("except")
    return found


def _of_opening(s: Stretch, draft: Draft) -> list[str]:
    """Return what a word of wish or doubt before the subject says of the clause: ليت الحكومة تقبل."""
    last = draft.front if draft.front >= 0 else draft.verb.place if draft.verb else draft.behind
    flags = [s.flags[place] for place in range(draft.start, last)]
    return ["wish"] * any(f & C.WISH for f in flags) + ["may"] * any(f & C.PERHAPS for f in flags)


def _of_nominal(s: Stretch, draft: Draft) -> list[str]:
    first = draft.start if draft.marker is None else draft.marker
    last = draft.behind if draft.front < 0 else draft.front
    found: list[str] = []
    for place in range(first, last):
        flags = s.flags[place]
        if flags & C.NOT or flags & C.NEGATOR and not flags & (C.LOOSE_RELATIVE | C.PREPOSITION):
            found.append("negation")
        if flags & C.WISH:
            found.append("wish")
        if flags & C.PERHAPS:
            found.append("may")
    return found


def _asks(s: Stretch, draft: Draft) -> bool:
    """A question word opens the clause, or a question mark closes it."""
    if draft.relation in ("main", "coordinated"):
        anchor = draft.verb.place if draft.verb else draft.behind
        if any(s.flags[k] & C.QUESTION for k in range(max(draft.start - 1, 0), min(anchor, draft.start + 3))):
            return True
        end = draft.behind
        return any(s.flags[k] & C.ASKS for k in range(draft.start, min(end + 1, len(s))))
    return draft.marker is not None and bool(s.flags[draft.marker] & C.QUESTION)
