"""Which words of a stretch are finite verbs.

Without vowels a form is often a noun too: every candidate gets points for its form and for what stands beside it.
"""

from discourse.language.arabic.clause_words import auxiliaries, copulas
from discourse.language.arabic.syntax import Class, Word, has_hamza
from discourse.language.arabic.verbs import VerbForm, frames
from discourse.reading.grammar.phrases import counts, is_name
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch, Verb, frame_of

__all__ = ["find_verbs"]

C = Class
_ENOUGH = 2.0
_SAFE = 6.0
_WAITS, _MAY_WAIT, _SERVED = 1.2, 0.2, -0.5  # a clause without a verb yet, one that a comma may begin, one that has it
_OUTER = 0.8  # behind a relative clause with its verb, where the clause above has none yet
_CLOSED_NOUN = C.DEFINITE | C.POSSESSED | C.ADVERB | C.PRONOUN_PHRASE | C.ACCUSATIVE | C.PLACE | C.NUMBER
_ALONE = 1.5
_ENDS_PHRASE = C.DEFINITE | C.ACCUSATIVE | C.NISBA | C.POSSESSED | C.PLACE  # a subject before the verb may end with it
_OF_TIME = C.DEFINITE | C.TIME_NOUN | C.ADVERB | C.NUMBER | C.PREPOSITION | MARK | CLAUSE_OPENER | C.DEMONSTRATIVE
_RESTARTS = CLAUSE_OPENER | C.STOP | C.COLON
_NOUNLIKE = C.LIKE_VERB | C.COMMON | C.TIME_NOUN | C.ADJECTIVE
_TANWIN = frozenset("\u064b\u064c\u064d")


def _has_tanwin(token: str) -> bool:
    """Tell whether a word is written with the ending of an indefinite noun."""
    return not token.isascii() and not _TANWIN.isdisjoint(token)


def _stands_alone(s: Stretch, place: int) -> bool:
    """Tell whether no other word before the next mark or opener can be the verb of the clause."""
    before = s.flag(s.before(place))
    if all(form.person == "1s" for form in s.words[place].forms):
        return False
    opens = s.before(place) < 0 and s.flag(place + 1) & (C.COMMON | C.TITLE)
    told = before & C.COMMA and s.flag(place + 2) & C.DEFINITE and is_name(s, place + 1)  # كشف فياض النقاب
    if not (opens or told or s.flag(place + 1) & C.DEFINITE or before & (C.THAT | C.TIME_CLAUSE | _ENDS_PHRASE)):
        return False
    for at in range(place + 1, min(len(s), place + 25)):
        if s.flags[at] & (CLAUSE_OPENER | C.LOOSE_RELATIVE | C.PRONOUN | C.COMMA | C.STOP | C.COLON):
            break
        word = s.words[at]
        if word.forms and word.conjunction:
            break
        noun = s.flags[at] & (C.LIKE_VERB | C.NOUN | C.ADJECTIVE)
        if word.forms and not noun and word.particle != "answer" and _form_points(word, list(word.forms)) >= 1:
            return False
    return True


def find_verbs(s: Stretch) -> None:
    """Decide which words are verbs, left to right, and write them into the stretch."""
    waits, unreal, outer, begun = _WAITS, False, False, False
    last = -9
    number = 0  # up to here words only say about how many (ما لا يقل عن)
    for place, word in enumerate(s.words):
        flags = word.flags
        if flags & C.BEGINS_ENTRY:
            number = max(number, place + counts(s, place, len(s)))
        if place < number:
            continue
        if flags & _RESTARTS:
            inside = flags & CLAUSE_OPENER and not flags & (C.MAIN | C.STOP) and not (flags & C.THAT and not place)
            outer = bool(inside) and (outer or waits == _WAITS)
            waits = _WAITS
        elif flags & C.COMMA:
            waits = max(waits, _MAY_WAIT)
        unreal = unreal or bool(flags & C.COUNTERFACTUAL)
        if not word.forms or _has_tanwin(s.tokens[place]) or word.particle == "answer" and not unreal:
            continue
        readings = _readings(s, place, word)
        if not readings:
            continue
        points = _form_points(word, readings) + _left_points(s, place, word, readings, last)
        points += _right_points(s, place, word, readings) + waits
        if begun and word.masdar and all(form.tense == "past" for form in readings):
            points -= 3.0  # بدأت الحكومة سحب القوات
        if waits >= _OUTER and points < _ENOUGH <= points + _ALONE and _stands_alone(s, place):
            points += _ALONE
        if points >= _ENOUGH:
            s.verbs[place] = _verb(s, place, word, readings)
            negated = s.flag(s.before(place)) & C.NEGATOR and any(form.lemma in auxiliaries() for form in readings)
            if not negated and not all(form.lemma in auxiliaries() for form in readings):
                waits, outer = (_OUTER, False) if outer else (_SERVED, False)
            else:
                waits = _WAITS
            begun = waits == _WAITS and not any(form.lemma in copulas() for form in readings)
            last = place


def _readings(s: Stretch, place: int, word: Word) -> list[VerbForm]:
    """Return the readings that the particle before the word allows."""
    before = s.before(place)
    flags = s.flag(before)
    readings = list(word.forms)
    if not (word.particle or flags & (C.NEGATOR | C.FUTURE | C.PRONOUN | C.BARE_THAT | C.PURPOSE)):
        others = [form for form in readings if form.person != "1s"]
        readings = readings if not others and has_hamza(s.tokens[place]) else others
    if flags & C.NEGATOR and not flags & C.LOOSE_RELATIVE and not flags & C.NOT:
        present = [form for form in readings if form.tense != "past"]
        return present or readings
    if word.particle != "purpose" and not flags & C.NEGATOR:
        readings = [form for form in readings if form.tense != "jussive"]
    if not (word.particle or flags & (C.NEGATOR | C.BARE_THAT | C.PURPOSE)):
        ended = any(form.tense == "past" and form.person == "mp" for form in readings)
        readings = [form for form in readings if not (ended and form.tense == "present")]  # تمكنوا
    timed = flags & C.BARE_THAT and s.flag(s.before(before)) & C.PREPOSITION  # بعد أن: a past may follow
    present = [form for form in readings if form.tense == "present" and (form.person != "1s" or word.particle)]
    return present if present and flags & (C.FUTURE | C.BARE_THAT) and not timed else readings


def _form_points(word: Word, readings: list[VerbForm]) -> float:
    """Return how much a form looks like a verb by itself."""
    flags, best = word.flags, -9.0
    if flags & C.NOT:
        return _SAFE
    if flags & C.NOUN and not flags & C.LIKE_VERB and not word.particle:
        return -6.0
    if word.particle == "answer":  # لو ... لانسحبت
        return _SAFE
    for form in readings:
        best = max(best, _points_of(word, form))
    if flags & C.LIKE_VERB:
        best = min(best, 0.5) - 1.5
    if flags & (C.QUANTIFIER | C.COMMON):
        best -= 3.0 if flags & C.QUANTIFIER else 1.0
    if flags & (C.ADJECTIVE | C.TIME_NOUN):
        best -= 2.0 if flags & C.ADJECTIVE else 0.8
    return best


def _points_of(word: Word, form: VerbForm) -> float:
    if word.particle and form.tense == "present":
        if not word.flags & C.YA and word.particle == "purpose":
            return 1.0 if word.masdar else 2.5
        return 4.0
    if form.tense != "past":
        if not form.lemma:
            return 1.2
        if form.person in ("ms", "mp", "d", "fp") and word.flags & C.YA:
            return 4.0
        if word.masdar:
            return 0.0
        return {"fs": 2.0, "mp": 2.0, "1": 1.0, "1s": 1.0}.get(form.person, -1.0)
    if form.person == "mp":
        return 4.0
    if form.person == "fs":
        return 2.5
    if form.person in ("1", "2", "fp", "d"):
        return 0.5
    if word.masdar and form.lemma:
        return 0.0 if len(form.lemma) > 3 else -0.3
    if form.pronoun and not _is_nounlike(word):
        return 1.5  # أصدرها
    if form.pronoun:
        return 0.5 if len(form.lemma) > 3 else -0.5
    return 2.0 if len(form.lemma) > 3 else 0.8


def _left_points(s: Stretch, place: int, word: Word, readings: list[VerbForm], last: int) -> float:
    before = s.before(place)
    if before < 0:
        return 1.5
    flags, previous = s.flags[before], s.words[before]
    present = any(form.tense != "past" for form in readings)
    if flags & (C.ALREADY | C.FUTURE):
        return _SAFE
    if flags & C.NEGATOR and not flags & C.LOOSE_RELATIVE and not flags & C.NOT:
        return _SAFE if present else -2.0
    if flags & C.THAT:
        if flags & C.WITH_PRONOUN:
            return 3.0
        return 4.0 if present else 0.0
    if flags & C.RELATIVE:
        return 4.0
    if flags & C.LOOSE_RELATIVE and not (flags & C.PREPOSITION and not word.flags & C.YA):
        return 3.0
    if flags & C.TIME_CLAUSE and flags & C.PREPOSITION and (word.masdar or word.flags & C.LIKE_VERB):
        return -8.0  # منذ شهر
    if flags & (CLAUSE_OPENER | C.PRONOUN | C.OR):
        return 2.0
    if flags & C.PREPOSITION:
        return -8.0
    quoted = s.flags[place - 1] & C.QUOTE and last in s.verbs and not word.masdar and frame_of(s.verbs[last].lemmas)[1]
    if flags & (C.STOP | C.COLON) or quoted:  # وأضاف "نريد
        return 1.5
    if flags & MARK:
        return 1.5 if word.conjunction else 0.7
    if word.conjunction:
        common = any(form.lemma in frames() and frames()[form.lemma].common for form in readings)
        return 0.8 + 1.0 * common + (1.0 if word.masdar and not _has_masdar(s, place) else 0.0)
    if before == last:
        return _behind_verb(s, last, present)
    if readings[0].pronoun and not _is_nounlike(word) and not flags & _CLOSED_NOUN and not is_name(s, before):
        return 0.7  # بيان أصدرته
    if flags & C.LIKE_VERB and not flags & C.DEFINITE or flags & C.QUANTIFIER:
        return -2.0 if not present and _is_nounlike(word) else -0.3
    if flags & C.DEMONSTRATIVE:
        return 0.5
    if not flags & _CLOSED_NOUN and not previous.pronoun and not is_name(s, before):
        described = flags & (C.FEMININE | C.ADJECTIVE | C.NISBA | C.COMMON | C.PLURAL) or previous.masdar
        if described and readings[0].pronoun and not word.masdar:
            return 0.7
        return -1.0 if not present else 0.7 if described else 0.0
    return 0.0


def _is_nounlike(word: Word) -> bool:
    """Tell whether a form may be a noun as well: a verbal noun, a common noun, three letters."""
    if word.masdar or word.flags & _NOUNLIKE:
        return True
    return len(word.host) < 4 and not any(form.lemma in frames() and frames()[form.lemma].common for form in word.forms)


def _has_masdar(s: Stretch, place: int) -> bool:
    """Tell whether a verbal noun stands a few words before, which و may join with another."""
    return any(s.words[at].masdar and at not in s.verbs for at in range(max(0, place - 6), place))


def _behind_verb(s: Stretch, last: int, present: bool) -> float:
    """A verb right behind a verb is most often a noun, unless the first is an auxiliary."""
    if any(form.lemma in auxiliaries() for form in s.words[last].forms):
        return 2.0 if present else -2.0
    return 0.0 if present else -3.0


def _right_points(s: Stretch, place: int, word: Word, readings: list[VerbForm]) -> float:
    behind = s.behind(place)
    if behind >= len(s):
        return 0.0
    flags, following = s.flags[behind], s.words[behind]
    if word.flags & C.TIME_NOUN and not word.conjunction and not (flags & _OF_TIME or following.preposition):
        return 4.5  # فجر انتحاري نفسه, not فجر اليوم
    if flags & C.REFLEXIVE:
        return 1.5
    known = [frames()[form.lemma] for form in readings if form.lemma in frames()]
    if flags & C.THAT and any(frame.clause for frame in known) and not readings[0].pronoun:
        return 2.5
    if flags & C.DEFINITE and not following.preposition:
        nounlike = word.masdar or word.flags & C.LIKE_VERB
        if nounlike and flags & (C.NISBA | C.ADJECTIVE) and not flags & C.TITLE:
            return -2.0
        return 3.0 if readings[0].pronoun and nounlike else 0.7  # جلسة عقدها المجلس
    if readings[0].pronoun and flags & (C.TITLE | C.COMMON | C.FEMININE) and not following.preposition:
        return 1.0 if not flags & C.ADJECTIVE else 0.0  # اجتماع حضره أعضاء
    before = following.preposition if following.preposition else following.host if flags & C.PREPOSITION else ""
    if before and any(before in frame.prepositions for frame in known):
        return 0.7
    if flags & C.PRONOUN_PHRASE:
        return 0.5
    if flags & C.ADJECTIVE and not flags & (C.DEFINITE | C.LIKE_VERB) and not word.flags & C.YA:
        if not _is_nounlike(word):
            return 0.0
        return -4.0 if word.masdar and readings[0].pronoun else -2.0
    if flags & C.ACCUSATIVE or following.masdar and not following.preposition:
        return 0.7
    return 0.0


def _verb(s: Stretch, place: int, word: Word, readings: list[VerbForm]) -> Verb:
    """Choose among the readings by what stands behind: a clause, the preposition of one of the lemmas, an object."""
    behind = s.behind(place)
    ranked = sorted(readings, key=lambda form: -_fit(s, behind, form))
    best = ranked[0]
    lemmas = tuple(dict.fromkeys(form.lemma for form in ranked if form.lemma))
    return Verb(place, best, lemmas, _is_passive(s, place, best))


def _fit(s: Stretch, behind: int, form: VerbForm) -> float:
    frame = frames().get(form.lemma)
    if frame is None:
        return 0.0
    points = 0.0
    if behind < len(s):
        flags, word = s.flags[behind], s.words[behind]
        before = word.preposition or (word.host if flags & C.PREPOSITION else "")
        points += 2.0 * bool(flags & C.THAT and frame.clause) + 1.5 * bool(before and before in frame.prepositions)
        told = flags & (C.DEFINITE | C.COMMON | C.TITLE | C.NUMBER | C.PLURAL)
        if told and (not before or counts(s, behind, len(s))):
            feminine = bool(flags & (C.FEMININE | C.PLURAL))
            masculine = 0.0 if flags & C.FEMININE else 0.3 if flags & C.PLURAL else 0.6
            points += 0.6 * feminine if form.person == "fs" else masculine * (form.person == "ms")
    points += 0.4 * frame.common - 0.2 * form.passive - 0.2 * (form.person in ("1", "2", "fp", "d"))
    return points


_DAMMA = "\u064f"


def _is_passive(s: Stretch, place: int, form: VerbForm) -> bool:
    """A passive is written as one (قيل, يوصف), or has the damma on its first letter."""
    if form.passive:
        return True
    token = s.tokens[place]
    return _DAMMA in token[:4] and form.tense == "past"
